"""The stand-in of `copy`: what is copied is read, visibly.

A shallow copy is one operation. A deep copy is not: as CPython's, which is written in Python, it
takes one container or object after the other, and others may change what it has not reached yet.
"""

from __future__ import annotations

import copy as _real
import copyreg
import weakref
from collections.abc import Callable
from types import ModuleType
from typing import Any, Final

from grader.engine import runtime
from grader.engine.containers import iterate, owner_of, reading
from grader.engine.operation import READ
from grader.standins.students import builtin

_ATOMIC: Final = (
    int, float, bool, complex, bytes, str, type, range, type(None), type(...), type(NotImplemented),
    property, type(lambda: None), type(len), ModuleType,
)  # fmt: skip
# What `copy` makes without asking the object.
_OF_ITS_OWN: Final = frozenset(
    {*_ATOMIC, frozenset, tuple, weakref.ref, type(...), type(NotImplemented), list, dict, set,
     bytearray}
)  # fmt: skip


def _look_at(obj: Any) -> None:
    """Announces a whole read of a container, or of an object with attributes."""
    if owner_of(obj) is not None:
        reading(obj)
    elif hasattr(obj, "__dict__") and not isinstance(obj, (type, *_ATOMIC)):
        execution = runtime.current()
        if not execution.solo:
            execution.perform("read", obj, None, READ)


def copy(x: Any) -> Any:
    """As in CPython."""
    _look_at(x)
    cls = type(x)
    if issubclass(cls, type) or hasattr(cls, "__copy__") or cls in _OF_ITS_OWN:
        return _real.copy(x)
    reduced = _reduced(x, cls)
    return x if isinstance(reduced, str) else _rebuild(x, None, *reduced)


def deepcopy(x: Any, memo: dict[int, Any] | None = None, _nil: Any = ()) -> Any:
    """As in CPython."""
    if isinstance(x, _ATOMIC):
        return x
    if memo is None:
        memo = {}
    known = memo.get(id(x), memo)
    if known is not memo:
        return known
    made = _copy_of(x, memo)
    if made is not x:
        memo[id(x)] = made
        memo.setdefault(id(memo), []).append(x)  # keeps it alive as long as the memo, as CPython
    return made


def _copy_of(x: Any, memo: dict[int, Any]) -> Any:
    cls = type(x)
    if cls is list:
        return _copy_list(x, memo)
    if cls is dict:
        return _copy_dict(x, memo)
    if cls is tuple:
        return _copy_tuple(x, memo)
    own: Callable[..., Any] | None = getattr(x, "__deepcopy__", None)
    if own is not None:
        _look_at(x)
        return own(memo)
    _look_at(x)
    reduced = _reduced(x, cls)
    return x if isinstance(reduced, str) else _rebuild(x, memo, *reduced)


def _reduced(x: Any, cls: type) -> Any:
    reductor = copyreg.dispatch_table.get(cls)
    return reductor(x) if reductor is not None else x.__reduce_ex__(4)


def _copy_list(x: list[Any], memo: dict[int, Any]) -> list[Any]:
    made: list[Any] = []
    memo[id(x)] = made
    for value in iterate(x):
        made.append(deepcopy(value, memo))  # noqa: PERF401 - it may contain itself
    return made


def _copy_dict(x: dict[Any, Any], memo: dict[int, Any]) -> dict[Any, Any]:
    made: dict[Any, Any] = {}
    memo[id(x)] = made
    for key, value in iterate(x.items()):
        made[deepcopy(key, memo)] = deepcopy(value, memo)
    return made


def _copy_tuple(x: tuple[Any, ...], memo: dict[int, Any]) -> Any:
    made = [deepcopy(value, memo) for value in x]
    if id(x) in memo:
        return memo[id(x)]
    return x if all(new is old for new, old in zip(made, x, strict=True)) else tuple(made)


def _rebuild(
    x: Any, memo: dict[int, Any] | None, function: Callable[..., Any], args: tuple[Any, ...],
    state: Any = None, items: Any = None, pairs: Any = None, *_: Any,
) -> Any:  # fmt: skip
    """An object from what `__reduce_ex__` says; with a memo, all its parts are copied."""

    def part(value: Any) -> Any:
        return value if memo is None else deepcopy(value, memo)

    made = function(*map(part, args))
    if memo is not None:
        memo[id(x)] = made
    if state is not None:
        # The attributes as they were when the object was looked at.
        state = {name: part(value) for name, value in state.items()} if (
            type(state) is dict
        ) else part(state)  # fmt: skip
        set_state(made, state)
    for value in items or ():
        made.append(part(value))
    for key, value in pairs or ():
        made[part(key)] = part(value)
    return made


def set_state(made: Any, state: Any) -> None:
    """Gives an object the attributes that it is to have, as the student's own code would: what is
    made, and which attributes, may be a student's choice.
    """
    if hasattr(made, "__setstate__"):
        made.__setstate__(state)
        return
    slots = None
    if isinstance(state, tuple) and len(state) == 2:
        state, slots = state
    if state is not None:
        builtin("getattr")(made, "__dict__").update(state)
    for name, value in (slots or {}).items():
        builtin("setattr")(made, name, value)


def public() -> dict[str, Any]:
    """The names of the module."""
    names = {"copy": copy, "deepcopy": deepcopy, "Error": _real.Error, "error": _real.error}
    real_replace = getattr(_real, "replace", None)
    if real_replace is not None:

        def replace(obj: Any, /, **changes: Any) -> Any:
            """As in CPython 3.13."""
            _look_at(obj)
            return real_replace(obj, **changes)

        names["replace"] = replace
    return names
