"""What `match` reads and what statements bind: a race there is found, and a lock takes it away."""

from __future__ import annotations

from textwrap import indent

import pytest

from tests.programs import outcomes

THREADS = """
import threading
import time
from dataclasses import dataclass
L = threading.Lock()
def together(*functions):
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
"""

TRANSFER = (
    THREADS
    + """
class A:
    __match_args__ = ('balance', 'owner')
    def __init__(s, n): s.balance = n; s.owner = 'o'
    def __getitem__(s, k): return s.balance
    def __setitem__(s, k, v): s.balance = v
@dataclass
class D:
    balance: int
    def __getitem__(s, k): return s.balance
    def __setitem__(s, k, v): s.balance = v
class S:
    __slots__ = ('balance',)
    def __init__(s, n): s.balance = n
    def __getitem__(s, k): return s.balance
    def __setitem__(s, k, v): s.balance = v
class Prop:
    def __init__(s, n): s._n = n
    @property
    def balance(s): return s._n
    def __getitem__(s, k): return s._n
    def __setitem__(s, k, v): s._n = v
class Box:
    def __init__(s, n): s.inner = [A(n)]
    def __getitem__(s, k): return s.inner[0].balance
    def __setitem__(s, k, v): s.inner[0].balance = v
class Kinds:
    ten, five, fifteen = 10, 5, 15
    balance = 'balance'
    def __init__(s, n): s.n = n
class Value:
    def __init__(s, n): s.n = n
    def __getitem__(s, k): return s.n
    def __setitem__(s, k, v): s.n = v
    def known(s):
        match 10:
            case s.n: return 10
        match 5:
            case s.n: return 5
        return 15
def move():
    with L:
        a[KEY] -= 5
        b[KEY] += 5
def read(x):
    MATCH
def locked():
    with L: return read(a) + read(b)
def main():
    global a, b
    a, b = NEW, OTHER
    seen = []
    together(lambda: seen.append(READ), move)
    return seen[0]
"""
)

READS = {
    "an attribute by name": ("A(10)", "0", "match x:\n    case A(balance=v): return v"),
    "by position": ("A(10)", "0", "match x:\n    case A(v): return v"),
    "of a dataclass": ("D(10)", "0", "match x:\n    case D(v): return v"),
    "a slot": ("S(10)", "0", "match x:\n    case S(balance=v): return v"),
    "a property": ("Prop(10)", "0", "match x:\n    case Prop(balance=v): return v"),
    "an item": ("[10]", "0", "match x:\n    case [v]: return v"),
    "the first": ("[10, 1]", "0", "match x:\n    case [v, *_]: return v"),
    "the last": ("[10]", "0", "match x:\n    case [*_, v]: return v"),
    "all": ("[10]", "0", "match x:\n    case [*v]: return v[0]"),
    "a value": ("{'k': 10}", "'k'", "match x:\n    case {'k': v}: return v"),
    "a dotted key": (
        "{'balance': 10}", "'balance'", "match x:\n    case {Kinds.balance: v}: return v",
    ),
    "the rest": ("{'k': 10}", "'k'", "match x:\n    case {**v}: return v['k']"),
    "nested": ("Box(10)", "0", "match x:\n    case Box(inner=[A(balance=v)]): return v"),
    "an alternative": ("A(10)", "0", "match x:\n    case [v] | A(v, 'o'): return v"),
    "a literal": (
        "A(10)", "0",
        "match x:\n    case A(balance=10): return 10\n    case A(v): return v",
    ),
    "a dotted name": ("Value(10)", "0", "return x.known()"),
    "with a name": ("A(10)", "0", "match x:\n    case A(balance=int() as v) as w: return v"),
    "a guard": ("A(10)", "0", "match x:\n    case A(v) if v > 0: return v"),
}  # fmt: skip


@pytest.mark.parametrize("kind", READS)
def test_a_pattern_that_looks_inside_is_a_read(kind: str) -> None:
    """Two matches, one after the other, may see half of a transfer; under the lock they do not."""
    new, key, match = READS[kind]
    text = TRANSFER.replace("KEY", key).replace("OTHER", new).replace("NEW", new)
    text = text.replace("MATCH", indent(match, " " * 4).lstrip())
    # 15: one of the reads came before the transfer and one between its halves.
    racy = outcomes(text.replace("READ", "read(a) + read(b)"))
    assert {20, 25} <= set(racy) <= {15, 20, 25}
    assert [20] == outcomes(text.replace("READ", "locked()"))


TORN = (
    THREADS
    + """
class P:
    __match_args__ = ('x', 'y')
    def __init__(s): s.x = s.y = 0
class Q:
    def __init__(s): s.p = P(); s.y = 0
def main():
    p, seen = MADE, []
    def write():
        with L:
            WRITE
    def read():
        match p:
            case PATTERN: seen.append(x * 10 + y)
    def locked():
        with L: read()
    together(write, READER)
    return seen[0]
"""
)


@pytest.mark.parametrize(
    ("made", "write", "pattern"),
    [
        ("P()", "p.x = 1; p.y = 1", "P(x=x, y=y)"),
        ("P()", "p.x = 1; p.y = 1", "P(x, y)"),
        ("{'x': 0, 'y': 0}", "p['x'] = 1; p['y'] = 1", "{'x': x, 'y': y}"),
        ("Q()", "p.y = 1; p.p.x = 1", "Q(p=P(x), y=y)"),
        ("[0, 0, 0]", "p[0] = 1; p[1] = 1", "[x, y, *_]"),
    ],
)
def test_the_reads_of_one_pattern_are_several_steps(made: str, write: str, pattern: str) -> None:
    """Another task may come between two attributes, keys or items; not with the lock."""
    text = TORN.replace("MADE", made).replace("WRITE", write).replace("PATTERN", pattern)
    assert {0, 1, 11} <= set(outcomes(text.replace("READER", "read")))
    assert [0, 11] == outcomes(text.replace("READER", "locked"))


POLLED = (
    THREADS
    + """
class Flag: done = False
def main():
    flag, seen = Flag(), []
    state = {'done': False}
    def wait():
        while True:
            match SUBJECT:
                case PATTERN: break
            time.sleep(1)
        seen.append('done')
    def work():
        flag.done = True
        state['done'] = True
    together(wait, work)
    return seen
"""
)


@pytest.mark.parametrize(
    ("subject", "pattern"), [("flag", "Flag(done=True)"), ("state", "{'done': True}")]
)
def test_a_loop_that_polls_with_match_ends(subject: str, pattern: str) -> None:
    """It waits for what the pattern has read, like a loop with a condition."""
    assert [["done"]] == outcomes(POLLED.replace("SUBJECT", subject).replace("PATTERN", pattern))


# Each binds `n`, to `value` or to something that has it.
BINDINGS = {
    "assignment": "n = value",
    "capture": "match value:\n    case n: pass",
    "capture with a class": "match value:\n    case int(n): pass",
    "capture as": "match value:\n    case int() as n: pass",
    "capture of an item": "match [value]:\n    case [n]: pass",
    "capture of an attribute": "match value:\n    case int(real=n): pass",
    "capture in an alternative": "match value:\n    case [n] | n: pass",
    "star": "match [value]:\n    case [*n]: pass",
    "rest": "match {value: 0}:\n    case {**n}: pass",
    "a failed guard": "match value:\n    case n if value < 0: pass",
    "for": "for n in (value,): pass",
    "for several": "for n, m in ((value, 0),): pass",
    "with": "with Context(value) as n: pass",
    "walrus": "(n := value)",
    "starred": "[*n] = [value]",
    "function": "def n(): return value",
    "class": "class n: number = value",
    "import": "import math as n",
    "import from": "from math import pi as n",
}

BOUND = (
    THREADS
    + """
class Context:
    def __init__(s, value): s.value = value
    def __enter__(s): return s.value
    def __exit__(s, *error): pass
def main():
    DECLARE
    n = None
    def bind(value):
        SCOPE n
        BIND
    def see():
        first = n
        seen.append(first is n)
    def locked_bind(value):
        with L: bind(value)
    def locked_see():
        with L: see()
    seen = []
    together(lambda: BINDER(7), SEER)
    return seen[0]
"""
)


@pytest.mark.parametrize("kind", BINDINGS)
@pytest.mark.parametrize("scope", ["global", "nonlocal"])
def test_whatever_binds_a_shared_variable_is_a_write(kind: str, scope: str) -> None:
    """Two reads around it differ; under a lock they do not."""
    text = BOUND.replace("DECLARE", "global n" if scope == "global" else "pass")
    text = text.replace("SCOPE", scope).replace(
        "BIND\n", indent(BINDINGS[kind], " " * 8).lstrip() + "\n"
    )
    assert [False, True] == outcomes(text.replace("BINDER", "bind").replace("SEER", "see"))
    text = text.replace("BINDER", "locked_bind").replace("SEER", "locked_see")
    assert [True] == outcomes(text)


UNBOUND = (
    THREADS
    + """
def main():
    DECLARE
    n = 1
    def unbind():
        SCOPE n
        BODY
    def see():
        try: seen.append(type(n).__name__)
        except NameError: seen.append('unbound')
    seen = []
    together(unbind, see)
    return seen[0]
"""
)


@pytest.mark.parametrize("scope", ["global", "nonlocal"])
def test_a_shared_variable_that_is_unbound_is_a_write(scope: str) -> None:
    """By `del`, and by the end of a handler, which binds it first."""
    text = UNBOUND.replace("DECLARE", "global n" if scope == "global" else "pass")
    text = text.replace("SCOPE", scope)
    assert ["int", "unbound"] == outcomes(text.replace("BODY", "del n"))
    handler = "try: 1 / 0\nexcept ZeroDivisionError as n: pass"
    assert ["ZeroDivisionError", "int", "unbound"] == outcomes(
        text.replace("BODY", indent(handler, " " * 8).lstrip())
    )
