from threading import Lock, current_thread
from weakref import WeakKeyDictionary

_guard = Lock()
_stacks = WeakKeyDictionary()
_total = [0]


def _mine():
    with _guard:
        return _stacks.setdefault(current_thread(), [])


def handle(user, work):
    stack = _mine()
    stack.append((user, []))
    try:
        result = work()
    except BaseException:
        _leave(stack)
        raise
    _leave(stack)
    return result


def _leave(stack):
    stack.pop()
    with _guard:
        _total[0] += 1


def current_user():
    stack = _mine()
    if not stack:
        return None
    user, _ = stack[-1]
    return user


def note(text):
    stack = _mine()
    if not stack:
        raise RuntimeError
    stack[-1][1].append(text)


def notes():
    stack = _mine()
    return list(stack[-1][1]) if stack else []


def handled_count():
    return _total[0]
