"""Rewrites `match`: patterns that look into a value become patterns of what hooks find in it.

`matching.py` says what that means, and `subjects.py` writes it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Final

from grader.source import names
from grader.source.build import at, call, constant, load, store
from grader.source.stores import Stores
from grader.source.subjects import Subjects, tuple_of

# `case int(n)` binds the number itself and looks at nothing.
_MATCH_THEMSELVES: Final = frozenset(
    {
        "bool", "bytearray", "bytes", "dict", "float", "frozenset", "int", "list", "set", "str",
        "tuple",
    }
)  # fmt: skip


class Patterns(Stores, Subjects):
    """The part for `match`. A match that looks at nothing but the value itself stays as it is."""

    def visit_Match(self, node: ast.Match) -> ast.stmt:
        """Match a value against patterns."""
        value = self.expression(node.subject)
        if any(self.looks_inside(case.pattern) for case in node.cases):
            value = call(node.subject, names.SUBJECT, value)
            for case in node.cases:
                case.pattern = self.on_subject(case.pattern)
        node.subject = value
        for case in node.cases:
            captured = self._captured(case.pattern)
            case.guard = case.guard and self.test(case.guard)
            if captured:
                # Python binds what was captured when the whole pattern has matched: so do we, by
                # expressions that are true, whatever they bind.
                both: list[ast.expr] = [tuple_of(captured, case.pattern)]
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

    def looks_inside(self, pattern: ast.pattern) -> bool:
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
            return not known or len(inside) > 1 or self.looks_inside(inside[0])
        if isinstance(pattern, ast.MatchAs):
            return pattern.pattern is not None and self.looks_inside(pattern.pattern)
        if isinstance(pattern, ast.MatchOr):
            return any(map(self.looks_inside, pattern.patterns))
        return False


def _captures(pattern: ast.pattern) -> Iterator[ast.MatchAs]:
    """What may bind a variable, in the order in which Python does: outer ones last."""
    for inner in ast.iter_child_nodes(pattern):
        if isinstance(inner, ast.pattern):
            yield from _captures(inner)
    if isinstance(pattern, ast.MatchAs):  # by now, stars and rests are such as well
        yield pattern


def _bind(name: str, value: ast.expr, place: ast.pattern) -> ast.expr:
    """`name := value`."""
    return at(ast.NamedExpr(target=store(name, place), value=value), place)
