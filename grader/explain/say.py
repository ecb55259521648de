"""Sentences that can be told in another language.

The rules say what they have found in English, with `say`. The text that this gives is English text
like any other, and remembers what it was made from.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from typing import Any, Final

from grader.explain.korean import KOREAN, with_particle
from grader.explain.korean_students import STUDENTS

LANGUAGES: Final = ("en", "ko")
VARIABLE: Final = "RACECOURSE_LANG"
"""The environment variable that picks one."""
_LANGUAGES: Final = {"ko": {**STUDENTS, **KOREAN}}


class Said(str):
    """A sentence in English that knows its template and what was filled in."""

    __slots__ = ("template", "values")
    template: str
    values: dict[str, object]


def say(template: str, /, **values: object) -> str:
    """The sentence, a `Said`. A value that was itself said is translated with it."""
    said = Said(template.format_map(values))
    said.template = template
    said.values = values
    return said


def listed(names: list[str]) -> str:
    """`a, b and c`; empty where there is nobody."""
    if len(names) < 2:
        return "".join(names)
    return say("{others} and {last}", others=", ".join(names[:-1]), last=names[-1])


def told(text: str, language: str) -> str:
    """The text in this language ("en" or "ko"), where it was said and is known there."""
    known = _LANGUAGES.get(language)
    if known is None or not isinstance(text, Said):
        return text
    template = known.get(text.template, text.template)
    return _Filled(language).vformat(template, (), text.values)


class _Filled(string.Formatter):
    """Fills a template; `{name:이}` is the name with the particle that it needs."""

    def __init__(self, language: str) -> None:
        self._language = language

    def get_value(self, key: int | str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        """What was filled in, in the same language."""
        value = kwargs[str(key)]
        return told(value, self._language) if isinstance(value, str) else value

    def format_field(self, value: Any, format_spec: str) -> str:
        """With its particle, where it has one."""
        if format_spec and not format_spec.isascii():
            return with_particle(str(value), format_spec)
        return format(value, format_spec)
