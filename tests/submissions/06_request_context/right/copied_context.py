import contextvars
import threading

_request = contextvars.ContextVar("request", default=None)
_ended = 0
_ended_lock = threading.RLock()


def handle(user, work):
    """Runs the work in a copy of the context: what is set there is gone afterwards by itself."""

    def in_request():
        _request.set((user, []))
        return work()

    try:
        return contextvars.copy_context().run(in_request)
    finally:
        _count(1)


def _count(by):
    global _ended
    with _ended_lock:
        _ended += by
        return _ended


def current_user():
    match _request.get():
        case (user, _):
            return user
        case None:
            return None


def note(text):
    request = _request.get()
    if request is None:
        raise RuntimeError("there is no current request")
    request[1].append(text)


def notes():
    request = _request.get()
    return [] if request is None else [*request[1]]


def handled_count():
    return _count(0)
