"""`match`: what patterns become, and that they match, bind and fail as they did."""

from __future__ import annotations

import pytest

from tests.source.harness import assert_same, pairs, programs, shown

BECOMES = pairs(
    r"""
def f(x):
    match x:
        case 1 | 'a' | None: pass
        case int(n) | str(n): pass
        case C() as n: pass
        case _: pass
=>
def f(x):
    match x:
        case 1 | 'a' | None:
            pass
        case int(n) | str(n):
            pass
        case C() as n:
            pass
        case _:
            pass
----
def f(x):
    match x.a:
        case C.D(1, n, y=E.F, z=_) if z: w.a
        case n: pass
=>
def f(x):
    match @subject(@getattr(x, 'a')):
        case {@instance(@getattr(C, 'D'), 2, ('y', 'z'), 'vvs.').v: [1, n, {@equal(@getattr(E, 'F')).v: _}, _]} if @truth(z):
            @getattr(w, 'a')
        case {@itself().v: n}:
            pass
----
def f(x):
    match x:
        case [a, [b], *c] as d: pass
        case [*_] | [_, _]: pass
        case [a, *_, [b]]: pass
=>
def f(x):
    match @subject(x):
        case {@both().v: [{@items(2, 'vsv').v: [a, {@items(-1, 'v').v: [b]}, c]}, d]}:
            pass
        case {@items(0, '.').v: _} | {@items(-1, '..').v: _}:
            pass
        case {@items(1, 's.s').v: [{@itself().v: a}, _, {@items(-1, 'v').v: [b]}]}:
            pass
----
def f(x):
    match x:
        case {'k': [a], -1: _, **r}: pass
        case {E.k: a}: pass
        case {}: pass
=>
def f(x):
    match @subject(x):
        case {@entries(('k', -1), 's.', True).v: [{@items(-1, 'v').v: [a]}, _, {@itself().v: r}]}:
            pass
        case {@size(1).v: {@entries((@getattr(E, 'k'),), 'v', False).v: [a]}}:
            pass
        case {@entries((), '', False).v: _}:
            pass
----
def f():
    global n
    match x:
        case n if n.a: pass
=>
def f():
    global n
    match x:
        case @t_1 if ((n := @cwrite(@g, 'n', @t_1)), (@t_1 := None)) and @truth(@getattr(@gload(@g, 'n'), 'a')):
            pass
----
def f(n, m):
    match n:
        case [n, *m] | {'k': m, **n}: return lambda: n
=>
def f(n, m):
    @cells_1 = @newcells()
    match @subject(@cread(@cells_1, 'n') or @cvalue(n)):
        case {@items(1, 'vv').v: [@t_1, m]} | {@entries(('k',), 'v', True).v: [m, {@itself().v: @t_1}]} if ((n := @cwrite(@cells_1, 'n', @t_1)), (@t_1 := None)):
            return lambda: @cread(@cells_1, 'n') or @cvalue(n)
"""  # noqa: E501 - a pattern stands in one line
)


@pytest.mark.parametrize(("source", "expected"), BECOMES)
def test_patterns_become_patterns_of_what_hooks_find(source: str, expected: str) -> None:
    """A pattern that looks at nothing but the value stays as it is."""
    assert expected == shown(source)


CLASSES = r"""
class P:
    __match_args__ = ('x', 'y')
    def __init__(s, **k): vars(s).update(k)
    def __getattribute__(s, n): log('get', n); return object.__getattribute__(s, n)
    def __repr__(s): return 'P'
class Noted(type):
    def __instancecheck__(c, x): log('instance?'); return True
class Q(metaclass=Noted): pass
class Names:
    def __getattr__(s, n): log('name', n); return n
N = Names()
class Text(str):
    def __eq__(s, o): log('==', o); return str(s) == o
"""

SEQUENCES = r"""
from collections import deque
from collections.abc import Sequence
class S(Sequence):
    def __init__(s, *v, size=None): s.v = v; s.size = size
    def __len__(s): log('len'); return len(s.v) if s.size is None else s.size
    def __getitem__(s, i): log('item', i); return s.v[i]
    def __iter__(s): log('iter'); return iter(s.v)
    def __repr__(s): return 'S'
"""

MAPPINGS = r"""
from collections import defaultdict
from collections.abc import Mapping
class M(Mapping):
    def __init__(s, **d): s.d = d
    def __len__(s): log('len'); return len(s.d)
    def __getitem__(s, k): log('item', k); return s.d[k]
    def __iter__(s): log('iter'); return iter(s.d)
    def get(s, k, d=None): log('get', k); return s.d.get(k, d)
    def __repr__(s): return 'M'
class Keys:
    def __getattr__(s, n): log('key', n); return n
K = Keys()
class N: a = 'a'; b = 'b'; one = 1; true = True; bad = []
"""

SAME = [
    *(
        CLASSES + each
        for each in programs(
            r"""
for v in [P(x=1, y=2, z=3), P(x=1), P(), 1]:
    match v:
        case P(1, z=3, y=b) as c: log('first', b, c)
        case P(a, _) | P(x=a): log('second', a)
        case P() as a: log('third', a)
        case a: log('else', a)
----
match P(x=P(x=1, y=[1, 2]), y={'k': P(y=5)}):
    case P(P(x=a, y=[b, *c]), {'k': P(y=d), **e}) as f: log(a, b, c, d, e, f)
----
match P(x=1, y=2):
    case P(x=2, y=never.seen): pass
    case P(x=1, y=never.seen): pass
----
match 1:
    case Q(x=1): pass
    case N.int(): pass
----
match 1:
    case Q(real=1, imag=0, denominator=n): log(n)
----
match 'a':
    case N.b: pass
    case N.a as x: log(x)
----
match Text('a'):
    case 'b': pass
    case N.b | N.c: pass
    case N.a: log('a')
----
match 5:
    case int(real=5, imag=n) if log(n) or n: pass
    case int(5 as n) | bool(n): log(n)
----
match True:
    case bool(int(n)): log(n)
----
match [1, 2]:
    case list([a, b]): log(a, b)
----
match P(x=1):
    case P(1, 2, 3): pass
----
match 1:
    case int(1, 2): pass
----
match object():
    case object(1): pass
----
match P(x=1):
    case P(1, x=1): pass
----
class B: __match_args__ = ['x']
match B():
    case B(1): pass
----
class B: __match_args__ = 'x', 2
match B():
    case B(_, 2): pass
----
class B: __match_args__ = 'x', 2; x = 1
match B():
    case B(1, 2): pass
----
from collections import deque
match deque():
    case deque(1): pass
----
match 1:
    case N.x(1): pass
----
match 1:
    case undefined(1): pass
----
class B:
    @property
    def x(s): log('x'); raise KeyError('x')
    @property
    def y(s): log('y'); raise AttributeError('y')
match B():
    case B(y=_): pass
    case B(x=_): pass
----
class C:
    def __init__(s): s.__x = 1
    def m(s):
        match s:
            case C(__x=n): return n
            case C(_C__x=__n): return __n, sorted(locals())
result = C().m()
----
class C:
    y = 3
    match P(x=1):
        case P(x=y) if not y: pass
        case P(x=C): pass
    z = y
result = C.y, C.z, C.C, sorted(n for n in vars(C) if n[0] != '_')
----
class B:
    def __eq__(s, o): raise ValueError(o)
match [
    B(),
]:
    case [
        N.x
    ]: pass
----
match P(x=1,
        y=2):
    case P(x=3) | P(
        y=P(),
    ): pass
    case P(
        1,
        2 as b,
        3
    ): pass
----
from enum import Enum
class Color(Enum):
    RED = 1
    BLUE = 2
def name(c):
    match c:
        case Color.RED: return 'red'
        case Color.BLUE | Color.RED: return 'blue'
result = name(Color.RED), name(Color.BLUE), name(1)
----
class B:
    def __eq__(s, o): return N
    def __bool__(s): raise KeyError
match B():
    case N.x: log('equal')
----
def f(x):
    match x:
        case P(x=n) | [n]:
            def n(): pass
    return n
f(P())
"""
        )
    ),
    *(
        SEQUENCES + each
        for each in programs(
            r"""
values = [], [1], [1, 2], (1, [2, 3]), (1, 2, 3, 4), deque([1, 2]), range(3), 'ab', b'ab', {1, 2}
for v in [*values, bytearray(b'ab'), memoryview(b'ab'), {1: 2}, None, iter([])]:
    match v:
        case []: log('empty')
        case [a]: log(a)
        case [1, [a, b]]: log(a, b)
        case [_, _]: log('two')
        case [a, *b, 4]: log(a, b)
        case [*_, 2]: log('ends')
        case [*a]: log(a)
        case _: log('none')
----
match S(1, S(2, 3), 4):
    case []: pass
    case [_, _]: pass
    case [2, *_]: pass
    case [*_, 5]: pass
    case [1, *_, 3 | 5]: pass
    case [1, *_, [a, *_, b], 4] if log(a, b): pass
    case [a, _, *b] if log(a, b): pass
    case [1, [2, 3] as b, c]: log(b, c)
----
match S(1):
    case [*_]: log('any')
----
match S(1):
    case [*a]: log(a)
----
match S(1):
    case [_]: log('one')
----
match S(1, size=2):
    case [a, b]: pass
----
match S(1, 2, 3, size=2):
    case [a, b]: pass
----
match S(1, size=3):
    case [a, *b, c, d]: pass
----
match S(1, size=3):
    case [a, *_, d]: log(a, d)
    case [_, a, *_]: pass
----
import weakref
class C: pass
def f(x):
    match x:
        case [C() as a, [b]] if log(a): pass
        case {'k': a} | [a, _]: pass
    r = weakref.ref(a)
    a = x = None
    return r()
result = f([C(), 1]), f({'k': C()})
"""
        )
    ),
    *(
        MAPPINGS + each
        for each in programs(
            r"""
for v in [{}, {'a': 1}, {'a': 1, 'b': [2]}, {'a': {'b': 3}, 1: 4}, defaultdict(list), [], 'a']:
    match v:
        case {'a': {'b': n}, 1: m, **r}: log(n, m, r)
        case {'a': n, 'b': [m]}: log(n, m)
        case {'c': _} | {'a': 2}: log('no')
        case {'a': n, **r}: log(n, r)
        case {}: log('mapping', v)
        case _: log('none')
----
match M(a=1, b=M(c=2), d=3):
    case {}  if log('any'): pass
    case {'x': _}: pass
    case {'a': 2, 'b': n}: pass
    case {'a': 1, 'b': {'c': 3}, **r}: pass
    case {'a': n, 'b': {'c': 2}, **r}: log(n, r)
----
match M(a=1):
    case {K.b: n, K.a: m}: pass
    case {K.b: n}: pass
    case {K.a: n}: log(n)
----
match 1:
    case {K.a: n}: pass
----
match {}:
    case {N.bad: _}: pass
    case {N.missing: _}: pass
    case {N.a: _, N.missing: _}: pass
    case {**r}: log(r)
----
match {1: 2}:
    case {N.bad: _}: pass
----
match {1: 2}:
    case {N.missing: _}: pass
----
match {'a': 1, 'b': 2}:
    case {N.a: _, 'a': _}: pass
----
match {'c': 1, 'b': 2}:
    case {N.a: _, 'a': _}: log('no')
    case {N.b: n, N.one: _} | {**n}: log(n)
----
match {True: 1, 'a': 2}:
    case {1: n, 'a': N.one}: log('no')
    case {N.one: n, **r}: log(n, r)
----
class D(dict):
    def __missing__(s, k): return 'made up'
    def get(s, k, d=None): log('get', k); return dict.get(s, k, d)
    def keys(s): log('keys'); return dict.keys(s)
match D(a=1):
    case {'b': n}: log(n)
    case {'a': n, **r}: log(n, r)
----
class D(dict):
    get = property(lambda s: log('looked up') or (lambda k, d: 5))
match D(a=1, b=2):
    case {'z': n, 'a': m}: log(n, m)
"""
        )
    ),
    *programs(
        r"""
def f(x):
    global n
    g = lambda: (n, m)
    m = 0
    match x:
        case [n, *m] if log(g()): pass
        case [n, m] | {'k': n, **m}: log(g())
        case m: log(g())
    return n, m
n = 1
n = 2
for x in ([1, 2], [3, 4, 5], {'k': 1, 'l': 2}, 6): log(f(x), n)
----
def f(x):
    global n
    match x:
        case n: pass
f(1)
result = n
----
def f(x):
    global n
    match x:
        case 0 as n if n: pass
        case int(n) if n > 1: log('large')
        case _: log('else', n)
n = 5
f(0), f(1), f(2)
----
class C:
    global n
    match [1, 2]:
        case [n, m]: pass
result = C.m, n
----
def f(x):
    match x:
        case [a, b] | [b, a, _]: pass
    a = 1
    return lambda: (a, b)
result = f([1, 2])(), f([1, 2, 3])()
----
class C:
    def f(self, x):
        global __n
        match x:
            case [__n, __m]: return __n, __m
result = C().f([1, 2]), _C__n
----
import weakref
class C: pass
def f():
    g = lambda: n
    match [C()]:
        case [n]: r = weakref.ref(n)
    n = None
    return r()
result = f()
----
def f():
    n = 1
    g = lambda: n
    match 1:
        case n if never: pass
f()
----
match (yes := 1):
    case yes if log(yes): pass
    case 1: log(yes)
----
async def f(x):
    match await g(x):
        case [n, *_] if await g(n): return n
async def g(x): return x
try: f([1, 2]).send(None)
except StopIteration as e: result = e.value
"""
    ),
]


@pytest.mark.parametrize("source", SAME)
def test_patterns_match_as_they_did(source: str) -> None:
    """What is called in which order, what is bound and when, which errors there are, and where."""
    assert_same(source)
