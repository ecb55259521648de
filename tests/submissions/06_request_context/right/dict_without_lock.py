"""Every thread touches its own key only, and single operations on a dict are atomic in CPython."""

from collections import namedtuple
from threading import get_ident

Request = namedtuple("Request", "user notes outer")

_current = {}
_ended = []


def handle(user, work):
    me = get_ident()
    outer = _current.get(me)
    _current[me] = Request(user, [], outer)
    try:
        return work()
    finally:
        if outer:
            _current[me] = outer
        else:
            _current.pop(me)
        _ended.append(me)


def current_user():
    request = _current.get(get_ident())
    return request.user if request else None


def note(text):
    try:
        _current[get_ident()].notes.append(text)
    except KeyError:
        raise RuntimeError("no request here") from None


def notes():
    request = _current.get(get_ident())
    return request.notes.copy() if request else []


def handled_count():
    return len(_ended)
