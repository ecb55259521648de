"""Built-in containers: their items and their methods, each call one atomic operation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from grader.engine import runtime
from grader.engine.classes import mro_of
from grader.engine.containers import (
    CONTAINERS,
    is_container,
    owners_of,
    place_of,
    whole_of,
)
from grader.engine.operation import READ, WRITE
from grader.engine.wrappers import WRAPPERS

if TYPE_CHECKING:
    from grader.engine.execution import Execution

_READERS: Final = frozenset(
    {"copy", "count", "index", "get", "keys", "values", "items", "union", "intersection",
     "difference", "symmetric_difference", "issubset", "issuperset", "isdisjoint", "most_common",
     "elements", "total", "__len__", "__contains__", "__iter__", "__getitem__", "__reversed__",
     "__eq__", "find", "startswith", "endswith", "decode", "hex", "join", "tobytes", "tolist",
     "toreadonly", "cast", "release"}
)  # fmt: skip
_KEYED: Final = frozenset(
    ["get", "pop", "setdefault", "__getitem__", "__setitem__", "__delitem__", "__contains__"]
)
# Whether these changed anything can be seen by the length.
_MAY_CHANGE_NOTHING: Final = frozenset({"setdefault", "pop", "add", "discard"})
# What reads all of a container that is given to it.
_READ_ARGUMENTS: Final = frozenset(
    {"extend", "extendleft", "update", "fromkeys", "join", "union", "intersection", "difference",
     "symmetric_difference", "intersection_update", "difference_update",
     "symmetric_difference_update", "issubset", "issuperset", "isdisjoint", "__eq__"}
)  # fmt: skip
_TAKERS: Final = frozenset(["pop", "popleft", "popitem", "setdefault"])


# Methods by which code reaches past a subclass: `dict.get(d, k)`, `super().__getitem__(k)`.
ATOMIC: Final = _READERS | _KEYED | _TAKERS | {
    "append", "appendleft", "extend", "extendleft", "insert", "remove", "clear", "add", "discard",
    "update", "sort", "reverse", "rotate", "subtract", "move_to_end", "difference_update",
    "intersection_update", "symmetric_difference_update", "__iadd__", "__ior__", "__iand__",
    "__isub__", "__ixor__", "__imul__",
}  # fmt: skip


class Method:
    """A bound method of a built-in container; calling it is one atomic operation."""

    __slots__ = ("__self__", "_bound", "_name")

    def __init__(self, obj: Any, name: str, bound: Callable[..., Any]) -> None:
        self.__self__ = obj
        self._name = name
        self._bound = bound

    @property
    def __name__(self) -> str:
        return self._name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Method) and bool(self._bound == other._bound)

    def __hash__(self) -> int:
        return hash(self._bound)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The operation."""
        execution = runtime.now.execution
        assert execution is not None
        obj, name = self.__self__, self._name
        seen = not execution.solo or execution.recorder is not None
        if not seen or (type(obj) in WRAPPERS and not is_container(obj, name)):
            return self._bound(*args, **kwargs)
        subject, key = place_of(obj, args[0]) if args and name in _KEYED else whole_of(obj)
        mode = READ if name in _READERS and type(obj) is not defaultdict else WRITE
        if name == "get":
            mode = READ
        also = owners_of(args) if name in _READ_ARGUMENTS else ()
        execution.perform(name, subject, key, mode, also=also)
        moves = len(execution.log)
        result = self._take_effect(execution, mode, args, kwargs)
        if execution.recorder is not None:
            given = mode and len(args) == 1 and name not in _TAKERS
            execution.recorder.note(args[0] if given else result)
        if mode & WRITE and len(execution.log) != moves:
            # It called the student's code (a key function, a generator), so that others could run:
            # the end of the change is visible, too.
            execution.perform(name, subject, key, mode)
        return result

    def _take_effect(self, execution: Execution, mode: int, args: Any, kwargs: Any) -> Any:
        """Calls the method; says so when it turned out to change nothing."""
        before = len(self.__self__)
        try:
            result = self._bound(*args, **kwargs)
        except BaseException:
            if mode & WRITE and len(self.__self__) == before:
                execution.turned_out(READ)
            raise
        if mode & WRITE and self._name in _MAY_CHANGE_NOTHING and len(self.__self__) == before:
            execution.turned_out(READ)
        return result


def get_item(obj: Any, key: Any) -> Any:
    """`obj[key]`."""
    execution = runtime.now.execution
    assert execution is not None
    if (execution.solo and execution.recorder is None) or not is_container(obj, "__getitem__"):
        return obj[key]
    creates = isinstance(obj, defaultdict)
    subject, place = place_of(obj, key)
    execution.access("read", subject, place, WRITE if creates else READ)
    value = obj[key]
    if execution.recorder is not None:
        execution.recorder.note(value)
    return value


def set_item(value: Any, obj: Any, key: Any) -> None:
    """`obj[key] = value`."""
    execution = runtime.now.execution
    assert execution is not None
    seen = not execution.solo or execution.recorder is not None
    if seen and is_container(obj, "__setitem__"):
        subject, place = place_of(obj, key)
        also = owners_of([value]) if type(key) is slice else ()
        execution.perform("write", subject, place, WRITE, also=also)
        if execution.recorder is not None:
            if type(key) in (str, int):
                execution.recorder.named(obj, f"[{key!r}]", value)
            execution.recorder.note(value)
    obj[key] = value


def delete_item(obj: Any, key: Any) -> None:
    """`del obj[key]`."""
    execution = runtime.now.execution
    assert execution is not None
    if is_container(obj, "__delitem__"):
        execution.perform("delete", *whole_of(obj), WRITE)
    del obj[key]


class UnboundMethod:
    """A method of a built-in container by way of its class: `dict.get`."""

    __slots__ = ("_function", "_name")

    def __init__(self, name: str, function: Any) -> None:
        self._name = name
        self._function = function

    def __get__(self, obj: Any, cls: type | None = None) -> Any:
        return self if obj is None else Method(obj, self._name, self._function.__get__(obj))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """The operation."""
        if not args or CONTAINERS.isdisjoint(mro_of(type(args[0]))):
            return self._function(*args, **kwargs)  # for its errors
        return self.__get__(args[0])(*args[1:], **kwargs)

    def __eq__(self, other: object) -> bool:
        function = other._function if isinstance(other, UnboundMethod) else other
        return bool(self._function == function)

    def __hash__(self) -> int:
        return hash(self._function)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._function, name)


class Resumed:
    """`send`, `throw` or `close` of a generator: what it keeps in its variables goes on."""

    __slots__ = ("__self__", "_function")

    def __init__(self, generator: Any, function: Any) -> None:
        self.__self__ = generator
        self._function = function

    def __call__(self, *args: Any) -> Any:
        """The call."""
        execution = runtime.now.execution
        assert execution is not None
        if not execution.solo or execution.recorder is not None:
            execution.perform("next", self.__self__, None, WRITE)
        return self._function(*args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._function, name)
