"""Expressions: what they become, and that they still mean the same."""

from __future__ import annotations

import pytest

from tests.source.harness import assert_same, programs, shown

BECOMES = [
    # loads
    ("x.a", "@getattr(x, 'a')"),
    ("x.a.b", "@getattr(@getattr(x, 'a'), 'b')"),
    ("x.a(1, k=2)", "@getattr(x, 'a')(1, k=2)"),
    ("x[i]", "@getitem(x, i)"),
    ("x[1:2]", "@getitem(x, @slice(1, 2, None))"),
    ("x[:, ::3]", "@getitem(x, (@slice(None, None, None), @slice(None, None, 3)))"),
    ("x[i, j]", "@getitem(x, (i, j))"),
    # calls
    ("f(*x, **y)", "f(*@reading(x), **@reading(y))"),
    ("f(*(a, b))", "f(*(a, b))"),
    ("{**x, 'k': x.a}", "{**@reading(x), 'k': @getattr(x, 'a')}"),
    ("[*x.a]", "[*@reading(@getattr(x, 'a'))]"),
    ("len(x)", "len(@reading(x))"),
    ("len([1])", "len([1])"),
    ("max(x.a, y, key=f)", "max(@reading(@getattr(x, 'a')), @reading(y), key=f)"),
    ("print(*x)", "print(*@reading(x))"),
    ("enumerate(x, y)", "enumerate(@iterate(x), y)"),
    ("map(f, x, y)", "map(f, @iterate(x), @iterate(y))"),
    ("zip(x, f())", "zip(@iterate(x), @iterate(f()))"),
    ("iter(x)", "iter(@iterate(x))"),
    ("iter(f, y)", "iter(f, y)"),
    ("next(x, y)", "next(@reading(x), y)"),
    ("reversed(x)", "@reversed(x)"),
    ("list(reversed(x))", "list(reversed(@reading(x)))"),
    ("list(zip(x, y))", "list(zip(@reading(x), @reading(y)))"),
    ("for_each(zip(x))", "for_each(zip(@iterate(x)))"),
    ("sum(x, y)", "sum(@folding(x, 'sum'), y)"),
    ("min(x, key=lambda y: y)", "min(@iterate(x), key=lambda y: y)"),
    ("max(x, key=len)", "max(@folding(x, 'max'), key=len)"),
    ("str(x)", "str(@reading_all(x))"),
    ("x.join(y)", "@reader(x, 'join')(y)"),
    ("x.join()", "@getattr(x, 'join')()"),
    ("x + y", "@reading(x) + @reading(y)"),
    ("x.a - 1", "@getattr(x, 'a') - 1"),
    ("2 * x", "2 * @reading(x)"),
    ("x / y", "x / y"),
    ("'%s' % x", "'%s' % @reading_all(x)"),
    ("x % (y, z)", "x % @reading_all((y, z))"),
    ("x % 2", "x % 2"),
    ("isinstance(x, y)", "isinstance(x, y)"),
    # tests
    ("x and y", "@truth(x) and y"),
    ("not x.a", "not @truth(@getattr(x, 'a'))"),
    ("not (x or f())", "not (@truth(x) or @truth(f()))"),
    ("a if x else b", "a if @truth(x) else b"),
    ("a if not (x if y else z) else b",
     "a if not (@truth(x) if @truth(y) else @truth(z)) else b"),
    ("not (x < y)", "not @reading(x) < @reading(y)"),
    # comparisons
    ("x in y", "x in @reading(y)"),
    ("x not in (1, 2)", "x not in (1, 2)"),
    ("x in y + z", "x in @reading(@reading(y) + @reading(z))"),
    ("x == y", "@reading_all(x) == @reading_all(y)"),
    ("x == 1", "x == 1"),
    ("x != y + 1", "@reading_all(x) != y + 1"),
    ("x < y == z in w",
     "@reading(x) < @reading_all(y) == @reading_all(z) in @reading(w)"),
    # strings
    ("f'{x + y} {x.a!r:>{w}}'",
     "f'{@reading(x) + @reading(y)} {@reading_all(@getattr(x, 'a'))!r:>{@reading_all(w)}}'"),
    ("print([x], (1, 2))", "print(@reading_all([x]), (1, 2))"),
    ("deque(x)", "@maker(deque)(x)"),
    # comprehensions
    ("[x.a for x in y if x]", "[@getattr(x, 'a') for x in @iterate(y) if @tick() if @truth(x)]"),
    ("{k: v for k in a for v in k}",
     "{k: v for k in @iterate(a) if @tick() for v in @iterate(k) if @tick()}"),
    ("[a for a, b in y]", "[a for a, b in @unpacking(@iterate(y)) if @tick()]"),
    ("[0 for x.a in y]", "[0 for @attr_target(x, 'a').v in @iterate(y) if @tick()]"),
    ("lambda x=y.a: x.b", "lambda x=@getattr(y, 'a'): @getattr(x, 'b')"),
]  # fmt: skip


def _plain_quotes(text: str) -> str:
    """Text without the quotes that `ast.unparse` chooses by version for strings in f-strings."""
    return text.replace('"', "'")


@pytest.mark.parametrize(("source", "expected"), BECOMES, ids=[source for source, _ in BECOMES])
def test_an_expression_becomes_calls_of_hooks(source: str, expected: str) -> None:
    """What other tasks can see goes through a hook; what only this one can see does not."""
    assert expected == _plain_quotes(shown(source))


def test_a_builtin_that_the_module_binds_is_not_taken_for_the_builtin() -> None:
    """A `len` of one's own, in whatever scope, has its arguments left alone."""
    assert "len(x)" in shown("def f(len, x): return len(x)")


def test_comprehensions_await_asynchronous_iterables_as_they_are() -> None:
    """Only a synchronous iterable can be a container."""
    actual = shown("async def f(): return [x async for x in y]")
    assert "[x async for x in y if @tick()]" in actual


ORDER = programs(
    r"""
result = T('a').x
----
result = T('f')(T('a').x, *T('b'), k=T('c')[0], **{'m': T('d').y})
----
result = T('a').method(T('b'), k=T('c'))
----
result = T('a')[T('b').i:T('c').j, ..., T('d')[1]]
----
result = [T('a') < T('b').x < T('c')]
----
result = [T('a') == T('b') == T('c')]
----
result = [T('a') in T('b'), T('c') not in T('d')]
----
result = T('a') and T('b') or T('c')
----
result = not T('a')
----
result = T('a') if T('b') else T('c')
----
result = [x.y for x in T('a') if x]
----
result = {x.y: z for x in T('a') for z in x if z.w if T('c')} if False else 0
----
result = [[*T('a')], (*T('b'),), {'k': 1, **{}}]
----
result = list(x for x in T('a').b)
----
result = f"{T('a')!r} {T('b'):>{3}} {T('c').d}"
----
result = len(T('a')), bool(T('b')), list(T('c')), tuple(T('d'))
----
result = list(enumerate(T('a'))), list(zip(T('a'), T('b'))), list(map(T('f'), T('a')))
----
result = max(T('a'), T('b')), any(T('c')), next(iter(T('d')))
----
result = (lambda a=T('a').b: a.c)()
----
if (n := T('a').b) and n.c: result = n
----
result = [y := T('a').b, y.c, [y := x for x in T('b')], y]
----
(yield_ := lambda: (yield T('a').b)); result = next(yield_())
----
result = sorted([3, 1, 2], key=lambda n: -n), sum([1, 2]), dict(a=1), str(T('a'))
"""
)


@pytest.mark.parametrize("source", ORDER)
def test_the_order_of_evaluation_stays(source: str) -> None:
    """Every sub-expression is evaluated once, in the same order, with and without hooks."""
    assert_same(source)


ERRORS = programs(
    r"""
x = None
x.a
----
x = None
x[0]
----
x = None
x()
----
x = [1]
x[
    3
]
----
def f():
    return (1
        .real
        .nothing
        .more)
f()
----
def f():
    return ('a'
        .upper()
        .lower(1)
        .strip())
f()
----
def f(x):
    return x.a(
        1,
        2,
    )
f(1)
----
def f(x):
    return x(
        1,
        x.a,
    )
f(len)
----
[x.a for x in [1]]
----
[x for x in 1]
----
list(
    x.a
    for x in [1]
)
----
undefined
----
1 in 2
----
f'{1:{2}q}'
----
len(1)
----
f = lambda: undefined.a
f()
----
(lambda **k: k)(**{'a': 1},
    **{'a': 2})
----
(lambda *a: a)(*1)
----
{**1}
----
not undefined
----
class B:
    def __bool__(self): raise ValueError
if (
      B()
): pass
"""
)


@pytest.mark.parametrize("source", ERRORS)
def test_errors_keep_their_type_text_and_lines(source: str) -> None:
    """A traceback names the lines that it names without scheduling points."""
    assert_same(source)
