"""Built-in containers: their items and their methods, each call one atomic operation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any, Final

from grader.engine import runtime
from grader.engine.containers import VIEWS, is_container, key_of, remember_view
from grader.engine.operation import READ, WRITE

_READERS: Final = frozenset(
    {"copy", "count", "index", "get", "keys", "values", "items", "union", "intersection",
     "difference", "symmetric_difference", "issubset", "issuperset", "isdisjoint", "most_common",
     "elements", "total", "__len__", "__contains__", "__iter__", "__getitem__", "__reversed__",
     "__eq__", "find", "startswith", "endswith", "decode", "hex"}
)  # fmt: skip
_KEYED: Final = frozenset(
    ["get", "pop", "setdefault", "__getitem__", "__setitem__", "__delitem__", "__contains__"]
)
# Whether these changed anything can be seen by the length.
_MAY_CHANGE_NOTHING: Final = frozenset({"setdefault", "pop", "add", "discard"})
_TAKERS: Final = frozenset(["pop", "popleft", "popitem", "setdefault"])


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
        execution = runtime.execution
        assert execution is not None
        obj, name = self.__self__, self._name
        if execution.solo and execution.recorder is None:
            result = self._bound(*args, **kwargs)
        else:
            key = key_of(obj, args[0]) if args and name in _KEYED else None
            mode = READ if name in _READERS and type(obj) is not defaultdict else WRITE
            if name == "get":
                mode = READ
            execution.perform(name, obj, key, mode)
            result = self._take_effect(execution, mode, args, kwargs)
            if execution.recorder is not None:
                given = mode and len(args) == 1 and name not in _TAKERS
                execution.recorder.note(args[0] if given else result)
        if isinstance(result, VIEWS):
            remember_view(result, obj)
        return result

    def _take_effect(self, execution: Any, mode: int, args: Any, kwargs: Any) -> Any:
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
    execution = runtime.execution
    assert execution is not None
    if (execution.solo and execution.recorder is None) or not is_container(obj, "__getitem__"):
        return obj[key]
    creates = isinstance(obj, defaultdict)
    execution.perform("read", obj, key_of(obj, key), WRITE if creates else READ)
    value = obj[key]
    if execution.recorder is not None:
        execution.recorder.note(value)
    return value


def set_item(value: Any, obj: Any, key: Any) -> None:
    """`obj[key] = value`."""
    execution = runtime.execution
    assert execution is not None
    seen = not execution.solo or execution.recorder is not None
    if seen and is_container(obj, "__setitem__"):
        execution.perform("write", obj, key_of(obj, key), WRITE)
        if execution.recorder is not None:
            if type(key) in (str, int):
                execution.recorder.named(obj, f"[{key!r}]", value)
            execution.recorder.note(value)
    obj[key] = value


def delete_item(obj: Any, key: Any) -> None:
    """`del obj[key]`."""
    execution = runtime.execution
    assert execution is not None
    if is_container(obj, "__delitem__"):
        execution.perform("delete", obj, None, WRITE)
    del obj[key]
