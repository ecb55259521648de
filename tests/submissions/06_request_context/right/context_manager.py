import threading
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field


@dataclass
class _Request:
    user: object = None
    notes: list = field(default_factory=list)
    real: bool = True


class _State(threading.local):
    request = _Request(real=False)  # never changed, so all threads may share it


_state = _State()
_handled = 0
_mutex = threading.Semaphore(1)


def _ended():
    global _handled
    with _mutex:
        _handled += 1


@contextmanager
def _request_of(user):
    before = _state.request
    _state.request = _Request(user)
    try:
        yield
    finally:
        _state.request = before


def handle(user, work):
    with ExitStack() as stack:
        stack.callback(_ended)
        stack.enter_context(_request_of(user))
        return work()


def current_user():
    return _state.request.user


def note(text):
    if not _state.request.real:
        raise RuntimeError("no request")
    _state.request.notes.append(text)


def notes():
    return list(_state.request.notes)


def handled_count():
    with _mutex:
        return _handled
