"""What every part of the rewriting needs to know: scopes, visible names, how to announce a read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, cast

from grader.source import names
from grader.source.build import Located, attribute_place, call, constant, load, namespace, proxy
from grader.source.scopes import Kind, Scope
from grader.source.visibility import Scopes

# Expressions whose value may be a container that other tasks have too.
READABLE: Final = (ast.Name, ast.Attribute, ast.Subscript, ast.Call)
_TESTED: Final = (*READABLE, ast.NamedExpr)


def holds_readable(node: ast.expr) -> bool:
    """Whether `node` may be a container that other tasks have too, or one made here of such."""
    if isinstance(node, ast.Tuple | ast.List):
        return any(map(holds_readable, node.elts))
    if isinstance(node, ast.Dict):
        return any(map(holds_readable, node.values))
    return isinstance(node, READABLE)


class Context(ast.NodeTransformer):
    """Takes the nodes of one module apart and puts them together again, with hooks.

    The nodes given are used up. `scope` is always the scope of the node that is being visited.
    """

    def __init__(self, scopes: Scopes) -> None:
        self.scopes = scopes
        self.scope = scopes.module
        self._temporaries = 0

    # -- helpers

    def expression(self, node: ast.expr) -> ast.expr:
        """`node`, rewritten."""
        return cast("ast.expr", self.visit(node))

    def body(self, statements: list[ast.stmt]) -> list[ast.stmt]:
        """A block, rewritten."""
        made: list[ast.stmt] = []
        for node in statements:
            result = self.visit(node)
            made.extend(result if isinstance(result, list) else [result])
        return made

    @contextmanager
    def inside(self, scope: Scope) -> Iterator[None]:
        """What is visited meanwhile belongs to `scope`."""
        outer, self.scope = self.scope, scope
        yield
        self.scope = outer

    def temporary(self) -> str:
        """The name of a new local variable."""
        self._temporaries += 1
        return names.temporary_name(self._temporaries)

    def visible_global(self, name: str) -> bool:
        """Whether `name`, as written here, is a module global with scheduling points."""
        name = self.scope.mangle(name)
        if self.scope.sees_class_body() and name not in self.scope.globals:
            return False  # a class's namespace comes first, and may be any mapping
        owner = self.scope.owner(name)
        return owner.kind is Kind.MODULE and name in owner.visible

    def visible_cell(self, name: str) -> str | None:
        """The variable that holds the cells object, if `name` is a cell with scheduling points."""
        if self.scope.sees_class_body():
            return None
        name = self.scope.mangle(name)
        owner = self.scope.owner(name)
        if owner.kind is Kind.FUNCTION and name in owner.visible:
            return names.cells_name(owner.number)
        return None

    def shared(self, name: str, place: Located) -> ast.expr | None:
        """What `name` belongs to, if it is a variable with scheduling points: cells or globals."""
        if self.visible_global(name):
            return namespace(place)
        cells = self.visible_cell(name)
        return None if cells is None else load(cells, place)

    def mangled(self, name: str, place: Located) -> ast.expr:
        """`name` as a string constant for a hook."""
        return constant(self.scope.mangle(name), place)

    def reading(self, node: ast.expr) -> ast.expr:
        """`node`, rewritten; announced as read as a whole if it may be shared."""
        value = self.expression(node)
        return call(node, names.READING, value) if isinstance(node, READABLE) else value

    def reading_all(self, node: ast.expr) -> ast.expr:
        """Likewise, with all that is in it."""
        read = holds_readable(node)
        value = self.expression(node)
        return call(node, names.READING_ALL, value) if read else value

    def iterable(self, node: ast.expr, target: ast.expr) -> ast.expr:
        """`node`, rewritten, where it is looped over with that target, which is not rewritten."""
        value = self.expression(node)
        if node in self.scopes.private:
            return value
        value = call(node, names.ITERATE, value)
        unpacked = isinstance(target, ast.Tuple | ast.List)
        return call(node, names.UNPACKING, value) if unpacked else value

    def test(self, node: ast.expr) -> ast.expr:
        """`node`, rewritten, where nothing but its truth is asked for."""
        if isinstance(node, ast.BoolOp):
            node.values = [self.test(value) for value in node.values]
            return node
        if isinstance(node, ast.IfExp):
            node.test, node.body = self.test(node.test), self.test(node.body)
            node.orelse = self.test(node.orelse)
            return node
        value = self.expression(node)
        return call(node, names.TRUTH, value) if isinstance(node, _TESTED) else value

    def index(self, node: ast.expr) -> ast.expr:
        """What stands between the brackets of a subscript, as a value."""
        if isinstance(node, ast.Slice):
            parts = (node.lower, node.upper, node.step)
            values = [self.expression(part) if part else constant(None, node) for part in parts]
            return call(node, names.SLICE, *values)
        if isinstance(node, ast.Tuple):
            node.elts = [self.index(element) for element in node.elts]
            return node
        return self.expression(node)

    # -- targets

    def target(self, node: ast.expr) -> ast.expr:
        """`node`, where a store takes place whose moment Python itself chooses.

        Cells with scheduling points stay as they are: no object can stand for them in a target.
        """
        if isinstance(node, ast.Attribute):
            place = attribute_place(node)
            name = self.mangled(node.attr, place)
            return proxy(call(place, names.ATTR_TARGET, self.expression(node.value), name))
        if isinstance(node, ast.Subscript):
            value, index = self.expression(node.value), self.index(node.slice)
            return proxy(call(node, names.ITEM_TARGET, value, index))
        if isinstance(node, ast.Name) and self.visible_global(node.id):
            name = self.mangled(node.id, node)
            return proxy(call(node, names.GLOBAL_TARGET, namespace(node), name))
        if isinstance(node, ast.Tuple | ast.List):
            node.elts = [self.target(element) for element in node.elts]
        elif isinstance(node, ast.Starred):
            node.value = self.target(node.value)
        return node
