"""What right programs do with names, classes, functions and modules goes on as in CPython."""

from __future__ import annotations

from tests.source.bound import results


def test_reflection_on_ones_own() -> None:
    """Classes, functions and objects that the program has made are its own."""
    text = """
import abc, collections.abc, contextlib, dataclasses, enum, functools, operator, re, string
import threading, types

class Color(enum.Enum):
    RED = 1
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
class Worker(Shape, threading.Thread):
    n = 0
    def area(self): return {key: value for key, value in vars(self).items() if key == "n"}
    def run(self): self.n = 1
class Five(collections.abc.Sequence):
    def __len__(self): return 1
    def __getitem__(self, index): return 5
class Plain: pass
class Kind(type):
    def __call__(cls, *args): return super().__call__(*args)
class OfKind(metaclass=Kind): pass
collections.abc.Mapping.register(Plain)
def noted(function):
    @functools.wraps(function)
    def wrapper(*args): return function(*args)
    wrapper.__name__ = "wrapper of " + function.__name__
    wrapper.calls = 0
    return wrapper
@noted
def same(x): "what it was"; return x
same.__doc__ = "what it is"
@contextlib.contextmanager
def three(): yield 3
class Delegate:
    def __init__(self, to): self._to = to
    def __getattr__(self, name): return getattr(self._to, name)

def main():
    worker = Worker()
    worker.start(); worker.join()
    assert worker.area() == {"n": 1}
    assert isinstance(Plain(), collections.abc.Mapping)
    assert "area" in vars(Shape) and "__init__" in dir(Plain) and vars(object)["__doc__"]
    Plain.x = 4; setattr(Plain, "y", 5); Plain.z = lambda self: 6
    assert (Plain().x, Plain.y, Plain().z(), Plain.__dict__["x"]) == (4, 5, 6, 4)
    with three() as found: assert found == 3
    assert string.Formatter().format("{0.x} {1!r:>3}", Plain(), 1) == "4   1"
    assert "{0.x} {a[0]} {{}}".format(Plain(), a=[1]) == "4 1 {}"
    assert str.format("{}", 1) == "1" and "{x}".format_map({"x": 2}) == "2"
    assert list(map("{:02}".format, [1, 2])) == ["01", "02"]
    assert operator.attrgetter("x", "__class__.__name__")(Plain()) == (4, "Plain")
    assert operator.methodcaller("z")(Plain()) == 6
    assert operator.methodcaller("append", 1)([]) is None
    assert functools.reduce(operator.add, [1, 2]) == 3
    assert re.compile("a", re.I).match("A") and isinstance(main, types.FunctionType)
    assert Color.RED.name == "RED" and Color(1) is Color["RED"] and list(Color) == [Color.RED]
    assert same(3) == 3 and same.__name__ == "wrapper of same" and same.__wrapped__(2) == 2
    assert Five()[0] == 5 and list(reversed(Five())) == [5]
    assert Delegate(Plain()).x == 4 and not hasattr(Delegate(Plain()), "__wrapped__")
    assert isinstance(OfKind(), OfKind) and hash(OfKind) == hash(OfKind)
    for cls in (
        type("A", (), {"q": 1}), types.new_class("B"), abc.ABCMeta("C", (), {}),
        dataclasses.make_dataclass("D", ["x", ("y", int, 5)]), enum.Enum("E", "a b"),
    ):
        cls.q = 3
        assert cls.q == 3
    return 0
"""
    assert [0] == results(text)


def test_the_dict_of_an_object_that_is_derived_from_a_stand_in() -> None:
    """It has what the program has put there, for reading, copying and updating."""
    text = """
import multiprocessing, threading
class Child(multiprocessing.Process):
    def __init__(self, n):
        super().__init__()
        self.n = n
    def __getstate__(self):
        state = self.__dict__.copy()
        state["n"] += 1
        return state
    def __setstate__(self, state): self.__dict__.update(state)
    def run(self): raise SystemExit(self.n)
class Worker(threading.Thread):
    kinds = []
    def __init_subclass__(cls, **options):
        super().__init_subclass__(**options)
        cls.kinds.append(cls.__name__)
    def __init__(self, **names):
        super().__init__()
        self.__dict__.update(names)
    def run(self): self.r = vars(self)["a"] + self.__dict__.get("b", 1)
class Own(Worker): pass
def main():
    child = Child(1)
    child.start(); child.join()
    own = Own(a=1)
    own.start(); own.join()
    return [child.exitcode, own.r, Own.kinds, sorted(k for k in vars(own) if len(k) == 1)]
"""
    assert [[2, 2, ["Own"], ["a", "r"]]] == results(text)


def test_modules_with_state_of_their_own() -> None:
    """What is set on `logging` and `warnings` is what their functions see."""
    text = """
import logging, warnings
from logging import *
from warnings import warn
def main():
    got = []
    warnings.showwarning = lambda *args, **names: got.append(str(args[0]))
    warnings.simplefilter("always")
    warn("one")
    with warnings.catch_warnings(record=True) as kept: warn("two")
    assert got == ["one"] and [str(each.message) for each in kept] == ["two"]
    logging.raiseExceptions = False
    basicConfig(level=INFO)
    getLogger("x").info("hi %s", 3)
    assert logging.root.handlers and logging.root.level == INFO
    return [hasattr(logging, "Formatter"), hasattr(logging, "sys"), "getLogger" in dir(logging)]
"""
    assert [[True, False, True]] == results(text)


def test_types_registered_with_the_managers_of_the_module() -> None:
    """`BaseManager.register` on the class itself, and on a subclass; neither lasts."""
    text = """
from multiprocessing.managers import BaseManager, SyncManager
class Cell:
    def __init__(self, n=0): self.n = n
    def get(self): return self.n
class Own(BaseManager): pass
def main():
    before = hasattr(BaseManager(), "Cell")
    BaseManager.register("Cell", Cell)
    Own.register("Mine", Cell)
    with BaseManager() as one, Own() as two, SyncManager() as three:
        return [before, one.Cell(1).get(), two.Mine(2).get(), two.Cell(3).get(), three.list([4])[0]]
"""
    assert [[False, 1, 2, 3, 4]] == results(text)
    assert [[False, 1, 2, 3, 4]] == results(text)


def test_copies_and_pickles_of_objects_with_slots() -> None:
    """State that `__reduce_ex__` names is set, by whatever way it travels."""
    text = """
import copy, pickle
class Slots:
    __slots__ = ("a", "b")
    def __init__(self, a, b): self.a, self.b = a, b
class Own:
    def __init__(self): self.x = [1]
    def __reduce_ex__(self, protocol): return Own, (), (None, {"x": [2]})
class Bag(dict): pass
def main():
    told = []
    bag = Bag(k=[3]); bag.seen = [4]
    for made in (copy.copy, copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))):
        slots, own, again = made(Slots(1, [2])), made(Own()), made(bag)
        told.append([slots.a, slots.b, own.x, again["k"], again.seen, again["k"] is bag["k"]])
    return told
"""
    same = [1, [2], [2], [3], [4]]
    assert [[[*same, True], [*same, False], [*same, False]]] == results(text)


def test_annotations_that_are_evaluated() -> None:
    """They have the values that CPython gives them, in whatever scope they stand."""
    text = """
import queue, typing
seen = []
def note(x): seen.append(x); return x
x: note(int) = 1
class Thing:
    y: note("y") = 2
    z: typing.Optional[queue.Queue]
def outer(kind):
    def inner(a: kind.Queue, *b: note(1), c: list[kind.Queue] = None, **d: "text") -> note(2): pass
    local: note(3) = 1
    return inner.__annotations__
def main():
    found = outer(queue)
    assert list(found) == ["a", "b", "c", "d", "return"]
    assert found["a"] is queue.Queue and found["c"] == list[queue.Queue]
    return [seen[2:], str(Thing.__annotations__["y"])]
"""
    assert [[[1, 2], "y"]] == results(text)
