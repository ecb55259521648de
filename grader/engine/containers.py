"""Built-in containers, whose contents tasks share: what an access touches, and how to announce it.

The hooks of rewritten code and the stand-ins of modules written in C (`heapq`, `itertools`...)
both come here.
"""

from __future__ import annotations

import operator
from collections import Counter, OrderedDict, defaultdict, deque
from collections.abc import Iterator
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import READ, WRITE

CONTAINERS: Final = frozenset(
    {list, dict, set, bytearray, deque, OrderedDict, defaultdict, Counter}
)
_BASES: Final = (list, dict, set, bytearray, deque)
VIEWS: Final[tuple[type, ...]] = (type({}.keys()), type({}.values()), type({}.items()))
_KEY_TYPES: Final = (str, int, bool, bytes, type(None))


def key_of(obj: Any, key: Any) -> Any:
    """What an access to `obj[key]` touches: one item where keys are plainly comparable, else
    the whole.
    """
    if isinstance(obj, dict):
        if type(key) in _KEY_TYPES:
            return ("item", key)
        if type(key) is tuple and all(type(part) in _KEY_TYPES for part in key):
            return ("item", key)
    elif type(key) is int and key >= 0 and isinstance(obj, list):
        return ("item", key)
    return None


def is_container(obj: Any, method: str) -> bool:
    """Whether `method` of `obj` is the built-in one, and the object can change."""
    cls = type(obj)
    if cls in CONTAINERS:
        return True
    for base in cls.__mro__:
        if method in base.__dict__:
            return base in CONTAINERS
    return False


def remember_view(view: Any, owner: Any) -> None:
    """`view` (the keys, values or items of a dict) belongs to `owner`."""
    views = runtime.current().state.setdefault("dict views", {})
    views[id(view)] = (view, owner)


def owner_of(obj: Any) -> Any:
    """The container that one sees through `obj`: itself, the dict of a view, or None."""
    cls = type(obj)
    if cls in CONTAINERS or (isinstance(obj, _BASES) and is_container(obj, "__iter__")):
        return obj
    if cls in VIEWS:
        found = runtime.current().state.get("dict views", {}).get(id(obj))
        return None if found is None else found[1]
    return None


def reading(obj: Any) -> Any:
    """`obj` itself, about to be read as a whole (length, membership, copy, comparison)."""
    owner = owner_of(obj)
    if owner is not None:
        execution = runtime.execution
        assert execution is not None
        if not execution.solo or execution.recorder is not None:
            execution.perform("read", owner, None, READ)
            if execution.recorder is not None:
                execution.recorder.note(owner)
    return obj


def writing(obj: Any, kind: str) -> Any:
    """`obj` itself, about to be changed as a whole by `kind` (heappush, say)."""
    if isinstance(obj, _BASES):
        execution = runtime.execution
        assert execution is not None
        if not execution.solo or execution.recorder is not None:
            execution.perform(kind, obj, None, WRITE)
    return obj


class Iteration:
    """Iterates over a live container: every step is a visible read."""

    __slots__ = ("_inner", "_owner")

    def __init__(self, inner: Iterator[Any], owner: Any) -> None:
        self._inner = inner
        self._owner = owner

    def __iter__(self) -> Iteration:
        return self

    def __next__(self) -> Any:
        execution = runtime.execution
        assert execution is not None
        if execution.solo and execution.recorder is None:
            return next(self._inner)
        execution.perform("iterate", self._owner, None, READ)
        value = next(self._inner)
        if execution.recorder is not None:
            execution.recorder.note(value)
        return value

    def __length_hint__(self) -> int:
        return operator.length_hint(self._inner)


def iterate(obj: Any) -> Any:
    """What a loop over `obj` iterates over."""
    owner = owner_of(obj)
    return obj if owner is None else Iteration(iter(obj), owner)
