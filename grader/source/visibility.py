"""Which variables of a module several tasks can see change."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from grader.source.collect import Collector
from grader.source.private import private_uses
from grader.source.scopes import Kind, Scope

# The compiler looks for these very names: a `super` it does not see finds no `__class__`.
_COMPILERS_OWN: Final = frozenset({"super", "__class__", "__classdict__", "__debug__"})


class Scopes:
    """All scopes of a module, by the node that makes each of them.

    A generic class or function makes two: the one of its type parameters is in `of_types`.
    """

    def __init__(self, tree: ast.Module) -> None:
        collector = Collector(tree)
        self.module = collector.scope
        self.of = collector.of
        self.of_types = collector.of_types
        self.annotations_are_text = any(
            isinstance(node, ast.ImportFrom)
            and node.module == "__future__"
            and any(alias.name == "annotations" for alias in node.names)
            for node in tree.body
        )
        self._bound = {name for scope in self.all() for name in scope.places}
        self._bound |= {name for scope in self.all() for name in scope.globals}
        self._find_visible_globals()
        self._find_visible_cells()
        self.private = {
            use
            for node, scope in self.of.items()
            if isinstance(node, ast.FunctionDef)
            for use in private_uses(node, scope)
        }  # where a container is used that no other task can have

    def all(self) -> Iterator[Scope]:
        """Every scope, outer ones first where it matters."""
        yield from self.of.values()
        yield from self.of_types.values()

    def is_builtin(self, name: str) -> bool:
        """Whether `name` is bound nowhere in the module, so that only a builtin can be meant."""
        return name not in self._bound

    def _find_visible_globals(self) -> None:
        module = self.module
        found = {name for name, places in module.places.items() if places > 1}
        found |= module.looped | module.deleted
        for scope in self.all():
            if scope.kind is not Kind.MODULE:
                found |= scope.globals_bound
        module.visible = found - _COMPILERS_OWN

    def _find_visible_cells(self) -> None:
        for scope in self.all():
            for name, places in scope.nonlocals.items():
                owner = scope.owner(name)
                if owner.kind is Kind.FUNCTION:  # else it is the `__class__` of a method
                    owner.places[name] += places
            for name in scope.used | scope.nonlocals.keys():
                owner = scope.owner(name)
                if owner.kind is Kind.FUNCTION and _outlives(scope, owner):
                    owner.captured.add(name)
        number = 0
        for scope in self.of.values():
            many = {name for name in scope.captured if scope.places[name] > 1}
            scope.visible |= (many | (scope.captured & scope.looped)) - _COMPILERS_OWN
            if scope.kind is Kind.FUNCTION and scope.visible:
                number += 1
                scope.number = number


def _outlives(scope: Scope, owner: Scope) -> bool:
    """Whether a function lies between the two: class bodies and comprehensions end at once."""
    for between in scope.outwards():
        if between is owner:
            return False
        if between.kind in (Kind.FUNCTION, Kind.LAMBDA):
            return True
    return False
