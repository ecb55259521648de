"""The stand-in of `warnings`: CPython's, executed anew for each process of a schedule, so that
filters and what was warned of once do not outlive it. Warnings go to the execution's output. Where
`stacklevel` leads out of the student's code, it is as if there were no more frames.
"""

from __future__ import annotations

import importlib.util
from types import ModuleType

from grader.standins.fresh import execute, system
from grader.standins.lines import LINES

_IGNORED = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)


def public() -> ModuleType:
    """The module."""
    modules: dict[str, ModuleType] = {}
    # Without the part in C, which is one for the whole interpreter.
    replaced = {"sys": system(modules), "_warnings": None, "linecache": LINES}
    if importlib.util.find_spec("_py_warnings") is None:
        module = execute("warnings", "warnings", replaced)
    else:  # since CPython 3.14 the part in Python is a module of its own
        module = execute("warnings", "_py_warnings", replaced)
        module._set_module(module)
        for category in _IGNORED:
            module.simplefilter("ignore", category=category, append=1)
    modules["warnings"] = module
    return module
