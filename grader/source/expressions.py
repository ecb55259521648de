"""Rewrites expressions that are evaluated: loads, calls, tests, comparisons, comprehensions."""

from __future__ import annotations

import ast
from typing import Final

from grader.source import names
from grader.source.build import at, attribute_place, call, load, namespace
from grader.source.collect import Comprehension
from grader.source.context import READABLE, Context

# Expressions that make a new container, which no other task can have yet.
_FRESH: Final = (
    ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.JoinedStr,
    ast.ListComp, ast.SetComp, ast.DictComp,
)  # fmt: skip

# Builtins that read a container: before they return, or step by step later.
_EAGER: Final = frozenset(
    {
        "len", "list", "tuple", "set", "frozenset", "dict", "sorted", "sum", "min", "max",
        "any", "all", "str", "repr", "bool", "print", "next", "reversed",
    }
)  # fmt: skip
_LAZY: Final = frozenset({"iter", "enumerate", "zip", "map", "filter"})
_FIRST_ONLY: Final = frozenset({"next", "reversed", "iter", "enumerate"})
_NOT_FIRST: Final = frozenset({"map", "filter"})


class Expressions(Context):
    """The part for expressions. Conditions and iterables are told apart by who visits them."""

    # -- loads

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Read a variable; one that no other task can see change stays as it is."""
        if not isinstance(node.ctx, ast.Load):
            return node
        if self.visible_global(node.id):
            return call(node, names.GLOAD, namespace(node), self.mangled(node.id, node))
        cells = self.visible_cell(node.id)
        if cells is None:
            return node
        # Python itself reads the cell, so that its own errors about unbound variables remain.
        announced = call(node, names.CREAD, load(cells, node), self.mangled(node.id, node))
        value = call(node, names.CVALUE, node)
        return at(ast.BoolOp(op=ast.Or(), values=[announced, value]), node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Read an attribute."""
        if node.value in self.scopes.private:
            return node
        place = attribute_place(node)
        value = self.expression(node.value)
        return call(place, names.GETATTR, value, self.mangled(node.attr, place))

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """Read an item."""
        return call(node, names.GETITEM, self.expression(node.value), self.index(node.slice))

    # -- calls and displays

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """Call a function; the containers that a builtin reads are announced."""
        builtin = ""
        if isinstance(node.func, ast.Name) and self.scopes.is_builtin(node.func.id):
            builtin = node.func.id
        place = _method_place(node)
        func = self.expression(node.func)
        args = [
            self._argument(builtin, number, argument, len(node.args))
            for number, argument in enumerate(node.args)
        ]
        keywords = [self.visit(keyword) for keyword in node.keywords]
        return at(ast.Call(func=func, args=args, keywords=keywords), place)

    def _argument(self, builtin: str, number: int, node: ast.expr, count: int) -> ast.expr:
        if builtin not in _EAGER and builtin not in _LAZY:
            return self.expression(node)
        if number == 0:
            read = builtin not in _NOT_FIRST and not (builtin == "iter" and count > 1)
        else:
            read = builtin not in _FIRST_ONLY
        if not read or not isinstance(node, READABLE):
            return self.expression(node)
        if builtin in _EAGER:
            return self.reading(node)
        return call(node, names.ITERATE, self.expression(node))

    def visit_keyword(self, node: ast.keyword) -> ast.keyword:
        """Pass a keyword argument; `**x` reads x as a whole."""
        node.value = self.reading(node.value) if node.arg is None else self.expression(node.value)
        return node

    def visit_Starred(self, node: ast.Starred) -> ast.expr:
        """Spread a value: `*x` reads x as a whole."""
        node.value = self.reading(node.value)
        return node

    def visit_Dict(self, node: ast.Dict) -> ast.expr:
        """Build a dict; `**x` in it reads x as a whole."""
        for number, key in enumerate(node.keys):
            if key is None:
                node.values[number] = self.reading(node.values[number])
            else:
                node.keys[number] = self.expression(key)
                node.values[number] = self.expression(node.values[number])
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.expr:
        """Format a value in an f-string, which reads it as a whole."""
        node.value = self.reading(node.value)
        if node.format_spec is not None:
            node.format_spec = self.expression(node.format_spec)
        return node

    # -- tests and comparisons

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        """Evaluate `and`, `or`: the last operand's truth is not asked for."""
        *tested, last = node.values
        node.values = [*(self.test(value) for value in tested), self.expression(last)]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        """Evaluate a unary operator; `not` tests its operand."""
        negated = isinstance(node.op, ast.Not)
        node.operand = self.test(node.operand) if negated else self.expression(node.operand)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        """Choose one of two values."""
        node.test = self.test(node.test)
        node.body, node.orelse = self.expression(node.body), self.expression(node.orelse)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """Compare: membership reads the right operand, equality reads both."""
        operands = [node.left, *node.comparators]
        read = set()
        for number, operator in enumerate(node.ops):
            pair = operands[number : number + 2]
            if isinstance(operator, ast.In | ast.NotIn):
                read |= set() if isinstance(pair[1], _FRESH) else {number + 1}
            elif isinstance(operator, ast.Eq | ast.NotEq) and not any(map(_is_constant, pair)):
                read |= {number + n for n, side in enumerate(pair) if isinstance(side, READABLE)}
        values = [self.expression(operand) for operand in operands]
        for number in read:
            values[number] = call(operands[number], names.READING, values[number])
        node.left, node.comparators = values[0], values[1:]
        return node

    def visit_NamedExpr(self, node: ast.NamedExpr) -> ast.expr:
        """Bind a variable within an expression: the write is announced, Python itself does it."""
        value = self.expression(node.value)
        name = node.target.id
        # A comprehension around it binds no variable of that name, so this scope finds the owner.
        owner = self.shared(name, node)
        if owner is not None:
            value = call(node, names.CWRITE, owner, self.mangled(name, node), value)
        node.value = value
        return node

    # -- functions and loops within expressions

    def visit_Lambda(self, node: ast.Lambda) -> ast.expr:
        """Make a function of an expression."""
        self.defaults(node.args)
        with self.inside(self.scopes.of[node]):
            node.body = self.expression(node.body)
        return node

    def defaults(self, arguments: ast.arguments) -> None:
        """Rewrite the default values of parameters, and nothing else of them."""
        arguments.defaults = [self.expression(default) for default in arguments.defaults]
        arguments.kw_defaults = [
            default and self.expression(default) for default in arguments.kw_defaults
        ]

    def _comprehension(self, node: Comprehension) -> ast.expr:
        first = node.generators[0]
        first.iter = self._iterable(first)  # evaluated outside
        with self.inside(self.scopes.of[node]):
            for generator in node.generators:
                if generator is not first:
                    generator.iter = self._iterable(generator)
                place = generator.target
                generator.target = self.target(generator.target)
                tests = [self.test(test) for test in generator.ifs]
                generator.ifs = [call(place, names.TICK), *tests]
            if isinstance(node, ast.DictComp):
                node.key, node.value = self.expression(node.key), self.expression(node.value)
            else:
                node.elt = self.expression(node.elt)
        return node

    visit_ListComp = _comprehension
    visit_SetComp = _comprehension
    visit_DictComp = _comprehension
    visit_GeneratorExp = _comprehension

    def _iterable(self, node: ast.comprehension) -> ast.expr:
        return self.expression(node.iter) if node.is_async else self.iterable(node.iter)


def _method_place(node: ast.Call) -> ast.expr:
    """Where CPython reports an error of the call: a method's, mostly, from the method's name on."""
    spread = any(isinstance(argument, ast.Starred) for argument in node.args)
    spread = spread or any(keyword.arg is None for keyword in node.keywords)
    if spread or not isinstance(node.func, ast.Attribute):
        return node
    start = attribute_place(node.func)
    if start is node.func:
        return node
    place = at(ast.Constant(value=None), node)
    place.lineno, place.col_offset = start.lineno, start.col_offset
    return place


def _is_constant(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant)
