"""Statements: loops, conditions, `with`, `try`, `match`, definitions."""

from __future__ import annotations

import sys

import pytest

from grader.source import names
from tests.source.harness import assert_same, pairs, programs, seen, shown
from tests.source.transparent import HOOKS, Calls

BECOMES = pairs(
    r"""
while x:
    pass
else:
    y.a
=>
while @truth(x):
    @round()
    pass
else:
    @getattr(y, 'a')
----
for x.a in y: pass
=>
for @attr_target(x, 'a').v in @iterate(y):
    @step()
    pass
----
if x.a: pass
elif not f(): pass
=>
if @truth(@getattr(x, 'a')):
    pass
elif not @truth(f()):
    pass
----
assert x, y.a
=>
assert @truth(x), @getattr(y, 'a')
----
try: pass
except x.E as e: pass
finally: pass
=>
try:
    pass
except @getattr(x, 'E') as e:
    @alive()
    pass
finally:
    @alive()
    pass
----
try: pass
except* E: pass
=>
try:
    pass
except* E:
    @alive()
    pass
----
match x.a:
    case 1 if y: z.a
=>
match @getattr(x, 'a'):
    case 1 if @truth(y):
        @getattr(z, 'a')
----
with x.a as y, z as w.b: pass
=>
with @getattr(x, 'a') as y, z as @attr_target(w, 'b').v:
    pass
----
@d.e
def f(a: x.y=z.w) -> x.y: 'Doc.'
=>
@@getattr(d, 'e')
def f(a: x.y=@getattr(z, 'w')) -> x.y:
    'Doc.'
----
def f():
    global n
    @x
    def n(): pass
=>
def f():
    global n

    @@cwriter(@g, 'n')
    @x
    def n():
        pass
----
def f():
    global n
    @x
    class n: pass
=>
def f():
    global n

    @@cwriter(@g, 'n')
    @@class
    @x
    class n:
        pass
----
def f():
    global n, m
    import a, b as n, c, d, m, m.e
    from . import f, g as n, h
=>
def f():
    global n, m
    import a
    import b as @t_1
    @gstore(@g, 'n', @t_1)
    del @t_1
    import c, d
    import m as @t_2
    @gstore(@g, 'm', @t_2)
    del @t_2
    @cwrite(@g, 'm', None)
    import m.e
    from . import f
    from . import g as @t_3
    @gstore(@g, 'n', @t_3)
    del @t_3
    from . import h
----
def f():
    global n
    try: pass
    except E as n: n.a
=>
def f():
    global n
    try:
        pass
    except E as @t_1:
        @alive()
        @gstore(@g, 'n', @t_1)
        del @t_1
        try:
            @getattr(@gload(@g, 'n'), 'a')
        finally:
            @cdel(@g, 'n')
            n = None
            del n
----
class C(x.B, m=y.M):
    'Doc.'
    a = x.b
    c: x.y = 1
=>
@@class
class C(@getattr(x, 'B'), m=@getattr(y, 'M')):
    'Doc.'
    global @getattr
    a = @getattr(x, 'b')
    c: x.y = 1
----
class _C:
    def f(self): self.__a.__b__ = self._c
=>
@@class
class _C:
    global @getattr, @setattr

    def f(self):
        @setattr(@getattr(self, '_c'), @getattr(self, '_C__a'), '__b__')
----
async def f():
    async for x in y: await x.a
    async with z as w: pass
=>
async def f():
    async for x in y:
        @step()
        await @getattr(x, 'a')
    async with z as w:
        pass
----
'Doc.'
from __future__ import annotations
x.a
=>
'Doc.'
from __future__ import annotations
@getattr(x, 'a')
"""
)


@pytest.mark.parametrize(("source", "expected"), BECOMES)
def test_a_statement_becomes_one_with_hooks(source: str, expected: str) -> None:
    """Loops count their rounds, handlers ask whether to go on, annotations stay as they are."""
    assert expected == shown(source)


SAME = programs(
    r"""
for x in T('a').b: log(x)
else: log('else')
----
for i in range(5):
    if i == 1: continue
    if i == 3: break
    log(i)
else: log('no')
----
n = 3
while n:
    n -= 1
    if n == 1: continue
    log(n)
else: log('else')
----
it = iter([1, 2, 3])
for x in it:
    log(x, next(it, None))
----
a = [1, 2]
for x in a:
    if len(a) < 5: a.append(x * 2)
result = a
----
d = {1: 2}
for k in d:
    d[3] = 4
----
for x in 5:
    pass
----
if T('a') and not T('b') or T('c').d: log('yes')
elif T('e'): log('no')
----
assert T('a').x, T('never')
assert not T('b'), T('message').x
----
x = 0
assert x == 1, (
    'no')
----
with T('a').b as c, T('d') as T('e').f, c.g as (h, T('i')[0]): log(c, h)
----
class C:
    def __enter__(s): return s
    def __exit__(s, *e): log(e[0]); return True
with C() as (a, b): log('never')
with C() as c, C(): 1 / 0
log('after')
----
with 1 as x: pass
----
try: T('a').b
except ValueError: log(1)
else: log(2)
finally: log(3)
----
try: 1 / 0
except (ValueError, ZeroDivisionError) as e: log(e)
log('e' in dir())
----
def f():
    for i in range(3):
        try:
            if i == 1: continue
            if i == 2: return i
        finally: log(i)
result = f()
----
def f():
    try: return T('a').b
    finally: return 2
result = f()
----
def f():
    try:
        1 / 0
    except T('not a class').x:
        pass
f()
----
try:
    try: 1 / 0
    except ZeroDivisionError as e: raise KeyError(2) from e
except KeyError as k: log(k.__cause__, k.__context__, k.__suppress_context__)
----
try: raise ExceptionGroup('g', [ValueError(1), KeyError(2), OSError(3)])
except* ValueError as e: log(e.exceptions)
except* (KeyError, OSError) as e: log(e)
----
def f():
    try:
        x = 1
        x.y
    finally:
        log('cleaned')
f()
----
def f(m):
    global n
    for k in range(6):
        try: [1][m]
        except IndexError as n:
            log(n)
            if k == m: break
            if k == 1: del n
            elif k == 2: n = 5
            elif k == 3: return log(n)
            else: continue
        log('n' in dir(m))
    n = 1
    try: [][m]
    except IndexError as n: n.x
for m in 5, 1, 0:
    try: f(m)
    except Exception as n: log(n, n.__context__, n.__context__ and n.__context__.__context__)
    log('n' in dir())
----
def f():
    global n
    try: raise ExceptionGroup('g', [ValueError(1), KeyError(2)])
    except* ValueError as n: log(n.exceptions)
    except* KeyError as n: n.x
f()
----
import weakref, sys
class C(Exception): pass
def f():
    g = lambda: n
    try: raise C
    except C as n:
        r = weakref.ref(n)
        n = None
        log(sys.exc_info()[0])
    return r()
result = f()
----
def f():
    global n, m
    import math as n, math, os.path as m, os
    log(n.pi, m.basename('a/b'))
    from math import pi, floor as n, nothing as m
m = n = 0
try: f()
except ImportError as e: log(e)
result = n, m.__name__
----
import os.path
def f():
    global os
    import os.path
    import none.at_all
f()
----
def f():
    global n, m
    @T('decorator')
    def n(a=T('default').b): 'Doc.'
    log(n)
    @T('other')
    class m(*T('bases')): pass
n = m = 1
f()
----
def f():
    global n
    def n(): 1 / 0
    n()
def g():
    global n
    class n:
        'Doc.'
        1 / 0
n = 1
log(n, f.__name__)
try: f()
except ZeroDivisionError: log(n.__name__, n.__code__.co_firstlineno, n.__qualname__)
g()
----
class P:
    __match_args__ = ('x', 'y')
    def __init__(s, x, y): s.x, s.y = x, y
K = type('K', (), {'one': 1})
for v in [P(1, 2), [1, 2, 3], {'a': 1, 'b': 2}, 'text', 1, 3.5, None]:
    match v:
        case P(K.one, y=n) if n.real: log('P', n)
        case [a, *b]: log(a, b)
        case {'a': a, **rest}: log(a, rest)
        case 'text' | None as t: log(t)
        case int(n) if (m := n.real): log(n, m)
        case _: log('else', v)
----
@T('a').b
@T('c')
def f(x=T('d').e, *, y=T('g')[0]) -> T('h').i: pass
result = f
----
class M(type):
    def __prepare__(n, b, **k): log(n, k); return {}
    def __new__(m, n, b, d, **k): return type.__new__(m, n, b, d)
class A(*[object], metaclass=M, k=T('k').v, **{'l': 1}):
    'Doc.'
    x: T('ann').y = 2
    for i in range(2): log(i)
result = A.__doc__, A.x, A.__annotations__, A.__qualname__
----
class D(dict):
    def __missing__(s, k): return k.upper()
class M(type):
    def __prepare__(n, b): return D()
class A(metaclass=M):
    x = missing.title()
    for y in [1]: pass
    x += y.bit_length() * 'z'
result = A.x
----
class A:
    def f(self): return 'A'
    @classmethod
    def g(c): return c
class B(A):
    def f(self): return super().f() + super(B, self).f() + __class__.__name__
    @classmethod
    def g(cls): return super().g().__name__
result = B().f(), B.g()
----
super = super
class A:
    def f(s): return super().__repr__()[:9]
if 0: super = 1
result = A().f()
----
class A:
    __x = 1
    def __f(self): return self.__x
    def g(self):
        self.__x += 1
        self.__y = [self.__f()]
        del self.__x
        return self.__y, self.__f()
a = A()
result = a.g(), sorted(vars(a))
----
class A:
    def f(self):
        global __n
        __n = 1
        return __n
result = A().f(), _A__n
----
class __:
    def f(self): self.__x = 1; return self.__x
result = __().f()
----
def f():
    'Doc.'
    n = 1
    def g():
        nonlocal n
        n += 1
    g()
    return n
result = f.__doc__, f()
----
n = 1
class C:
    global n
    n = 2
    m = n
    n += 1
    def f(self): return n
result = n, C.m, C().f(), hasattr(C, 'n')
----
x = 'global'
def f():
    x = 'f'
    class C:
        y = x
        x = 'class'
        z = x
        def g(self): return x
        w = [x for _ in [0]], [k for k in x]
    x = 'late'
    return C.y, C.z, C().g(), C.w
result = f()
----
def g():
    x = yield T('a').b
    log(x)
    try: y = yield from [1, 2]
    except KeyError as e: log(e); yield 'caught'
    finally: log('closed')
    return 5
i = g()
result = [next(i), i.send(3), i.throw(KeyError(4)), list(i)]
----
def g():
    o = T('o')
    o.a = yield 1
    o[(yield 2)] = yield 3
    o.b += yield 4
    return (yield 5), o
i = g()
result = [next(i)] + [i.send(n) for n in range(4)]
----
class A:
    def __await__(s): log((yield 1)); return 'done'
class C:
    async def __aenter__(s): return await A()
    async def __aexit__(s, *e): log(e[0]); return True
async def g():
    for i in range(3): yield i; await A()
async def f():
    async with C() as c, C(): log(c); 1 / 0
    async for i in g(): log(i)
    return [i async for i in g() if await A()], [await A() for _ in 'ab']
c = f()
c.send(None)
try:
    while True: c.send(9)
except StopIteration as e: result = e.value
----
n = 1
n = 2
def f():
    (n): int
    return n
result = f()
----
'Doc.'
from __future__ import annotations
def f(x: undefined.a): pass
result = f.__annotations__, __doc__
----
from __future__ import annotations
from __future__ import division
annotations = division = 2
result = annotations, division
----
from math import *
import os.path as p, math
result = pi, p.basename('a/b'), math.floor(e)
----
if __debug__: log(__name__)
----
...
----

"""
)


@pytest.mark.parametrize("source", SAME)
def test_statements_do_what_they_did(source: str) -> None:
    """Control flow, scopes, classes, generators and errors are those of Python."""
    assert_same(source)


NEW_IN_312 = programs(
    r"""
def f[T: int](x: T) -> T:
    def g():
        nonlocal x
        x += 1
        return T
    return g(), x
result = f(1)
----
class A[T]:
    n = 2
    def f[U](self, x=n) -> T: return x, U, T
n = 1
n = 3
class B[T](A[T], **{}): pass
result = B().f(), B[int]
----
T = 1
T = 2
class A[T](list[T]):
    m = T
    def f(self): return T
result = A.m, A().f(), T, A.__orig_bases__
----
type X[T] = list[T.undefined] | Y
Y = 1
Y = int
result = X.__name__, X.__type_params__
----
x = {'a': 1}
result = f"{x["a"]} {f"{f"{1 + 1}"}"}"
----
class C:
    global n
    n = [int]
    def f[T: n[0]](self): return T
result = C().f()
"""
)


@pytest.mark.skipif(sys.version_info < (3, 12), reason="PEP 695 and 701 came with Python 3.12")
@pytest.mark.parametrize("source", NEW_IN_312)
def test_syntax_of_python_312_does_what_it_did(source: str) -> None:
    """Type parameters are scopes of their own; f-strings nest."""
    assert_same(source)


SPLIT_WITH = """
class C:
    def __enter__(s): return s
    def __exit__(s, *e): raise ValueError
def f(n):
    g = lambda: n
    with (
        C() as n,
        C() as m
    ):
        pass
    n = 1
f(0)
"""


def test_a_with_statement_keeps_the_lines_of_its_items() -> None:
    """An exception from `__exit__` is reported where the context manager stands."""
    assert_same(SPLIT_WITH)


def test_hooks_are_called_in_the_order_of_the_program() -> None:
    """Read, compute, write: each step announces itself when Python takes it."""
    calls = Calls()
    source = """
class C: n = 0
c = C()
for i in [1, 2]:
    if c.n in [0]: c.n += i
result = c.n
"""
    seen(source, rewritten=True, calls=calls)
    expected = (
        "@class @iterate "
        "@global_target @step @getattr @ref_attr @gload @iop_set "
        "@global_target @step @getattr "
        "@getattr"
    )
    # `i` is a loop variable of the module and so a global that is bound several times.
    assert expected.split() == list(calls)


def test_every_hook_has_one_name_and_is_used() -> None:
    """The table of names is the whole contract between the rewriting and the hooks."""
    constants = {v for k, v in vars(names).items() if k.isupper() and isinstance(v, str)}
    assert set(names.HOOKS) == constants - {names.GLOBALS, names.TARGET_ATTRIBUTE}
    assert set(names.HOOKS) == set(HOOKS)
    assert {name for name in names.HOOKS if not name.startswith("@")} == set()
