"""Makes the nodes that rewriting puts in, each at the location of the node it stands for."""

from __future__ import annotations

import ast
from typing import TypeVar, cast

from grader.source.names import GLOBALS, TARGET_ATTRIBUTE

_N = TypeVar("_N", bound=ast.AST)

# What has a location: everything that can fail at run time.
Located = ast.expr | ast.stmt | ast.excepthandler | ast.pattern | ast.alias


def at(node: _N, place: Located) -> _N:
    """`node`, with the location of `place`."""
    return ast.copy_location(node, place)


def point(node: Located) -> ast.Pass:
    """Where `node` begins, as a place for others: a loop's body does not belong to its `@step()`.

    A node may begin above its own first line of code only if it has decorators; those do not count.
    """
    place = ast.Pass()
    place.lineno = place.end_lineno = node.lineno
    place.col_offset = place.end_col_offset = node.col_offset
    return place


def attribute_place(node: ast.Attribute) -> ast.expr:
    """Where CPython reports an error of `node`: in a chain over several lines, at the name."""
    if node.end_lineno is None or node.end_lineno == node.lineno:
        return node
    place = at(ast.Constant(value=None), node)
    place.lineno = node.end_lineno
    place.col_offset = max((node.end_col_offset or 0) - len(node.attr), 0)
    return place


def load(name: str, place: Located) -> ast.expr:
    """The variable `name`, read."""
    return at(ast.Name(id=name, ctx=ast.Load()), place)


def store(name: str, place: Located) -> ast.Name:
    """The variable `name`, as a target."""
    return at(ast.Name(id=name, ctx=ast.Store()), place)


def constant(value: str | int | None, place: Located) -> ast.expr:
    """A string, a number or None."""
    return at(ast.Constant(value=value), place)


def call(place: Located, hook: str, *args: ast.expr) -> ast.Call:
    """`hook(*args)`."""
    return at(ast.Call(func=load(hook, place), args=list(args), keywords=[]), place)


def statement(value: ast.expr, place: Located) -> ast.stmt:
    """An expression as a statement."""
    return at(ast.Expr(value=value), place)


def run(place: Located, hook: str) -> ast.stmt:
    """`hook()` as a statement."""
    return statement(call(place, hook), place)


def assign(target: ast.expr, value: ast.expr, place: Located) -> ast.stmt:
    """`target = value`."""
    return at(ast.Assign(targets=[target], value=value), place)


def proxy(made: ast.Call) -> ast.expr:
    """The target `made.v`, where `made` calls one of the `@..._target` hooks."""
    place: Located = made
    if made.end_lineno != made.lineno:
        # CPython takes the line where an attribute ends for its own; that of `x[i]` is the first.
        place = point(made)
    return at(ast.Attribute(value=made, attr=TARGET_ATTRIBUTE, ctx=ast.Store()), place)


def namespace(place: Located) -> ast.expr:
    """The module's globals dict."""
    return load(GLOBALS, place)


def delete(names: list[str], place: Located) -> ast.stmt:
    """`del` of local variables."""
    targets = [at(ast.Name(id=name, ctx=ast.Del()), place) for name in names]
    return at(ast.Delete(targets=cast("list[ast.expr]", targets)), place)
