"""Built-in containers, whose contents tasks share: what an access touches, and how to announce it.

The hooks of rewritten code and the stand-ins of modules written in C (`heapq`, `itertools`...)
both come here.
"""

from __future__ import annotations

import itertools
import operator
from array import array
from collections import ChainMap, Counter, OrderedDict, UserDict, UserList, defaultdict, deque
from collections.abc import Iterable, Iterator
from types import GeneratorType, MappingProxyType, MemberDescriptorType, SimpleNamespace
from typing import Any, Final

from grader.engine import runtime
from grader.engine.classes import IMMUTABLE, flags_of, mark_of, mro_of, namespace_of
from grader.engine.operation import READ, WRITE, Footprint
from grader.engine.wrappers import WRAPPERS, behind

CONTAINERS: Final = frozenset(
    {
        list, dict, set, bytearray, deque, OrderedDict, defaultdict, Counter, array,
        UserDict, UserList, ChainMap, MappingProxyType, memoryview,
    }
)  # fmt: skip
READS_RECORDS: Final = "@records"  # the hook that generated methods of dataclasses call
WRITES_RECORD: Final = "@record"  # and their `__init__`
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
    obj = behind(obj)
    if runtime.current().namespaces and type(obj) is dict:
        owner = _owner_of_namespace(obj)
        if owner is not None:
            return owner, key if type(key) is str else None
    return obj, key_of(obj, key)


def whole_of(obj: Any) -> tuple[Any, Any]:
    """The subject and the key that an access to all of `obj` touches."""
    obj = behind(obj)
    owner = _owner_of_namespace(obj) if type(obj) is dict else None
    return (obj if owner is None else owner), None


def remember_namespace(namespace: dict[str, Any], owner: Any) -> None:
    """`namespace` is the `__dict__` of `owner`: its items are that one's attributes. Of an object
    that has one for each task it is nobody else's, and stands for itself.
    """
    if mark_of(type(owner), "_of_each_task_"):
        return
    runtime.current().namespaces[id(namespace)] = (namespace, owner)


def _owner_of_namespace(obj: dict[Any, Any]) -> Any:
    found = runtime.current().namespaces.get(id(obj))
    return None if found is None else found[1]


def is_container(obj: Any, method: str) -> bool:
    """Whether `method` of `obj`, or of what is behind it, is the built-in one, and the object can
    change.
    """
    cls = type(obj)
    if cls in WRAPPERS:
        obj = behind(obj)
        cls = type(obj)
    if cls in CONTAINERS:
        return True
    for base in mro_of(cls):
        if method in namespace_of(base):
            return base in CONTAINERS
    return False


def owner_of(obj: Any) -> Any:
    """The container that one sees through `obj`: itself, the dict of a view, or None."""
    cls = type(obj)
    if cls in WRAPPERS:
        obj = behind(obj)
        cls = type(obj)
    if cls in CONTAINERS:
        return whole_of(obj)[0]
    return obj if not flags_of(cls) & IMMUTABLE and is_container(obj, "__iter__") else None


def owners_of(values: Iterable[Any]) -> tuple[Footprint, ...]:
    """The containers among these values, each read as a whole."""
    return tuple((found, None, READ) for each in values if (found := owner_of(each)) is not None)


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
        elif _is_record(cls) and not _reads_itself(cls):
            _announce("read", obj, READ)  # its __eq__ and __repr__ are not rewritten
        return obj
    execution = runtime.now.execution
    assert execution is not None
    if not execution.solo or execution.recorder is not None:
        execution.perform("read", owner, None, READ)
        if execution.recorder is not None:
            execution.recorder.note(owner)
    return obj


def reading_all(obj: Any) -> Any:
    """`obj` itself, about to be read at once with all the containers in it."""
    cls = type(obj)
    if cls in _ATOMS and cls is not tuple and cls is not frozenset:
        return obj
    execution = runtime.now.execution
    assert execution is not None
    if (execution.solo and execution.recorder is None) or _reads_itself(cls):
        return obj
    found = nested(obj)
    if not found:
        return reading(obj)
    read_at_once(tuple((each, None, READ) for each in found))
    return obj


def read_at_once(places: tuple[Footprint, ...]) -> None:
    """Announces that all these places are about to be read, as one operation."""
    execution = runtime.now.execution
    assert execution is not None
    if places and not (execution.solo and execution.recorder is None):
        subject, key, mode = places[0]
        execution.perform("read", subject, key, mode, also=places[1:])
        if execution.recorder is not None and key is None:
            execution.recorder.note(subject)


def reads_records(*records: Any) -> None:
    """A generated method of a dataclass is about to read them, and compares what is in them."""
    if runtime.now.execution is not None:
        read_at_once(tuple((each, None, READ) for each in nested(records)))


def writes_record(record: Any) -> None:
    """The generated `__init__` of a dataclass is about to set all attributes of the record: nobody
    has a new one yet, but one that has attributes is not new.
    """
    execution = runtime.now.execution
    if execution is not None and not execution.solo and _has_attributes(record):
        execution.perform("write", record, None, WRITE)


def _has_attributes(record: Any) -> bool:
    if getattr(record, "__dict__", None):
        return True
    for base in mro_of(type(record)):
        for each in namespace_of(base).values():
            if type(each) is MemberDescriptorType:
                try:
                    each.__get__(record)
                except AttributeError:
                    continue
                return True
    return False


def nested(obj: Any) -> list[Any]:
    """The containers that `obj` is made of, itself first, and what is compared and shown like a
    container (dataclasses). Looks into plain ones only.
    """
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
        elif _is_record(type(one)):
            found.append(one)
            left.extend(getattr(one, "__dict__", {}).values())
    return found


def _is_record(cls: type) -> bool:
    """Whether a method that nobody has rewritten compares and shows the attributes."""
    if cls is SimpleNamespace:
        return True
    return not flags_of(cls) & IMMUTABLE and hasattr(cls, "__dataclass_fields__")


def _reads_itself(cls: type) -> bool:
    """Whether it is a dataclass whose generated methods call `reads_records`."""
    code = getattr(getattr(cls, "__eq__", None), "__code__", None)
    return code is not None and READS_RECORDS in code.co_names


def writing(obj: Any, kind: str) -> Any:
    """`obj` itself, about to be changed as a whole by `kind` (heappush, say)."""
    if not CONTAINERS.isdisjoint(mro_of(type(behind(obj)))):
        _announce(kind, whole_of(obj)[0], WRITE)
    return obj


def _announce(kind: str, obj: Any, mode: int) -> None:
    execution = runtime.now.execution
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
        execution = runtime.now.execution
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


def iterate_backwards(obj: Any) -> Any:
    """`reversed(obj)`."""
    owner = owner_of(obj)
    return reversed(obj) if owner is None else Iteration(reversed(obj), owner)


def unpacking(values: Iterable[Any]) -> Iterator[Any]:
    """The values, each about to be unpacked (`for a, b in values`)."""
    for value in values:
        yield reading(value)
