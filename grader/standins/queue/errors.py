"""The exceptions of `queue`: CPython's own classes, where it has them."""

from __future__ import annotations

import queue as _real

Empty = _real.Empty
Full = _real.Full


class _ShutDown(Exception):
    """Raised when put/get with shut-down queue."""


_ShutDown.__name__ = _ShutDown.__qualname__ = "ShutDown"
_ShutDown.__module__ = "queue"

ShutDown: type[Exception] = getattr(_real, "ShutDown", _ShutDown)  # CPython's since 3.13
