"""`multiprocessing.Value`, `Array`, `RawValue` and `RawArray`, under control.

The number itself is a real ctypes object that only this module touches, so that ranges, overflow
and type errors are CPython's. An access of a synchronized wrapper takes the wrapper's lock for
just that access: it is one operation that needs the lock free (or held by the same task).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import NEEDS_FREE, READ, WRITE, Footprint
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.pickling import Arrival
from grader.standins.multiprocessing.world import created

CODES: Final[dict[str, Any]] = {
    "c": ctypes.c_char, "u": ctypes.c_wchar, "b": ctypes.c_byte, "B": ctypes.c_ubyte,
    "h": ctypes.c_short, "H": ctypes.c_ushort, "i": ctypes.c_int, "I": ctypes.c_uint,
    "l": ctypes.c_long, "L": ctypes.c_ulong, "q": ctypes.c_longlong, "Q": ctypes.c_ulonglong,
    "f": ctypes.c_float, "d": ctypes.c_double,
}  # fmt: skip

_Guard = tuple[Callable[[], bool] | None, tuple[Footprint, ...]]
_UNGUARDED: Final[_Guard] = (None, ())


class Raw:
    """A shared ctypes object without a lock: what `RawValue` and `get_obj` give."""

    _controlled_ = True
    __slots__ = ("__weakref__", "_inner_")

    def __init__(self, inner: Any) -> None:
        self._inner_ = inner
        created(self)

    def _travel_(self, child: Modelled | None) -> Arrival:
        if child is None:
            raise TypeError("cannot pickle 'mmap.mmap' object")
        return lambda: self

    def _read_(self, key: object, get: Callable[[], Any], guard: _Guard) -> Any:
        execution = runtime.current()
        execution.perform(
            "read", self, key, READ | (NEEDS_FREE if guard[0] else 0), ready=guard[0], also=guard[1]
        )
        value = get()
        if execution.recorder is not None:
            execution.recorder.note(value)
        return value

    def _write_(self, key: object, value: Any, put: Callable[[], None], guard: _Guard) -> None:
        execution = runtime.current()
        execution.perform(
            "write", self, key, WRITE | (NEEDS_FREE if guard[0] else 0),
            ready=guard[0], also=guard[1],
        )  # fmt: skip
        if execution.recorder is not None:
            execution.recorder.note(value)
        put()


def _attribute(name: str) -> property:
    """An attribute of the ctypes object, as one visible operation."""

    def fget(self: Raw) -> Any:
        return self._read_(name, lambda: getattr(self._inner_, name), _UNGUARDED)

    def fset(self: Raw, value: Any) -> None:
        self._write_(name, value, lambda: setattr(self._inner_, name, value), _UNGUARDED)

    return property(fget, fset)


class RawScalar(Raw):
    """What `RawValue` returns."""

    _controlled_ = True
    _word_ = "value"
    __slots__ = ()

    value = _attribute("value")

    def __repr__(self) -> str:
        return repr(self._inner_)


def _place(index: Any) -> object:
    """What an access by this index touches: one item, or the whole."""
    return ("item", index) if type(index) is int and index >= 0 else None


class RawSequence(Raw):
    """What `RawArray` returns."""

    _controlled_ = True
    _word_ = "array"
    __slots__ = ()

    def __len__(self) -> int:
        return len(self._inner_)

    def __getitem__(self, index: Any) -> Any:
        return self._read_(_place(index), lambda: self._inner_[index], _UNGUARDED)

    def __setitem__(self, index: Any, value: Any) -> None:
        self._write_(
            _place(index), value, lambda: self._inner_.__setitem__(index, value), _UNGUARDED
        )

    def __repr__(self) -> str:
        return f"<multiprocessing.sharedctypes.{type(self._inner_).__name__} object>"


class RawString(RawSequence):
    """A `RawArray` of characters."""

    _controlled_ = True
    __slots__ = ()

    # The whole array is touched, as by a slice.
    value = property(
        lambda self: self._read_(None, lambda: self._inner_.value, _UNGUARDED),
        lambda self, value: self._write_(
            None, value, lambda: setattr(self._inner_, "value", value), _UNGUARDED
        ),
    )
    raw = property(
        lambda self: self._read_(None, lambda: self._inner_.raw, _UNGUARDED),
        lambda self, value: self._write_(
            None, value, lambda: setattr(self._inner_, "raw", value), _UNGUARDED
        ),
    )


def RawValue(typecode_or_type: Any, *args: Any) -> RawScalar:  # noqa: N802 - CPython's name
    """As in CPython."""
    kind = CODES.get(typecode_or_type, typecode_or_type)
    ctypes.sizeof(kind)  # CPython's error for what is no type
    inner = kind()
    inner.__init__(*args)
    return RawScalar(inner)


def RawArray(typecode_or_type: Any, size_or_initializer: Any) -> RawSequence:  # noqa: N802 - CPython's name
    """As in CPython."""
    kind = CODES.get(typecode_or_type, typecode_or_type)
    if isinstance(size_or_initializer, int):
        inner = (kind * size_or_initializer)()
    else:
        inner = (kind * len(size_or_initializer))()
        inner.__init__(*size_or_initializer)
    return RawString(inner) if kind is ctypes.c_char else RawSequence(inner)
