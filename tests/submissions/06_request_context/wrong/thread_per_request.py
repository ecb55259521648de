import threading
from concurrent.futures import Future


class _Local(threading.local):
    def __init__(self):
        self.user = None
        self.notes = None


_local = _Local()
_lock = threading.Lock()
_handled = 0


def handle(user, work):
    """A new thread for each request, so that nothing of another one can be left there."""
    global _handled
    future = Future()

    def request():
        _local.user, _local.notes = user, []
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)

    thread = threading.Thread(target=request)
    thread.start()
    thread.join()
    with _lock:
        _handled += 1
    return future.result()


def current_user():
    return getattr(_local, "user", None)


def note(text):
    mine = getattr(_local, "notes", None)
    if mine is None:
        raise RuntimeError("no request")
    mine.append(text)


def notes():
    return list(getattr(_local, "notes", None) or [])


def handled_count():
    with _lock:
        return _handled
