"""Values that leave a controlled run: plain, exactly typed, bounded.

What student code returns may lie (`__eq__`, `__repr__`, subclasses of int), so nothing of it is
called here: a number or text of a subclass counts as what it is for the base class, and a value of
another type is replaced by a note of its type's name. A note is a dict with one key; a dict of the
student's that looks like one is wrapped, so that nothing can be passed off as what it is not.
"""

from __future__ import annotations

import builtins
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import msgspec

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"

MAX_ITEMS = 2_000
MAX_TEXT = 10_000
MAX_DEPTH = 12
MAX_ROOM = 30_000  # items and characters of one value together: lists of lists multiply

_NOTES: Final = frozenset(
    {"bytes", "dict", "exception", "float", "int", "not-plain", "raised", "str", "too-much"}
)

# What a subclass of these stands for, by the base's own methods: money that is an int, a name that
# is a str. Its class says nothing about whether the value is right.
_PLAIN_PARTS: Final[tuple[tuple[type, Callable[[Any], Any]], ...]] = (
    (int, lambda value: int.__add__(value, 0)),
    (float, lambda value: float.__add__(value, 0.0)),
    (str, lambda value: str.__str__(str.__getitem__(value, slice(None)))),
)

# `cls.__name__` may be a property of a metaclass, and `error.args` one of the class.
_NAME: Final = type.__dict__["__name__"].__get__
_MRO: Final = type.__dict__["__mro__"].__get__
_ARGS: Final = BaseException.__dict__["args"].__get__


@dataclass(frozen=True, slots=True)
class Raised:
    """Stands for a result where a call has raised: the exception's name (see `contracted`). No
    value of the student's is observed as one.
    """

    name: str


class _TooMuch(Exception):
    """The value is larger than anything that a check could ask for."""


class _Room:
    """How much more of a value may be looked at. `ours`: dicts may be notes already."""

    __slots__ = ("left", "ours")

    def __init__(self, ours: bool) -> None:
        self.left = MAX_ROOM
        self.ours = ours

    def take(self, amount: int) -> None:
        self.left -= amount
        if self.left < 0:
            raise _TooMuch


def observe(value: Any, *, ours: bool = False) -> Plain:
    """`value` as JSON can hold it. Lists and tuples become lists, dicts with plain keys become
    dicts with text keys, sets become sorted lists, a `Raised` becomes `{"raised": name}`, and an
    exception that is a value `{"exception": contracted}`.

    `ours`: a check has written the value, with notes where it expects them.
    """
    try:
        return _plain(value, 0, _Room(ours))
    except _TooMuch:
        return {"too-much": "far too large"}


def _plain(value: Any, depth: int, room: _Room) -> Plain:
    kind = type(value)
    if value is None or kind is bool:
        return value  # type: ignore[no-any-return]  # narrowed by type(), which mypy cannot see
    room.take(1)
    if kind is int:
        return value if -(2**63) <= value < 2**63 else {"int": _in_hex(value)}
    if kind is float:
        return value if math.isfinite(value) else {"float": repr(value)}
    if kind is str:
        return _text(value[:MAX_TEXT], room)
    if kind is bytes:
        return {"bytes": value[:MAX_TEXT].hex()}
    if kind is Raised:
        return {"raised": value.name}
    for base, part in _PLAIN_PARTS:
        if issubclass(kind, base):
            return _plain(part(value), depth, room)
    if depth >= MAX_DEPTH:
        return {"too-much": "nested too deeply"}
    # `is` and not `in`, which would ask a metaclass whether its class equals `list`.
    if kind is list or kind is tuple:
        return [_plain(item, depth + 1, room) for item in value[:MAX_ITEMS]]
    if kind is set or kind is frozenset:
        return sorted((_plain(item, depth + 1, room) for item in value), key=canonical)[:MAX_ITEMS]
    if kind is dict:
        plain: dict[str, Plain] = {}
        for key, item in list(value.items())[:MAX_ITEMS]:
            seen = _plain(key, depth + 1, room)
            text = seen if type(seen) is str else canonical(seen)
            plain[text] = _plain(item, depth + 1, room)
        looks_like_one = len(plain) == 1 and not _NOTES.isdisjoint(plain)
        return {"dict": plain} if looks_like_one and not room.ours else plain
    if issubclass(kind, BaseException):
        return {"exception": contracted(value)}
    return {"not-plain": printable(_NAME(kind))[:100]}


def _in_hex(value: int) -> str:
    digits = hex(value)
    return digits if len(digits) <= 100 else f"{digits[:100]} and more: {value.bit_length()} bits"


def _text(text: str, room: _Room) -> Plain:
    room.take(len(text))
    return text if text.isascii() or _encodable(text) else {"str": printable(text)}


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def printable(text: str) -> str:
    """`text` with escapes for halves of characters (lone surrogates), which no reply can hold."""
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()


def class_name(cls: type) -> str:
    """The name of a class of the student's, by no code of the student's."""
    return printable(_NAME(cls))


def arguments(error: BaseException) -> tuple[Any, ...]:
    """`error.args`, by no code of the student's."""
    args: tuple[Any, ...] = _ARGS(error)
    return args


def is_a(error: BaseException, cls: object) -> bool:
    """Whether `error` is of the class `cls`, by no code of the student's: `isinstance` would ask a
    metaclass.
    """
    return any(base is cls for base in _MRO(type(error)))


def contracted(error: BaseException) -> str:
    """The name by which a contract knows an exception: that of the first of its classes that Python
    itself has, so that one of the student's own which is a ValueError counts as that. An exception
    that is nothing more than an Exception goes by its own name, even where Python has another one
    of that name.
    """
    for base in _MRO(type(error)):
        if id(base) in _BUILTIN_ERRORS:  # `in` would ask the metaclass, which may lie
            return _BUILTIN_ERRORS[id(base)]
    name = class_name(type(error))[:100]
    return f"{name} of its own" if name in _BUILTIN_NAMES else name


_BUILTIN_ERRORS: Final = {
    id(error): name for name, error in vars(builtins).items()
    if isinstance(error, type) and issubclass(error, BaseException)
    and error not in (Exception, BaseException, BaseExceptionGroup, ExceptionGroup)
    and error.__name__ == name
}  # fmt: skip
_BUILTIN_NAMES: Final = frozenset(_BUILTIN_ERRORS.values())
# Written in C: a student's code shares the module `json` with us, and could change it.
_ENCODER: Final = msgspec.json.Encoder(order="sorted")


def canonical(value: Plain) -> str:
    """One text per value: the same for equal values, different for different ones."""
    return _ENCODER.encode(value).decode()
