"""The student's modules in `sys.modules`: that of the process that runs.

Each modelled process has its own copies of the student's modules, and the importer knows them. The
standard library looks elsewhere: `dataclasses` and `typing` find the module of a class, in which
they read annotations that are text, by its name in `sys.modules`.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any

from grader.engine import runtime
from grader.source.load import Source


class _Current(ModuleType):
    """Looks like the module of this name in the process of the running task."""

    def __getattribute__(self, name: str) -> Any:
        own = super().__getattribute__
        execution = runtime.now.execution
        process = None if execution is None else execution.running.process
        module = None if process is None else process.modules.get(own("__name__"))
        return own(name) if module is None else getattr(module, name)


@contextlib.contextmanager
def in_sys_modules(sources: Mapping[str, Source]) -> Iterator[None]:
    """Within this, `sys.modules` has the modules made from `sources`, except where it has one that
    comes from elsewhere: the interpreter may need that one.
    """
    before = {name: sys.modules.get(name) for name in sources}
    for name, module in before.items():
        if module is None or getattr(module, "__file__", None) == sources[name].filename:
            sys.modules[name] = _Current(name)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module
