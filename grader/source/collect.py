"""Finds the scopes of a tree, and what each binds and uses, in one walk."""

# ruff: noqa: D102 - methods that ast.NodeVisitor looks up by names which say it all

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from grader.source.scopes import Kind, Scope

Function = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


class Collector(ast.NodeVisitor):
    """Walks over a tree that CPython has accepted.

    Afterwards `scope` is the module's scope, `of` holds the scopes by the nodes that make them, and
    `of_types` those of the type parameters of generic classes, functions and aliases; `loads` are
    the variables that are read, each with its scope.
    """

    def __init__(self, tree: ast.Module) -> None:
        self.scope = Scope(Kind.MODULE, None, None)
        self.of: dict[ast.AST, Scope] = {tree: self.scope}
        self.of_types: dict[ast.AST, Scope] = {}
        self.loads: list[tuple[Scope, ast.Name]] = []
        self._loops = 0  # how many loops of the scope surround the node
        self._all(tree.body)

    # -- helpers

    def _all(self, nodes: Sequence[ast.AST | None]) -> None:
        for node in nodes:
            if node is not None:
                self.visit(node)

    @contextmanager
    def _inside(self, scope: Scope) -> Iterator[None]:
        outer, loops = self.scope, self._loops
        self.scope, self._loops = scope, 0
        yield
        self.scope, self._loops = outer, loops

    def _bind(self, name: str) -> None:
        self.scope.bind(self.scope.mangle(name), loop=self._loops > 0)

    # -- names

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.scope.used.add(self.scope.mangle(node.id))
            self.loads.append((self.scope, node))
        else:
            self._bind(node.id)
            if isinstance(node.ctx, ast.Del):
                self.scope.deleted.add(self.scope.mangle(node.id))

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        scope, loop = self.scope, self._loops > 0
        while scope.kind is Kind.COMPREHENSION and scope.parent is not None:
            scope, loop = scope.parent, True
        name = scope.mangle(node.target.id)
        scope.bind(name, loop=loop)
        self.scope.used.add(name)

    def visit_Global(self, node: ast.Global) -> None:
        self.scope.globals.update(map(self.scope.mangle, node.names))

    def visit_Nonlocal(self, node: ast.Nonlocal) -> None:
        self.scope.nonlocals.update(dict.fromkeys(map(self.scope.mangle, node.names), 0))

    def visit_alias(self, node: ast.alias) -> None:
        if node.name != "*":
            self._bind(node.asname or node.name.partition(".")[0])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if isinstance(node.target, ast.Name) and node.value is None:
            if node.simple:  # `n: int` makes n local but binds nothing; `(n): int` not even that
                self.scope.places.setdefault(self.scope.mangle(node.target.id), 0)
            self.visit(node.annotation)
        else:
            self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        if node.name is not None:
            self._bind(node.name)
        self.generic_visit(node)

    def visit_MatchAs(self, node: ast.MatchAs) -> None:
        if node.name is not None:
            self._bind(node.name)
        self.generic_visit(node)

    def visit_MatchStar(self, node: ast.MatchStar) -> None:
        if node.name is not None:
            self._bind(node.name)

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest is not None:
            self._bind(node.rest)
        self.generic_visit(node)

    # -- loops

    def visit_For(self, node: ast.For | ast.AsyncFor) -> None:
        self.visit(node.iter)
        self._loops += 1
        self._all([node.target, *node.body])
        self._loops -= 1
        self._all(node.orelse)

    visit_AsyncFor = visit_For

    def visit_While(self, node: ast.While) -> None:
        self._loops += 1
        self._all([node.test, *node.body])
        self._loops -= 1
        self._all(node.orelse)

    # -- scopes

    def _type_parameters(self, node: ast.AST) -> Scope:
        """The scope around `node`: one more than the present one if it has type parameters."""
        parameters: list[ast.AST] = getattr(node, "type_params", [])
        if not parameters:
            return self.scope
        scope = Scope(Kind.TYPE, self.scope, self.scope.private)
        self.of_types[node] = scope
        with self._inside(scope):
            for parameter in parameters:
                self._bind(parameter.name)  # type: ignore[attr-defined]  # every kind has one
        return scope

    def _visit_function(self, node: Function) -> None:
        self._bind(node.name)
        arguments = node.args
        self._all([*node.decorator_list, *arguments.defaults, *arguments.kw_defaults])
        around = self._type_parameters(node)
        parameters = parameters_of(arguments)
        with self._inside(around):
            self._all([*(parameter.annotation for parameter in parameters), node.returns])
        with self._inside(self._new(Kind.FUNCTION, around, node)):
            self._all_bound(parameters)
            self._all(node.body)

    visit_FunctionDef = _visit_function
    visit_AsyncFunctionDef = _visit_function

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._all([*node.args.defaults, *node.args.kw_defaults])
        with self._inside(self._new(Kind.LAMBDA, self.scope, node)):
            self._all_bound(parameters_of(node.args))
            self.visit(node.body)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bind(node.name)
        self._all(node.decorator_list)
        around = self._type_parameters(node)
        with self._inside(around):
            self._all([*node.bases, *node.keywords])
        scope = self._new(Kind.CLASS, around, node)
        scope.private = node.name
        with self._inside(scope):
            self._all(node.body)

    def visit_TypeAlias(self, node: ast.AST) -> None:
        # Its value is evaluated lazily, is not rewritten and can bind nothing.
        self.visit(node.name)  # type: ignore[attr-defined]  # ast.TypeAlias, new in Python 3.12
        self._type_parameters(node)

    def _visit_comprehension(self, node: Comprehension) -> None:
        first = node.generators[0]
        self.visit(first.iter)
        with self._inside(self._new(Kind.COMPREHENSION, self.scope, node)):
            self._loops = 1
            for generator in node.generators:
                self._all([generator.target, *generator.ifs])
                if generator is not first:
                    self.visit(generator.iter)
            if isinstance(node, ast.DictComp):
                self._all([node.key, node.value])
            else:
                self.visit(node.elt)

    visit_ListComp = _visit_comprehension
    visit_SetComp = _visit_comprehension
    visit_DictComp = _visit_comprehension
    visit_GeneratorExp = _visit_comprehension

    def _new(self, kind: Kind, parent: Scope, node: ast.AST) -> Scope:
        scope = self.of[node] = Scope(kind, parent, parent.private)
        return scope

    def _all_bound(self, parameters: list[ast.arg]) -> None:
        for parameter in parameters:
            self._bind(parameter.arg)


def parameters_of(arguments: ast.arguments) -> list[ast.arg]:
    """All parameters of a function."""
    found = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return found + [extra for extra in (arguments.vararg, arguments.kwarg) if extra is not None]
