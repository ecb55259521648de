"""Closure cells: which become visible, what they become, and that they still mean the same."""

from __future__ import annotations

import pytest

from tests.source.harness import assert_same, pairs, programs, shown

CELLS = pairs(
    r"""
def f():
    n = 1
    n = 2
    return lambda: n
=>
def f():
    @cells_1 = @newcells()
    n = @cwrite(@cells_1, 'n', 1)
    n = @cwrite(@cells_1, 'n', 2)
    return lambda: @cread(@cells_1, 'n') or @cvalue(n)
----
def f(n):
    def g():
        nonlocal n
        n += 1
    return g
=>
def f(n):
    @cells_1 = @newcells()

    def g():
        nonlocal n
        n = @cwrite(@cells_1, 'n', @iop('+=', @cread(@cells_1, 'n') or @cvalue(n), 1))
    return g
----
def f(a):
    for n in a:
        g(lambda: n)
=>
def f(a):
    @cells_1 = @newcells()
    for n in @cwriting(@cells_1, 'n', @iterate(a)):
        @step()
        g(lambda: @cread(@cells_1, 'n') or @cvalue(n))
----
def f(a):
    for m, n in a:
        g(lambda: n)
=>
def f(a):
    @cells_1 = @newcells()
    for @t_1 in @unpacking(@iterate(a)):
        @step()
        @t_2, @t_3 = @t_1
        m = @t_2
        n = @cwrite(@cells_1, 'n', @t_3)
        del @t_2, @t_3
        del @t_1
        g(lambda: @cread(@cells_1, 'n') or @cvalue(n))
----
def f(a, n):
    with a as n, n.b as c:
        return lambda: n
=>
def f(a, n):
    @cells_1 = @newcells()
    with a as @t_1:
        n = @cwrite(@cells_1, 'n', @t_1)
        del @t_1
        with @getattr(@cread(@cells_1, 'n') or @cvalue(n), 'b') as c:
            return lambda: @cread(@cells_1, 'n') or @cvalue(n)
----
def f(n):
    g(lambda: n, (n := 1))
=>
def f(n):
    @cells_1 = @newcells()
    g(lambda: @cread(@cells_1, 'n') or @cvalue(n), (n := @cwrite(@cells_1, 'n', 1)))
----
def f(n):
    def g():
        nonlocal n
        def n(): pass
        del n
    g()
=>
def f(n):
    @cells_1 = @newcells()

    def g():
        nonlocal n

        @@cwriter(@cells_1, 'n')
        def n():
            pass
        @cdel(@cells_1, 'n')
        del n
    g()
----
def f():
    import a as n, b
    try: pass
    except E as n: pass
    return lambda: n
=>
def f():
    @cells_1 = @newcells()
    import a as @t_1
    n = @cwrite(@cells_1, 'n', @t_1)
    del @t_1
    import b
    try:
        pass
    except E as @t_2:
        @alive()
        n = @cwrite(@cells_1, 'n', @t_2)
        del @t_2
        try:
            pass
        finally:
            @cdel(@cells_1, 'n')
            n = None
            del n
    return lambda: @cread(@cells_1, 'n') or @cvalue(n)
----
def f(n):
    'Doc.'
    n: int = 1
    return lambda: n
=>
def f(n):
    'Doc.'
    @cells_1 = @newcells()
    n: int = @cwrite(@cells_1, 'n', 1)
    return lambda: @cread(@cells_1, 'n') or @cvalue(n)
"""
)


@pytest.mark.parametrize(("source", "expected"), CELLS)
def test_a_closure_cell_that_changes_becomes_visible(source: str, expected: str) -> None:
    """Hooks announce its reads and writes, while Python itself reads and binds the variable."""
    assert expected.split() == shown(source).split()


CLOSURES = programs(
    r"""
class D(dict):
    def __missing__(s, k): return 'made up ' + k
class M(type):
    def __prepare__(n, b): return D()
def f(n):
    g = lambda: n
    class C(metaclass=M): m = n
    n = 2
    return C.m, g()
result = f(1)
----
def f():
    n = 0
    def g():
        nonlocal n
        n += 1
        return n
    return g
g = f()
h = f()
result = g(), g(), h()
----
def f():
    fs = []
    for n in range(3): fs.append(lambda: n)
    return [g() for g in fs]
result = f()
----
def f():
    fs = []
    for m, (n, *o) in [(1, (2, 3)), (4, (5, 6))]:
        fs.append(lambda: (m, n, o))
    return [g() for g in fs]
result = f()
----
def f():
    for n, a[n] in [(1, 'x'), (0, 'y')]: log(n, a)
    return lambda: n
a = [0, 0]
result = f()(), a
----
def f():
    try:
        n, (m, o) = 1, 2
    except TypeError as e: log(e)
    g = lambda: n
    n = n + 1
    return g()
result = f()
----
def f():
    n, m = m, n = 1, 2
    g = lambda: (n, m)
    return g()
result = f()
----
def f():
    n = a.x = (m, *o) = T('v')
    g = lambda: (n, m, o)
    n = 2
    m = 2
    o = 3
    return g()
a = T('a')
result = f()
----
def f():
    g = lambda: n
    if g: pass
    g()
    n = 1
    n = 2
f()
----
def f():
    n = 1
    g = lambda: n
    n = 2
    del n
    return g()
f()
----
def f():
    g = lambda: n
    n = 1
    del n
    del n
f()
----
def f(n):
    g = lambda: n
    with T('c') as n, n.more as m, T(n.name) as o: log(n, m, o)
    return g()
result = f(1)
----
def f(n):
    g = lambda: n
    with T('c') as (n, m.x), n.y: log(n, g())
m = T('m')
f(0)
----
def f(n):
    g = lambda: n
    if (n := n + 1) > 1: log(g())
    log([n := n + k for k in range(3)], g())
f(1)
----
def f(n):
    class C:
        nonlocal n
        n = n + 1
        m = n
        def g(self): return n
    n = 9
    return C.m, C().g()
result = f(1)
----
async def f(n):
    g = lambda: n
    async for n in h(): log(n, g())
    async for n, m in k(): log(n, m, g())
async def h():
    yield 1
    yield 2
async def k():
    yield 'ab'
try: f(0).send(None)
except StopIteration: pass
----
def f():
    def g(n): return lambda: n
    g = g(1), g(2)
    return [h() for h in g]
result = f()
----
def f(n):
    def g():
        def h():
            nonlocal n
            n *= 2
        h(); h()
        return n
    return g()
result = f(3)
----
def f():
    g = lambda: n
    import math as n
    log(g().pi)
    def n(): return 1
    log(g()())
    class n: pass
    log(g().__name__)
    try: 1 / 0
    except ZeroDivisionError as n: log(g())
    g()
f()
----
def f(x):
    g = lambda: n
    match x:
        case [n, *m]: log(g())
        case {'k': n}: log(g())
f([1, 2]); f({'k': 3})
----
def f(__x):
    def g():
        nonlocal __x
        __x += 1
        return __x
    return g
result = f(1)()
----
class C:
    def f(self):
        __n = 1
        def g():
            nonlocal __n
            __n += 1
            return __n
        return g()
result = C().f()
"""
)


@pytest.mark.parametrize("source", CLOSURES)
def test_closures_do_what_they_did(source: str) -> None:
    """Late binding, `nonlocal`, unbound cells and every form of binding are those of Python."""
    assert_same(source)


def test_a_value_does_not_outlive_its_variable() -> None:
    """What is held between evaluation and store is let go: weak references die when they did."""
    assert_same(LIFETIMES)


LIFETIMES = """
import weakref
class C: pass
def f():
    a = b = c = C()
    n, (m,) = C(), (C(),)
    r = [weakref.ref(x) for x in (n, m)]
    g = lambda: (n, m)
    n = m = None
    for n, m in [(C(), C())]:
        r += [weakref.ref(n)]
    n = m = None
    return [x() for x in r], g()
result = f()
"""
