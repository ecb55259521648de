"""Rewrites expressions that are evaluated: loads, calls, tests, comparisons, comprehensions."""

from __future__ import annotations

import ast
from typing import Final

from grader.source import names
from grader.source.build import at, attribute_place, call, load, namespace
from grader.source.collect import Comprehension
from grader.source.context import READABLE, Context, holds_readable
from grader.source.visibility import Scopes

# Expressions that make a new container, which no other task can have yet.
_FRESH: Final = (
    ast.Constant, ast.Tuple, ast.List, ast.Set, ast.Dict, ast.JoinedStr,
    ast.ListComp, ast.SetComp, ast.DictComp,
)  # fmt: skip

# Builtins that read a container: before they return, or step by step later.
_EAGER: Final = frozenset(
    {
        "len", "list", "tuple", "set", "frozenset", "dict", "sorted", "sum", "min", "max",
        "any", "all", "str", "repr", "ascii", "format", "bool", "print", "next", "reversed",
        "bytes", "bytearray", "int", "float",
    }
)  # fmt: skip
_SHOWING: Final = frozenset({"str", "repr", "ascii", "format", "print"})  # with all that is in it
_FOLDING: Final = frozenset({"sum", "min", "max", "any", "all", "set", "frozenset"})
# Of these the first takes all values at once that the others would give one by one.
_TAKING: Final = frozenset({"list", "tuple", "set", "frozenset", "dict", "sorted", "sum"})
_GIVING: Final = frozenset({"enumerate", "zip", "reversed"})
_LAZY: Final = frozenset({"iter", "enumerate", "zip", "map", "filter"})
_FIRST_ONLY: Final = frozenset({"next", "reversed", "iter", "enumerate", "sum"})
_NOT_FIRST: Final = frozenset({"map", "filter"})
# Methods written in C that read what they are given, if they are those of a built-in type.
_READERS: Final = frozenset({"join", "format", "format_map", "from_bytes", "fromkeys", "_make"})
# And types that are made of what they are given.
_MAKERS: Final = frozenset({"OrderedDict", "array", "defaultdict", "deque"})
# Operators that take containers, too.
_COMBINES: Final = (ast.Add, ast.Sub, ast.Mult, ast.BitOr, ast.BitAnd, ast.BitXor)
_EQUAL: Final = (ast.Eq, ast.NotEq)
_ORDER: Final = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)

# What annotations are mostly made of. Inside of functions, which tasks may run, an attribute or an
# item may be one that others change.
_NAMES_A_TYPE_INSIDE: Final = (
    ast.Name, ast.Constant, ast.Tuple, ast.List, ast.BinOp, ast.BitOr, ast.expr_context,
)  # fmt: skip
_NAMES_A_TYPE: Final = (*_NAMES_A_TYPE_INSIDE, ast.Attribute, ast.Subscript)


class Expressions(Context):
    """The part for expressions. Conditions and iterables are told apart by who visits them."""

    def __init__(self, scopes: Scopes) -> None:
        super().__init__(scopes)
        self._at_once: set[ast.expr] = set()  # calls whose values are all taken at once

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
        builtin = self._builtin(node)
        at_once = node in self._at_once
        if builtin in _TAKING:
            self._at_once |= {
                each for each in node.args
                if isinstance(each, ast.Call) and self._builtin(each) in _GIVING
            }  # fmt: skip
        plain = not node.keywords and not any(isinstance(each, ast.Starred) for each in node.args)
        if builtin == "reversed" and plain and len(node.args) == 1 and not at_once:
            return call(node, names.REVERSED, self.expression(node.args[0]))
        place = _method_place(node)
        func: ast.expr
        if (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in _READERS | _MAKERS
            and (node.args or node.keywords)
            and node.func.value not in self.scopes.private
        ):
            name_at = attribute_place(node.func)
            name = self.mangled(node.func.attr, name_at)
            func = call(name_at, names.READER, self.expression(node.func.value), name)
        else:
            func = self.expression(node.func)
            if isinstance(node.func, ast.Name) and node.func.id in _MAKERS and node.args:
                func = call(node.func, names.MAKER, func)
        args = [
            self._argument(builtin, number, argument, node, at_once=at_once)
            for number, argument in enumerate(node.args)
        ]
        keywords = [self.visit(keyword) for keyword in node.keywords]
        return at(ast.Call(func=func, args=args, keywords=keywords), place)

    def _builtin(self, node: ast.Call) -> str:
        """The builtin that is called, if it is one."""
        if isinstance(node.func, ast.Name) and self.scopes.is_builtin(node.func.id):
            return node.func.id
        return ""

    def _argument(
        self, builtin: str, number: int, node: ast.expr, whole: ast.Call, *, at_once: bool
    ) -> ast.expr:
        count = len(whole.args)
        if builtin not in _EAGER and builtin not in _LAZY:
            return self.expression(node)
        if number == 0:
            read = builtin not in _NOT_FIRST and not (builtin == "iter" and count > 1)
        else:
            read = builtin not in _FIRST_ONLY
        if read and builtin in _SHOWING:
            return self.reading_all(node)
        if not read or not isinstance(node, READABLE) or node in self._at_once:
            return self.expression(node)
        if builtin in _FOLDING and (count == 1 or builtin == "sum"):
            if self._calls_for_each(whole):
                return call(node, names.ITERATE, self.expression(node))
            name = at(ast.Constant(value=builtin), node)
            return call(node, names.FOLDING, self.expression(node), name)
        if builtin in _EAGER or at_once:
            return self.reading(node)
        return call(node, names.ITERATE, self.expression(node))

    def _calls_for_each(self, node: ast.Call) -> bool:
        """Whether a function of the student's is called with each value (`key=`)."""
        keys = [keyword.value for keyword in node.keywords if keyword.arg == "key"]
        return any(
            isinstance(key, ast.Lambda)
            or (isinstance(key, ast.Name) and not self.scopes.is_builtin(key.id))
            for key in keys
        )

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
        node.value = self.reading_all(node.value)
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

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """Combine two values; containers are read as a whole, by `%` with all that is in them."""
        left, right, operator = node.left, node.right, node.op
        reads = holds_readable(right)
        node.left, node.right = self.expression(left), self.expression(right)
        if isinstance(operator, ast.Mod):
            text = not (isinstance(left, ast.Constant) and not isinstance(left.value, str | bytes))
            if text and reads:
                node.right = call(right, names.READING_ALL, node.right)
        elif isinstance(operator, _COMBINES):
            repeats = isinstance(operator, ast.Mult)
            if isinstance(left, READABLE) and (repeats or not _is_plain(right)):
                node.left = call(left, names.READING, node.left)
            if isinstance(right, READABLE) and (repeats or not _is_plain(left)):
                node.right = call(right, names.READING, node.right)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        """Choose one of two values."""
        node.test = self.test(node.test)
        node.body, node.orelse = self.expression(node.body), self.expression(node.orelse)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """Compare: membership reads the right operand, equality reads both."""
        operands = [node.left, *node.comparators]
        read: dict[int, str] = {}
        for number, operator in enumerate(node.ops):
            pair = operands[number : number + 2]
            if isinstance(operator, ast.In | ast.NotIn):
                if not isinstance(pair[1], _FRESH):
                    read.setdefault(number + 1, names.READING)
            elif isinstance(operator, (*_EQUAL, *_ORDER)) and not any(map(_is_constant, pair)):
                hook = names.READING_ALL if isinstance(operator, _EQUAL) else names.READING
                for place, side in enumerate(pair, number):
                    if hook == names.READING_ALL and holds_readable(side):
                        read[place] = hook
                    elif isinstance(side, READABLE):
                        read.setdefault(place, hook)
        values = [self.expression(operand) for operand in operands]
        for number, hook in read.items():
            values[number] = call(operands[number], hook, values[number])
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

    def annotation(self, node: ast.expr | None) -> ast.expr | None:
        """Evaluate an annotation. What only names a type stays as it is: nothing else runs in it,
        and tools that show annotations show what was written.
        """
        if node is None or self.scopes.annotations_are_text:
            return node
        names_a_type = _NAMES_A_TYPE_INSIDE if self.scope.is_in_function() else _NAMES_A_TYPE
        if all(isinstance(each, names_a_type) for each in ast.walk(node)):
            return node
        return self.expression(node)

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
        return (
            self.expression(node.iter) if node.is_async else self.iterable(node.iter, node.target)
        )


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


def _is_plain(node: ast.expr) -> bool:
    """Whether no container can be combined with it, other than repeated."""
    return isinstance(node, ast.Constant) and not isinstance(node.value, bytes)
