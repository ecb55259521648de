"""Modules of CPython's that are under control as they are, for programs that a list of imports
binds: their documented names in a module object of the program's own.

The real module objects also have what they imported themselves (`enum.sys`), and the grader uses
them as well: what a student's code set there would be set for all.
"""

from __future__ import annotations

import abc
import contextlib
import enum
import importlib
import numbers
import re
import string
import types
from collections.abc import Callable, Iterable
from types import ModuleType, SimpleNamespace
from typing import Any, Final

from grader.standins import logging, multiprocessing, socket, texts, typing, warnings

Names = dict[str, Any]

# What is left out of the documented names: ways to the real `sys` and to files, what changes a
# module by its name, and what could make code without scheduling points.
_WITHOUT: Final = {
    "contextlib": ("chdir", "redirect_stderr", "redirect_stdout"),
    "enum": ("global_enum", "global_enum_repr", "global_flag_repr", "global_str"),
    "types": ("CodeType", "FrameType"),
}
# What the documentation names although the module's `__all__` does not.
_BESIDES: Final = {
    "contextlib": ("AsyncContextDecorator",),
    "enum": ("show_flag_values",),
    "logging": (
        "Filterer", "Manager", "PercentStyle", "PlaceHolder", "RootLogger", "StrFormatStyle",
        "StringTemplateStyle", "logAsyncioTasks", "logMultiprocessing", "logProcesses",
        "logThreads", "root",
    ),
    "re": ("DEBUG", "Scanner"),
    "warnings": ("WarningMessage", "filters"),
}  # fmt: skip


def documented(module: ModuleType, name: str) -> list[str]:
    """The names that the module's documentation has."""
    listed: Iterable[str] | None = getattr(module, "__all__", None)
    if listed is None:
        listed = [each for each in vars(module) if not each.startswith("_")]
    without = _WITHOUT.get(name, ())
    return [
        each
        for each in (*listed, *_BESIDES.get(name, ()))
        if each not in without and not isinstance(getattr(module, each, module), ModuleType)
    ]


def names_of(module: ModuleType) -> Names:
    """Those names with what they stand for."""
    return {name: getattr(module, name) for name in documented(module, module.__name__)}


class _Front(ModuleType):
    """A module that shows some names of another one. A name that is set here is set there, whose
    functions look at it (`warnings.showwarning = ...`).
    """

    def __setattr__(self, name: str, value: Any) -> None:
        look: object = self.__dict__.get("__getattr__")
        if isinstance(look, _Look) and look.has(name):
            look.set(name, value)
        else:
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.__dict__["__all__"]})


class _Look:
    """`__getattr__` of such a module: what is shown, then what `rest` says to other names."""

    __slots__ = ("_behind", "_names", "_rest")

    def __init__(self, behind: ModuleType, names: frozenset[str]) -> None:
        self._behind = behind
        self._names = names
        self._rest: Any = None

    def and_then(self, rest: Any) -> None:
        """What to ask for other names."""
        self._rest = rest

    def has(self, name: str) -> bool:
        """Whether the name is shown."""
        return name in self._names

    def set(self, name: str, value: Any) -> None:
        """Sets it in the module itself."""
        setattr(self._behind, name, value)

    def __call__(self, name: str) -> Any:
        """The attribute of this name."""
        return getattr(self._behind, name) if name in self._names else self._rest(name)

    def if_there(self, name: str, default: Any) -> Any:
        """The same, or the default where there is none."""
        if name in self._names:
            return getattr(self._behind, name)
        return self._rest.if_there(name, default)


def _without_types() -> Names:
    """Classes of `ctypes` can be had at any address in memory."""
    names = multiprocessing.MODULES["multiprocessing.sharedctypes"]()
    return {name: value for name, value in names.items() if name != "typecode_to_type"}


def _public_of_socket() -> Names:
    kinds = (ModuleType, SimpleNamespace)
    return {
        name: value
        for name, value in socket.public().items()
        if not name.startswith("_") and not isinstance(value, kinds)
    }


def _front(name: str, make: Callable[[], ModuleType]) -> Callable[[], ModuleType]:
    def front() -> ModuleType:
        behind = make()
        shown = documented(behind, name)
        made = _Front(name)
        made.__dict__["__all__"] = [each for each in shown if not each.startswith("_")]
        made.__dict__["__getattr__"] = _Look(behind, frozenset(shown))
        return made

    return front


MODULES: Final[dict[str, Callable[[], Names | ModuleType]]] = {
    "__future__": lambda: names_of(importlib.import_module("__future__")),
    "abc": lambda: names_of(abc),
    "contextlib": lambda: names_of(contextlib),
    "enum": lambda: names_of(enum),
    "logging": _front("logging", logging.public),
    "numbers": lambda: names_of(numbers),
    "multiprocessing.sharedctypes": _without_types,
    "re": lambda: names_of(re),
    "socket": _public_of_socket,
    "string": lambda: {**names_of(string), "Formatter": texts.Formatter},
    "types": lambda: names_of(types),
    "typing": typing.public,
    "warnings": _front("warnings", warnings.public),
}
