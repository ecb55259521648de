"""The controlled stand-in of `time`: a virtual clock, and a sleep that promises nothing."""

from __future__ import annotations

import calendar as _calendar
import time as _real
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any, Final, TypeAlias

from grader.engine import runtime
from grader.engine.clock import EPOCH
from grader.engine.execution import Execution

_Moment: TypeAlias = _real.struct_time | tuple[int, ...]
_YEAR, _MONTH, _PLAIN = 0, 1, 9  # fields of a moment; how many there are without the zone
_CLOCKS: Final = {
    name: getattr(_real, name) for name in dir(_real) if name.startswith("CLOCK_")
}  # fmt: skip
_OF_DAY: Final = {_CLOCKS.get("CLOCK_REALTIME"), _CLOCKS.get("CLOCK_TAI")}
_RESOLUTION: Final = 1e-09


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
    return round(_read() * 1e9)


def time_ns() -> int:
    """`time` in nanoseconds."""
    return round(EPOCH) * 10**9 + monotonic_ns()


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


def _check(clk_id: int, read: Callable[[int], Any]) -> None:
    if clk_id not in _CLOCKS.values():
        read(clk_id)  # CPython's error


def clock_gettime(clk_id: int, /) -> float:
    """As in CPython: the time of day, or for all other clocks `monotonic`."""
    _check(clk_id, _real.clock_gettime)
    return time() if clk_id in _OF_DAY else monotonic()


def clock_gettime_ns(clk_id: int, /) -> int:
    """`clock_gettime` in nanoseconds."""
    _check(clk_id, _real.clock_gettime_ns)
    return time_ns() if clk_id in _OF_DAY else monotonic_ns()


def clock_getres(clk_id: int, /) -> float:
    """As in CPython; all clocks have one resolution."""
    _check(clk_id, _real.clock_getres)
    return _RESOLUTION


def get_clock_info(name: str, /) -> SimpleNamespace:
    """As in CPython, but where a clock comes from."""
    info = _real.get_clock_info(name)  # type: ignore[arg-type]  # it checks
    return SimpleNamespace(
        implementation="virtual", monotonic=info.monotonic, adjustable=info.adjustable,
        resolution=_RESOLUTION,
    )  # fmt: skip


# -- the calendar: local time is UTC -------------------------------------------------------------


def _in_utc(moment: Any) -> _real.struct_time:
    """Called the same on all machines: some say GMT, or what is local there."""
    return _real.struct_time((*moment, "UTC", 0))


def gmtime(seconds: float | None = None, /) -> _real.struct_time:
    """As in CPython."""
    return _in_utc(_real.gmtime(time() if seconds is None else seconds))


localtime = gmtime


def asctime(t: _Moment | None = None, /) -> str:
    """As in CPython."""
    return _real.asctime(gmtime() if t is None else t)  # type: ignore[arg-type]  # it checks


def ctime(seconds: float | None = None, /) -> str:
    """As in CPython."""
    return asctime(gmtime(seconds))


def strftime(format: str, t: _Moment | None = None, /) -> str:  # noqa: A002 - CPython's name
    """As in CPython."""
    moment: Any = gmtime() if t is None else t
    plain = isinstance(moment, tuple) and len(moment) == _PLAIN
    if plain and getattr(moment, "tm_zone", None) is None:
        moment = _in_utc(moment)
    return _real.strftime(format, moment)


def mktime(t: _Moment, /) -> float:
    """As in CPython."""
    _real.mktime(t)  # type: ignore[arg-type]  # it checks
    years, month = divmod(t[_MONTH] - 1, 12)
    return float(_calendar.timegm((t[_YEAR] + years, month + 1, *t[2:6])))


def public() -> dict[str, Any]:
    """The names of the module: the clocks are virtual, calendar functions are CPython's."""
    names = {
        "monotonic": monotonic, "perf_counter": monotonic, "process_time": monotonic,
        "thread_time": monotonic, "time": time, "monotonic_ns": monotonic_ns,
        "perf_counter_ns": monotonic_ns, "process_time_ns": monotonic_ns,
        "thread_time_ns": monotonic_ns, "time_ns": time_ns, "sleep": sleep,
        "struct_time": _real.struct_time, "strptime": _real.strptime,
        "timezone": 0, "altzone": 0, "daylight": 0, "tzname": ("UTC", "UTC"),
        "asctime": asctime, "ctime": ctime, "get_clock_info": get_clock_info, "gmtime": gmtime,
        "localtime": localtime, "mktime": mktime, "strftime": strftime,
    }  # fmt: skip
    if hasattr(_real, "clock_gettime"):
        names.update(
            _CLOCKS, clock_getres=clock_getres, clock_gettime=clock_gettime,
            clock_gettime_ns=clock_gettime_ns,
        )  # fmt: skip
    return names
