"""Rewrites statements: loops, conditions, `with`, `try`, definitions."""

from __future__ import annotations

import ast
from typing import TypeVar

from grader.source import names
from grader.source.build import (
    Located,
    assign,
    at,
    call,
    constant,
    delete,
    load,
    point,
    run,
    statement,
    store,
)
from grader.source.collect import Function, parameters_of
from grader.source.patterns import Patterns
from grader.source.scopes import Scope

_L = TypeVar("_L", ast.For, ast.AsyncFor)
_W = TypeVar("_W", ast.With, ast.AsyncWith)


class Statements(Patterns):
    """The part for the other statements. What has no method here has nothing to announce."""

    # -- loops and conditions

    def visit_While(self, node: ast.While) -> ast.stmt:
        """Loop while a condition holds; every round is a step."""
        node.test = self.test(node.test)
        node.body = [run(point(node), names.ROUND), *self.body(node.body)]
        node.orelse = self.body(node.orelse)
        return node

    def visit_For(self, node: ast.For) -> ast.stmt:
        """Loop over a container or an iterator; every round is a step."""
        iterable = self.iterable(node.iter, node.target)
        if isinstance(node.target, ast.Name) and (cells := self.visible_cell(node.target.id)):
            name = self.mangled(node.target.id, node.target)
            iterable = call(node.iter, names.CWRITING, load(cells, node.iter), name, iterable)
            return self._loop(node, iterable, [])
        node.target, later = self.bound_later(node.target, node)
        return self._loop(node, iterable, later)

    def visit_AsyncFor(self, node: ast.AsyncFor) -> ast.stmt:
        """Loop over an asynchronous iterator; every round is a step."""
        iterable = self.expression(node.iter)
        node.target, later = self.bound_later(node.target, node)
        return self._loop(node, iterable, later)

    def _loop(self, node: _L, iterable: ast.expr, first: list[ast.stmt]) -> _L:
        node.iter = iterable
        node.body = [run(point(node), names.STEP), *first, *self.body(node.body)]
        node.orelse = self.body(node.orelse)
        return node

    def visit_If(self, node: ast.If) -> ast.stmt:
        """Branch."""
        node.test = self.test(node.test)
        node.body, node.orelse = self.body(node.body), self.body(node.orelse)
        return node

    def visit_Assert(self, node: ast.Assert) -> ast.stmt:
        """Test a condition that must hold."""
        node.test = self.test(node.test)
        node.msg = node.msg and self.expression(node.msg)
        return node

    # -- with, try

    def visit_With(self, node: ast.With) -> ast.stmt:
        """Enter contexts one after the other and leave them in reverse."""
        return self._with(node)

    def visit_AsyncWith(self, node: ast.AsyncWith) -> ast.stmt:
        """Likewise, asynchronously."""
        return self._with(node)

    def _with(self, node: _W) -> _W:
        later: list[ast.stmt]
        for number, item in enumerate(node.items):
            item.context_expr = self.expression(item.context_expr)
            if item.optional_vars is None:
                continue
            item.optional_vars, later = self.bound_later(item.optional_vars, node)
            if not later:
                continue
            # The items that follow may use the variable: they go into a `with` of their own.
            rest = node.items[number + 1 :]
            if rest:
                inner = self._with(at(type(node)(items=rest, body=node.body), rest[0].context_expr))
                node.body = [inner]
            else:
                node.body = self.body(node.body)
            node.items, node.body = node.items[: number + 1], [*later, *node.body]
            return node
        node.body = self.body(node.body)
        return node

    def visit_Try(self, node: ast.Try) -> ast.stmt:
        """Handle exceptions; a task whose execution is over must not go on in a handler."""
        return self._try(node)

    def visit_TryStar(self, node: ast.TryStar) -> ast.stmt:
        """Likewise for `except*`."""
        return self._try(node)

    def _try(self, node: ast.Try | ast.TryStar) -> ast.stmt:
        node.body = self.body(node.body)
        for handler in node.handlers:
            handler.type = handler.type and self.expression(handler.type)
            handler.body = [run(point(handler), names.ALIVE), *self._handler(handler)]
        node.orelse = self.body(node.orelse)
        if node.finalbody:
            place = point(node.finalbody[0])
            node.finalbody = [run(place, names.ALIVE), *self.body(node.finalbody)]
        return node

    def _handler(self, node: ast.ExceptHandler) -> list[ast.stmt]:
        """The body of a handler. Where its variable has scheduling points, Python gets another one
        to bind, and what Python does at the end of the handler is written out.
        """
        name = node.name
        owner = name and self.shared(name, node)
        if not name or not owner:
            return self.body(node.body)
        node.name = self.temporary()
        place = point(node)
        stored = self.store(store(name, place), load(node.name, place), place)
        gone = statement(call(place, names.CDEL, owner, self.mangled(name, node)), place)
        cleared = assign(store(name, place), constant(None, place), place)
        ended = at(
            ast.Try(
                body=self.body(node.body),
                handlers=[],
                orelse=[],
                finalbody=[gone, cleared, delete([name], place)],
            ),
            place,
        )
        return [*stored, delete([node.name], place), ended]

    # -- definitions

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        """Define a function. Its type parameters stay as they are."""
        return self._function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.stmt:
        """Define a coroutine function."""
        return self._function(node)

    def _function(self, node: Function) -> ast.stmt:
        node.decorator_list = [
            *self._announced(node),
            *[self.expression(decorator) for decorator in node.decorator_list],
        ]
        self.defaults(node.args)
        scope = self.scopes.of[node]
        with self.inside(self.scopes.of_types.get(node, self.scope)):
            for parameter in parameters_of(node.args):
                parameter.annotation = self.annotation(parameter.annotation)
            node.returns = self.annotation(node.returns)
        with self.inside(scope):
            body = self.body(node.body)
        if scope.number:
            place = point(node)
            made = assign(
                store(names.cells_name(scope.number), place), call(place, names.NEWCELLS), place
            )
            body.insert(_after_docstring(body), made)
        node.body = body
        return node

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        """Define a class."""
        first = _first(node)
        node.decorator_list = [
            *self._announced(node),
            load(names.CLASS, first),
            *[self.expression(decorator) for decorator in node.decorator_list],
        ]
        with self.inside(self.scopes.of_types.get(node, self.scope)):
            node.bases = [self.expression(base) for base in node.bases]
            node.keywords = [self.visit(keyword) for keyword in node.keywords]
        scope: Scope = self.scopes.of[node]
        with self.inside(scope):
            body = self.body(node.body)
        used = sorted({found.id for child in body for found in ast.walk(child)
                       if isinstance(found, ast.Name)} & _IN_BUILTINS)  # fmt: skip
        if used:
            # A class body looks a name up in the class's namespace first, and that can be any
            # mapping (one that makes up what is missing, say), unless the name is declared global.
            body.insert(_after_docstring(body), at(ast.Global(names=used), point(node)))
        node.body = body
        return node

    def _announced(self, node: Function | ast.ClassDef) -> list[ast.expr]:
        """A decorator that announces the binding, if the variable has scheduling points."""
        place = _first(node)
        owner = self.shared(node.name, place)
        if owner is None:
            return []
        return [call(place, names.CWRITER, owner, self.mangled(node.name, place))]

    def visit_TypeAlias(self, node: ast.stmt) -> ast.stmt:
        """Name a type; the value is evaluated lazily, if ever, and stays as it is."""
        return node


_IN_BUILTINS = names.HOOKS | {names.GLOBALS}


def _first(node: Function | ast.ClassDef) -> Located:
    """Where a definition begins for CPython: its first decorator, if it has any."""
    return node.decorator_list[0] if node.decorator_list else point(node)


def _after_docstring(body: list[ast.stmt]) -> int:
    first = body[0] if body else None
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        return 1 if isinstance(first.value.value, str) else 0
    return 0
