"""The controlled stand-in of `multiprocessing`: what a student's `import multiprocessing` gets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.standins.multiprocessing import context as _context
from grader.standins.multiprocessing import (
    errors,
    managers,
    pool,
    processes,
    shared_memory,
    synchronized,
    values,
    waiting,
)
from grader.standins.multiprocessing.barriers import Barrier
from grader.standins.multiprocessing.conditions import Condition, Event
from grader.standins.multiprocessing.locks import Lock, RLock
from grader.standins.multiprocessing.pipes import Connection, Pipe
from grader.standins.multiprocessing.processes import BaseProcess, Process
from grader.standins.multiprocessing.queues import JoinableQueue, Queue, SimpleQueue
from grader.standins.multiprocessing.semaphores import SEM_VALUE_MAX, BoundedSemaphore, Semaphore
from grader.standins.multiprocessing.synchronized import Array, Value
from grader.standins.multiprocessing.values import RawArray, RawValue

__all__ = ["MODULES", "Process", "public"]

_ERRORS: dict[str, Any] = {
    "AuthenticationError": errors.AuthenticationError, "BufferTooShort": errors.BufferTooShort,
    "ProcessError": errors.ProcessError, "TimeoutError": errors.TimeoutError,
}  # fmt: skip

_FUNCTIONS: dict[str, Any] = {
    **_ERRORS,
    "Array": Array, "Barrier": Barrier, "BoundedSemaphore": BoundedSemaphore,
    "Condition": Condition, "Event": Event, "JoinableQueue": JoinableQueue, "Lock": Lock,
    "Manager": managers.Manager, "Pipe": Pipe, "Pool": pool.Pool, "Process": Process,
    "Queue": Queue, "RLock": RLock, "RawArray": RawArray, "RawValue": RawValue,
    "Semaphore": Semaphore, "SimpleQueue": SimpleQueue, "Value": Value,
    "active_children": processes.active_children, "cpu_count": _context.cpu_count,
    "current_process": processes.current_process, "freeze_support": _context.freeze_support,
    "get_all_start_methods": _context.get_all_start_methods,
    "parent_process": processes.parent_process,
}  # fmt: skip


def get_context(method: str | None = None) -> _context.BaseContext:
    """As in CPython."""
    return _context.BaseContext(None, _FUNCTIONS).get_context(method)


_DEFAULT: dict[str, Any] = {
    "get_context": get_context, "get_start_method": _context.get_start_method,
    "set_start_method": _context.set_start_method,
}  # fmt: skip


Process.__module__ = BaseProcess.__module__ = "multiprocessing"


def public() -> dict[str, Any]:
    """The names of the module."""
    return {**_FUNCTIONS, **_DEFAULT}


def _connection() -> dict[str, Any]:
    return {
        "AuthenticationError": errors.AuthenticationError, "BufferTooShort": errors.BufferTooShort,
        "Connection": Connection, "Pipe": Pipe, "wait": waiting.wait,
    }  # fmt: skip


def _sharedctypes() -> dict[str, Any]:
    return {
        "Array": Array, "RawArray": RawArray, "RawValue": RawValue,
        "Synchronized": synchronized.Synchronized,
        "SynchronizedArray": synchronized.SynchronizedArray,
        "SynchronizedBase": synchronized.SynchronizedBase,
        "SynchronizedString": synchronized.SynchronizedString, "Value": Value,
        "synchronized": synchronized.synchronized, "typecode_to_type": dict(values.CODES),
    }  # fmt: skip


def _synchronize() -> dict[str, Any]:
    return {
        "Barrier": Barrier, "BoundedSemaphore": BoundedSemaphore, "Condition": Condition,
        "Event": Event, "Lock": Lock, "RLock": RLock, "SEM_VALUE_MAX": SEM_VALUE_MAX,
        "Semaphore": Semaphore,
    }  # fmt: skip


MODULES: dict[str, Callable[[], dict[str, Any]]] = {
    "multiprocessing": public,
    "multiprocessing.connection": _connection,
    "multiprocessing.context": lambda: {
        **_ERRORS, "BaseContext": _context.BaseContext, "Process": Process,
    },
    "multiprocessing.managers": managers.public,
    "multiprocessing.pool": pool.public,
    "multiprocessing.process": lambda: {
        "BaseProcess": BaseProcess, "active_children": processes.active_children,
        "current_process": processes.current_process,
        "parent_process": processes.parent_process,
    },
    "multiprocessing.queues": lambda: {
        "Empty": errors.Empty, "Full": errors.Full, "JoinableQueue": JoinableQueue,
        "Queue": Queue, "SimpleQueue": SimpleQueue,
    },
    "multiprocessing.shared_memory": shared_memory.public,
    "multiprocessing.sharedctypes": _sharedctypes,
    "multiprocessing.synchronize": _synchronize,
}  # fmt: skip
"""What each module below the package gives, by its name."""
