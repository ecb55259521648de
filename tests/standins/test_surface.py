"""Everything that a bound program can get at from the modules it may import, by program."""

from __future__ import annotations

import builtins
import types
from collections import deque
from typing import Any

from grader.engine import runtime
from grader.engine.attributes import CONTROLLED
from grader.engine.classes import mro_of, namespace_of
from grader.engine.execution import Execution
from grader.explorer import Program, library
from grader.source.hooks.shared import OPAQUE, shared_classes
from grader.source.imports import is_allowed
from grader.source.load import from_text
from grader.source.policy import (
    DEFAULT_IMPORTS,
    PICKLE_IMPORTS,
    PROCESS_IMPORTS,
    SOCKET_IMPORTS,
)
from grader.standins import BOUND

ALLOWED = DEFAULT_IMPORTS | PROCESS_IMPORTS | PICKLE_IMPORTS | SOCKET_IMPORTS
MODULES = [name for name in BOUND if is_allowed(name, ALLOWED) and name != "__future__"]
DEEPEST = 4  # attributes one after the other

# Dunder names that lead on from one object to others.
WAYS = (
    "__args__", "__bases__", "__call__", "__class__", "__dict__", "__func__", "__init__",
    "__kwdefaults__", "__loader__", "__mro__", "__new__", "__objclass__", "__origin__", "__self__",
    "__spec__", "__wrapped__",
)  # fmt: skip
FORBIDDEN = {
    id(getattr(builtins, name)): name
    for name in ("__import__", "breakpoint", "compile", "eval", "exec", "getattr", "input", "open")
}
ATOMS = (str, int, float, bool, bytes, type(None), types.MappingProxyType)


def wrong_with(thing: Any, worlds: set[int]) -> str | None:
    """Why a student must not have this; None if that is fine."""
    if isinstance(thing, types.ModuleType):
        return None if id(thing) in worlds else "a real module"
    if type(thing) in (types.CodeType, types.FrameType, types.TracebackType):
        return type(thing).__name__
    if id(thing) in FORBIDDEN:
        return f"the real {FORBIDDEN[id(thing)]}"
    if type(thing) in OPAQUE and not isinstance(thing, type):
        return "a part of the grader"
    if isinstance(thing, type) and thing.__module__ in ("ctypes", "_ctypes"):
        return "memory"
    return None


def names_to_try(thing: Any) -> set[str]:
    """Attributes that the object may have, private ones as well."""
    kinds = mro_of(type(thing)) + (mro_of(thing) if isinstance(thing, type) else ())
    names = {name for kind in kinds for name in namespace_of(kind)}
    names.update(getattr(thing, "__dict__", {}))
    return {name for name in names if not name.startswith("__")}.union(WAYS)


def walk(module: Any) -> list[str]:
    """All that is wrong, with the way to it."""
    process = runtime.current().processes[0]
    worlds = {id(each) for each in process.state["modules"].values()}
    get = runtime.current().state["builtins"]["getattr"]
    seen: dict[int, Any] = {}
    todo = deque((name, process.state["modules"][name], 0) for name in MODULES)
    found: list[str] = []
    while todo:
        way, thing, depth = todo.popleft()
        if id(thing) in seen or type(thing) in ATOMS:
            continue
        seen[id(thing)] = thing
        why = wrong_with(thing, worlds)
        if why is not None:
            found.append(f"{way}: {why}")
        elif type(thing) in (tuple, frozenset, list, set, dict):
            inner = thing.values() if type(thing) is dict else thing
            todo.extend((f"{way}[...]", each, depth + 1) for each in inner)
        elif depth < DEEPEST:
            for name in names_to_try(thing):
                try:
                    value = get(thing, name)
                except Exception:  # noqa: BLE001, S112 - whatever a property raises, it gives nothing
                    continue
                todo.append((f"{way}.{name}", value, depth + 1))
    return sorted(found)


def test_nothing_leads_out_of_the_world() -> None:
    """No chain of attributes from any module leads to a real module, a frame, code, the grader's
    own objects, memory by its address, or a builtin that students do not have.
    """
    for module in ("collections", "weakref", "socketserver", "socket"):
        library.classes(module)
    text = "".join(f"import {name}\n" for name in MODULES)
    source = from_text(text, name="m", filename="m.py", allowed=ALLOWED)
    run = Program({"m": source}, "m", walk, (), ALLOWED).run(Execution())
    assert [] == run.errors
    assert [] == run.value


def test_every_stand_in_is_known_as_one() -> None:
    """The mark on a class counts for nothing: the engine has to know the class itself."""
    library.prepare_classes()
    marked = {
        each
        for each in shared_classes()
        if "_controlled_" in namespace_of(each) and each.__module__ != "grader.scenario"
        and not each.__module__.startswith("tests.")
    }  # fmt: skip
    assert set() == marked - CONTROLLED
