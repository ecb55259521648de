"""The request that is being handled: whose it is, and what has been noted about it."""

from collections.abc import Callable
from typing import Any

_user: Any = None
_notes: list[str] | None = None  # None: no request is being handled
_handled = 0


def handle(user: Any, work: Callable[[], Any]) -> Any:
    """Handle a request of ``user``: call ``work()`` once, in this thread, and return its result.

    While ``work`` runs, ``current_user()`` in this thread gives ``user``. However it ends, all is
    afterwards as it was before the call; an exception reaches the caller. A request may be handled
    inside another one: inside, the inner user and the inner notes are seen, after it the outer ones
    again. Requests of different threads run side by side and never wait for each other.
    """
    global _user, _notes, _handled
    _user = user
    _notes = []
    result = work()
    _user = None
    _notes = None
    _handled += 1
    return result


def current_user() -> Any:
    """The user of the request that this thread is in, or None when it is in none."""
    return _user


def note(text: str) -> None:
    """Add ``text`` to the notes of the current request; ``RuntimeError`` outside of a request."""
    if _notes is None:
        raise RuntimeError("note() was called outside of a request")
    _notes.append(text)


def notes() -> list[str]:
    """A new list with the notes of the current request, oldest first; empty outside of one."""
    return list(_notes or [])


def handled_count() -> int:
    """How many calls of ``handle`` have ended, by returning or by raising, in all threads."""
    return _handled
