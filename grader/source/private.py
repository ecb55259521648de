"""Containers that no other task can ever have, whatever the schedule: they need no announcing.

A list that a function makes for itself, and that it only appends to and loops over, never leaves
it: nobody else has a reference. `threads = [...]`, `for thread in threads: thread.start()` is what
nearly every concurrent program begins with.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from grader.source.scopes import Scope

_MADE_HERE: Final = (ast.List, ast.Set, ast.Dict, ast.ListComp, ast.SetComp, ast.DictComp)
_COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp)
_OWN_SCOPE: Final = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.ListComp, ast.SetComp,
    ast.DictComp, ast.GeneratorExp,
)  # fmt: skip
# A function that is left and entered again, or that lists its own variables, hides nothing.
_OPEN: Final = (ast.Yield, ast.YieldFrom, ast.Await, ast.Global, ast.Nonlocal)
_LOOKS_INSIDE: Final = frozenset({"locals", "vars", "dir", "eval", "exec", "globals"})


def private_uses(function: ast.FunctionDef, scope: Scope) -> Iterator[ast.Name]:
    """The places in `function`, whose scope is `scope`, where a private container is used."""
    everywhere: dict[str, list[ast.Name]] = {}
    for node in ast.walk(function):
        if isinstance(node, _OPEN):
            return
        if isinstance(node, ast.Name):
            if node.id in _LOOKS_INSIDE:
                return
            everywhere.setdefault(node.id, []).append(node)
    made: dict[str, int] = {}
    used: dict[str, list[ast.Name]] = {}
    for node in _inside(function.body):
        for place in _made(node):
            made[place.id] = made.get(place.id, 0) + 1
        for place in _used(node):
            used.setdefault(place.id, []).append(place)
    for name, count in made.items():
        uses = used.get(name, [])
        if scope.places.get(name) == count and len(everywhere[name]) == count + len(uses):
            yield from uses


def _inside(body: list[ast.stmt]) -> Iterator[ast.AST]:
    """All nodes that belong to the function itself, and the ones that begin a scope in it."""
    todo: list[ast.AST] = list(body)
    while todo:
        node = todo.pop()
        yield node
        if not isinstance(node, _OWN_SCOPE):
            todo.extend(ast.iter_child_nodes(node))


def _made(node: ast.AST) -> Iterator[ast.Name]:
    """The name that gets a new container here."""
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        target = node.targets[0]
    elif isinstance(node, ast.AnnAssign):
        target = node.target
    else:
        return
    if isinstance(target, ast.Name) and isinstance(node.value, _MADE_HERE):
        yield target


def _used(node: ast.AST) -> Iterator[ast.Name]:
    """The name that is looped over or appended to here."""
    found: ast.expr | None = None
    if isinstance(node, ast.For):
        found = node.iter
    elif isinstance(node, _COMPREHENSIONS):
        found = node.generators[0].iter  # evaluated in the function, and used up at once
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        found = node.func.value if node.func.attr == "append" else None
    if isinstance(found, ast.Name):
        yield found
