"""The request that is being handled: whose it is, and what has been noted about it."""

import threading
from collections.abc import Callable
from typing import Any


class _Context(threading.local):
    """The request of one thread: every thread sees attributes of its own."""

    def __init__(self) -> None:
        self.user: Any = None
        self.notes: list[str] | None = None  # None: no request is being handled


_here = _Context()
_handled = 0
_handled_lock = threading.Lock()


def handle(user: Any, work: Callable[[], Any]) -> Any:
    """Handle a request of ``user``: call ``work()`` once, in this thread, and return its result.

    While ``work`` runs, ``current_user()`` in this thread gives ``user``. However it ends, all is
    afterwards as it was before the call; an exception reaches the caller. A request may be handled
    inside another one: inside, the inner user and the inner notes are seen, after it the outer ones
    again. Requests of different threads run side by side and never wait for each other.
    """
    global _handled  # noqa: PLW0603 - the count is meant to be one for all threads
    outer = _here.user, _here.notes
    _here.user, _here.notes = user, []
    try:
        return work()
    finally:
        _here.user, _here.notes = outer
        with _handled_lock:
            _handled += 1


def current_user() -> Any:
    """The user of the request that this thread is in, or None when it is in none."""
    return _here.user


def note(text: str) -> None:
    """Add ``text`` to the notes of the current request; ``RuntimeError`` outside of a request."""
    if _here.notes is None:
        raise RuntimeError("note() was called outside of a request")
    _here.notes.append(text)


def notes() -> list[str]:
    """A new list with the notes of the current request, oldest first; empty outside of one."""
    return list(_here.notes or [])


def handled_count() -> int:
    """How many calls of ``handle`` have ended, by returning or by raising, in all threads."""
    with _handled_lock:
        return _handled
