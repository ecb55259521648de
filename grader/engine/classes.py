"""Classes as the interpreter has them, whatever a metaclass says that they are.

A metaclass may define `__mro__` or `__dict__` as properties. What is asked with the functions here
cannot be answered by a student's code.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Any, Final

IMMUTABLE: Final = 1 << 8  # of `flags_of`: not made by a class statement

mro_of: Final[Callable[[type], tuple[type, ...]]] = type.__dict__["__mro__"].__get__
flags_of: Final[Callable[[type], int]] = type.__dict__["__flags__"].__get__
namespace_of: Final[Callable[[type], MappingProxyType[str, Any]]] = type.__dict__[
    "__dict__"
].__get__
STAND_INS: Final[set[type]] = set()  # classes of stand-ins: see `standins/registry.py`


def mark_of(cls: type, name: str) -> Any:
    """What a stand-in among the bases of the class says under this name; None if none does. What a
    student's class says there counts for nothing.
    """
    for base in mro_of(cls):
        if base in STAND_INS and name in namespace_of(base):
            return namespace_of(base)[name]
    return None
