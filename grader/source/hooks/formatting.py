"""`str.format`, whose fields may name attributes: they have the rules of the source."""

from __future__ import annotations

import string
from _string import (  # type: ignore[import-not-found]  # typeshed does not know it
    formatter_field_name_split,
)
from collections.abc import Callable
from typing import Any

from grader.source.hooks.guard import check_field, plain_name


class Formatting:
    """`text.format` or `str.format`: the attributes that its fields name are checked first."""

    __slots__ = ("_name", "function")

    def __init__(self, function: Callable[..., Any], name: str) -> None:
        self.function = function
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """As in CPython."""
        bound: object = getattr(self.function, "__self__", None)
        text = plain_name(args[0] if bound is None and args else bound)
        if type(text) is str:
            check_text(text)
        return self.function(*args, **kwargs)

    @property
    def __name__(self) -> str:
        return self._name

    @property
    def __self__(self) -> Any:
        return self.function.__self__  # type: ignore[attr-defined]  # or AttributeError, as CPython's

    def __get__(self, obj: Any, cls: type | None = None) -> Any:
        return self if obj is None else Formatting(self.function.__get__(obj), self._name)


def check_text(text: str, depth: int = 2) -> None:
    """Raises AttributeError if a field of the text names an attribute that must not be used."""
    try:
        fields = list(string.Formatter().parse(text))
    except ValueError:
        return  # CPython will say so
    for _, field, spec, _ in fields:
        if field is not None:
            for is_attribute, name in formatter_field_name_split(field)[1]:
                if is_attribute:
                    check_field(name)
        if spec and depth:
            check_text(spec, depth - 1)
