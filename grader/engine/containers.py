"""Built-in containers, whose contents tasks share: what an access touches, and how to announce it.

The hooks of rewritten code and the stand-ins of modules written in C (`heapq`, `itertools`...)
both come here.
"""

from __future__ import annotations

import itertools
import operator
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, defaultdict, deque
from collections.abc import Iterator
from types import GeneratorType
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import READ, WRITE, Footprint

CONTAINERS: Final = frozenset(
    {
        list, dict, set, bytearray, deque, OrderedDict, defaultdict, Counter,
        UserDict, UserList, ChainMap,
    }
)  # fmt: skip
VIEWS: Final[tuple[type, ...]] = (type({}.keys()), type({}.values()), type({}.items()))
_HEAP_TYPE: Final = 1 << 9  # of `type.__flags__`: made by a class statement, not by the interpreter
_KEY_TYPES: Final = (str, int, bool, bytes, type(None))

# What `next` may be called on from several tasks: each call takes one value, as one operation.
_EMPTY: Final[tuple[Any, ...]] = ((), [], "", b"", {}, set(), range(0), deque())
_ITERATORS: Final = frozenset(
    {
        GeneratorType, map, filter, zip, enumerate, reversed,
        *(type(iter(empty)) for empty in _EMPTY),
        *(each for each in vars(itertools).values() if isinstance(each, type)),
    }
)  # fmt: skip
_ATOMS: Final = frozenset({int, str, bool, type(None), float, tuple, bytes, range, frozenset})
_DEEPEST: Final = 500  # nested containers that one operation says it reads


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


def place_of(obj: Any, key: Any) -> tuple[Any, Any]:
    """The subject and the key that an access to `obj[key]` touches."""
    if runtime.current().namespaces and type(obj) is dict:
        owner = _owner_of_namespace(obj)
        if owner is not None:
            return owner, key if type(key) is str else None
    return obj, key_of(obj, key)


def whole_of(obj: Any) -> tuple[Any, Any]:
    """The subject and the key that an access to all of `obj` touches."""
    owner = _owner_of_namespace(obj) if type(obj) is dict else None
    return (obj if owner is None else owner), None


def remember_namespace(namespace: dict[str, Any], owner: Any) -> None:
    """`namespace` is the `__dict__` of `owner`: its items are that one's attributes."""
    runtime.current().namespaces[id(namespace)] = (namespace, owner)


def _owner_of_namespace(obj: dict[Any, Any]) -> Any:
    found = runtime.current().namespaces.get(id(obj))
    return None if found is None else found[1]


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
    if cls in CONTAINERS:
        return whole_of(obj)[0]
    if cls in VIEWS:
        found = runtime.current().state.get("dict views", {}).get(id(obj))
        return None if found is None else whole_of(found[1])[0]
    return obj if cls.__flags__ & _HEAP_TYPE and is_container(obj, "__iter__") else None


def reading(obj: Any) -> Any:
    """`obj` itself, about to be read as a whole (length, membership, copy, comparison), or
    about to be asked for its next value.
    """
    cls = type(obj)
    if cls in _ATOMS:
        return obj
    owner = owner_of(obj)
    if owner is None:
        if cls in _ITERATORS:
            _announce("next", obj, WRITE)
        elif cls is Iteration:
            obj.shared = True
        elif cls.__flags__ & _HEAP_TYPE and hasattr(cls, "__dataclass_fields__"):
            _announce("read", obj, READ)  # its generated __eq__ and __repr__ are not rewritten
        return obj
    execution = runtime.execution
    assert execution is not None
    if not execution.solo or execution.recorder is not None:
        execution.perform("read", owner, None, READ)
        if execution.recorder is not None:
            execution.recorder.note(owner)
    return obj


def reading_all(obj: Any) -> Any:
    """`obj` itself, about to be read at once with all the containers in it."""
    execution = runtime.execution
    assert execution is not None
    if execution.solo and execution.recorder is None:
        return obj
    first, *others = nested(obj) or [None]
    if first is not None:
        also: tuple[Footprint, ...] = tuple((other, None, READ) for other in others)
        execution.perform("read", first, None, READ, also=also)
    return obj


def nested(obj: Any) -> list[Any]:
    """The containers that `obj` is made of, itself first. Looks into plain ones only."""
    found: list[Any] = []
    seen: set[int] = set()
    left = [obj]
    while left and len(found) < _DEEPEST:
        one = left.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        owner = owner_of(one)
        if owner is not None:
            found.append(owner)
            one = one if type(one) in CONTAINERS else owner
        if isinstance(one, dict):
            left.extend(dict.values(one))
        elif isinstance(one, (list, tuple, deque)):
            left.extend(one)
    return found


def writing(obj: Any, kind: str) -> Any:
    """`obj` itself, about to be changed as a whole by `kind` (heappush, say)."""
    if not CONTAINERS.isdisjoint(type(obj).__mro__):
        _announce(kind, obj, WRITE)
    return obj


def _announce(kind: str, obj: Any, mode: int) -> None:
    execution = runtime.execution
    assert execution is not None
    if not execution.solo or execution.recorder is not None:
        execution.perform(kind, obj, None, mode)


class Iteration:
    """Iterates over a live container: every step is a visible read."""

    __slots__ = ("_inner", "_owner", "shared")

    def __init__(self, inner: Iterator[Any], owner: Any) -> None:
        self._inner = inner
        self._owner = owner
        self.shared = False  # `next` was called on it: the position counts, too

    def __iter__(self) -> Iteration:
        return self

    def __next__(self) -> Any:
        execution = runtime.execution
        assert execution is not None
        if execution.solo and execution.recorder is None:
            return next(self._inner)
        also: tuple[Footprint, ...] = ((self, None, WRITE),) if self.shared else ()
        execution.perform("iterate", self._owner, None, READ, also=also)
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
