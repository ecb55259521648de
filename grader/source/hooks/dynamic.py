"""`getattr` and its like."""

from __future__ import annotations

from typing import Any

from grader.source.hooks.attributes import get_attribute, set_attribute
from grader.source.policy import forbidden_attribute


def dynamic_get(obj: Any, name: Any, *default: Any) -> Any:
    """`getattr`, with the same rules as an attribute in the source."""
    why = forbidden_attribute(name) if isinstance(name, str) else None
    if why is not None:
        raise AttributeError(why)
    if not default:
        return get_attribute(obj, name)
    try:
        return get_attribute(obj, name)
    except AttributeError:
        return default[0]


def dynamic_has(obj: Any, name: str) -> bool:
    """`hasattr`."""
    missing = object()
    return dynamic_get(obj, name, missing) is not missing


def dynamic_set(obj: Any, name: str, value: Any) -> None:
    """`setattr`."""
    set_attribute(value, obj, name)
