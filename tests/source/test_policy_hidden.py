"""State that tasks share cannot be hidden from the explorer, wherever it is kept.

A submission whose race is not seen would get points for a lock that it does not have. Each program
adds 1 in two tasks, without a lock; `now()` tells the sum.
"""

from __future__ import annotations

import pytest

from tests.source.bound import RACE, REFUSED, cases, results

KEPT = cases(
    """
# in a class that bears the mark of a stand-in
class Cell:
    _controlled_ = True
cell = Cell()
cell.n = 0
def work(): seen = cell.n; cell.n = seen + 1
def now(): return cell.n
----
# in a class that says it is a builtin
class Cell:
    __module__ = "builtins"
cell = Cell()
cell.n = 0
def work(): seen = cell.n; cell.n = seen + 1
def now(): return cell.n
----
# in a class that says it is of enum
class Cell:
    __module__ = "enum"
    n = 0
def work(): seen = Cell.n; Cell.n = seen + 1
def now(): return Cell.n
----
# in a list whose class says it has other bases
class Kind(type):
    __mro__ = property(lambda cls: (object,))
class Cell(list, metaclass=Kind): pass
cell = Cell([0])
def work(): seen = cell[0]; cell[0] = seen + 1
def now(): return cell[0]
----
# in a list whose class is equal to int
INT = object.__hash__(int)
class Kind(type):
    def __hash__(cls): return INT
    def __eq__(cls, other): return True
class Cell(list, metaclass=Kind): pass
cell = Cell([0])
def work(): seen = cell[0]; cell[0] = seen + 1
def now(): return cell[0]
----
# in the docstring of a function
def cell(): pass
cell.__doc__ = 0
def work(): seen = cell.__doc__; cell.__doc__ = seen + 1
def now(): return cell.__doc__
----
# in the name of a function
def cell(): pass
cell.__name__ = "0"
def work(): seen = int(cell.__name__); cell.__name__ = str(seen + 1)
def now(): return int(cell.__name__)
----
# in the default values of a function
def cell(n=0): return n
def work(): seen = cell(); cell.__defaults__ = (seen + 1,)
def now(): return cell()
----
# in the docstring of an object
class Cell:
    "0"
cell = Cell()
def work(): seen = int(cell.__doc__); cell.__doc__ = str(seen + 1)
def now(): return int(cell.__doc__)
----
# in the docstring of a class
class Cell:
    "0"
def work(): seen = int(Cell.__doc__); Cell.__doc__ = str(seen + 1)
def now(): return int(Cell.__doc__)
----
# in the name of a class
class Cell: pass
Cell.__name__ = "0"
def work(): seen = int(Cell.__name__); Cell.__name__ = str(seen + 1)
def now(): return int(Cell.__name__)
----
# in which class an object is of
class A: n = 0
class B(A): n = 1
class C(A): n = 2
A.next = B; B.next = C
cell = A()
def work(): kind = cell.__class__; cell.__class__ = kind.next
def now(): return cell.n
----
# in a slot with an unusual name
class Cell:
    __slots__ = ("__n__",)
cell = Cell()
cell.__n__ = 0
def work(): seen = cell.__n__; cell.__n__ = seen + 1
def now(): return cell.__n__
----
# in a slot with two names
class Slot:
    __slots__ = ("n",)
class Cell(Slot):
    __slots__ = ()
    m = Slot.n
cell = Cell()
cell.n = 0
def work(): seen = cell.n; cell.m = seen + 1
def now(): return cell.n
----
# in a slot, by way of the type of slots
class Cell:
    __slots__ = ("n",)
cell = Cell()
cell.n = 0
def work():
    kind = type(Cell.n)
    kind.__set__(Cell.n, cell, kind.__get__(Cell.n, cell) + 1)
def now(): return cell.n
----
# in a value that hides a method
class Cell:
    def n(self): pass
cell = Cell()
cell.n = 0
def work(): seen = cell.n; cell.n = seen + 1
def now(): return cell.n
----
# in a dict that replaces that of an object
class Cell: pass
cell = Cell()
cell.n = 0
def work(): seen = cell.n; cell.__dict__ = {"n": seen + 1}
def now(): return cell.n
----
# in the dict that __getstate__ gives
class Cell: pass
cell = Cell()
cell.n = 0
def work(): seen = cell.n; cell.__getstate__()["n"] = seen + 1
def now(): return cell.n
----
# in the dict that the descriptor of a class gives
class Cell: pass
cell = Cell()
cell.n = 0
def work(): seen = cell.n; vars(Cell)["__dict__"].__get__(cell)["n"] = seen + 1
def now(): return cell.n
----
# in the arguments of an exception
cell = Exception(0)
def work(): seen = cell.args[0]; cell.args = (seen + 1,)
def now(): return cell.args[0]
----
# in an exception that is made anew
cell = Exception(0)
def work(): seen = cell.args[0]; cell.__init__(seen + 1)
def now(): return cell.args[0]
----
# in an exception that gets another state
cell = Exception()
cell.n = 0
def work(): seen = cell.n; cell.__setstate__({"n": seen + 1})
def now(): return cell.n
----
# in a dataclass that is made anew
import dataclasses
@dataclasses.dataclass
class Cell:
    n: int
cell = Cell(0)
def work(): cell.__init__(cell.n + 1)
def now(): return cell.n
----
# in a namespace that is made anew
import types
cell = types.SimpleNamespace(n=0)
def work(): cell.__init__(n=cell.n + 1)
def now(): return cell.n
----
# in a list that is made anew
cell = [0]
def work(): list.__init__(cell, [cell[0] + 1])
def now(): return cell[0]
----
# in a list, by methods out of a type's dict
cell = [0]
def work(): vars(list)["__setitem__"](cell, 0, vars(list)["__getitem__"](cell, 0) + 1)
def now(): return cell[0]
----
# in a list, by what is behind the functions of operator
import operator
cell = [0]
def work(): operator.setitem.__wrapped__(cell, 0, operator.getitem.__wrapped__(cell, 0) + 1)
def now(): return cell[0]
----
# in a list, by what is behind its method
cell = [0]
def work(): cell.__setitem__._bound(0, cell.__getitem__._bound(0) + 1)
def now(): return cell[0]
----
# in the default of a dict
import collections
cell = collections.defaultdict(lambda: 0)
def work():
    seen = cell.default_factory()
    cell.default_factory = lambda: seen + 1
def now(): return cell.default_factory()
----
# in an attribute of a queue
import queue
cell = queue.Queue()
cell.n = 0
def work(): seen = cell.n; cell.n = seen + 1
def now(): return cell.n
----
# in a partial function
import functools
cell = functools.partial(int, 0)
def work(): cell.__setstate__((int, (cell.args[0] + 1,), {}, {}))
def now(): return cell.args[0]
----
# in a generator of random numbers
import random
cell = random.Random()
cell.setstate((3, tuple([0] * 625), None))
def work():
    version, numbers, gauss = cell.getstate()
    cell.setstate((version, (numbers[0] + 1, *numbers[1:]), gauss))
def now(): return cell.getstate()[1][0]
----
# in the level of a logger
import logging
cell = logging.getLogger("cell")
def work(): cell.setLevel(cell.level + 1)
def now(): return cell.level
----
# in a cell of a closure
import types
cell = types.CellType(0)
def work(): seen = cell.cell_contents; cell.cell_contents = seen + 1
def now(): return cell.cell_contents
----
# by code in an annotation
class Cell: n = 0
cell = Cell()
cell.n = 0
def holder(x: (lambda: cell.__setattr__("n", cell.n + 1))): pass
work = holder.__annotations__["x"]
def now(): return cell.n
----
# by code in an annotation of an inner function
cell = [0]
def work():
    def inner(x: cell.__setitem__(0, cell[0] + 1)): pass
def now(): return cell[0]
----
# by code in a type parameter (3.12)
cell = [0]
class Holder[T: (lambda: cell.__setitem__(0, cell[0] + 1))]: pass
work = Holder.__type_params__[0].__bound__
def now(): return cell[0]
----
# by code in a type alias (3.12)
cell = [0]
type Holder = (lambda: cell.__setitem__(0, cell[0] + 1))
work = Holder.__value__
def now(): return cell[0]
"""
)


@pytest.mark.parametrize("program", [each[1] for each in KEPT], ids=[each[0] for each in KEPT])
def test_a_race_is_seen_wherever_the_state_is(program: str) -> None:
    """Some schedule loses an addition or raises; or the code is not graded at all. The search is
    the one that takes what does not conflict for independent.
    """
    found = results(program + RACE, strategy="dpor")
    assert [2] != found
    assert 1 in found or [REFUSED] == found or any(type(each) is str for each in found)


def test_another_way_to_share_between_processes_is_none() -> None:
    """A method named like those by which locks and queues travel means nothing."""
    text = """
import multiprocessing
class Cell:
    n = 0
    def _travel_(self, child): return lambda: self
def work(cell): cell.n = 1
def main():
    cell = Cell()
    process = multiprocessing.Process(target=work, args=(cell,))
    process.start(); process.join()
    return cell.n
"""
    assert [0] == results(text)


# Where a read was all that could be hidden: what is done only once, if nobody has done it before.
ONCE = cases(
    """
# in a class that bears the mark of a stand-in
class Cell:
    _controlled_ = True
cell = Cell()
cell.n = 0
def work():
    if not cell.n: cell.n = 1; done.append(1)
----
# in a class that says it is a builtin
class Cell:
    __module__ = "builtins"
cell = Cell()
cell.n = 0
def work():
    if not cell.n: cell.n = 1; done.append(1)
----
# in a class that says it is of enum
class Cell:
    __module__ = "enum"
    n = 0
def work():
    if not Cell.n: Cell.n = 1; done.append(1)
----
# in the docstring of an object
class Cell:
    ""
cell = Cell()
def work():
    if not cell.__doc__: cell.__doc__ = "1"; done.append(1)
----
# in the name of a class
class Cell: pass
def work():
    if Cell.__name__ == "Cell": Cell.__name__ = "1"; done.append(1)
----
# in a value that hides a method
class Cell:
    def n(self): pass
cell = Cell()
cell.n = 0
def work():
    if not cell.n: cell.n = 1; done.append(1)
----
# in the dict that __getstate__ gives
class Cell: pass
cell = Cell()
cell.n = 0
def work():
    if not cell.n: cell.__getstate__()["n"] = 1; done.append(1)
----
# in an attribute of a queue
import queue
cell = queue.Queue()
cell.n = 0
def work():
    if not cell.n: cell.n = 1; done.append(1)
----
# in a slot with two names
class Slot:
    __slots__ = ("n",)
class Cell(Slot):
    __slots__ = ()
    m = Slot.n
cell = Cell()
cell.n = 0
def work():
    if not cell.n: cell.m = 1; done.append(1)
----
# in text that is an annotation
import typing
n = 0
def f(x: "n"): pass
def work():
    global n
    if not typing.get_type_hints(f)["x"]: n = 1; done.append(1)
"""
)


@pytest.mark.parametrize("program", [each[1] for each in ONCE], ids=[each[0] for each in ONCE])
def test_a_check_is_seen_wherever_the_state_is(program: str) -> None:
    """Some schedule does it twice; or the code is not graded at all."""
    text = f"done = []\n{program}\ndef now(): return len(done)\n{RACE}"
    assert results(text, strategy="dpor") in ([1, 2], [REFUSED])
