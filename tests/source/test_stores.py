"""Stores: what they become, and that they still mean the same."""

from __future__ import annotations

import pytest

from tests.source.harness import assert_same, pairs, programs, shown

BECOMES = pairs(
    r"""
x.a = v
=>
@setattr(v, x, 'a')
----
x[i] = v.b
=>
@setitem(@getattr(v, 'b'), x, i)
----
x[1:] = v
=>
@setitem(v, x, @slice(1, None, None))
----
a = x
=>
a = x
----
a, b = x
=>
a, b = @reading(x)
----
a, b = x, y
=>
a, b = (x, y)
----
x.a, (y[0], *z.b) = f()
=>
@attr_target(x, 'a').v, (@item_target(y, 0).v, *@attr_target(z, 'b').v) = @reading(f())
----
x.a = b = v
=>
@attr_target(x, 'a').v = b = v
----
x.a: int = v
=>
@attr_target(x, 'a').v: int = v
----
x.a: y.b
=>
x.a: y.b
----
x.y.a: int
=>
@getattr(x, 'y').a: int
----
a: x.b = y.c
=>
a: x.b = @getattr(y, 'c')
----
del x.a, x[0], x[:]
=>
@delattr(x, 'a')
@delitem(x, 0)
@delitem(x, @slice(None, None, None))
----
del (x.a, [x[0]])
=>
@delattr(x, 'a')
@delitem(x, 0)
----
x.a += v
=>
@iop_set(@ref_attr(x, 'a'), '+=', v)
----
x[i:] **= v.b
=>
@iop_set(@ref_item(x, @slice(i, None, None)), '**=', @getattr(v, 'b'))
----
a += v
=>
a = @iop('+=', a, v)
----
a += 1
=>
a += 1
----
a -= -1.5
=>
a -= -1.5
----
a += 'text'
=>
a += 'text'
----
a += [1]
=>
a = @iop('+=', a, [1])
----
a @= b
=>
a = @iop('@=', a, b)
"""
)


@pytest.mark.parametrize(("source", "expected"), BECOMES)
def test_a_store_becomes_calls_of_hooks(source: str, expected: str) -> None:
    """One target: a hook does the store; several: each has an object that stands for it."""
    assert expected == shown(source)


GLOBALS = pairs(
    r"""
n = 1
n = 2
n
=>
@gstore(@g, 'n', 1)
@gstore(@g, 'n', 2)
@gload(@g, 'n')
----
n = 1
n += 1
=>
@gstore(@g, 'n', 1)
@iop_set(@ref_global(@g, 'n'), '+=', 1)
----
n = 1
del n
=>
@gstore(@g, 'n', 1)
@gdel(@g, 'n')
----
n: int = 1
n = 2
=>
@gstore(@g, 'n', 1)
n: int
@gstore(@g, 'n', 2)
----
n, m = 1, 2
n = 3
=>
@global_target(@g, 'n').v, m = (1, 2)
@gstore(@g, 'n', 3)
----
for n in a: pass
=>
for @global_target(@g, 'n').v in @iterate(a):
    @step()
    pass
----
with a as n: n = 1
=>
with a as @global_target(@g, 'n').v:
    @gstore(@g, 'n', 1)
----
n = 0
(n := 1)
=>
@gstore(@g, 'n', 0)
(n := @cwrite(@g, 'n', 1))
----
def f():
    global n
    n = n + 1
=>
def f():
    global n
    @gstore(@g, 'n', @gload(@g, 'n') + 1)
----
import n
import n
n
=>
import n as @t_1
@gstore(@g, 'n', @t_1)
del @t_1
import n as @t_2
@gstore(@g, 'n', @t_2)
del @t_2
@gload(@g, 'n')
----
n = 1
class C:
    m = n
n = 2
=>
@gstore(@g, 'n', 1)

@@class
class C:
    m = n
@gstore(@g, 'n', 2)
"""
)


@pytest.mark.parametrize(("source", "expected"), GLOBALS)
def test_a_global_bound_more_than_once_becomes_visible(source: str, expected: str) -> None:
    """Its loads and stores go through hooks; a global bound once stays a plain name."""
    assert expected == shown(source)


ORDER = programs(
    r"""
T('a').x = T('v').y
----
T('a')[T('i').j] = T('v').y
----
T('a')[1:T('i').j] = T('v')
----
T('a').x = T('b')[T('i').j] = n = T('v').y
----
T('a').x, T('b').y = T('v')
----
(T('a').x, [T('b')[T('i').j], *T('c').y]) = T('u').v, (1, 2, 3)
----
T('a').x: T('annotation') = T('v').y
----
T('a').b.x: T('annotation')
----
T('a')[T('i').j]: T('annotation')
----
T('a')[T('i').j:2]: T('annotation')
----
n: T('annotation') = T('v').y
n = 2
result = __annotations__
----
(n): T('annotation') = T('v').y
n = 2
----
del T('a').x, T('b')[T('i').j], (T('c').z, [T('d')[:1]])
----
T('a').x += T('v').y
----
T('a')[T('i').j] += T('v').y
----
T('a')[T('i').j, 1:2] += T('v').y
----
n = T('a')
n += T('v').y
result = n
----
n = [1]
m = n
n += (2,)
result = n is m, m
----
class C:
    def __iadd__(self, v): return v * 2
c = C()
c.x = C()
c.x += 4
result = c.x
----
x = (1, [2])
try: x[1] += [3]
except TypeError as e: result = str(e), x
----
for op in (2, 3):
    a = b = 7
    a //= op; b **= op; a |= op; b ^= op; a &= op
    a <<= op; b >>= op; b %= op; a -= op; a *= op; b = b / 1; b /= op; log(a, b)
----
class M:
    def __imatmul__(self, v): return ('@', v)
m = M()
m @= m.__class__
result = m[0]
----
def f():
    n = 1
    del n
    return n
f()
----
n = 1
del n
n
----
def f():
    global n
    n = 1
    n += 1
    del n
    del n
f()
----
def f():
    global print
    print = log
print = print
f()
print('mine')
----
class P:
    x = property(lambda s: log('get') or 3, lambda s, v: log('set', v))
P().x += 1
----
class S:
    __slots__ = ('a',)
s = S()
s.a = 1
del s.a
s.b = 1
----
i = 0
a = [0, 0]
i, a[i] = 1, 5
result = a
----
a = [1, 2, 3]
a[0], *a[1:], n = a[::-1]
result = a, n
----
x, y = 1, 2
x, y = y, x
result = x, y
----
a, b = 1
----
a, b = [
    1, 2, 3
]
----
None.a = 1
----
def f(x):
    x.y.z = (
        1
    )
f(1)
----
def f(x):
    (x
        .real
        .z) = 1
f(1)
----
def f(x):
    x[
        0
    ] = 1
f(1)
----
def f(x):
    x.y += (
      1)
f(1)
----
def f(x):
    x[0], x[
      1] = 1, 2
f([0])
----
def f(x):
    x[0], (x
      .real
      .a) = 1, 2
f([0])
----
def f(x):
    for (x
      .real
      .a) in (1, 2): pass
f([0])
----
a = 1
a += 'x'
----
a = [1]
a += \
   1
"""
)


@pytest.mark.parametrize("source", ORDER)
def test_stores_do_what_they_did(source: str) -> None:
    """Order, in-place operators, descriptors, errors and their lines are those of Python."""
    assert_same(source)
