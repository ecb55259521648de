"""Places that are read and then written: augmented assignment, and unusual targets."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any, ClassVar, Final

from grader.engine import runtime
from grader.engine.containers import is_container, owners_of, reading, reading_all, whole_of
from grader.engine.operation import WRITE
from grader.source.hooks.attributes import delete_attribute, get_attribute, set_attribute
from grader.source.hooks.items import delete_item, get_item, set_item
from grader.source.hooks.variables import delete_global, load_global, store_global


class _Reference:
    """A place that can be read and written; `old` is what `ref_*` read."""

    __slots__ = ("key", "obj", "old")

    def __init__(self, obj: Any, key: Any, old: Any = None) -> None:
        self.obj = obj
        self.key = key
        self.old = old

    def write(self, value: Any) -> None:
        raise AssertionError

    v: ClassVar[Any] = property(
        None, lambda self, value: self.write(value), lambda self: self.erase()
    )

    def erase(self) -> None:
        raise AssertionError


class AttributeReference(_Reference):
    """`obj.key`."""

    __slots__ = ()

    def write(self, value: Any) -> None:
        """`obj.key = value`."""
        set_attribute(value, self.obj, self.key)

    def erase(self) -> None:
        """`del obj.key`."""
        delete_attribute(self.obj, self.key)


class ItemReference(_Reference):
    """`obj[key]`."""

    __slots__ = ()

    def write(self, value: Any) -> None:
        """`obj[key] = value`."""
        set_item(value, self.obj, self.key)

    def erase(self) -> None:
        """`del obj[key]`."""
        delete_item(self.obj, self.key)


class GlobalReference(_Reference):
    """The module global `key`."""

    __slots__ = ()

    def write(self, value: Any) -> None:
        """`key = value`."""
        store_global(self.obj, self.key, value)

    def erase(self) -> None:
        """`del key`."""
        delete_global(self.obj, self.key)


def ref_attribute(obj: Any, name: str) -> _Reference:
    """`obj.name` as the left side of an augmented assignment: evaluated once, read now."""
    return AttributeReference(obj, name, get_attribute(obj, name))


def ref_item(obj: Any, key: Any) -> _Reference:
    """`obj[key]` likewise."""
    return ItemReference(obj, key, get_item(obj, key))


def ref_global(namespace: dict[str, Any], name: str) -> _Reference:
    """A module global likewise."""
    return GlobalReference(namespace, name, load_global(namespace, name))


_OPERATORS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+=": operator.iadd, "-=": operator.isub, "*=": operator.imul, "/=": operator.itruediv,
    "//=": operator.ifloordiv, "%=": operator.imod, "**=": operator.ipow, "@=": operator.imatmul,
    "<<=": operator.ilshift, ">>=": operator.irshift, "&=": operator.iand, "|=": operator.ior,
    "^=": operator.ixor,
}  # fmt: skip
_METHODS: Final = {sign: f"__{function.__name__}__" for sign, function in _OPERATORS.items()}


def inplace(op: str, old: Any, value: Any) -> Any:
    """`old op value`, such as `+=`; a built-in container changes in place, visibly."""
    execution = runtime.now.execution
    assert execution is not None
    if not (execution.solo and execution.recorder is None):
        if is_container(old, _METHODS[op]):
            subject, key = whole_of(old)
            execution.perform(op, subject, key, WRITE, also=owners_of([value]))
            if execution.recorder is not None:
                execution.recorder.note(value)
            moves = len(execution.log)
            result = _OPERATORS[op](old, value)
            if len(execution.log) != moves:  # it called the student's code: see `Method`
                execution.perform(op, subject, key, WRITE)
            return result
        (reading_all if op == "%=" else reading)(value)
    return _OPERATORS[op](old, value)


def inplace_set(ref: _Reference, op: str, value: Any) -> None:
    """`target op= value`: the operator, then the write."""
    ref.write(inplace(op, ref.old, value))
