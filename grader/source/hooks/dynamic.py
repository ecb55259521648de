"""`getattr` and its like."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from grader.engine import runtime
from grader.engine.containers import remember_namespace
from grader.source.hooks import guard
from grader.source.hooks.attributes import delete_attribute, get_attribute, set_attribute


def checked_name(name: Any) -> Any:
    """The name as a plain text, if it may be used: the rules are those of the source."""
    name = guard.plain_name(name)
    if type(name) is str:
        guard.check_name(name)
    return name


def dynamic_get(obj: Any, name: Any, *default: Any) -> Any:
    """`getattr`, with the same rules as an attribute in the source."""
    name = guard.plain_name(name)
    if type(name) is not str:
        return getattr(obj, name, *default)  # for its errors
    try:
        guard.check_name(name)
    except AttributeError:
        if default:
            return default[0]
        raise
    if not default:
        return get_attribute(obj, name)
    if isinstance(obj, ModuleType) and name not in vars(obj):
        # A stand-in module does not refuse to answer whether it has something.
        if_there = getattr(vars(obj).get("__getattr__"), "if_there", None)
        if if_there is not None:
            return if_there(name, default[0])
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
    name = checked_name(name)
    if type(name) is not str:
        setattr(obj, name, value)  # for its errors
    set_attribute(value, obj, name)


def dynamic_delete(obj: Any, name: str) -> None:
    """`delattr`."""
    name = checked_name(name)
    if type(name) is not str:
        delattr(obj, name)  # for its errors
    delete_attribute(obj, name)


def dynamic_vars(*obj: Any) -> Any:
    """`vars`: the attributes of an object as a dict, whose items are those attributes."""
    if not obj:
        return sys._getframe(1).f_locals
    found = vars(*obj)
    if runtime.current().state.get("guarded"):
        found = guard.namespace_to_show(obj[0], found)
    if type(found) is dict and len(obj) == 1:
        remember_namespace(found, obj[0])
    return found


def dynamic_dir(*obj: Any) -> list[str]:
    """`dir`, without what nobody may use."""
    if not obj:
        return sorted(sys._getframe(1).f_locals)
    return [name for name in dir(*obj) if not guard.is_hidden(name)]
