"""Values that leave a controlled run: plain, exactly typed, bounded.

What student code returns may lie (`__eq__`, `__repr__`, subclasses of int), so nothing of it is
called here: a number or text of a subclass counts as what it is for the base class, and a value of
another type is replaced by a note of its type's name.
"""

from __future__ import annotations

import builtins
import json
import math
from collections.abc import Callable
from typing import Any, Final, TypeAlias

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"

MAX_ITEMS = 2_000
MAX_TEXT = 10_000
MAX_DEPTH = 12


# What a subclass of these stands for, by the base's own methods: money that is an int, a name that
# is a str. Its class says nothing about whether the value is right.
_PLAIN_PARTS: Final[tuple[tuple[type, Callable[[Any], Any]], ...]] = (
    (int, lambda value: int.__add__(value, 0)),
    (float, lambda value: float.__add__(value, 0.0)),
    (str, lambda value: str.__str__(str.__getitem__(value, slice(None)))),
)


def observe(value: Any, depth: int = 0) -> Plain:
    """`value` as JSON can hold it. Lists and tuples become lists, dicts with plain keys become
    dicts with text keys, sets become sorted lists, exceptions become `{"raised": contracted}`.
    """
    kind = type(value)
    if value is None or kind is bool:
        return value  # type: ignore[no-any-return]  # narrowed by type(), which mypy cannot see
    if kind is int:
        return value if -(2**63) <= value < 2**63 else {"int": hex(value)[:100]}
    if kind is float:
        return value if math.isfinite(value) else {"float": repr(value)}
    if kind is str:
        return str(value[:MAX_TEXT])
    if kind is bytes:
        return {"bytes": value[:MAX_TEXT].hex()}
    for base, part in _PLAIN_PARTS:
        if issubclass(kind, base):
            return observe(part(value), depth)
    if depth >= MAX_DEPTH:
        return {"not-plain": "nested too deeply"}
    if kind in (list, tuple):
        return [observe(item, depth + 1) for item in value[:MAX_ITEMS]]
    if kind in (set, frozenset):
        return sorted((observe(item, depth + 1) for item in value), key=canonical)[:MAX_ITEMS]
    if kind is dict:
        plain: dict[str, Plain] = {}
        for key, item in list(value.items())[:MAX_ITEMS]:
            text = key if type(key) is str else canonical(observe(key, depth + 1))
            plain[text] = observe(item, depth + 1)
        return plain
    if isinstance(value, BaseException):
        return {"raised": contracted(value)}
    return {"not-plain": str(kind.__name__)[:100]}


def contracted(error: BaseException) -> str:
    """The name by which a contract knows an exception: that of the first of its classes that Python
    itself has, so that one of the student's own which is a ValueError counts as that. An exception
    that is nothing more than an Exception goes by its own name.
    """
    for base in type(error).__mro__:
        if base in _BUILTIN_ERRORS:
            return base.__name__
    return type(error).__name__[:100]


_BUILTIN_ERRORS: Final = frozenset(
    error for error in vars(builtins).values()
    if isinstance(error, type) and issubclass(error, BaseException)
) - {Exception, BaseException, BaseExceptionGroup, ExceptionGroup}  # fmt: skip
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def canonical(value: Plain) -> str:
    """One text per value: the same for equal values, different for different ones."""
    return _ENCODER.encode(value)
