"""Values that leave a controlled run: plain, exactly typed, bounded.

What student code returns may lie (`__eq__`, `__repr__`, subclasses of int), so nothing of it is
called here: a value of another type is replaced by a note of its type's name.
"""

from __future__ import annotations

import json
import math
from typing import Any, TypeAlias

Plain: TypeAlias = "bool | int | float | str | list[Plain] | dict[str, Plain] | None"

MAX_ITEMS = 2_000
MAX_TEXT = 10_000
MAX_DEPTH = 12


def observe(value: Any, depth: int = 0) -> Plain:
    """`value` as JSON can hold it. Lists and tuples become lists, dicts with plain keys become
    dicts with text keys, sets become sorted lists, exceptions become `{"raised": type}`.
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
        return {"raised": kind.__name__[:100]}
    return {"not-plain": str(kind.__name__)[:100]}


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def canonical(value: Plain) -> str:
    """One text per value: the same for equal values, different for different ones."""
    return _ENCODER.encode(value)
