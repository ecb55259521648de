"""The controlled stand-in of `threading`: what a student's `import threading` gets."""

from __future__ import annotations

import threading as _real
from typing import Any

from grader.standins.threading.barrier import Barrier, BrokenBarrierError
from grader.standins.threading.condition import Condition
from grader.standins.threading.events import Event
from grader.standins.threading.local import local
from grader.standins.threading.locks import TIMEOUT_MAX, Lock, RLock
from grader.standins.threading.semaphores import BoundedSemaphore, Semaphore
from grader.standins.threading.threads import (
    ExceptHookArgs,
    Thread,
    active_count,
    current_thread,
    enumerate,  # noqa: A004 - CPython's name
    excepthook,
    get_ident,
    get_native_id,
    main_thread,
)
from grader.standins.threading.timers import Timer


def stack_size(size: int = 0) -> int:
    """As in CPython; the size means nothing here."""
    return 0


for _class in (Lock, RLock, Condition, Semaphore, BoundedSemaphore, Event, Barrier, Thread, Timer,
               local):  # fmt: skip
    _class.__module__ = "threading"

_PUBLIC: dict[str, Any] = {
    "Barrier": Barrier, "BoundedSemaphore": BoundedSemaphore,
    "BrokenBarrierError": BrokenBarrierError, "Condition": Condition, "Event": Event,
    "ExceptHookArgs": ExceptHookArgs, "Lock": Lock, "RLock": RLock, "Semaphore": Semaphore,
    "TIMEOUT_MAX": TIMEOUT_MAX, "Thread": Thread, "ThreadError": _real.ThreadError,
    "Timer": Timer, "active_count": active_count, "activeCount": active_count,
    "current_thread": current_thread, "currentThread": current_thread,
    "enumerate": enumerate, "excepthook": excepthook,
    "__excepthook__": excepthook, "get_ident": get_ident,
    "get_native_id": get_native_id, "local": local, "main_thread": main_thread,
    "stack_size": stack_size,
}  # fmt: skip


def public() -> dict[str, Any]:
    """The names of the module."""
    return _PUBLIC


__all__ = [
    "Barrier",
    "BoundedSemaphore",
    "BrokenBarrierError",
    "Condition",
    "Event",
    "Lock",
    "RLock",
    "Semaphore",
    "Thread",
    "Timer",
    "public",
]
