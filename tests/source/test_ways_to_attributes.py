"""However code reaches an attribute or an item: what is torn is found, what is locked holds."""

from __future__ import annotations

from typing import Any

import pytest

from tests.programs import outcomes

HEAD = """
import functools, operator, threading
from collections import Counter
from dataclasses import asdict, astuple, dataclass, field
L = threading.Lock()
class Plain:
    def __init__(self, b): self.b = b
class Slots:
    __slots__ = ("b",)
    def __init__(self, b): self.b = b
class Default:
    b = 0
    def __init__(self, b): self.b = b
@dataclass
class Data:
    b: int = 0
class Heir(Data): pass
@dataclass(frozen=True)
class Frozen:
    b: int
class Mapping(dict):
    def __init__(self, b): super().__init__(b=b)
    def __getitem__(self, key): return super().__getitem__(key)
    def __setitem__(self, key, value): super().__setitem__(key, value)
class Lazy:
    def __init__(self, b): self.__dict__["_b"] = b
    def __getattr__(self, name): return self.__dict__["_" + name]
    def __setattr__(self, name, value): self.__dict__["_" + name] = value
class Careful:
    def __init__(self, b): object.__setattr__(self, "b", b)
    def __setattr__(self, name, value): super().__setattr__(name, value)
    def __getattribute__(self, name): return super().__getattribute__(name)
class Bag(list):
    def __init__(self, b): super().__init__([b])
class Tally(Counter):
    def __init__(self, b): super().__init__({"b": b})
    def set(self, v): super().update(b=v - self["b"])
def kept(b):
    while True:
        new = yield b
        b = b if new is None else new
def Kept(b):
    generator = kept(b)
    next(generator)
    return generator
def set_b(x, v): x.b = v
"""

# The class, how to read its value, and how to write it.
WAYS = [
    ("Plain", "x.b", "object.__setattr__(x, 'b', v)"),
    ("Plain", "object.__getattribute__(x, 'b')", "set_b(x, v)"),
    ("Plain", "vars(x)['b']", "set_b(x, v)"),
    ("Plain", "x.__dict__['b']", "set_b(x, v)"),
    ("Plain", "x.__dict__.get('b')", "vars(x).update(b=v)"),
    ("Plain", "x.b", "x.__dict__.__setitem__('b', v)"),
    ("Plain", "sum(vars(x).values())", "setattr(x, 'b', v)"),
    ("Plain", "dict(vars(x))['b']", "set_b(x, v)"),
    ("Plain", "operator.attrgetter('b')(x)", "set_b(x, v)"),
    ("Plain", "x.__getattribute__('b')", "x.__setattr__('b', v)"),
    ("Slots", "operator.attrgetter('b')(x)", "set_b(x, v)"),
    ("Slots", "Slots.b.__get__(x)", "set_b(x, v)"),
    ("Slots", "x.b", "Slots.b.__set__(x, v)"),
    ("Default", "operator.attrgetter('b')(x)", "set_b(x, v)"),
    ("Default", "x.b", "object.__setattr__(x, 'b', v)"),
    ("Default", "vars(x)['b']", "set_b(x, v)"),
    ("Data", "astuple(x)[0]", "set_b(x, v)"),
    ("Data", "asdict(x)['b']", "set_b(x, v)"),
    ("Heir", "astuple(x)[0]", "set_b(x, v)"),
    ("Heir", "x.b", "set_b(x, v)"),
    ("Frozen", "x.b", "object.__setattr__(x, 'b', v)"),
    ("Mapping", "x['b']", "x.__setitem__('b', v)"),
    ("Mapping", "dict.__getitem__(x, 'b')", "dict.__setitem__(x, 'b', v)"),
    ("Mapping", "dict.get(x, 'b')", "dict.update(x, b=v)"),
    ("Mapping", "x['b']", "dict.update(x, {'b': v})"),
    ("Lazy", "x.b", "set_b(x, v)"),
    ("Careful", "x.b", "set_b(x, v)"),
    ("Bag", "list.__getitem__(x, 0)", "list.__setitem__(x, 0, v)"),
    ("Bag", "x[0]", "list.__setitem__(x, 0, v)"),
    ("Tally", "x['b']", "x.set(v)"),
    ("Tally", "Counter.total(x)", "Counter.update(x, b=v - x['b'])"),
    ("Kept", "next(x)", "x.send(v)"),
    ("Kept", "x.send(None)", "x.send(v)"),
]
MAIN = """
a, b = {kind}(10), {kind}(10)
def read(x): return {read}
def write(x, v): {write}
def move():
    with L:
        write(a, read(a) - 5)
        write(b, read(b) + 5)
def main():
    thread = threading.Thread(target=move)
    thread.start()
    {lock}: total = read(a) + read(b)
    thread.join()
    return total
"""


def totals(way: tuple[str, str, str], lock: str) -> list[Any]:
    """The sums of two values between which something moves."""
    kind, read, write = way
    return outcomes(HEAD + MAIN.format(kind=kind, read=read, write=write, lock=lock))


@pytest.mark.parametrize("way", WAYS, ids=" | ".join)
def test_a_look_without_the_lock_sees_what_is_half_done(way: tuple[str, str, str]) -> None:
    """Whichever way the value is read and written."""
    assert [15, 20, 25] == totals(way, "if True")


@pytest.mark.parametrize("way", WAYS, ids=" | ".join)
def test_a_look_with_the_lock_holds(way: tuple[str, str, str]) -> None:
    """And nothing else is seen in it."""
    assert [20] == totals(way, "with L")


def test_a_lock_made_when_it_is_first_looked_for_is_two_locks() -> None:
    """The idiom of `__getattr__` that keeps what it makes."""
    text = """
import threading
class Counter:
    n = 0
    def __getattr__(self, name):
        made = self.__dict__[name] = threading.Lock()
        return made
    def add(self):
        with self.lock:
            self.n += 1
def main():
    counter = Counter()
    threads = [threading.Thread(target=counter.add) for _ in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return counter.n
"""
    assert [1, 2] == outcomes(text)


def test_objects_with_a_default_of_their_class_share_nothing() -> None:
    """Two that write their own attribute do not meet: one order is enough."""
    from grader.explorer import Program, explore
    from grader.source.load import from_text

    text = (
        HEAD
        + """
def main():
    ones = [Default(0), Default(0)]
    def add(one): one.b += 1
    threads = [threading.Thread(target=add, args=(one,)) for one in ones]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return [one.b for one in ones]
"""
    )
    source = from_text(text, name="m", filename="m.py", allowed=None)
    program = Program({"m": source}, "m", lambda module: module.main())
    found = explore(program, strategy="dpor")
    assert ([[1, 1]], 1) == ([outcome.value for outcome in found.outcomes], found.schedules)


def test_a_write_to_the_class_is_seen_by_those_without_a_value() -> None:
    """The default is looked at where an object has nothing of its own."""
    text = """
import threading
class Settings:
    debug = False
one = Settings()
def main():
    def work(): Settings.debug = True
    thread = threading.Thread(target=work)
    thread.start()
    seen = one.debug
    thread.join()
    return seen
"""
    assert [False, True] == outcomes(text)
