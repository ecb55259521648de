"""The stand-in of `traceback`: CPython's, but what it prints goes to the execution's output, and
the frames of the grader and of its checks are left out of what it shows.
"""

from __future__ import annotations

import sys
import traceback as _real
from types import TracebackType
from typing import Any, Final

from grader.standins.frames import is_shown
from grader.standins.fresh import Output


def _clean_stack(stack: Any) -> _real.StackSummary:
    kept = _real.StackSummary()
    kept.extend(frame for frame in stack if is_shown(frame.filename))
    return kept


class TracebackException(_real.TracebackException):
    """As in CPython, of the student's frames only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if getattr(self, "stack", None) is not None:
            self.stack = _clean_stack(self.stack)


TracebackException.__module__ = "traceback"


def _of(exc: Any, value: Any, tb: Any) -> tuple[Any, TracebackType | None]:
    """The exception and traceback that `(exc)` or `(type, exc, traceback)` stand for."""
    if value is _MISSING:
        return exc, getattr(exc, "__traceback__", None)
    return value, tb if tb is not _MISSING else None


_MISSING: Any = object()


def format_exception(
    exc: Any, /, value: Any = _MISSING, tb: Any = _MISSING, limit: int | None = None,
    chain: bool = True,
) -> list[str]:  # fmt: skip
    """As in CPython."""
    error, trace = _of(exc, value, tb)
    shown = TracebackException(type(error), error, trace, limit=limit, compact=True)
    return list(shown.format(chain=chain))


def print_exception(
    exc: Any, /, value: Any = _MISSING, tb: Any = _MISSING, limit: int | None = None,
    file: Any = None, chain: bool = True,
) -> None:  # fmt: skip
    """As in CPython."""
    _print(format_exception(exc, value, tb, limit, chain), file)


def format_exc(limit: int | None = None, chain: bool = True) -> str:
    """As in CPython."""
    return "".join(format_exception(sys.exc_info()[1], limit=limit, chain=chain))


def print_exc(limit: int | None = None, file: Any = None, chain: bool = True) -> None:
    """As in CPython."""
    _print(format_exception(sys.exc_info()[1], limit=limit, chain=chain), file)


def extract_tb(tb: TracebackType | None, limit: int | None = None) -> _real.StackSummary:
    """As in CPython."""
    return _clean_stack(_real.extract_tb(tb, limit))


def format_tb(tb: TracebackType | None, limit: int | None = None) -> list[str]:
    """As in CPython."""
    return extract_tb(tb, limit).format()


def print_tb(tb: TracebackType | None, limit: int | None = None, file: Any = None) -> None:
    """As in CPython."""
    _print(format_tb(tb, limit), file)


def extract_stack(f: Any = None, limit: int | None = None) -> _real.StackSummary:
    """As in CPython."""
    stack = _clean_stack(_real.extract_stack(f or sys._getframe(1)))
    if limit is not None:
        stack = _clean_stack(stack[-limit:] if limit >= 0 else stack[:-limit])
    return stack


def format_stack(f: Any = None, limit: int | None = None) -> list[str]:
    """As in CPython."""
    return extract_stack(f or sys._getframe(1), limit).format()


def print_stack(f: Any = None, limit: int | None = None, file: Any = None) -> None:
    """As in CPython."""
    _print(format_stack(f or sys._getframe(1), limit), file)


def print_list(extracted_list: Any, file: Any = None) -> None:
    """As in CPython."""
    _print(_real.format_list(extracted_list), file)


def _print(lines: list[str], file: Any) -> None:
    (Output() if file is None else file).write("".join(lines))


# What gives frames, and with them all variables of whoever called.
_FRAMES: Final = frozenset({"clear_frames", "print_last", "walk_stack", "walk_tb"})


def public() -> dict[str, Any]:
    """The names of the module."""
    names = {name: getattr(_real, name) for name in _real.__all__ if name not in _FRAMES}
    names.update({name: value for name, value in globals().items() if name in names})
    return names
