"""Modules whose functions, written in C, read or change a student's containers: `heapq`, `bisect`,
`itertools`, `operator`, `math`, `json`, `dataclasses`, `collections`.

The functions are CPython's. Those that take a container announce first what they are about to do
with it: a whole read, a whole write, or, where they only take one value after another, a read at
each step. The classes of `collections` are CPython's, too: the hooks know the methods of those that
are written in C, and the explorer's library has the others.
"""

from __future__ import annotations

import bisect as _bisect
import collections as _collections
import dataclasses as _dataclasses
import functools as _functools
import heapq as _heapq
import itertools as _itertools
import json as _json
import math as _math
import operator as _operator
import weakref
from collections.abc import Callable, Mapping
from types import FunctionType, ModuleType
from typing import Any, Final

from grader.engine import runtime
from grader.engine.containers import (
    is_container,
    iterate,
    owners_of,
    place_of,
    reading,
    reading_all,
    writing,
)
from grader.engine.operation import READ, WRITE
from grader.standins.students import builtin

Names = dict[str, Any]


def of(module: ModuleType) -> Names:
    """The public names of a real module, but for the modules that it imports itself."""
    return {
        name: value
        for name, value in vars(module).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }


_REAL: Final[weakref.WeakKeyDictionary[Any, Any]] = weakref.WeakKeyDictionary()


def real_of(function: Any) -> Any:
    """What a function of a stand-in calls in the end: it is not shown as its `__wrapped__`, which
    would be a way around what the stand-in announces.
    """
    if isinstance(function, FunctionType):
        return _REAL.get(function, function)
    return function._function if isinstance(function, Lazy) else function


def _like(function: Callable[..., Any], call: Any) -> Any:
    """`call` with the name of `function`."""
    _functools.update_wrapper(call, function)
    del call.__wrapped__
    _REAL[call] = function
    return call


def announced(function: Callable[..., Any], effect: Callable[[Any], Any], *at: int) -> Any:
    """`function` with `effect` (`reading`, say) on its arguments at these positions first."""

    def call(*args: Any, **kwargs: Any) -> Any:
        return function(
            *[effect(arg) if index in at else arg for index, arg in enumerate(args)], **kwargs
        )

    return _like(function, call)


def changing(function: Callable[..., Any]) -> Any:
    """`function` that changes its first argument, as one operation; where it calls a student's
    `__lt__`, which lets others run, the end of the change is visible, too.
    """

    def call(*args: Any, **kwargs: Any) -> Any:
        execution = runtime.current()
        if args:
            writing(args[0], function.__name__)
        moves = len(execution.log)
        try:
            return function(*args, **kwargs)
        finally:
            if len(execution.log) != moves and args and not execution.over:
                writing(args[0], function.__name__)

    return _like(function, call)


class Lazy:
    """A callable that takes values one by one from the containers given to it."""

    __slots__ = ("_function",)

    def __init__(self, function: Any) -> None:
        self._function = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """As what it stands for, of iterators whose steps are visible."""
        taken = {name: iterate(value) for name, value in kwargs.items()}
        return self._function(*map(iterate, args), **taken)

    def __getattr__(self, name: str) -> Any:
        return builtin("getattr")(self._function, name)

    def __instancecheck__(self, instance: Any) -> bool:
        return isinstance(instance, self._function)

    def __getitem__(self, of: Any) -> Any:
        return self._function[of]

    def __repr__(self) -> str:
        return repr(self._function)


class _Chain(Lazy):
    __slots__ = ()

    def from_iterable(self, iterables: Any) -> Any:
        """As in CPython."""
        return _itertools.chain.from_iterable(map(iterate, iterate(iterables)))


def heapq() -> Names:
    """Pushing and popping change the heap, the rest reads."""
    names = of(_heapq)
    for name, value in names.items():
        if name in ("nlargest", "nsmallest"):
            names[name] = announced(value, reading, 1)
        elif name == "merge":
            names[name] = Lazy(value)
        elif name.startswith("heap"):
            names[name] = changing(value)
    return names


def bisect() -> Names:
    """Searching reads the whole list, inserting changes it."""
    names = of(_bisect)
    for name, value in names.items():
        names[name] = changing(value) if "insort" in name else announced(value, reading, 0)
    return names


def itertools() -> Names:
    """What iterates over a container reads it at each step."""
    names = of(_itertools)
    for name, value in names.items():
        if name not in ("count", "repeat"):
            names[name] = _Chain(value) if name == "chain" else Lazy(value)
    return names


def math() -> Names:
    """Sums and products take their values at once."""
    names = of(_math)
    for name in {"fsum", "prod", "sumprod", "dist"} & names.keys():
        names[name] = announced(names[name], reading, 0, 1)
    return names


def json() -> Names:
    """The encoder, written in C, reads all that is nested at once."""
    names = of(_json)
    for name in ("dumps", "dump"):
        names[name] = announced(names[name], reading_all, 0)
    return names


def dataclasses() -> Names:
    """`asdict`, `astuple` and `replace` read the object and what is in it."""
    names = of(_dataclasses)

    def fields_of(obj: Any) -> Any:
        reading(obj)
        if isinstance(getattr(obj, "__dict__", None), Mapping):
            reading_all(list(vars(obj).values()))
        return obj

    for name in ("asdict", "astuple"):
        names[name] = announced(names[name], fields_of, 0)
    names["replace"] = announced(names["replace"], reading, 0)
    return names


def collections() -> Names:
    """CPython's classes: the hooks announce their methods."""
    return {**of(_collections), "abc": _collections.abc}


def collections_abc() -> Names:
    """CPython's."""
    return of(_collections.abc)


# -- operator --------------------------------------------------------------------------------


def _item(function: Callable[..., Any], mode: int) -> Any:
    """`getitem` and its like: an access to one item."""
    method = f"__{function.__name__}__"

    def call(obj: Any, key: Any, /, *value: Any) -> Any:
        execution = runtime.current()
        if not execution.solo and is_container(obj, method):
            creates = mode == READ and isinstance(obj, _collections.defaultdict)
            also = owners_of(value) if type(key) is slice else ()
            execution.perform(
                "write" if mode else "read", *place_of(obj, key), WRITE if creates else mode,
                also=also,
            )  # fmt: skip
        return function(obj, key, *value)

    return _like(function, call)


def _item_getter(*items: Any) -> Any:
    _operator.itemgetter(*items)  # for its errors
    get = _item(_operator.getitem, READ)

    def call(obj: Any, /) -> Any:
        return get(obj, items[0]) if len(items) == 1 else tuple(get(obj, one) for one in items)

    return call


def _attribute_getter(*names: str) -> Any:
    _operator.attrgetter(*names)  # for its errors

    def get(obj: Any, path: str) -> Any:
        for name in str.split(path, "."):
            obj = builtin("getattr")(obj, name)
        return obj

    def call(obj: Any, /) -> Any:
        return get(obj, names[0]) if len(names) == 1 else tuple(get(obj, one) for one in names)

    return call


def _method_caller(name: str, /, *args: Any, **kwargs: Any) -> Any:
    _operator.methodcaller(name, *args, **kwargs)  # for its errors

    def call(obj: Any, /) -> Any:
        for each in (*args, *kwargs.values()):
            reading(each)
        return builtin("getattr")(obj, name)(*args, **kwargs)

    return call


def operator() -> Names:
    """Operators on containers; getters read what they get."""
    names = of(_operator)
    for name, value in names.items():
        if name in ("getitem", "delitem", "setitem"):
            names[name] = _item(value, READ if name == "getitem" else WRITE)
        elif name in ("contains", "countOf", "indexOf", "length_hint", "truth", "not_"):
            names[name] = announced(value, reading, 0)
        elif name in ("eq", "ne", "mod"):
            names[name] = announced(value, reading_all, 0, 1)
        elif name in ("lt", "le", "gt", "ge", "add", "concat", "mul", "and_", "or_",
                      "sub", "xor"):  # fmt: skip
            names[name] = announced(value, reading, 0, 1)
        elif name in ("iadd", "iconcat", "imul", "iand", "ior", "isub", "ixor"):
            names[name] = announced(changing(value), reading, 1)
    names["itemgetter"] = _item_getter
    names["attrgetter"] = _attribute_getter
    names["methodcaller"] = _method_caller
    return names


MODULES: dict[str, Callable[[], Names]] = {
    "bisect": bisect,
    "collections": collections,
    "collections.abc": collections_abc,
    "dataclasses": dataclasses,
    "heapq": heapq,
    "itertools": itertools,
    "json": json,
    "math": math,
    "operator": operator,
}
