"""The controlled stand-in of `concurrent.futures`: threads only, processes are not modelled."""

from __future__ import annotations

import concurrent.futures as _real
from collections.abc import Callable
from concurrent.futures.thread import BrokenThreadPool
from typing import Any

from grader.standins.futures.executor import Executor
from grader.standins.futures.future import Future
from grader.standins.futures.thread import ThreadPoolExecutor
from grader.standins.futures.waiting import DoneAndNotDoneFutures, as_completed, wait

Executor.__module__ = Future.__module__ = "concurrent.futures._base"
ThreadPoolExecutor.__module__ = "concurrent.futures.thread"


def public() -> dict[str, Any]:
    """The names of the module. `ProcessPoolExecutor` is not modelled, so it is none of them."""
    names = {
        name: getattr(_real, name)
        for name in ("ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION", "BrokenExecutor",
                     "CancelledError", "InvalidStateError", "TimeoutError")
    }  # fmt: skip
    return {
        **names, "Executor": Executor, "Future": Future, "ThreadPoolExecutor": ThreadPoolExecutor,
        "as_completed": as_completed, "wait": wait,
    }  # fmt: skip


def _thread() -> dict[str, Any]:
    return {"BrokenThreadPool": BrokenThreadPool, "ThreadPoolExecutor": ThreadPoolExecutor}


def _base() -> dict[str, Any]:
    return {**public(), "DoneAndNotDoneFutures": DoneAndNotDoneFutures}


MODULES: dict[str, Callable[[], dict[str, Any]]] = {
    "concurrent": dict,
    "concurrent.futures": public,
    "concurrent.futures._base": _base,
    "concurrent.futures.thread": _thread,
}
