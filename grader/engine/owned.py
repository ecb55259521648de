"""What an object tells about its name and its place, without calling any code of the student's."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Mapping
from types import GetSetDescriptorType, MemberDescriptorType
from typing import Any, Final

_OWN_NAMES: Final = ("name", "_name")
_LONGEST: Final = 24  # characters of an object's own name
_CONTAINERS: Final = (list, dict, set, bytearray, deque, OrderedDict)


def has_place(thing: object) -> bool:
    """Whether the thing is called by the way to it. A node of a linked list is no
    `head.next.next.next`: only what is used in place (locks, containers) is called so, an object
    of the student's own class by its class.
    """
    return hasattr(type(thing), "_controlled_") or isinstance(thing, _CONTAINERS)


def core_of(thing: object) -> object:
    """What a stand-in that is only a handle (one process's end of a queue, say) stands for: the
    object that operations touch; None for other things.
    """
    if not hasattr(type(thing), "_controlled_") or isinstance(thing, type):
        return None
    return getattr(thing, "_core_", None)


def own_name(thing: object) -> str | None:
    """An object's own `name`, where it is plainly stored and a short text. Calls no code of the
    student's.
    """
    attributes: Mapping[str, Any] = {}
    for base in type(thing).__mro__:
        stored = base.__dict__.get("__dict__")
        if isinstance(stored, GetSetDescriptorType):
            attributes = stored.__get__(thing)
            break
    for key in _OWN_NAMES:
        value = attributes.get(key)
        if value is None:
            for base in type(thing).__mro__:
                slot = base.__dict__.get(key)
                if isinstance(slot, MemberDescriptorType):
                    value = slot.__get__(thing) if _is_set(slot, thing) else None
                    break
        if type(value) is str and 0 < len(value) <= _LONGEST:
            return value
    return None


def _is_set(slot: MemberDescriptorType, thing: object) -> bool:
    try:
        slot.__get__(thing)
    except AttributeError:
        return False
    return True


def is_namespace(thing: object) -> bool:
    """Module globals, or the closure cells of one call: their variables need no owner's name."""
    return (type(thing) is dict and "__builtins__" in thing) or type(thing).__name__ == "_Cells"


def class_name(thing: object) -> str:
    """What a thing without any name is called: its class, in small letters, or the word that a
    stand-in has for what students know under another name.
    """
    word = getattr(type(thing), "_word_", None) if hasattr(type(thing), "_controlled_") else None
    if isinstance(word, str):
        return word
    return type(thing).__name__.lstrip("_").lower() or "object"
