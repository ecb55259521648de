"""Code that the standard library generates for a class: compiled once, not for every schedule.

Every schedule executes the student's module anew, and `@dataclass` and `namedtuple` compile a text
of their own making each time, which takes longer than the rest of a small scenario. The text is the
same each time, and so is what it compiles to. Nothing else about the two changes.
"""

from __future__ import annotations

import builtins
import collections
import dataclasses
import functools
import sys
from types import CodeType, ModuleType
from typing import Any


def compile_once() -> None:
    """Lets `dataclasses` and `collections` remember what they have compiled."""
    _remember(dataclasses, "exec")
    _remember(collections, "eval")


@functools.lru_cache(maxsize=1_000)
def _compiled(text: str, mode: str) -> CodeType:
    return compile(text, "<string>", mode, dont_inherit=True)


def _remember(module: ModuleType, name: str) -> None:
    """Gives `module` a builtin of its own, which compiles each text once. Nobody else can use it:
    it would be a way around the scheduling points.
    """
    run = getattr(builtins, name)

    def again(text: Any, *namespaces: Any) -> Any:
        if sys._getframe(1).f_globals is not module.__dict__:
            raise AttributeError(f"module {module.__name__!r} has no attribute {name!r}")
        return run(_compiled(text, name) if type(text) is str else text, *namespaces)

    setattr(module, name, again)
