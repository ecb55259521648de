"""Annotations that are text are looked up and never run."""

from __future__ import annotations

import pytest

from tests.source.bound import cases, results

RUN = "run"

TEXTS = cases(
    """
# of a function
import typing
def f(x: "().__class__.__base__.__subclasses__()"): pass
def main():
    return "run" if typing.get_type_hints(f) else 0
----
# of a class
import typing
class Thing:
    x: "[each for each in (1,)]"
def main():
    return "run" if typing.get_type_hints(Thing) else 0
----
# of a named tuple
import typing
Pair = typing.NamedTuple("Pair", [("a", "print(1)")])
def main():
    return "run" if typing.get_type_hints(Pair) else 0
----
# of a reference by itself
import typing
def main():
    reference = typing.ForwardRef("print(1)")
    return "run" if reference._evaluate({}, {}, recursive_guard=frozenset()) else 0
----
# of what singledispatch registers
import functools
seen = []
@functools.singledispatch
def g(x): pass
def main():
    def h(x: "seen.append(1) or int"): pass
    try: g.register(h)
    except TypeError: pass
    return "run" if seen else 0
----
# with other globals, whose builtins would be CPython's
import typing
def f(x: "open"): pass
def main():
    return "run" if typing.get_type_hints(f, {}) else 0
----
# of a class that says it is of another module
import typing
class Thing:
    __module__ = "os"
    x: "sys"
def main():
    return "run" if typing.get_type_hints(Thing) else 0
----
# of a reference that names another module
import typing
def main():
    reference = typing.ForwardRef("modules", module="sys")
    return "run" if reference._evaluate(None, None, recursive_guard=frozenset()) else 0
----
# by an attribute that must not be used
import typing
def f(): pass
def main():
    f.__annotations__["x"] = "f.__glo" + "bals__"
    return "run" if typing.get_type_hints(f) else 0
----
# by the builtins of the module
import typing
def f(): pass
def main():
    f.__annotations__["x"] = "__buil" + "tins__"
    return "run" if typing.get_type_hints(f) else 0
----
# of a field of a dataclass, as its name, in repr
import dataclasses
seen = []
class Thing:
    __annotations__ = {"x or [seen.append(1) for _ in (1,)]": int}
    x = 0
def main():
    try: repr(dataclasses.dataclass(init=False)(Thing)())
    except TypeError: pass
    return "run" if seen else 0
----
# of a field of a dataclass, as its name, in the comparison
import dataclasses
seen = []
class Thing:
    __annotations__ = {"x.append(1) or other.x": int}
    x = seen
def main():
    try: dataclasses.dataclass(init=False, repr=False)(Thing)() == Thing()
    except TypeError: pass
    return "run" if seen else 0
"""
)


@pytest.mark.parametrize("program", [each[1] for each in TEXTS], ids=[each[0] for each in TEXTS])
def test_text_is_not_run(program: str) -> None:
    """Whoever asks for what it means."""
    assert [] == [each for each in results(program) if each == RUN]


def test_a_text_that_is_code_is_told_so() -> None:
    """What was wrong, why, what to do instead."""
    (told,) = results(
        "import typing\ndef f(x: 'list(int)'): pass\ndef main(): typing.get_type_hints(f)"
    )
    assert told == (
        "main: TypeError: the annotation 'list(int)' cannot be evaluated, because code in a text "
        "gets no scheduling points; name the type, and write nothing in it that is called."
    )


def test_texts_that_name_types_mean_what_they_mean() -> None:
    """Names of the module, of inner scopes and of builtins, attributes, items, unions, literals."""
    text = """
from __future__ import annotations
import dataclasses, functools, queue, threading, typing
@dataclasses.dataclass
class Thing:
    made: typing.ClassVar[int] = 3
    x: int
    more: list[Thing] | None = None
    lock: typing.Optional["threading.Lock"] = None
    start: dataclasses.InitVar[int] = 0
class Pair(typing.NamedTuple):
    left: "queue.Queue[int]"
    right: typing.Literal[-1, "a"]
class Noted(typing.TypedDict):
    a: typing.Annotated[int, "x"]
@functools.singledispatch
def kind(x): return "any"
@kind.register
def _(x: int): return "int"
@kind.register
def _(x: list | tuple): return "many"
def main():
    hints = typing.get_type_hints(Thing)
    assert hints["x"] is int
    assert hints["more"] == (list[Thing] | None)
    assert hints["lock"] == typing.Optional[threading.Lock]
    assert hints["made"] == typing.ClassVar[int]
    assert [each.name for each in dataclasses.fields(Thing)] == ["x", "more", "lock"]
    assert typing.get_type_hints(Pair)["left"] == queue.Queue[int]
    assert typing.get_type_hints(Pair)["right"] == typing.Literal[-1, "a"]
    assert typing.get_type_hints(Noted, include_extras=True)["a"] == typing.Annotated[int, "x"]
    return [kind("x"), kind(1), kind([]), kind(())]
"""
    assert [["any", "int", "many", "many"]] == results(text)
