"""The exceptions of `multiprocessing`: CPython's own classes."""

from __future__ import annotations

import multiprocessing as _real
import queue

AuthenticationError = _real.AuthenticationError
BufferTooShort = _real.BufferTooShort
ProcessError = _real.ProcessError
TimeoutError = _real.TimeoutError  # noqa: A001 - CPython's name
Empty = queue.Empty
Full = queue.Full


def require(condition: object, message: str) -> None:
    """An `assert` of CPython's: raises `AssertionError` with its message. Not an assert here,
    because pytest words those of plugins anew.
    """
    if not condition:
        raise AssertionError(message)
