"""What tasks share is seen in whatever way it is read or written, and a lock protects it."""

from __future__ import annotations

import textwrap
from typing import Any

import pytest

from tests.programs import outcomes
from tests.standins.shared import KINDS, Kind

_HEAD = """
    import bisect, collections, copy, dataclasses, functools, heapq, itertools, json, math
    import operator, random, string, struct, sys, threading, types, weakref
    from array import array
    from collections import deque
    from contextlib import nullcontext
    from types import MappingProxyType
"""
_MOVE = """
    lock = threading.Lock()
    guard = lock if {locked} else nullcontext()
    a, b = {make}, {make}

    def read(x):
        return {read}

    def change(x, v):
        {write}

    def move():
        with lock:
            change(a, 5)
            change(b, 15)

    def main():
        thread = threading.Thread(target=move)
        thread.start()
        with guard:
            seen = read(a) + read(b)
        thread.join()
        return seen
"""
_COUNT = """
    guard = threading.Lock() if {locked} else nullcontext()
    a = {make}

    def read(x):
        return {read}

    def change(x, v):
        {write}

    def count():
        with guard:
            change(a, read(a) + 1)

    def main():
        threads = [threading.Thread(target=count) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return read(a)
"""


def _seen(program: str, kind: Kind, read: str, write: str, *, locked: bool) -> list[Any]:
    body = program.format(locked=locked, make=kind.make, read=read, write=write)
    text = f"{textwrap.dedent(_HEAD)}\n{kind.more}\n{textwrap.dedent(body)}"
    return outcomes(text, name="shared")


_READS = [(name, read) for name, kind in KINDS.items() for read in (kind.read, *kind.reads)]
_WRITES = [(name, write) for name, kind in KINDS.items() for write in (kind.write, *kind.writes)]


@pytest.mark.parametrize(("name", "read"), _READS, ids=[f"{n}: {read}" for n, read in _READS])
def test_every_way_to_read_sees_a_torn_sum(name: str, read: str) -> None:
    """Without the lock one of two amounts has been moved; with it never."""
    kind = KINDS[name]
    assert 15 in _seen(_MOVE, kind, read, kind.write, locked=False)
    assert [20] == _seen(_MOVE, kind, read, kind.write, locked=True)


@pytest.mark.parametrize(("name", "write"), _WRITES, ids=[f"{n}: {w}" for n, w in _WRITES])
def test_every_way_to_write_loses_an_update(name: str, write: str) -> None:
    """Two tasks that read, add and write without a lock can both have read the same."""
    kind = KINDS[name]
    assert 11 in _seen(_COUNT, kind, kind.read, write, locked=False)
    assert [12] == _seen(_COUNT, kind, kind.read, write, locked=True)


_SWAP = """
    x = {make}

    def main():
        thread = threading.Thread(target=lambda: x.__setitem__(slice(None), [15, 5]))
        thread.start()
        seen = {read}
        thread.join()
        return seen
"""


def _swapped(read: str, make: str = "[10, 10]") -> list[Any]:
    return _seen(_SWAP, Kind(make, "", ""), read, "", locked=False)


@pytest.mark.parametrize("read", [
    "sum(x)", "math.fsum(x)", "sum(list(x))", "sum(n for n, in list(zip(x)))", "sum(x[:])",
    "sum(dict(enumerate(x)).values())", "sum(sorted(x, key=lambda n: n))",
    "sum(json.loads(f'{x}'))",
    "functools.reduce(operator.add, x)", "sum(json.loads(json.dumps(x)))", "sum([*x])",
])  # fmt: skip
def test_what_runs_in_c_is_one_operation(read: str) -> None:
    """A swap is seen as a whole where CPython runs no Python code in between."""
    assert [20] == _swapped(read)


@pytest.mark.parametrize("read", [
    "sum(n for n in x)", "x[0] + x[1]", "functools.reduce(lambda n, m: n + m, x)",
    "max(x, key=lambda n: 1) + min(x[1:])", "sum(random.sample(x, 2)[::1] and [x[0], x[1]])",
])  # fmt: skip
def test_what_runs_python_code_in_between_is_not(read: str) -> None:
    """A loop takes one value, and the next one later."""
    assert {20} < set(_swapped(read))


def test_a_fold_over_objects_with_operators_of_their_own_takes_steps() -> None:
    """`sum` calls their `__add__` between taking one and taking the next."""
    kind = Kind("[N(10), N(10)]", "", "", more=(
        "class N:\n    def __init__(s, n): s.n = n\n"
        "    def __radd__(s, n): return n + s.n\n"
    ))  # fmt: skip
    program = _SWAP.replace("[15, 5]", "[N(15), N(5)]")
    assert {20} < set(_seen(program, kind, "sum(x)", "", locked=False))


_BOTH = """
    x = {make}

    def main():
        got = []
        threads = [threading.Thread(target=lambda: got.append({read})) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return len(set(map(id, got))) if got[0] is not None else x["n"]
"""


@pytest.mark.parametrize(("make", "call", "expected"), [
    ("{}", "x.setdefault('n', object())", [1]),
    ("collections.UserDict()", "x.setdefault('n', object())", [1, 2]),
    ("collections.ChainMap()", "x.setdefault('n', object())", [1, 2]),
    ("weakref.WeakKeyDictionary()", "x.setdefault(threading, object())", [1]),
    ("weakref.WeakValueDictionary()", "x.setdefault('n', type('N', (), {})())", [1, 2]),
    ("collections.Counter()", "x.update(['n'])", [2]),
    ("collections.Counter(n=0)", "x.update({'n': 1})", [1, 2]),
])  # fmt: skip
def test_methods_are_as_atomic_as_those_of_cpython(
    make: str, call: str, expected: list[int]
) -> None:
    """What CPython has written in Python takes several steps."""
    assert expected == _seen(_BOTH, Kind(make, "", ""), call, "", locked=False)


def test_shuffling_is_seen() -> None:
    """One who looks meanwhile can find a number twice."""
    program = """
        x = [1, 2, 4, 8]

        def main():
            thread = threading.Thread(target=random.shuffle, args=(x,))
            thread.start()
            seen = sum([*x])
            thread.join()
            return seen
    """
    assert {15} < set(_seen(program, Kind("", "", ""), "", "", locked=False))
