"""Which classes all worlds share: every one that there was before any code of a student's ran."""

from __future__ import annotations

import enum
import io
from collections.abc import Iterable
from types import CodeType, FrameType, GenericAlias
from typing import Final

from grader.engine.classes import IMMUTABLE, flags_of, namespace_of
from grader.engine.containers import Iteration

OWN: Final = "grader."
# What a student's code may come to hold (in the `obj` of an AttributeError, say), and do nothing
# with: parts of the grader, memory by its address, files.
_OPAQUE: Final = (
    "grader.engine", "grader.explorer", "grader.judge", "grader.scenario",
    "grader.source.load", "grader.strategies", "greenlet", "_ctypes", "ctypes",
)  # fmt: skip
_OPAQUE_TYPES: Final = frozenset(
    {FrameType, CodeType, io.FileIO, io.TextIOWrapper, io.BufferedReader, io.BufferedWriter,
     io.BufferedRandom}
)  # fmt: skip
_shared: dict[int, type] = {}  # every class that no student's code has made, by its address
# Of these classes, a student's code can hold an instance, and do nothing with it.
OPAQUE: Final[set[type]] = set()
# Of these, all instances are the same in all worlds, and nothing about them can be changed.
CONSTANT: Final[set[type]] = set()
FIXED: Final[set[type]] = set()  # both
_CONSTANTS_OF: Final = ("typing", "annotationlib", "__future__")


def know_classes() -> None:
    """Notes which classes there are before any code of a student's has run."""
    if _shared:
        return
    left: list[type] = [object]
    while left:
        cls = left.pop()
        if id(cls) not in _shared:
            _shared[id(cls)] = cls
            left.extend(type.__subclasses__(cls))
    for cls in _shared.values():
        home = home_of(cls)
        if (home.startswith(_OPAQUE) and cls is not Iteration) or cls in _OPAQUE_TYPES:
            OPAQUE.add(cls)
        if isinstance(cls, enum.EnumMeta) or home in _CONSTANTS_OF or cls is GenericAlias:
            CONSTANT.add(cls)
    FIXED.update(OPAQUE, CONSTANT)


def share(classes: Iterable[type]) -> None:
    """Some more, made since then."""
    for cls in classes:
        if _shared:
            _shared[id(cls)] = cls


def shared_classes() -> list[type]:
    """Those classes."""
    know_classes()
    return list(_shared.values())


def is_shared(cls: type) -> bool:
    """Whether the class is one for all worlds."""
    if flags_of(cls) & IMMUTABLE or id(cls) in _shared:
        return True
    return home_of(cls).startswith(OWN)


def home_of(cls: type) -> str:
    """The module that the class says to be of."""
    return str(namespace_of(cls).get("__module__", ""))


def is_of_grader(cls: type) -> bool:
    """Whether the class is a stand-in, or another part of the grader. Public stand-ins say that
    they are of the module that they stand in for.
    """
    return home_of(cls).startswith(OWN) or "_controlled_" in namespace_of(cls)
