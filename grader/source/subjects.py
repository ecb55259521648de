"""From a pattern of the source to one that matches a `Subject`: what `matching.py` describes.

A pattern is no expression, so no hook can stand in it, with two exceptions that CPython's grammar
does not offer but its compiler takes: the key of a mapping pattern, and a value, may be an
attribute of any expression.
"""

from __future__ import annotations

import ast

from grader.source import names
from grader.source.build import at, call, constant
from grader.source.matching import SUBJECT, UNSEEN, VALUE


class Subjects:
    """The part that rewrites patterns. Which ones, and what becomes of the expressions in them, is
    for others to say.
    """

    def expression(self, node: ast.expr) -> ast.expr:
        """What becomes of an expression."""
        raise NotImplementedError

    def looks_inside(self, pattern: ast.pattern) -> bool:
        """Whether the pattern, or one that is in it, has to ask a subject."""
        raise NotImplementedError

    def on_subject(self, pattern: ast.pattern) -> ast.pattern:
        """The pattern that matches a subject where `pattern` matches its value."""
        if _is_wildcard(pattern):
            return pattern
        if not self.looks_inside(pattern):
            return _asked(call(pattern, names.ITSELF), pattern, pattern)
        if isinstance(pattern, ast.MatchOr):
            pattern.patterns = [self.on_subject(each) for each in pattern.patterns]
            return pattern
        if isinstance(pattern, ast.MatchAs):
            assert pattern.pattern is not None
            inner, pattern.pattern = self.on_subject(pattern.pattern), None
            return _asked(call(pattern, names.BOTH), _several([inner, pattern], pattern), pattern)
        if isinstance(pattern, ast.MatchValue):
            value = self.expression(pattern.value)
            return _asked(call(pattern, names.EQUAL, value), _anything(pattern), pattern)
        if isinstance(pattern, ast.MatchClass):
            return self._class(pattern)
        if isinstance(pattern, ast.MatchSequence):
            return self._sequence(pattern)
        assert isinstance(pattern, ast.MatchMapping)
        return self._mapping(pattern)

    def _inside(
        self, patterns: list[ast.pattern], *, late: bool = False
    ) -> tuple[str, list[ast.pattern]]:
        """How each of the patterns wants its value, and the patterns for that. With `late` the
        values are not there yet, so that they have to be asked for.
        """
        wanted = ""
        made: list[ast.pattern] = []
        for each in patterns:
            if _is_wildcard(each):
                wanted += UNSEEN
            elif late or self.looks_inside(each):
                wanted += SUBJECT
            else:
                wanted += VALUE
            made.append(self.on_subject(each) if wanted[-1] == SUBJECT else each)
        return wanted, made

    def _class(self, node: ast.MatchClass) -> ast.pattern:
        wanted, inside = self._inside([*node.patterns, *node.kwd_patterns])
        # Python does not mangle these names.
        attributes = tuple_of([constant(name, node) for name in node.kwd_attrs], node)
        key = call(
            node,
            names.INSTANCE,
            self.expression(node.cls),
            constant(len(node.patterns), node),
            attributes,
            constant(wanted, node),
        )
        return _asked(key, _several(inside, node), node)

    def _sequence(self, node: ast.MatchSequence) -> ast.pattern:
        star, late = -1, False
        for position, each in enumerate(node.patterns):
            if isinstance(each, ast.MatchStar):
                star, late = position, each.name is None
                node.patterns[position] = at(ast.MatchAs(pattern=None, name=each.name), each)
        wanted, inside = self._inside(node.patterns, late=late)
        key = call(node, names.ITEMS, constant(star, node), constant(wanted, node))
        return _asked(key, _several(inside, node), node)

    def _mapping(self, node: ast.MatchMapping) -> ast.pattern:
        wanted, inside = self._inside(node.patterns)
        if node.rest is not None:
            rest: ast.pattern = at(ast.MatchAs(pattern=None, name=node.rest), node)
            inside.append(_asked(call(node, names.ITSELF), rest, node))
        dotted = any(isinstance(key, ast.Attribute) for key in node.keys)
        keys = tuple_of(list(map(self.expression, node.keys)), node)
        key = call(
            node,
            names.ENTRIES,
            keys,
            constant(wanted, node),
            constant(node.rest is not None, node),
        )
        made = _asked(key, _several(inside, node), node)
        if dotted:
            made = _asked(call(node, names.SIZE, constant(len(node.keys), node)), made, node)
        return made


def tuple_of(values: list[ast.expr], place: ast.pattern) -> ast.expr:
    """`values` as a tuple."""
    return at(ast.Tuple(elts=values, ctx=ast.Load()), place)


def _asked(key: ast.Call, inner: ast.pattern, place: ast.pattern) -> ast.pattern:
    """`{key.v: inner}`."""
    attribute = at(ast.Attribute(value=key, attr=names.TARGET_ATTRIBUTE, ctx=ast.Load()), place)
    return at(ast.MatchMapping(keys=[attribute], patterns=[inner], rest=None), place)


def _several(patterns: list[ast.pattern], place: ast.pattern) -> ast.pattern:
    """The pattern of a tuple of as many values."""
    if all(map(_is_wildcard, patterns)):
        return _anything(place)
    return at(ast.MatchSequence(patterns=patterns), place)


def _anything(place: ast.pattern) -> ast.pattern:
    return at(ast.MatchAs(pattern=None, name=None), place)


def _is_wildcard(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None and pattern.name is None
