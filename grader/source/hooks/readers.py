"""What C code reads of the objects that are given to it: `"{0.n}".format(x)`, `", ".join(x)`,
`int.from_bytes(x)`, `sum(x)`.
"""

from __future__ import annotations

import string
from _string import (  # type: ignore[import-not-found]  # typeshed does not know it
    formatter_field_name_split,
)
from array import array
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterator
from types import BuiltinFunctionType, FunctionType, MethodDescriptorType
from typing import Any, Final

from grader.engine import runtime
from grader.engine.attributes import footprints_of_read
from grader.engine.containers import (
    Iteration,
    is_container,
    nested,
    owner_of,
    place_of,
    read_at_once,
    reading,
)
from grader.engine.operation import READ, Footprint
from grader.engine.wrappers import PROXIES, behind
from grader.source.hooks.attributes import get_attribute
from grader.source.hooks.formatting import Formatting
from grader.source.hooks.identities import hash_by_identity

_WRITTEN_IN_C: Final = (BuiltinFunctionType, MethodDescriptorType)

_MADE_IN_C: Final = frozenset({OrderedDict, array, defaultdict, deque})

# The methods of the values that a function calls, between taking one and taking the next.
_CALLED: Final = {
    "sum": ("__add__", "__radd__"), "any": ("__bool__", "__len__"), "all": ("__bool__", "__len__"),
    "min": ("__lt__", "__gt__"), "max": ("__lt__", "__gt__"),
    "set": ("__hash__", "__eq__"), "frozenset": ("__hash__", "__eq__"),
}  # fmt: skip


def reader(obj: Any, name: str) -> Any:
    """`obj.name`, which is called next. If it is written in C, it reads at once all that it is
    given.
    """
    method = get_attribute(obj, name)
    if isinstance(method, (*_WRITTEN_IN_C, Formatting)) or name == "_make":  # of a named tuple
        return _Reader(method, name)
    return maker(method)


def maker(function: Any) -> Any:
    """`function`, which is called next. If it makes a container, it reads at once all that it is
    given.
    """
    makes = isinstance(function, type) and function in _MADE_IN_C
    return _Reader(function, "") if makes else function


class _Reader:
    """A method written in C that reads its arguments."""

    __slots__ = ("_method", "_name")

    def __init__(self, method: Any, name: str) -> None:
        self._method = method
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """One operation."""
        execution = runtime.current()
        if not execution.solo or execution.recorder is not None:
            if self._name == "format":
                places = self._formatted(args, kwargs)
            else:
                found = nested((*args, *kwargs.values()))
                places = tuple((each, None, READ) for each in found)
            read_at_once(places)
        return self._method(*args, **kwargs)

    def _formatted(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Footprint, ...]:
        text: Any = self._method.__self__ if hasattr(self._method, "__self__") else None
        if text is None and args:
            text, *rest = args  # str.format(text, ...)
            args = tuple(rest)
        if not isinstance(text, str):
            return ()
        return tuple(_Format(args, kwargs).places(text))


class _Format:
    """The fields of a format string, and what they read. Calls no code of the student's: a
    property, say, is announced by its own code, when the text is really made.
    """

    def __init__(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self._args = args
        self._kwargs = kwargs
        self._automatic = 0

    def places(self, text: str) -> Iterator[Footprint]:
        """All that is read. Where the text is wrong, CPython will say so."""
        try:
            fields = list(string.Formatter().parse(text))
        except ValueError:
            return
        for _, field, spec, _ in fields:
            if field is not None:
                try:
                    first, rest = formatter_field_name_split(field)
                    if first == "":
                        first = self._automatic
                        self._automatic += 1
                    value = self._args[first] if isinstance(first, int) else self._kwargs[first]
                    yield from _on_the_way(value, list(rest))
                except (LookupError, ValueError, AttributeError):
                    continue
            if spec:
                yield from self.places(spec)


def _on_the_way(value: Any, path: list[tuple[bool, Any]]) -> Iterator[Footprint]:
    """What is read from `value` along attributes (True) and items (False), and at the end."""
    for is_attribute, key in path:
        if type(value) in PROXIES:
            value = behind(value)
        if is_attribute:
            places = footprints_of_read(runtime.current(), value, key)
            yield from places
            if not places:
                return
            value = object.__getattribute__(value, key)
        else:
            if not is_container(value, "__getitem__"):
                return
            yield (*place_of(value, key), READ)
            if key not in value and isinstance(value, dict):
                return  # what a __missing__ does, it says itself
            value = value[key]
    for each in nested(value):
        yield (each, None, READ)


def folding(obj: Any, name: str) -> Any:
    """What `name` (`sum`, say) gets for `obj`: its values are taken at once; but one after the
    other if code of the student's is called for each.
    """
    owner = owner_of(obj)
    execution = runtime.current()
    seen = not execution.solo or execution.recorder is not None
    if seen and owner is not None and any(_calls(cls, _CALLED[name]) for cls in _types_in(obj)):
        return Iteration(iter(obj), owner)
    return reading(obj)


def _types_in(obj: Any) -> set[type]:
    return set(map(type, obj))


def _calls(cls: type, methods: tuple[str, ...]) -> bool:
    for method in methods:
        found = getattr(cls, method, None)
        if type(found) is FunctionType and found is not hash_by_identity:
            return True
    return False
