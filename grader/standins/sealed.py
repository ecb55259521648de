"""Classes that all schedules share, made as unchangeable as those of the interpreter.

The hooks of a student's code refuse to set attributes on them. CPython's own code does not ask the
hooks: `copy`, `pickle`, `dataclass` and `total_ordering` set attributes of whatever class they are
given. For classes written in C it meets `Py_TPFLAGS_IMMUTABLETYPE` there (PEP 630); this sets the
same flag on ours. It is for processes that do nothing but run a student's code: nobody else can
change these classes either, and there is no way back.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterable
from typing import Final

from grader.engine.classes import IMMUTABLE, flags_of

# Modules beside the grader's whose classes a student's code can get at.
_SEEN: Final = frozenset(
    {
        "_collections_abc", "_py_abc", "_weakrefset", "abc", "collections", "concurrent",
        "contextlib", "copy", "dataclasses", "enum", "functools", "grader", "greenlet", "json",
        "logging",
        "multiprocessing", "numbers", "pickle", "queue", "random", "re", "reprlib", "selectors",
        "socket", "socketserver", "string", "struct", "threading", "traceback", "types", "typing",
        "warnings", "weakref",
    }
)  # fmt: skip
# Those that keep something of their own as an attribute of the class.
_CHANGE: Final = frozenset({("weakref", "finalize")})
_FARTHEST: Final = 64  # machine words from the beginning of a type object to its flags


def seal(classes: Iterable[type]) -> int:
    """Seals those of the classes that a student's code can get at, for the rest of the process.

    Returns how many were sealed: 0 where this interpreter keeps the flags somewhere else.
    """
    at = _place_of_flags()
    if at is None:
        return 0
    count = 0
    for cls in classes:
        home = str(cls.__module__)
        if home.partition(".")[0] not in _SEEN or (home, cls.__name__) in _CHANGE:
            continue
        if not flags_of(cls) & IMMUTABLE:
            flags = ctypes.c_ulong.from_address(id(cls) + at)
            flags.value |= IMMUTABLE
            count += 1
    return count


def _place_of_flags() -> int | None:
    """Where in a type object its flags are; found by looking, since builds of CPython differ."""
    if sys.implementation.name != "cpython":
        return None
    size = ctypes.sizeof(ctypes.c_ulong)
    known = (int, dict, list, type, BaseException, _Probe)
    for word in range(1, _FARTHEST):
        at = word * size
        if at + size > sys.getsizeof(int):
            break
        if all(ctypes.c_ulong.from_address(id(cls) + at).value == flags_of(cls) for cls in known):
            return at if _is_right(at) else None
    return None


class _Probe:
    """A class to try it on."""


def _is_right(at: int) -> bool:
    ctypes.c_ulong.from_address(id(_Probe) + at).value |= IMMUTABLE
    try:
        _Probe.tried = True  # type: ignore[attr-defined]  # that is the question
    except TypeError:
        return True
    return False
