"""Ways to read and to write what tasks share: tables for `test_shared.py`.

Every kind of thing holds one number, 10 at first. A program gets it as `x`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A kind of thing: an expression that makes one, and how its number is read and stored."""

    make: str
    read: str
    write: str  # stores `v` in `x`
    reads: tuple[str, ...] = ()  # other expressions for the number
    writes: tuple[str, ...] = ()  # other statements
    more: str = ""  # in the module


_PICK = "next(n for n in (5, 10, 15) if {})"

LIST = Kind(
    "[10]", "x[0]", "x[0] = v",
    (
        "sum(x)", "min(x)", "max(x)", "max(x, key=lambda n: n)", "sorted(x)[0]", "list(x)[0]",
        "tuple(x)[0]", "set(x).pop()", "min(frozenset(x))", "next(iter(x))", "next(reversed(x))",
        "list(reversed(x))[0]", "[n for n in reversed(x)][0]", "[*x][0]", "max(*x, 0)", "abs(*x)",
        "next(zip(x))[0]", "list(zip(x))[0][0]", "list(zip([0], x))[0][1]", "list(map(int, x))[0]",
        "list(filter(None, x))[0]", "list(enumerate(x))[0][1]", "dict(enumerate(x))[0]",
        "next(enumerate(x))[1]", "dict.fromkeys(x).popitem()[0]", "[n for n in x][0]",
        "x.copy()[0]",
        "x[:][0]", "x[-1]", "(x + [])[0]", "([] + x)[0]", "(x * 1)[0]", "x.__getitem__(0)",
        "bytes(x)[0]", "bytearray(x)[0]", "sum(x[:1], 0)", "(lambda n: n)(*x)",
        "[n for n, in [x]][0]", "unpacked(x)",
        "copy.copy(x)[0]", "copy.deepcopy(x)[0]", "json.loads(json.dumps(x))[0]",
        "int(repr(x)[1:-1])", "int(str(x)[1:-1])", "int(f'{x}'[1:-1])", "int(format(x)[1:-1])",
        "int(ascii(x)[1:-1])", "int(('%s' % (x,))[1:-1])", "int(('%s' % x)[1:-1])",
        "int('{}'.format(x)[1:-1])", "int('{0[0]}'.format(x))", "int('{v[0]}'.format(v=x))",
        "int('{v}'.format_map({'v': x})[1:-1])", "int(str.format('{0[0]}', x))",
        "int(repr([x])[2:-2])", "int(f'{(x, 1)}'[2:4].strip(']'))",
        _PICK.format("x == [n]"), _PICK.format("[[n]] == [x]"), _PICK.format("n in x"),
        _PICK.format("x.count(n)"), _PICK.format("[n] <= x < [n + 1]"),
        _PICK.format("operator.contains(x, n)"), _PICK.format("operator.eq(x, [n])"),
        "heapq.nlargest(1, x)[0]", "heapq.nsmallest(1, x)[0]", "next(heapq.merge(x))",
        _PICK.format("bisect.bisect(x, n)"), _PICK.format("bisect.bisect_left(x, n + 1)"),
        "next(itertools.chain(x))", "next(itertools.chain.from_iterable([x]))",
        "next(itertools.islice(x, 1))", "next(itertools.accumulate(x))",
        "next(itertools.tee(x)[0])", "next(itertools.cycle(x))",
        "next(itertools.zip_longest(x))[0]",
        "next(itertools.product(x))[0]", "next(itertools.permutations(x))[0]",
        "next(itertools.combinations(x, 1))[0]", "next(itertools.compress(x, [1]))",
        "next(itertools.takewhile(bool, x))", "next(itertools.dropwhile(lambda n: False, x))",
        "next(itertools.filterfalse(lambda n: False, x))", "next(itertools.groupby(x))[0]",
        "next(itertools.starmap(int, zip(x)))",
        "operator.getitem(x, 0)", "operator.itemgetter(0)(x)", "operator.concat(x, [])[0]",
        "operator.add(x, [])[0]", "operator.methodcaller('copy')(x)[0]",
        "operator.methodcaller('__add__', x)([])[0]",
        "functools.reduce(lambda n, m: n + m, x, 0)", "functools.reduce(operator.add, x)",
        "functools.partial(operator.getitem, x)(0)",
        "math.fsum(x)", "math.prod(x)", "math.dist(x, [0])",
        "random.choice(x)", "random.choices(x)[0]", "random.sample(x, 1)[0]",
        "next(iter(collections.Counter(x)))", "collections.deque(x)[0]",
        "collections.UserList(x)[0]",
        "next(iter(collections.OrderedDict.fromkeys(x)))", "deque(x)[0]",
        "collections.deque(maxlen=1, iterable=[*x])[0]", "grow([], x)[0]",
        "grow(collections.deque(), x)[0]",
        "counted(x)", "array('i', x)[0]", "collections.namedtuple('P', 'n')._make(x).n",
    ),
    (
        "operator.setitem(x, 0, v)", "x[:] = [v]", "x.__setitem__(0, v)", "heapq.heapreplace(x, v)",
        "x.append(v); x.pop(0)", "x.clear(); bisect.insort(x, v)", "x += [v]; del x[0]",
        "operator.iadd(x, [v]); operator.delitem(x, 0)", "[x[0]] = [v]", "x.extend([v]); x.pop(0)",
        "x.clear(); x.extend(n for n in [v])", "x[0] += v - x[0]", "for x[0] in [v]: pass",

    ),
    "def grow(made, x):\n    made.extend(x)\n    return made\n"
    "def unpacked(x):\n    n, = x\n    return n\n"
    "def counted(x):\n    made = collections.Counter()\n    made.update(x)\n"
    "    return next(iter(made))\n",
)  # fmt: skip

DICT = Kind(
    "{'n': 10}", "x['n']", "x['n'] = v",
    (
        "x.get('n')", "dict(x)['n']", "{**x}['n']", "dict(**x)['n']", "(lambda n: n)(**x)",
        "(x | {})['n']",
        "({} | x)['n']", "x.copy()['n']", "copy.copy(x)['n']", "copy.deepcopy(x)['n']",
        "next(iter(x.values()))", "sum(x.values())", "max(x.values())", "next(iter(x.items()))[1]",
        "next(reversed(x.values()))", "[v for v in x.values()][0]", "[x[k] for k in x][0]",
        "json.loads(json.dumps(x))['n']", "int('%(n)d' % x)", "int('{n}'.format(**x))",
        "int('{n}'.format_map(x))", "int('{0[n]}'.format(x))", "int(f'{x}'[6:-1])",
        "MappingProxyType(x)['n']", "MappingProxyType(x).get('n')",
        "sum(MappingProxyType(x).values())",
        "dict(MappingProxyType(x))['n']", "MappingProxyType(x).copy()['n']",
        "int('%(n)d' % MappingProxyType(x))", "(MappingProxyType(x) | {})['n']",
        "operator.getitem(MappingProxyType(x), 'n')",
        "operator.itemgetter('n')(MappingProxyType(x))",
        "collections.ChainMap({}, x)['n']", "collections.ChainMap({}, x).get('n')",
        "dict(collections.ChainMap(x))['n']", "collections.ChainMap(x).maps[0]['n']",
        "collections.UserDict(x)['n']", "collections.OrderedDict(x)['n']",
        "collections.defaultdict(int, x)['n']", "collections.Counter(x)['n']",
        "(collections.Counter() + collections.Counter(x))['n']", "operator.or_(x, {})['n']",
        "operator.itemgetter('n')(x)", "random.choice(list(x.values()))",
        "types.SimpleNamespace(**x).n", "string.Template('$n').substitute(x) and x['n']",
        _PICK.format("x == {'n': n}"), _PICK.format("x.items() == {('n', n)}"),
        _PICK.format("n in x.values()"), _PICK.format("x.values().mapping == {'n': n}"),
    ),
    (
        "x.update(n=v)", "x |= {'n': v}", "operator.setitem(x, 'n', v)", "x.update({'n': v})",
        "x.pop('n'); x.setdefault('n', v)", "collections.ChainMap(x)['n'] = v",
        "collections.ChainMap(x).update(n=v)", "operator.ior(x, {'n': v})",
        "del x['n']; x['n'] = v",
        "x.clear(); x.update([('n', v)])",
    ),
)  # fmt: skip

SET = Kind(
    "{10}", "max(x)", "x.update([v]); x.intersection_update([v])",
    (
        "set(x).pop()", "list(x)[0]", "sorted(x)[0]", "(x | set()).pop()", "(x - {0}).pop()",
        "(x & {5, 10, 11, 12, 15}).pop()", "(x ^ set()).pop()", "x.union().pop()", "x.copy().pop()",
        "set().union(x).pop()", "set().symmetric_difference(x).pop()", "[*x][0]", "next(iter(x))",
        "operator.or_(x, set()).pop()", _PICK.format("n in x"), _PICK.format("x == {n}"),
        _PICK.format("x <= {n}"), _PICK.format("x.issubset({n})"),
        _PICK.format("{n}.issuperset(x)"),
        _PICK.format("not x.isdisjoint([n])"), "min(frozenset(x))",
    ),
    ("x.clear(); x.add(v)", "x |= {v}; x &= {v}",
     "x.update([v]); x.difference_update(set(x) - {v})"),
)  # fmt: skip

BYTES = Kind(
    "bytearray([10])", "x[0]", "x[0] = v",
    (
        "int.from_bytes(x, 'little')", "int.from_bytes(x[:1], 'little')", "bytes(x)[0]",
        "list(x)[0]",
        "x[:1][0]", "sum(x)", "x.copy()[0]", "memoryview(x)[0]", "memoryview(x).tolist()[0]",
        "memoryview(x).tobytes()[0]", "bytes(memoryview(x))[0]", "memoryview(x)[:][0]",
        "list(memoryview(x))[0]", "memoryview(x).cast('b')[0]", "sum(memoryview(x))",
        "int.from_bytes(memoryview(x), 'little')", "b''.join([x])[0]", "b''.join((x, b''))[0]",
        "struct.unpack('b', x)[0]", "struct.unpack_from('b', x)[0]",
        "struct.Struct('b').unpack(x)[0]",
        "struct.unpack_from('b', memoryview(x))[0]", "next(struct.iter_unpack('b', x))[0]",
        "int(x.hex(), 16)", "(x + b'')[0]", "(b'' + x)[0]", "bytearray(x)[0]", "x.__getitem__(0)",
        "ord(x.decode())", _PICK.format("n in x"), _PICK.format("x == bytes([n])"),
        _PICK.format("memoryview(x) == bytes([n])"), "array('b', x)[0]", "copy.copy(x)[0]",
    ),
    (
        "x[:] = bytes([v])", "memoryview(x)[0] = v", "memoryview(x)[:] = bytes([v])",
        "struct.pack_into('b', x, 0, v)", "struct.pack_into('b', memoryview(x), 0, v)",
        "memoryview(x).cast('b')[0] = v", "x += bytes([v]); del x[0]", "x.append(v); x.pop(0)",
        "operator.setitem(memoryview(x), 0, v)", "x.extend([v]); x.pop(0)",
    ),
)  # fmt: skip

ARRAY = Kind(
    "array('i', [10])", "x[0]", "x[0] = v",
    ("x.tolist()[0]", "sum(x)", "list(x)[0]", "memoryview(x)[0]", "x[:][0]", "(x + array('i'))[0]",
     "struct.unpack('i', x)[0]", "int.from_bytes(x.tobytes(), sys.byteorder)"),
    ("x.append(v); x.pop(0)", "memoryview(x)[0] = v", "struct.pack_into('i', x, 0, v)",
     "x += array('i', [v]); del x[0]", "x.extend([v]); x.pop(0)"),
)  # fmt: skip

DEQUE = Kind(
    "collections.deque([10])", "x[0]", "x[0] = v",
    ("x[-1]", "list(x)[0]", "sum(x)", "next(iter(x))", "x.copy()[0]",
     "(x + collections.deque())[0]",
     "weakref.proxy(x)[0]", "list(weakref.proxy(x))[0]", "sum(weakref.proxy(x))"),
    ("x.append(v); x.popleft()", "x += [v]; x.popleft()", "x.extendleft([v]); x.pop()",
     "weakref.proxy(x)[0] = v", "weakref.proxy(x).append(v); x.popleft()"),
)  # fmt: skip

OBJECT = Kind(
    "A()", "x.n", "x.n = v",
    ("weakref.proxy(x).n", "getattr(weakref.proxy(x), 'n')", "weakref.proxy(x).get()",
     "int('{0.n}'.format(x))", "int('{.n}'.format(x))", "int('{x.n}'.format(x=x))",
     "int('{0[0].n}'.format([x]))", "int('{0.n}'.format(weakref.proxy(x)))", "int(f'{x.n}')",
     "int('{:{w.n}d}'.format(7, w=x).count(' ') + 1)",
     "copy.copy(x).n", "copy.deepcopy(x).n", "weakref.ref(x)().n"),
    ("weakref.proxy(x).n = v", "setattr(weakref.proxy(x), 'n', v)",
     "weakref.proxy(x).n += v - x.n", "del weakref.proxy(x).n; x.n = v"),
    "class A:\n    def __init__(s): s.n = 10\n    def get(s): return s.n\n"
    "    itself = property(lambda s: s)\n",
)  # fmt: skip

RECORD = Kind(
    "R(10)", "x.n", "x.n = v",
    ("dataclasses.asdict(x)['n']", "dataclasses.replace(x).n", "int(repr(x)[4:-1])",
     "int(f'{x}'[4:-1])",
     "int(repr([x])[5:-2])", _PICK.format("x == R(n)"), _PICK.format("[x] == [R(n)]"),
     "int('{0.n}'.format(x))"),
    (), "@dataclasses.dataclass\nclass R:\n    n: int\n",
)  # fmt: skip

USER_DICT = Kind(
    "collections.UserDict(n=10)", "x['n']", "x['n'] = v",
    ("x.data['n']", "x.get('n')", "dict(x)['n']", "{**x}['n']", "(x | {})['n']",
     "list(x.values())[0]",
     "copy.copy(x)['n']", "x.pop('m', None) or x['n']", _PICK.format("x == {'n': n}"),
     "int('%(n)d' % x)", "collections.ChainMap(x)['n']", "MappingProxyType(x)['n']"),
    ("x.data['n'] = v", "x.update(n=v)", "x |= {'n': v}", "x.pop('n'); x.setdefault('n', v)",
     "x.data = {'n': v}", "operator.setitem(x, 'n', v)"),
)  # fmt: skip

USER_LIST = Kind(
    "collections.UserList([10])", "x[0]", "x[0] = v",
    ("x.data[0]", "list(x)[0]", "sum(x)", "(x + [])[0]", "x.copy()[0]", "x[:][0]"),
    ("x.data[0] = v", "x.append(v); x.pop(0)", "x += [v]; del x[0]", "x.data = [v]"),
)  # fmt: skip

USER_STRING = Kind(
    "collections.UserString('10')", "int(x)", "x.data = str(v)",
    ("int(x.data)", "int(str(x))", "int(f'{x}')", "int(x + '')", "int(x.strip())"),
)  # fmt: skip

CHAIN = Kind(
    "collections.ChainMap({}, {'n': 10})", "x['n']", "x.maps[1]['n'] = v",
    ("x.get('n')", "x.maps[1]['n']", "x.parents['n']", "dict(x)['n']", "x.new_child()['n']"),
    ("x['n'] = v", "x.maps = [{'n': v}]", "x.maps.insert(0, {'n': v})"),
)  # fmt: skip

COUNTER = Kind(
    "collections.Counter(n=10)", "x['n']", "x['n'] = v",
    ("x.total()", "x.most_common()[0][1]", "(x + x)['n'] // 2", "(x | x)['n']", "(+x)['n']",
     "len(list(x.elements()))", "x.copy()['n']", "x.get('n')"),
    ("x.update(n=v - x['n'])", "x.subtract(n=x['n'] - v)", "x += {'n': v - x['n']}",
     "x['n'] += v - x['n']"),
)  # fmt: skip

WEAK_KEYS = Kind(
    "weakref.WeakKeyDictionary({KEY: 10})", "x[KEY]", "x[KEY] = v",
    ("x.get(KEY)", "x.data[weakref.ref(KEY)]", "list(x.values())[0]", "dict(x)[KEY]",
     "x.copy()[KEY]",
     "list(x.items())[0][1]", "[x[k] for k in x][0]"),
    ("x.update({KEY: v})", "x.pop(KEY); x.setdefault(KEY, v)", "x |= {KEY: v}",
     "x.data[weakref.ref(KEY)] = v"),
    "class K: pass\nKEY = K()\n",
)  # fmt: skip

WEAK_VALUES = Kind(
    "weakref.WeakValueDictionary(n=NUMBER[10])", "x['n'].n", "x['n'] = NUMBER[v]",
    ("x.get('n').n", "list(x.values())[0].n", "dict(x)['n'].n", "list(x.items())[0][1].n",
     "x.data['n']().n"),
    ("x.update(n=NUMBER[v])", "x.pop('n'); x.setdefault('n', NUMBER[v])",
     "del x['n']; x['n'] = NUMBER[v]"),
    "class N:\n    def __init__(s, n): s.n = n\nNUMBER = [N(n) for n in range(20)]\n",
)  # fmt: skip

WEAK_SET = Kind(
    "weakref.WeakSet([NUMBER[10]])", "max(o.n for o in x)",
    "x.add(NUMBER[v]); x.intersection_update([NUMBER[v]])",
    ("list(x)[0].n", "set(x).pop().n", "x.copy().pop().n", _PICK.format("NUMBER[n] in x"),
     _PICK.format("x == weakref.WeakSet([NUMBER[n]])")),
    ("x.clear(); x.add(NUMBER[v])", "x |= [NUMBER[v]]; x &= [NUMBER[v]]"),
    WEAK_VALUES.more,
)  # fmt: skip

KINDS = {
    name.lower(): kind for name, kind in list(globals().items()) if isinstance(kind, Kind)
}  # fmt: skip
