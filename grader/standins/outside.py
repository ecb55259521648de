"""Stand-ins of what asks the world outside: the date, random bytes, numbers that nobody has twice.
Only files that no list of imports binds can import these modules (`grader explore`); what they
would be told is another thing each time, so they are told the same in every run of one schedule.
"""

from __future__ import annotations

import datetime as dt
import os as _os
import random as _random
from collections.abc import Callable
from types import ModuleType
from typing import Any, Self

from grader.engine import runtime
from grader.standins import random, time
from grader.standins.fresh import Around, execute
from grader.standins.missing import refuse
from grader.standins.multiprocessing.context import CPU_COUNT
from grader.standins.multiprocessing.lifecycle import exit_now
from grader.standins.multiprocessing.world import here

_SEED = 20_231


class _Kind(type):
    """Of a class with as many instances as the one that it stands for."""

    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, cls.__base__)  # type: ignore[arg-type]  # it has one

    def __subclasscheck__(cls, other: type) -> bool:
        return issubclass(other, cls.__base__)  # type: ignore[arg-type]  # likewise


class date(dt.date, metaclass=_Kind):  # noqa: N801 - the name in `datetime`
    """As in CPython; today is the virtual clock's."""

    @classmethod
    def today(cls) -> Self:
        """As in CPython, in UTC."""
        return cls.fromtimestamp(time.time())


class datetime(dt.datetime, metaclass=_Kind):  # noqa: N801 - likewise
    """As in CPython; now is the virtual clock's, and local time is UTC."""

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> Self:
        """As in CPython."""
        now = cls.fromtimestamp(time.time(), tz or dt.UTC)
        return now if tz is not None else now.replace(tzinfo=None)

    @classmethod
    def today(cls) -> Self:
        """As in CPython."""
        return cls.now()

    @classmethod
    def utcnow(cls) -> Self:
        """As in CPython."""
        return cls.now()


def _urandom(size: int, /) -> bytes:
    """As many bytes as asked for, the next ones of a fixed sequence."""
    state = runtime.current().state
    source: _random.Random = state.setdefault("random bytes", _random.Random(_SEED))
    return source.randbytes(size)


def _names(module: ModuleType, **other: Any) -> dict[str, Any]:
    names = {name: value for name, value in vars(module).items() if not name.startswith("__")}
    return {**names, **other}


def _refused(name: str) -> Callable[..., Any]:
    return lambda *args, **kwargs: refuse(f"os.{name}")


def _os_module() -> dict[str, Any]:
    # What would end the grader itself, or other processes of the machine.
    real = ("abort", "fork", "forkpty", "kill", "killpg")
    return _names(
        _os, urandom=_urandom, getrandom=lambda size, flags=0: _urandom(size), _exit=exit_now,
        getpid=lambda: here().pid, cpu_count=lambda: CPU_COUNT,
        **{name: _refused(name) for name in real if hasattr(_os, name)},
    )  # fmt: skip


def _datetime_module() -> dict[str, Any]:
    return _names(dt, date=date, datetime=datetime)


def _replaced() -> dict[str, Any]:
    fake = ModuleType("random")
    fake.__dict__.update(random.public())
    clock = ModuleType("time")
    clock.__dict__.update(time.public())
    return {"os": Around(_os, urandom=_urandom, getpid=lambda: 1), "random": fake, "time": clock,
            "_uuid": None}  # fmt: skip


def _secrets_module() -> ModuleType:
    return execute("secrets", "secrets", _replaced())


def _uuid_module() -> ModuleType:
    module = execute("uuid", "uuid", _replaced())
    module.getnode = lambda: 0x0242AC110002  # type: ignore[attr-defined]  # no network card here
    return module


MODULES: dict[str, Callable[[], dict[str, Any] | ModuleType]] = {
    "datetime": _datetime_module, "os": _os_module,
    "os.path": lambda: _names(_os.path), "secrets": _secrets_module,
    "uuid": _uuid_module,
}  # fmt: skip
