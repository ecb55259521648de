"""Start methods and contexts. Any method may be set; what happens is always what spawn does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from grader.engine import runtime
from grader.standins.missing import is_there, refuse
from grader.standins.multiprocessing.processes import Process
from grader.standins.multiprocessing.world import here

METHODS: Final = ("spawn", "fork", "forkserver")
CPU_COUNT: Final = 4  # the same everywhere, for code that starts one worker for each


def cpu_count() -> int:
    """As in CPython; the number is a fixed one."""
    return CPU_COUNT


def freeze_support() -> None:
    """As in CPython: nothing to do."""


def get_all_start_methods() -> list[str]:
    """As in CPython."""
    return list(METHODS)


def get_start_method(allow_none: bool = False) -> str | None:
    """As in CPython; before one was set: spawn."""
    local = here()
    if local.method is None and not allow_none:
        local.method = "spawn"
    return local.method


def set_start_method(method: str | None, force: bool = False) -> None:
    """As in CPython."""
    local = here()
    chosen = runtime.current().state.get("start method")
    if (local.method or chosen) is not None and not force:
        raise RuntimeError("context has already been set")
    if method is not None:
        _check(method)
    local.method = method


def _check(method: str) -> None:
    if method not in METHODS:
        raise ValueError(f"cannot find context for {method!r}")


class _SpawnedProcess(Process):
    _controlled_ = True


class BaseContext:
    """What `get_context` returns: the module's functions, with one start method."""

    _controlled_ = True
    Process = Process

    def __init__(self, method: str | None, functions: dict[str, Callable[..., Any]]) -> None:
        self._name = method
        self._functions_ = functions

    def __getattr__(self, name: str) -> Any:
        try:
            return self._functions_[name]
        except KeyError:
            if is_there("multiprocessing", name):
                refuse(f"multiprocessing.get_context().{name}")
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}"
            ) from None

    def get_context(self, method: str | None = None) -> BaseContext:
        """As in CPython."""
        if method is None:
            return self
        _check(method)
        return BaseContext(method, self._functions_)

    def get_start_method(self, allow_none: bool = False) -> str | None:
        """As in CPython."""
        return get_start_method(allow_none) if self._name is None else self._name

    def set_start_method(self, method: str | None, force: bool = False) -> None:
        """As in CPython."""
        raise ValueError("cannot set start method of concrete context")
