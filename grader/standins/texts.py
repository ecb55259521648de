"""The stand-in of what `string` offers for formats: a field names attributes at run time."""

from __future__ import annotations

import string as _real
from _string import (  # type: ignore[import-not-found]  # typeshed does not know it
    formatter_field_name_split,
)
from collections.abc import Mapping, Sequence
from typing import Any

from grader.standins.students import builtin


class Formatter(_real.Formatter):
    """As in CPython; attributes are looked up as by the student's own `getattr`."""

    def get_field(
        self, field_name: str, args: Sequence[Any], kwargs: Mapping[str, Any]
    ) -> tuple[Any, Any]:
        """As in CPython."""
        first, rest = formatter_field_name_split(field_name)
        found = self.get_value(first, args, kwargs)
        for is_attribute, key in rest:
            found = builtin("getattr")(found, key) if is_attribute else found[key]
        return found, first


Formatter.__module__ = "string"
