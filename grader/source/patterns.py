"""Rewrites `match`: patterns that look into a value become patterns of what hooks find in it.

A pattern is no expression, so no hook can stand in it, with two exceptions that CPython's grammar
does not offer but its compiler takes: the key of a mapping pattern, and a value, may be an
attribute of any expression. `matching.py` says what comes of that.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from grader.source import names
from grader.source.build import at, call, constant, load, store
from grader.source.matching import SUBJECT, UNSEEN, VALUE
from grader.source.stores import Stores

# `case int(n)` binds the number itself and looks at nothing.
_MATCH_THEMSELVES: Final = frozenset(
    {
        "bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str",
        "tuple",
    }
)  # fmt: skip


class Patterns(Stores):
    """The part for `match`. A match that looks at nothing but the value itself stays as it is."""

    def visit_Match(self, node: ast.Match) -> ast.stmt:
        """Match a value against patterns."""
        value = self.expression(node.subject)
        if any(self._looks_inside(case.pattern) for case in node.cases):
            value = call(node.subject, names.SUBJECT, value)
            for case in node.cases:
                case.pattern = self._on_subject(case.pattern)
        node.subject = value
        for case in node.cases:
            captured = self._captured(case.pattern)
            case.guard = case.guard and self.test(case.guard)
            if captured:
                # Python binds what was captured when the whole pattern has matched: so do we, by
                # expressions that are true, whatever they bind.
                both: list[ast.expr] = [_tuple(captured, case.pattern)]
                if case.guard is not None:
                    both.append(case.guard)
                place = both[-1]
                case.guard = at(ast.BoolOp(op=ast.And(), values=both), place) if both[1:] else place
            case.body = self.body(case.body)
        return node

    def _captured(self, pattern: ast.pattern) -> list[ast.expr]:
        """Captures of variables with scheduling points: what binds them, from temporary ones."""
        held: dict[str, str] = {}
        made: list[ast.expr] = []
        for found in _captures(pattern):
            name = found.name
            owner = name and self.shared(name, found)
            if not name or not owner:
                continue
            if name not in held:  # else another alternative binds it, too
                held[name] = self.temporary()
                value = call(
                    found, names.CWRITE, owner, self.mangled(name, found), load(held[name], found)
                )
                # The temporary variable lets the value go: it must not outlive its own variable.
                made += [_bind(name, value, found), _bind(held[name], constant(None, found), found)]
            found.name = held[name]
        return made

    # -- what needs a hook

    def _looks_inside(self, pattern: ast.pattern) -> bool:
        """Whether matching reads more than the value itself, or a class that must be announced."""
        if isinstance(pattern, ast.MatchSequence | ast.MatchMapping):
            return True
        if isinstance(pattern, ast.MatchValue):
            return isinstance(pattern.value, ast.Attribute)
        if isinstance(pattern, ast.MatchClass):
            if not isinstance(pattern.cls, ast.Name) or self.shared(pattern.cls.id, pattern):
                return True
            inside = [*pattern.patterns, *pattern.kwd_patterns]
            if not inside:
                return False
            name = pattern.cls.id
            known = name in _MATCH_THEMSELVES and self.scopes.is_builtin(name)
            return not known or len(inside) > 1 or self._looks_inside(inside[0])
        if isinstance(pattern, ast.MatchAs):
            return pattern.pattern is not None and self._looks_inside(pattern.pattern)
        if isinstance(pattern, ast.MatchOr):
            return any(map(self._looks_inside, pattern.patterns))
        return False

    # -- patterns of a subject

    def _on_subject(self, pattern: ast.pattern) -> ast.pattern:
        """The pattern that matches a subject where `pattern` matches its value."""
        if _is_wildcard(pattern):
            return pattern
        if not self._looks_inside(pattern):
            return _asked(call(pattern, names.ITSELF), pattern, pattern)
        if isinstance(pattern, ast.MatchOr):
            pattern.patterns = [self._on_subject(each) for each in pattern.patterns]
            return pattern
        if isinstance(pattern, ast.MatchAs):
            assert pattern.pattern is not None
            inner, pattern.pattern = self._on_subject(pattern.pattern), None
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
            elif late or self._looks_inside(each):
                wanted += SUBJECT
            else:
                wanted += VALUE
            made.append(self._on_subject(each) if wanted[-1] == SUBJECT else each)
        return wanted, made

    def _class(self, node: ast.MatchClass) -> ast.pattern:
        wanted, inside = self._inside([*node.patterns, *node.kwd_patterns])
        # Python does not mangle these names.
        attributes = _tuple([constant(name, node) for name in node.kwd_attrs], node)
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
        keys = _tuple(list(map(self.expression, node.keys)), node)
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


def _captures(pattern: ast.pattern) -> Iterator[ast.MatchAs]:
    """What may bind a variable, in the order in which Python does: outer ones last."""
    for inner in ast.iter_child_nodes(pattern):
        if isinstance(inner, ast.pattern):
            yield from _captures(inner)
    if isinstance(pattern, ast.MatchAs):  # by now, stars and rests are such as well
        yield pattern


def _tuple(values: list[ast.expr], place: ast.pattern) -> ast.expr:
    return at(ast.Tuple(elts=values, ctx=ast.Load()), place)


def _bind(name: str, value: ast.expr, place: ast.pattern) -> ast.expr:
    """`name := value`."""
    return at(ast.NamedExpr(target=store(name, place), value=value), place)


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
