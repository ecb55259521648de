"""A ChainMap per thread: a request is a new child; the number of requests is that of acquired permits."""

import collections
import functools
import threading

_storage = threading.local()
_turn = threading.Condition(threading.Lock())
_numbers = {"handled": 0}


def _scope():
    if not hasattr(_storage, "scope"):
        _storage.scope = collections.ChainMap({})
    return _storage.scope


def counted(function):
    @functools.wraps(function)
    def wrapper(*args, **kwargs):
        try:
            return function(*args, **kwargs)
        finally:
            with _turn:
                _numbers.update(handled=_numbers["handled"] + 1)

    return wrapper


@counted
def handle(user, work):
    _storage.scope = _scope().new_child({"user": user, "notes": collections.deque()})
    try:
        return work()
    finally:
        _storage.scope = _storage.scope.parents


def current_user():
    return _scope().get("user")


def note(text):
    try:
        _scope()["notes"].append(text)
    except KeyError:
        raise RuntimeError("note() is for requests") from None


def notes():
    return list(_scope().get("notes", ()))


def handled_count():
    with _turn:
        return _numbers["handled"]
