"""What CPython has and no stand-in models: it ends the execution, as code that cannot be graded,
and not with an error that the student's code fails for.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from types import ModuleType
from typing import Any, NoReturn

from grader.engine import runtime


def refuse(name: str) -> NoReturn:
    """Ends the execution, because of this."""
    runtime.current().refuse(
        runtime.NotModelled(
            f"{name} cannot be put under control yet, so code that uses it cannot be graded."
        )
    )


def is_there(module: str, name: str) -> bool:
    """Whether CPython's module has this name, or a module of this name below it."""
    if name.startswith("__"):
        return False
    try:
        real = importlib.import_module(module)
    except ImportError:
        return False
    if hasattr(real, name):
        return True
    return hasattr(real, "__path__") and importlib.util.find_spec(f"{module}.{name}") is not None


class Rest:
    """`__getattr__` of a stand-in module. `below` gives the stand-ins of modules below it."""

    def __init__(self, module: str, below: Callable[[str], ModuleType | None]) -> None:
        self._module = module
        self._below = below

    def __call__(self, name: str) -> Any:
        """A module below this one; refuses what CPython has beside that. So does
        `from module import name`, even inside of `try`.
        """
        found = self._below(name)
        if found is not None:
            return found
        if is_there(self._module, name):
            refuse(f"{self._module}.{name}")
        raise AttributeError(f"module {self._module!r} has no attribute {name!r}")

    def if_there(self, name: str, default: Any) -> Any:
        """The same for code that only asks: the default for what there is not here."""
        found = self._below(name)
        return default if found is None else found
