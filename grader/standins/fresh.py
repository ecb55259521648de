"""CPython's own module, executed anew for each process of each schedule, in surroundings of ours.

For modules that keep state for the whole interpreter (`logging`, `warnings`): what one schedule
leaves behind, the next one must not find. The code is compiled once; what it imports can be
replaced.
"""

from __future__ import annotations

import builtins
import functools
import importlib.util
import sys
from collections.abc import Mapping
from types import CodeType, ModuleType
from typing import Any

from grader.engine import runtime
from grader.engine.operation import READ
from grader.standins.frames import getter


@functools.cache
def code_of(name: str) -> CodeType:
    """The code of CPython's module `name`."""
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    code: CodeType | None = spec.loader.get_code(name)  # type: ignore[attr-defined]
    assert code is not None
    return code


def execute(
    name: str, source: str, replaced: Mapping[str, Any], into: ModuleType | None = None
) -> ModuleType:
    """The module `source`, executed under the name `name` (or in the module `into`). What it
    imports comes from `replaced`, where that has it: a module, or None for one that cannot be
    imported.
    """

    def importer(
        wanted: str, globals: Any = None, locals: Any = None,  # noqa: A002 - CPython's names
        fromlist: Any = (), level: int = 0,
    ) -> Any:  # fmt: skip
        if wanted in replaced:
            if replaced[wanted] is None:
                raise ImportError(f"No module named {wanted!r}", name=wanted)
            return replaced[wanted]
        return builtins.__import__(wanted, globals, locals, fromlist, level)

    module = ModuleType(name) if into is None else into
    module.__dict__["__builtins__"] = {
        **vars(builtins), "__import__": importer, "open": no_files,
    }  # fmt: skip
    exec(code_of(source), module.__dict__)  # noqa: S102 - CPython's own module
    return module


def no_files(*args: object, **kwargs: object) -> Any:
    """`open`, for modules that would write to files."""
    raise OSError("files cannot be opened in a controlled run")


class Output:
    """Standard output or error of a controlled program: goes to the execution's output."""

    encoding = "utf-8"
    errors = "strict"

    def write(self, text: str) -> int:
        """One visible operation, like `print`."""
        execution = runtime.current()
        execution.perform("print", None, None, READ)
        if execution.recorder is not None:
            execution.recorder.note(text.rstrip("\n"))
        if len(execution.output) < 10_000:
            execution.output.append(text[:10_000])
        return len(text)

    def flush(self) -> None:
        """Nothing is kept back."""

    def isatty(self) -> bool:
        """No."""
        return False


class Around:
    """A module with some of its names replaced, and some taken away (None)."""

    def __init__(self, real: ModuleType, **names: Any) -> None:
        self.__name__ = real.__name__
        self._real = real
        self._names = names

    def __getattr__(self, name: str) -> Any:
        found = self._names.get(name, self._names)
        if found is None:
            raise AttributeError(f"module {self._real.__name__!r} has no attribute {name!r}")
        return getattr(self._real, name) if found is self._names else found


def system(modules: dict[str, ModuleType]) -> Any:
    """`sys`, for such modules: its streams are the execution's output, and its frames those that
    can be shown.
    """
    output = Output()
    return Around(
        sys, stdout=output, stderr=output, modules=modules, warnoptions=[], _getframe=getter()
    )
