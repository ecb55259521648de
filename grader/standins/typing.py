"""The stand-in of `typing`: CPython's, but annotations that are text are not run.

`get_type_hints`, `singledispatch` and whoever else evaluates a `ForwardRef` would run any
expression that stands in the text, as code that nobody has rewritten or checked. What an annotation
is made of (names, attributes, subscripts, `|`) is looked up here instead, as the student's own code
would. It holds while a program runs that the policy binds; everybody else gets Python's `eval`.
"""

from __future__ import annotations

import ast
import builtins
import importlib.util
import operator
import typing as _real
from collections.abc import Mapping
from types import CodeType, ModuleType
from typing import Any, Final

from grader.engine import runtime
from grader.standins.students import builtins_of_students, is_bound

_ANNOTATION: Final = "<annotation>"  # file name of a code object that is only a text


def public() -> dict[str, Any]:
    """The names of the module."""
    return {name: getattr(_real, name) for name in _real.__all__}


def confine_text() -> None:
    """Lets `typing` look texts up instead of running them."""
    _confine(_real)
    if importlib.util.find_spec("annotationlib") is not None:  # since CPython 3.14
        module = importlib.import_module("annotationlib")
        _confine(module)
        module.__dict__["builtins"] = _Builtins()


def _confine(module: ModuleType) -> None:
    module.__dict__.update({"compile": _compile, "eval": _evaluate})


class _Builtins:
    """`builtins`, as the code that is running has them."""

    def __getattr__(self, name: str) -> Any:
        if not is_bound():
            return getattr(builtins, name)
        try:
            return builtins_of_students()[name]
        except KeyError:
            raise AttributeError(name) from None


def _compile(source: Any, filename: Any, mode: str, *args: Any, **kwargs: Any) -> Any:
    if not is_bound() or type(source) is not str or mode != "eval":
        return compile(source, filename, mode, *args, **kwargs)
    _parsed(source)
    return compile(repr(source), _ANNOTATION, "eval")


def _evaluate(code: Any, globals: Any = None, locals: Any = None) -> Any:  # noqa: A002 - eval's names
    if type(code) is CodeType and code.co_filename == _ANNOTATION:
        text = eval(code, {})  # noqa: S307 - a constant: see `_compile`
        return _LookUp(text, globals, locals).value()
    if is_bound():
        raise TypeError("this annotation was not made by the program that evaluates it")
    return eval(code, globals, locals)  # noqa: S307 - what `typing` does


def _parsed(text: str) -> ast.expr:
    tree = ast.parse(text.lstrip(" \t"), _ANNOTATION, "eval").body
    for node in ast.walk(tree):
        if not isinstance(node, _LOOKED_UP):
            raise TypeError(
                f"the annotation {text[:80]!r} cannot be evaluated, because code in a text gets no "
                "scheduling points; name the type, and write nothing in it that is called."
            )
    return tree


_LOOKED_UP: Final = (
    ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.Tuple, ast.List, ast.Starred,
    ast.BinOp, ast.BitOr, ast.UnaryOp, ast.USub, ast.Load,
)  # fmt: skip


class _LookUp:
    """What the text of an annotation stands for."""

    def __init__(self, text: str, names: Any, inner: Any) -> None:
        self._tree = _parsed(text)
        self._hooks = builtins_of_students()
        self._names = names if isinstance(names, Mapping) else {}
        if self._is_of_others(self._names):
            self._names = {}
        self._inner = inner if isinstance(inner, Mapping) and inner is not names else {}
        if self._is_of_others(self._inner):
            self._inner = {}

    @staticmethod
    def _is_of_others(names: Mapping[str, Any]) -> bool:
        """Whether these are the globals of a module that is not the student's."""
        own = names.get("__builtins__")
        return ("__builtins__" in names or "__spec__" in names) and not (
            type(own) is dict and "@g" in own
        )

    def value(self) -> Any:
        """The value."""
        return self._of(self._tree)

    def _of(self, node: ast.expr) -> Any:
        match node:
            case ast.Name():
                return self._name(node.id)
            case ast.Constant():
                return node.value
            case ast.Attribute():
                return self._hooks["getattr"](self._of(node.value), node.attr)
            case ast.Subscript():
                get = self._hooks.get("@getitem", operator.getitem)
                return get(self._of(node.value), self._of(node.slice))
            case ast.Tuple():
                return tuple(self._items(node.elts))
            case ast.List():
                return self._items(node.elts)
            case ast.BinOp():
                return self._of(node.left) | self._of(node.right)
            case ast.UnaryOp():
                return -self._of(node.operand)
        raise AssertionError(node)

    def _items(self, nodes: list[ast.expr]) -> list[Any]:
        values: list[Any] = []
        for node in nodes:
            if isinstance(node, ast.Starred):
                values.extend(self._of(node.value))
            else:
                values.append(self._of(node))
        return values

    def _name(self, name: str) -> Any:
        for names in (self._inner, self._names):
            if name in names:
                return self._read(names, name)
        if name in self._hooks and not name.startswith("__"):
            return self._hooks[name]
        raise NameError(f"name {name!r} is not defined", name=name)

    def _read(self, names: Mapping[str, Any], name: str) -> Any:
        own = names.get("__builtins__")
        space = own.get("@g") if type(own) is dict else None
        under_control = runtime.now.execution is not None
        if under_control and type(space) is dict and space.get(name, own) is names[name]:
            runtime.current().access("read", space, name, 0)
        if name.startswith("__"):
            raise NameError(f"name {name!r} is not defined", name=name)
        return names[name]
