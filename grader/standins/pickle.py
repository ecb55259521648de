"""The stand-in of `pickle`: what objects look like on their way between modelled processes."""

from __future__ import annotations

import pickle as _real
from typing import Any

from grader.standins.multiprocessing.pickling import PROTOCOL, Pickler, Unpickler
from grader.standins.multiprocessing.pickling import dumps as _dumps
from grader.standins.multiprocessing.pickling import loads as _loads


def dumps(
    obj: Any, protocol: int | None = None, *, fix_imports: bool = True, buffer_callback: Any = None
) -> bytes:
    """As in CPython, with one protocol on all versions. Only `loads` of the same run reads it."""
    return _dumps(obj)


def loads(data: Any, /, *, fix_imports: bool = True, encoding: str = "ASCII",
          errors: str = "strict", buffers: Any = ()) -> Any:  # fmt: skip
    """As in CPython, for what `dumps` made: it loads a student's own classes and functions, and
    plain values.
    """
    return _loads(data)


def dump(obj: Any, file: Any, protocol: int | None = None, *, fix_imports: bool = True,
         buffer_callback: Any = None) -> None:  # fmt: skip
    """As in CPython, with one protocol on all versions."""
    Pickler(file).dump(obj)


def load(file: Any, /, *, fix_imports: bool = True, encoding: str = "ASCII",
         errors: str = "strict", buffers: Any = ()) -> Any:  # fmt: skip
    """As in CPython, for what `dump` made."""
    return Unpickler(file).load()


def public() -> dict[str, Any]:
    """The names of the module."""
    return {
        "DEFAULT_PROTOCOL": PROTOCOL, "HIGHEST_PROTOCOL": PROTOCOL,
        "PickleError": _real.PickleError, "PicklingError": _real.PicklingError,
        "UnpicklingError": _real.UnpicklingError, "dump": dump, "dumps": dumps,
        "load": load, "loads": loads,
    }  # fmt: skip
