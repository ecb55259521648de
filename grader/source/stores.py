"""Rewrites stores: assignments of every form, and the variables that loops and `with` bind."""

from __future__ import annotations

import ast
from typing import Final

from grader.source import names
from grader.source.build import (
    Located,
    assign,
    at,
    attribute_place,
    call,
    constant,
    delete,
    load,
    namespace,
    statement,
    store,
)
from grader.source.expressions import Expressions

_SIGNS: Final[dict[type[ast.operator], str]] = {
    ast.Add: "+=", ast.Sub: "-=", ast.Mult: "*=", ast.MatMult: "@=", ast.Div: "/=",
    ast.Mod: "%=", ast.Pow: "**=", ast.LShift: "<<=", ast.RShift: ">>=", ast.BitOr: "|=",
    ast.BitXor: "^=", ast.BitAnd: "&=", ast.FloorDiv: "//=",
}  # fmt: skip


class Stores(Expressions):
    """The part for statements that bind or delete. One statement may become several."""

    # -- assignment

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        """Assign to one target or several, from left to right."""
        unpacked = any(isinstance(target, ast.Tuple | ast.List) for target in node.targets)
        value = self.reading(node.value) if unpacked else self.expression(node.value)
        if len(node.targets) == 1:
            return self.store(node.targets[0], value, node)
        if not any(map(self.has_cell, node.targets)):
            node.targets, node.value = [self.target(target) for target in node.targets], value
            return [node]
        held = self.temporary()
        made = [assign(store(held, node), value, node)]
        for target in node.targets:
            made += self.store(target, load(held, target), node)
        return [*made, delete([held], node)]

    def store(self, target: ast.expr, value: ast.expr, place: ast.stmt) -> list[ast.stmt]:
        """`target = value`, where `value` is rewritten and `target` is not."""
        if isinstance(target, ast.Attribute):
            name_at = attribute_place(target)
            name = self.mangled(target.attr, name_at)
            made = call(name_at, names.SETATTR, value, self.expression(target.value), name)
            return [statement(made, place)]
        if isinstance(target, ast.Subscript):
            owner, index = self.expression(target.value), self.index(target.slice)
            return [statement(call(target, names.SETITEM, value, owner, index), place)]
        if isinstance(target, ast.Name):
            return [self._store_name(target, value, place)]
        if isinstance(target, ast.Tuple | ast.List) and self.has_cell(target):
            return self._unpack(target, value, place)
        return [assign(self.target(target), value, place)]

    def _store_name(self, target: ast.Name, value: ast.expr, place: ast.stmt) -> ast.stmt:
        if self.visible_global(target.id):
            name = self.mangled(target.id, target)
            return statement(call(target, names.GSTORE, namespace(target), name, value), place)
        return assign(target, self.announced(target, value), place)

    def announced(self, target: ast.Name, value: ast.expr) -> ast.expr:
        """`value`, announced as written if `target` is a cell with scheduling points."""
        cells = self.visible_cell(target.id)
        if cells is None:
            return value
        name = self.mangled(target.id, target)
        return call(target, names.CWRITE, load(cells, target), name, value)

    def has_cell(self, target: ast.expr) -> bool:
        """Whether a cell with scheduling points is among the targets."""
        if isinstance(target, ast.Tuple | ast.List):
            return any(map(self.has_cell, target.elts))
        if isinstance(target, ast.Starred):
            return self.has_cell(target.value)
        return isinstance(target, ast.Name) and self.visible_cell(target.id) is not None

    def _unpack(
        self, target: ast.Tuple | ast.List, value: ast.expr, place: ast.stmt
    ) -> list[ast.stmt]:
        """One level of unpacking into temporary variables, then one store after the other.

        Python unpacks a nested target only after it has stored those before it, and so does this.
        """
        held: list[str] = []
        elements: list[ast.expr] = []
        stores: list[ast.stmt] = []
        for element in target.elts:
            held.append(self.temporary())
            inner: ast.expr = element
            name: ast.expr = store(held[-1], element)
            if isinstance(element, ast.Starred):
                inner, element.value = element.value, name
                name = element
            elements.append(name)
            stores += self.store(inner, load(held[-1], inner), place)
        target.elts = elements
        return [assign(target, value, place), *stores, delete(held, place)]

    def bound_later(self, target: ast.expr, place: ast.stmt) -> tuple[ast.expr, list[ast.stmt]]:
        """The target of a loop or `with`, and what must follow for the store to be announced."""
        if not self.has_cell(target):
            return self.target(target), []
        held = self.temporary()
        stores = self.store(target, load(held, target), at(ast.Pass(), target))
        return store(held, target), [*stores, delete([held], target)]

    def visit_AnnAssign(self, node: ast.AnnAssign) -> list[ast.stmt]:
        """Assign with an annotation."""
        target = node.target
        node.annotation = self.annotation(node.annotation) or node.annotation
        if node.value is None:
            if not isinstance(target, ast.Name):
                self.generic_visit(target)  # Python evaluates its parts, and no more
            return [node]
        value = self.expression(node.value)
        if isinstance(target, ast.Name):
            if self.visible_global(target.id):
                # The annotation must go on naming the variable itself, and comes last.
                stored, node.value = self._store_name(target, value, node), None
                return [stored, node]
            node.value = self.announced(target, value)
            return [node]
        made = self.target(target)
        assert isinstance(made, ast.Attribute)
        node.target, node.value = made, value
        return [node]

    # -- augmented assignment

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        """Read, compute, write: three steps for what several tasks can see."""
        target, sign = node.target, constant(_SIGNS[type(node.op)], node)
        if isinstance(target, ast.Name):
            return self._augment_name(target, sign, node)
        reference: ast.expr
        if isinstance(target, ast.Attribute):
            name_at = attribute_place(target)
            name = self.mangled(target.attr, name_at)
            reference = call(name_at, names.REF_ATTR, self.expression(target.value), name)
        else:
            owner, index = self.expression(target.value), self.index(target.slice)
            reference = call(target, names.REF_ITEM, owner, index)
        return self._through(reference, sign, node)

    def _through(self, reference: ast.expr, sign: ast.expr, node: ast.AugAssign) -> ast.stmt:
        value = self.expression(node.value)
        return statement(call(node, names.IOP_SET, reference, sign, value), node)

    def _augment_name(self, target: ast.Name, sign: ast.expr, node: ast.AugAssign) -> ast.stmt:
        if self.visible_global(target.id):
            name = self.mangled(target.id, target)
            reference = call(target, names.REF_GLOBAL, namespace(target), name)
            return self._through(reference, sign, node)
        if self.visible_cell(target.id) is None and _is_plain(node.value):
            return node  # nothing that another task could see: not a container, not shared
        old = self.expression(at(ast.Name(id=target.id, ctx=ast.Load()), target))
        value = call(node, names.IOP, sign, old, self.expression(node.value))
        return assign(target, self.announced(target, value), node)

    # -- deletion

    def visit_Delete(self, node: ast.Delete) -> list[ast.stmt]:
        """Delete each target, from left to right."""
        return [made for target in node.targets for made in self._delete(target, node)]

    def _delete(self, target: ast.expr, place: Located) -> list[ast.stmt]:
        if isinstance(target, ast.Tuple | ast.List):
            return [made for element in target.elts for made in self._delete(element, place)]
        if isinstance(target, ast.Attribute):
            name_at = attribute_place(target)
            name = self.mangled(target.attr, name_at)
            made = call(name_at, names.DELATTR, self.expression(target.value), name)
        elif isinstance(target, ast.Subscript):
            owner, index = self.expression(target.value), self.index(target.slice)
            made = call(target, names.DELITEM, owner, index)
        elif isinstance(target, ast.Name) and self.visible_global(target.id):
            name = self.mangled(target.id, target)
            made = call(target, names.GDEL, namespace(target), name)
        else:
            deleted: list[ast.stmt] = [at(ast.Delete(targets=[target]), place)]
            if isinstance(target, ast.Name) and (cells := self.shared(target.id, target)):
                name = self.mangled(target.id, target)
                deleted.insert(0, statement(call(target, names.CDEL, cells, name), place))
            return deleted
        return [statement(made, place)]

    # -- modules

    def visit_Import(self, node: ast.Import) -> list[ast.stmt]:
        """Import modules; each that is bound to a variable with scheduling points on its own."""
        return self._import(node)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> list[ast.stmt]:
        """Import names of a module, likewise; what comes of `*` is not known here."""
        if node.module == "__future__":  # has to come first, and is no variable that matters
            return [node]
        return self._import(node)

    def _import(self, node: ast.Import | ast.ImportFrom) -> list[ast.stmt]:
        made: list[ast.stmt] = []
        plain: list[ast.alias] = []

        def imported(aliases: list[ast.alias]) -> ast.stmt:
            if isinstance(node, ast.Import):
                return at(ast.Import(names=aliases), node)
            return at(ast.ImportFrom(module=node.module, names=aliases, level=node.level), node)

        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
            owner = self.shared(name, alias)
            if owner is None:
                plain.append(alias)
                continue
            if plain:
                made.append(imported(plain))
                plain = []
            if alias.asname is None and "." in alias.name:
                # `import a.b` binds `a`, and no `as` can say so.
                value = constant(None, alias)
                written = call(alias, names.CWRITE, owner, self.mangled(name, alias), value)
                made += [statement(written, node), imported([alias])]
                continue
            alias.asname = held = self.temporary()
            made.append(imported([alias]))
            made += self.store(store(name, alias), load(held, alias), node)
            made.append(delete([held], node))
        if plain:
            made.append(imported(plain))
        return made


def _is_plain(value: ast.expr) -> bool:
    """Whether `value` is a number or a string, with a sign or without."""
    if isinstance(value, ast.UnaryOp):
        return not isinstance(value.op, ast.Not) and _is_plain(value.operand)
    return isinstance(value, ast.Constant) and isinstance(value.value, int | float | complex | str)
