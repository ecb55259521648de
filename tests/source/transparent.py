"""Hooks that add nothing: code that calls them must do exactly what it did before the rewriting.

Runs also without pytest: the child processes of `test_stdlib.py` load this file by its path.
"""

from __future__ import annotations

import builtins
import operator
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from grader.source import matching, names

INPLACE: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+=": operator.iadd, "-=": operator.isub, "*=": operator.imul, "/=": operator.itruediv,
    "//=": operator.ifloordiv, "%=": operator.imod, "**=": operator.ipow, "@=": operator.imatmul,
    "<<=": operator.ilshift, ">>=": operator.irshift, "&=": operator.iand, "|=": operator.ior,
    "^=": operator.ixor,
}  # fmt: skip


def _nothing() -> None:
    """Announce nothing."""


def _itself(value: Any) -> Any:
    return value


def _setattr(value: Any, obj: Any, name: str) -> None:
    setattr(obj, name, value)


def _setitem(value: Any, obj: Any, key: Any) -> None:
    obj[key] = value


def _delitem(obj: Any, key: Any) -> None:
    del obj[key]


class _Target:
    """What `....v = value` stores into."""

    def __init__(self, obj: Any, key: Any) -> None:
        self.obj = obj
        self.key = key

    def write(self, value: Any) -> None:
        raise NotImplementedError

    v = property(None, lambda self, value: self.write(value))


class _AttributeTarget(_Target):
    def write(self, value: Any) -> None:
        setattr(self.obj, self.key, value)


class _ItemTarget(_Target):
    def write(self, value: Any) -> None:
        self.obj[self.key] = value


def _reference(target: type[_Target], read: Callable[[Any, Any], Any]) -> Callable[..., Any]:
    def make(obj: Any, key: Any) -> tuple[_Target, Any]:
        return target(obj, key), read(obj, key)

    return make


def _iop(sign: str, old: Any, value: Any) -> Any:
    return INPLACE[sign](old, value)


def _iop_set(reference: tuple[_Target, Any], sign: str, value: Any) -> None:
    target, old = reference
    target.write(_iop(sign, old, value))


def _gload(namespace: dict[str, Any], name: str) -> Any:
    if name in namespace:
        return namespace[name]
    found = namespace["__builtins__"]
    found = found if isinstance(found, dict) else vars(found)
    if name in found:
        return found[name]
    raise NameError(f"name {name!r} is not defined", name=name)


def _gdel(namespace: dict[str, Any], name: str) -> None:
    if name not in namespace:
        raise NameError(f"name {name!r} is not defined", name=name)
    del namespace[name]


def _cread(cells: object, name: str) -> None:
    assert isinstance(cells, list | dict)


def _cwrite(owner: object, name: str, value: Any) -> Any:
    assert isinstance(owner, list | dict)
    return value


def _cwriting(cells: object, name: str, iterable: Iterable[Any]) -> Iterator[Any]:
    assert isinstance(cells, list)
    return iter(iterable)


def _cwriter(owner: object, name: str) -> Callable[[Any], Any]:
    assert isinstance(owner, list | dict)
    return _itself


HOOKS: Final[dict[str, Callable[..., Any]]] = {
    names.GETATTR: getattr, names.SETATTR: _setattr, names.DELATTR: delattr,
    names.GETITEM: operator.getitem, names.SETITEM: _setitem, names.DELITEM: _delitem,
    names.SLICE: slice,
    names.ATTR_TARGET: _AttributeTarget, names.ITEM_TARGET: _ItemTarget,
    names.GLOBAL_TARGET: _ItemTarget,
    names.REF_ATTR: _reference(_AttributeTarget, getattr),
    names.REF_ITEM: _reference(_ItemTarget, operator.getitem),
    names.REF_GLOBAL: _reference(_ItemTarget, _gload),
    names.IOP: _iop, names.IOP_SET: _iop_set,
    names.GLOAD: _gload, names.GSTORE: lambda g, name, value: _setitem(value, g, name),
    names.GDEL: _gdel,
    names.NEWCELLS: list, names.CREAD: _cread, names.CVALUE: _itself, names.CWRITE: _cwrite,
    names.CWRITING: _cwriting, names.CWRITER: _cwriter, names.CDEL: _cread,
    names.SUBJECT: matching.Subject, **matching.KEYS,
    names.TRUTH: _itself, names.READING: _itself, names.ITERATE: _itself,
    names.READING_ALL: _itself, names.FOLDING: lambda value, name: value,
    names.REVERSED: reversed, names.READER: getattr,
    names.MAKER: _itself, names.UNPACKING: _itself,
    names.STEP: _nothing, names.ROUND: _nothing, names.TICK: lambda: True, names.ALIVE: _nothing,
    names.CLASS: lambda made: made,
}  # fmt: skip


class Calls(list[str]):
    """The names of the hooks called so far, in order."""

    def hooks(self) -> dict[str, Callable[..., Any]]:
        """Hooks that add their name to this list and then do what the transparent ones do."""
        return {name: self._noted(name, hook) for name, hook in HOOKS.items()}

    def _noted(self, name: str, hook: Callable[..., Any]) -> Callable[..., Any]:
        def noted(*args: Any) -> Any:
            self.append(name)
            return hook(*args)

        return noted


def namespace(name: str, hooks: dict[str, Callable[..., Any]] | None = None) -> dict[str, Any]:
    """The globals of a new module, whose builtins are Python's own and `hooks`."""
    made: dict[str, Any] = {"__name__": name}
    made["__builtins__"] = {**vars(builtins), **(HOOKS if hooks is None else hooks)}
    made["__builtins__"][names.GLOBALS] = made
    return made
