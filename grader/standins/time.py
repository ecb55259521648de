"""The controlled stand-in of `time`: a virtual clock, and a sleep that promises nothing."""

from __future__ import annotations

import time as _real
from typing import Any

from grader.engine import runtime
from grader.engine.clock import EPOCH
from grader.engine.execution import Execution


def _read() -> float:
    execution = runtime.current()
    execution.perform("clock", None, None, 0)
    return execution.clock.read()


def monotonic() -> float:
    """Virtual seconds since the schedule began."""
    return _read()


def time() -> float:
    """Virtual seconds since the epoch."""
    return EPOCH + _read()


def monotonic_ns() -> int:
    """`monotonic` in nanoseconds."""
    return int(_read() * 1e9)


def time_ns() -> int:
    """`time` in nanoseconds."""
    return int((EPOCH + _read()) * 1e9)


def sleep(seconds: float, /) -> None:
    """Lets others run; anybody may come first afterwards. Sleeping is not synchronisation."""
    given: object = seconds
    if not isinstance(given, (int, float)) and not hasattr(given, "__index__"):
        raise TypeError(
            f"'{type(seconds).__name__}' object cannot be interpreted as an integer or float"
        )
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    execution: Execution = runtime.current()
    execution.step_back("sleep", float(seconds))


def public() -> dict[str, Any]:
    """The names of the module: the clocks are virtual, calendar functions are CPython's."""
    names = {
        "monotonic": monotonic, "perf_counter": monotonic, "process_time": monotonic,
        "thread_time": monotonic, "time": time, "monotonic_ns": monotonic_ns,
        "perf_counter_ns": monotonic_ns, "process_time_ns": monotonic_ns,
        "thread_time_ns": monotonic_ns, "time_ns": time_ns, "sleep": sleep,
        "struct_time": _real.struct_time,
        "timezone": 0, "altzone": 0, "daylight": 0, "tzname": ("UTC", "UTC"),
    }  # fmt: skip
    for name in ("asctime", "ctime", "gmtime", "mktime", "strftime", "strptime"):
        names[name] = getattr(_real, name)
    return names
