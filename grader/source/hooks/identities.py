"""`id`, `hash` and sets: the same numbers, and so the same order, in every run of one schedule."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any

from grader.engine import runtime
from grader.engine.classes import mro_of, namespace_of
from grader.engine.operation import WRITE

if TYPE_CHECKING:
    from grader.engine.execution import Execution


class _Identities:
    """The numbers that objects have in one execution; that one has a number keeps none alive."""

    __slots__ = ("_given", "_kept", "numbers")

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}
        self._given = 0
        self._kept: dict[int, object] = {}  # what tells that an object is gone, or the object

    def number(self, obj: object) -> int:
        """The object's number, the next one if it has none yet."""
        address = id(obj)
        known = self.numbers.get(address)
        if known is None:
            known = self.numbers[address] = 0x7F00_0000_0000 + 64 * self._given
            self._given += 1
            try:
                self._kept[address] = weakref.ref(obj, lambda _: self._forget(address))
            except TypeError:
                self._kept[address] = obj  # no other object gets its address
        return known

    def _forget(self, address: int) -> None:
        del self.numbers[address], self._kept[address]


def identities(execution: Execution) -> _Identities:
    """The numbers of this execution."""
    known: _Identities | None = execution.state.get("identities")
    if known is None:
        known = execution.state["identities"] = _Identities()
    return known


def identity(obj: Any, /) -> int:
    """`id`: a number that is the same in every run of one schedule. Objects that were made before
    there was a second task are numbered in the order in which they got their first attribute;
    which of two others has the smaller number is open, as in life: they are numbered when they
    are first asked for it, which is an operation that the explorer orders both ways.
    """
    execution = runtime.current()
    known = identities(execution)
    if not execution.solo and id(obj) not in known.numbers:
        execution.perform("id", known, None, WRITE)
    return known.number(obj)


def hash_of(obj: Any, /) -> int:
    """`hash`; of an object that is hashed by its identity, from `id`."""
    own: object = type(obj).__hash__
    if own is object.__hash__ or own is hash_by_identity:
        return identity(obj) >> 4
    return hash(obj)


def hash_by_identity(self: Any) -> int:
    """`__hash__` of the student's classes that have none: where CPython takes the address, a number
    in the order in which objects were first put into a set or a dict. So the order of a set is the
    same in every run of one schedule.
    """
    execution = runtime.now.execution
    if execution is None:
        return object.__hash__(self)
    known: _Identities | None = execution.state.get("hashes")
    if known is None:
        known = execution.state["hashes"] = _Identities()
    return known.number(self) >> 4


def finish_class(cls: Any) -> Any:
    """What a class statement made: what would be hashed by its address is hashed by a number. This
    comes after the decorators, since `dataclass` looks for a `__hash__`.
    """
    if not isinstance(cls, type):
        return cls
    if type(cls) is not type:
        _check_metaclass(type(cls))
    elif issubclass(cls, type):
        _check_metaclass(cls)
    own: object = cls.__hash__
    if own is object.__hash__:
        type.__setattr__(cls, "__hash__", hash_by_identity)
    return cls


def _check_metaclass(kind: type) -> None:
    """Classes are told apart by what they are: a metaclass that compares them its own way would
    make one look like another.
    """
    for base in mro_of(kind):
        if base is type:
            return
        if base is not object:
            own = namespace_of(base)
            if "__eq__" in own or own.get("__hash__", hash_by_identity) is not hash_by_identity:
                what = f"The metaclass {base.__name__} compares or hashes classes its own way"
                problem = "which cannot be put under control, so this code cannot be graded."
                runtime.current().refuse(runtime.NotModelled(f"{what}, {problem}"))
