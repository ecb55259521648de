"""`Value` and `Array`: shared ctypes objects with a lock, under control."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.engine import runtime
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.errors import require
from grader.standins.multiprocessing.locks import Lock, RLock
from grader.standins.multiprocessing.pickling import Arrival, check_spawning
from grader.standins.multiprocessing.values import (
    Raw,
    RawArray,
    RawScalar,
    RawString,
    RawValue,
    _Guard,
    _place,
)  # fmt: skip


class SynchronizedBase:
    """A shared object with the lock that each access takes."""

    _controlled_ = True
    __slots__ = ("__weakref__", "_core_", "_lock", "acquire", "release")

    def __init__(self, obj: Raw, lock: Any = None) -> None:
        self._core_ = obj
        self._lock = lock or RLock()
        self.acquire = self._lock.acquire
        self.release = self._lock.release
        recorder = runtime.current().recorder
        if recorder is not None:
            recorder.named(self._core_, "get_lock()", self._lock)

    def _travel_(self, child: Modelled | None) -> Arrival:
        check_spawning(self, child)
        if isinstance(self._lock, (Lock, RLock)):
            return lambda: self
        raise TypeError("cannot pickle '_thread.lock' object")

    def _locked_(self, access: Callable[[_Guard], Any]) -> Any:
        """One access under the lock."""
        if isinstance(self._lock, (Lock, RLock)):
            return access(self._lock._guard_())
        with self._lock:  # some object of the student's own
            return access((None, ()))

    def __enter__(self) -> Any:
        return self._lock.__enter__()

    def __exit__(self, *exc: object) -> Any:
        return self._lock.__exit__(*exc)

    def get_obj(self) -> Raw:
        """As in CPython: the shared object itself, whose accesses take no lock."""
        return self._core_

    def get_lock(self) -> Any:
        """As in CPython."""
        return self._lock

    def __repr__(self) -> str:
        return f"<{type(self).__name__} wrapper for {self._core_!r}>"


class Synchronized(SynchronizedBase):
    """What `Value` returns."""

    _controlled_ = True
    __slots__ = ()

    @property
    def value(self) -> Any:
        """The value, read under the lock. `+=` is a read and a write, each for itself."""
        core = self._core_
        return self._locked_(lambda guard: core._read_("value", lambda: core._inner_.value, guard))

    @value.setter
    def value(self, value: Any) -> None:
        core = self._core_
        self._locked_(
            lambda guard: core._write_(
                "value", value, lambda: setattr(core._inner_, "value", value), guard
            )
        )


class SynchronizedArray(SynchronizedBase):
    """What `Array` returns."""

    _controlled_ = True
    __slots__ = ()

    def __len__(self) -> int:
        return len(self._core_._inner_)

    def __getitem__(self, index: Any) -> Any:
        core = self._core_
        return self._locked_(
            lambda guard: core._read_(_place(index), lambda: core._inner_[index], guard)
        )

    def __setitem__(self, index: Any, value: Any) -> None:
        core = self._core_
        self._locked_(
            lambda guard: core._write_(
                _place(index), value, lambda: core._inner_.__setitem__(index, value), guard
            )
        )

    def __getslice__(self, start: int, stop: int) -> Any:
        return self[start:stop]

    def __setslice__(self, start: int, stop: int, values: Any) -> None:
        self[start:stop] = values


def _text(name: str) -> property:
    def fget(self: SynchronizedString) -> Any:
        core = self._core_
        return self._locked_(
            lambda guard: core._read_(None, lambda: getattr(core._inner_, name), guard)
        )

    def fset(self: SynchronizedString, value: Any) -> None:
        core = self._core_
        self._locked_(
            lambda guard: core._write_(
                None, value, lambda: setattr(core._inner_, name, value), guard
            )
        )

    return property(fget, fset)


class SynchronizedString(SynchronizedArray):
    """What `Array("c", ...)` returns."""

    _controlled_ = True
    __slots__ = ()

    value = _text("value")
    raw = _text("raw")


def synchronized(obj: Any, lock: Any = None, ctx: Any = None) -> SynchronizedBase:
    """As in CPython."""
    require(not isinstance(obj, SynchronizedBase), "object already synchronized")
    if isinstance(obj, RawScalar):
        return Synchronized(obj, lock)
    return (
        SynchronizedString(obj, lock)
        if isinstance(obj, RawString)
        else SynchronizedArray(obj, lock)
    )


def _wrapped(obj: Raw, lock: Any) -> Any:
    if lock is False:
        return obj
    if lock in (True, None):
        lock = RLock()
    if not hasattr(lock, "acquire"):
        raise AttributeError(f"{lock!r} has no method 'acquire'")
    return synchronized(obj, lock)


def Value(typecode_or_type: Any, *args: Any, lock: Any = True) -> Any:  # noqa: N802 - CPython's name
    """As in CPython."""
    return _wrapped(RawValue(typecode_or_type, *args), lock)


def Array(  # noqa: N802 - CPython's name
    typecode_or_type: Any, size_or_initializer: Any, *, lock: Any = True
) -> Any:
    """As in CPython."""
    return _wrapped(RawArray(typecode_or_type, size_or_initializer), lock)
