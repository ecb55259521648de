"""Code that the standard library generates for a class: compiled once, not for every schedule.

Every schedule executes the student's module anew, and `@dataclass` and `namedtuple` compile a text
of their own making each time, which takes longer than the rest of a small scenario. The text is the
same each time, and so is what it compiles to.

What `@dataclass` generates to compare, hash and show the objects of a student's class announces
that it reads them, whoever calls it: `sorted`, say, where no rewritten code is near.
"""

from __future__ import annotations

import ast
import builtins
import collections
import dataclasses
import functools
import sys
from types import CodeType, ModuleType
from typing import Any, Final

from grader.engine.containers import READS_RECORDS, WRITES_RECORD

_READERS: Final = frozenset(
    {"__eq__", "__lt__", "__le__", "__gt__", "__ge__", "__hash__", "__repr__"}
)


def compile_once() -> None:
    """Lets `dataclasses` and `collections` remember what they have compiled."""
    _remember(dataclasses, "exec")
    _remember(collections, "eval")


@functools.lru_cache(maxsize=1_000)
def _compiled(text: str, mode: str) -> CodeType:
    return compile(text, "<string>", mode, dont_inherit=True)


@functools.lru_cache(maxsize=1_000)
def _announcing(text: str) -> CodeType:
    """The text with a first statement in each method that reads or writes the objects."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        _check(node)
        if isinstance(node, ast.FunctionDef) and (node.name in _READERS or node.name == "__init__"):
            records: list[ast.expr] = [ast.Name(each.arg, ast.Load()) for each in node.args.args]
            hook = READS_RECORDS if node.name in _READERS else WRITES_RECORD
            if hook == WRITES_RECORD:
                del records[1:]
            call = ast.Call(ast.Name(hook, ast.Load()), records, [])
            node.body.insert(0, ast.Expr(call))
    return compile(ast.fix_missing_locations(tree), "<string>", "exec", dont_inherit=True)


def _check(node: ast.AST) -> None:
    """Raises TypeError for what `dataclasses` never writes: the names of the fields stand in its
    text, and a "name" could be any code.
    """
    right = True
    match node:
        case ast.arguments():
            given = [each for each in (*node.defaults, *node.kw_defaults) if each is not None]
            right = all(isinstance(each, ast.Name) for each in given)
        case ast.arg():
            right = isinstance(node.annotation, ast.Name | None)
        case ast.Attribute():
            right = _is_plain_object(node.value)
        case ast.Call(func=ast.Name(id=name)):
            right = name in _CALLED or name.startswith(("_dflt_", "__dataclass"))
        case ast.Call(func=ast.Attribute(attr=name)):
            right = name in _CALLED
        case _:
            right = isinstance(node, _WRITTEN)
    if not right:
        raise TypeError("Field names must be valid identifiers: this class has one that is code.")


def _is_plain_object(node: ast.expr) -> bool:
    match node:
        case ast.Name() | ast.Attribute(value=ast.Name(), attr="__class__"):
            return True
        case ast.Call(func=ast.Name(id="super")):
            return True
    return False


_CALLED: Final = frozenset(
    {"FrozenInstanceError", "__delattr__", "__post_init__", "__setattr__", "_recursive_repr",
     "hash", "super", "type"}
)  # fmt: skip
_WRITTEN: Final = (
    ast.Module, ast.FunctionDef, ast.Return, ast.Assign, ast.Expr, ast.If, ast.Raise, ast.Pass,
    ast.Name, ast.Constant, ast.Tuple, ast.Set, ast.Compare, ast.BoolOp, ast.BinOp, ast.JoinedStr,
    ast.FormattedValue, ast.IfExp, ast.expr_context, ast.boolop, ast.operator, ast.cmpop,
)  # fmt: skip


def _is_controlled(namespaces: tuple[Any, ...]) -> bool:
    """Whether the code is for a module that has the hooks."""
    found = namespaces[0].get("__builtins__") if namespaces else None
    return type(found) is dict and READS_RECORDS in found


def _remember(module: ModuleType, name: str) -> None:
    """Gives `module` a builtin of its own, which compiles each text once. Nobody else can use it:
    it would be a way around the scheduling points.
    """
    run = getattr(builtins, name)

    def again(text: Any, *namespaces: Any) -> Any:
        if sys._getframe(1).f_globals is not module.__dict__:
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
        if type(text) is not str:
            return run(text, *namespaces)
        if name == "exec" and _is_controlled(namespaces):
            return run(_announcing(text), *namespaces)
        return run(_compiled(text, name), *namespaces)

    setattr(module, name, again)
