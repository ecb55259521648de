"""The controlled stand-in of `concurrent.futures`."""

from __future__ import annotations

import concurrent.futures as _real
from collections.abc import Callable
from concurrent.futures.thread import BrokenThreadPool
from typing import Any

from grader.standins.futures.executor import Executor
from grader.standins.futures.future import Future
from grader.standins.futures.process import BrokenProcessPool, ProcessPoolExecutor
from grader.standins.futures.thread import ThreadPoolExecutor
from grader.standins.futures.waiting import DoneAndNotDoneFutures, as_completed, wait

Executor.__module__ = Future.__module__ = "concurrent.futures._base"
BrokenProcessPool.__module__ = ProcessPoolExecutor.__module__ = "concurrent.futures.process"
ThreadPoolExecutor.__module__ = "concurrent.futures.thread"


def public() -> dict[str, Any]:
    """The names of the module."""
    names = {
        name: getattr(_real, name)
        for name in ("ALL_COMPLETED", "FIRST_COMPLETED", "FIRST_EXCEPTION", "BrokenExecutor",
                     "CancelledError", "InvalidStateError", "TimeoutError")
    }  # fmt: skip
    return {
        **names, "Executor": Executor, "Future": Future,
        "ProcessPoolExecutor": ProcessPoolExecutor, "ThreadPoolExecutor": ThreadPoolExecutor,
        "as_completed": as_completed, "wait": wait,
    }  # fmt: skip


def _thread() -> dict[str, Any]:
    return {"BrokenThreadPool": BrokenThreadPool, "ThreadPoolExecutor": ThreadPoolExecutor}


def _process() -> dict[str, Any]:
    return {"BrokenProcessPool": BrokenProcessPool, "ProcessPoolExecutor": ProcessPoolExecutor}


def _base() -> dict[str, Any]:
    return {**public(), "DoneAndNotDoneFutures": DoneAndNotDoneFutures}


MODULES: dict[str, Callable[[], dict[str, Any]]] = {
    "concurrent": dict,
    "concurrent.futures": public,
    "concurrent.futures._base": _base,
    "concurrent.futures.process": _process,
    "concurrent.futures.thread": _thread,
}
