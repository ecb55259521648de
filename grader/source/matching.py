"""What patterns of `match` look at, one step after the other and in Python's own order.

CPython reads all attributes of a class pattern in one instruction: nothing could come between two
of them. So rewritten code matches a `Subject`, which stands for the value, against mapping patterns
of one key: the key says what the pattern of the source looks at, and what it finds is matched by
the patterns that were inside. All else (alternatives, captures, guards) is left to Python.

What is said here is how CPython matches (PEP 634, and what `MATCH_CLASS`, `MATCH_KEYS` and the
compiler do where that is silent). `hooks.patterns` adds the announcements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, Self

from grader.source import names

MISSING: Final = object()  # what a key finds that does not match

UNSEEN: Final = "."  # how a pattern that is inside wants its value: not at all
VALUE: Final = "v"  # as it is
SUBJECT: Final = "s"  # as a `Subject`

# Bits of `type.__flags__`.
_IMMUTABLE: Final = 1 << 8  # of `type.__flags__`: not made by a class statement
_MATCHES_ITSELF: Final = 1 << 22  # `int(n)` binds the number itself


class Subject:
    """A value that is matched. For Python it is a mapping with whatever key a pattern asks for."""

    __slots__ = ("_find", "_value", "sized")

    def __init__(self, value: Any, find: Callable[[], Any] | None = None) -> None:
        """With `find` the value is what that returns, when a pattern first asks for it."""
        self._value = value
        self._find = find
        self.sized = False  # known to be a mapping that is long enough

    @property
    def value(self) -> Any:
        """What is matched."""
        if self._find is not None:
            self._value = self._find()
            self._find = None
        return self._value

    def get(self, key: Key, default: Any = None) -> Any:
        """What the pattern behind `key` finds, or `default` if the value does not match."""
        found = key.found(self)
        return default if found is MISSING else found

    def __len__(self) -> int:
        return 1  # as many as a pattern has keys

    # -- how the value is looked at

    def attribute(self, name: str) -> Any:
        """An attribute of the value."""
        return getattr(self.value, name)

    def item(self, index: int) -> Any:
        """An item of the value, which is a sequence."""
        return self.value[index]

    def equals(self, other: Any) -> Any:
        """The answer of `==`."""
        return self.value == other

    def reading(self) -> None:
        """The value, a container, is about to be read as a whole."""

    def reading_key(self, key: Any) -> None:
        """The value, a mapping, is about to be asked for one key."""

    def entry(self, get: Callable[..., Any], key: Any) -> Any:
        """What `get`, the method of the mapping, has for a key, or `MISSING`."""
        return get(key, MISSING)


Mapping.register(Subject)  # that is all by which patterns tell a mapping


class Key:
    """What a pattern looks at."""

    __slots__ = ()

    @property
    def v(self) -> Self:
        """The key itself: a key in a pattern has to be an attribute."""
        return self

    def found(self, subject: Subject) -> Any:
        """What it is, or `MISSING` if the pattern fails already."""
        raise NotImplementedError


class Itself(Key):
    """The value itself, for a pattern that has nothing to announce."""

    __slots__ = ()

    def found(self, subject: Subject) -> Any:
        """The value."""
        return subject.value


class Both(Key):
    """For `P as n`: the subject again, and the value to be bound."""

    __slots__ = ()

    def found(self, subject: Subject) -> Any:
        """Subject and value."""
        return subject, subject.value


class Equal(Key):
    """For a dotted name: the value is equal to what it stands for."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def found(self, subject: Subject) -> Any:
        """Nothing more to look at."""
        return () if subject.equals(self._value) else MISSING


class Instance(Key):
    """For a class pattern: attributes by position and by name, all of them before any is matched.

    `wanted` says how, with a letter for each.
    """

    __slots__ = ("_cls", "_keywords", "_positional", "_wanted")

    def __init__(self, cls: Any, positional: int, keywords: tuple[str, ...], wanted: str) -> None:
        self._cls = cls
        self._positional = positional
        self._keywords = keywords
        self._wanted = wanted

    def found(self, subject: Subject) -> Any:
        """The attributes."""
        cls, seen = self._cls, set[str]()
        match subject.value:
            case cls():
                pass
            case _:
                return MISSING
        values: list[Any] = []
        positional = self._by_position(cls)
        if positional is None:
            values.append(subject.value)
            positional = ()
        for name in (*positional, *self._keywords):
            if type(name) is not str:
                kind = _full_name(type(name))
                raise TypeError(f"__match_args__ elements must be strings (got {kind})")
            if name in seen:
                problem = f"got multiple sub-patterns for attribute {name!r}"
                raise TypeError(f"{_full_name(cls)}() {problem}")
            seen.add(name)
            try:
                values.append(subject.attribute(name))
            except AttributeError:
                return MISSING
        return _as_wanted(subject, values, self._wanted)

    def _by_position(self, cls: type) -> tuple[Any, ...] | None:
        """The attributes that are matched by position; None: the value itself is."""
        count = self._positional
        if not count:
            return ()
        itself = False
        try:
            by_position: Any = cls.__match_args__  # type: ignore[attr-defined]  # that is the question
        except AttributeError:
            by_position = ()
            itself = bool(cls.__flags__ & _MATCHES_ITSELF)
        if type(by_position) is not tuple:
            got = _full_name(type(by_position))
            raise TypeError(f"{_full_name(cls)}.__match_args__ must be a tuple (got {got})")
        allowed = 1 if itself else len(by_position)
        if allowed < count:
            accepts = f"{allowed} positional sub-pattern{'' if allowed == 1 else 's'}"
            raise TypeError(f"{_full_name(cls)}() accepts {accepts} ({count} given)")
        return None if itself else by_position[:count]


class Items(Key):
    """For a sequence pattern. `wanted` has a letter for each pattern in it; `star` is the position
    of the one with a star, or -1.
    """

    __slots__ = ("_star", "_wanted")

    def __init__(self, star: int, wanted: str) -> None:
        self._star = star
        self._wanted = wanted

    def found(self, subject: Subject) -> Any:
        """The items, those under the star as a list."""
        value, star, wanted = subject.value, self._star, self._wanted
        if not _is_sequence(value):
            return MISSING
        size = len(wanted)
        if wanted == UNSEEN and star == 0:
            return (None,)  # `[*_]`: any sequence
        subject.reading()
        if star < 0:
            if len(value) != size:
                return MISSING
        elif size > 1 and len(value) < size - 1:
            return MISSING
        if not wanted.strip(UNSEEN):
            return (None,) * size
        if star >= 0 and wanted[star] == UNSEEN:
            return self._one_by_one(subject)
        values = _unpacked(value, size) if star < 0 else _unpacked_star(value, star, size)
        return _as_wanted(subject, values, wanted)

    def _one_by_one(self, subject: Subject) -> tuple[Any, ...]:
        """Beside `*_` an item is read only when those before it have matched."""
        star, size = self._star, len(self._wanted)

        def later(position: int) -> Subject:
            def find() -> Any:
                if position < star:
                    return subject.item(position)
                return subject.item(len(subject.value) - (size - position))

            return type(subject)(None, find)

        return tuple(
            None if want == UNSEEN else later(position)
            for position, want in enumerate(self._wanted)
        )


class Size(Key):
    """For a mapping pattern whose keys are dotted names: those are looked up only if the value is a
    mapping, and long enough.
    """

    __slots__ = ("_count",)

    def __init__(self, count: int) -> None:
        self._count = count

    def found(self, subject: Subject) -> Any:
        """The subject again."""
        subject.reading()
        if not _is_mapping(subject.value, self._count):
            return MISSING
        again = type(subject)(subject.value)
        again.sized = True
        return again


class Entries(Key):
    """For a mapping pattern: the values of the keys, then what is left if the pattern has a `rest`.

    `wanted` has a letter for each key.
    """

    __slots__ = ("_keys", "_rest", "_wanted")

    def __init__(self, keys: tuple[Any, ...], wanted: str, rest: bool) -> None:
        self._keys = keys
        self._wanted = wanted
        self._rest = rest

    def found(self, subject: Subject) -> Any:
        """The values; what is left is found only when they have matched."""
        value, keys = subject.value, self._keys
        announced = False
        if not subject.sized:
            if len(keys) == 1:
                # Whether it is empty matters only as much as whether it has this key: one step.
                if _is_mapping(value, 0):
                    subject.reading_key(keys[0])
                    announced = True
            elif keys:
                subject.reading()
            if not _is_mapping(value, len(keys)):
                return MISSING
        values: list[Any] = []
        seen = set[Any]()
        get: Any = value.get if keys else None
        for key in keys:
            if key in seen:
                raise ValueError(f"mapping pattern checks duplicate key ({key!r})")
            seen.add(key)
            if not announced:
                subject.reading_key(key)
            found = subject.entry(get, key)
            if found is MISSING:
                return MISSING
            values.append(found)
        made = _as_wanted(subject, values, self._wanted)
        if not self._rest:
            return made

        def left() -> dict[Any, Any]:
            subject.reading()
            rest = {**value}
            for key in keys:
                del rest[key]
            return rest

        return (*made, type(subject)(None, left))


def _as_wanted(subject: Subject, values: list[Any], wanted: str) -> tuple[Any, ...]:
    made = type(subject)
    return tuple(
        made(value) if want == SUBJECT else value
        for value, want in zip(values, wanted, strict=True)
    )


def _is_sequence(value: Any) -> bool:
    match value:
        case [*_]:
            return True
    return False


def _is_mapping(value: Any, least: int) -> bool:
    match value:
        case {}:
            return not least or len(value) >= least
    return False


def _unpacked(value: Any, size: int) -> list[Any]:
    """The items of a sequence that says to have `size`, as Python unpacks them."""
    if type(value) in (list, tuple):
        return list(value)
    values: list[Any] = []
    for each in value:
        if len(values) == size:
            raise ValueError(f"too many values to unpack (expected {size})")
        values.append(each)
    if len(values) < size:
        raise ValueError(f"not enough values to unpack (expected {size}, got {len(values)})")
    return values


def _unpacked_star(value: Any, star: int, size: int) -> list[Any]:
    """Likewise of at least as many, but for the one at `star`, which gets a list of the others."""
    [*values] = value
    if len(values) < size - 1:
        expected = f"expected at least {size - 1}, got {len(values)}"
        raise ValueError(f"not enough values to unpack ({expected})")
    end = len(values) - (size - 1 - star)
    return [*values[:star], values[star:end], *values[end:]]


def _full_name(cls: type) -> str:
    """The name that error messages of the interpreter give a class."""
    if not cls.__flags__ & _IMMUTABLE or cls.__module__ == "builtins":
        return cls.__name__
    return f"{cls.__module__}.{cls.__name__}"


# The hooks that make keys. They announce nothing themselves: the subject does.
KEYS: Final[dict[str, type[Key]]] = {
    names.ITSELF: Itself, names.BOTH: Both, names.EQUAL: Equal, names.INSTANCE: Instance,
    names.ITEMS: Items, names.SIZE: Size, names.ENTRIES: Entries,
}  # fmt: skip
