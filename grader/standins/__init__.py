"""Controlled stand-ins of standard modules: what a student's `import threading` gets.

A stand-in announces its operations to the engine and behaves as CPython documents. What CPython
has and a stand-in has not cannot be graded (`missing`). One folder or file per standard module;
`MODULES` says which there are.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import ModuleType
from typing import Any

from grader.engine.execution import Execution
from grader.engine.process import Process
from grader.standins import (
    containers,
    contextvars,
    copy,
    dataclasses,
    documented,
    functools,
    futures,
    generated,
    lines,
    logging,
    multiprocessing,
    outside,
    pickle,
    queue,
    random,
    selectors,
    socket,
    struct,
    threading,
    time,
    traceback,
    typing,
    warnings,
    weakref,
)
from grader.standins.missing import Rest
from grader.standins.registry import register

dataclasses.know_facades()
generated.compile_once()
lines.confine_lines()
typing.confine_text()
register(__name__)

MODULES: dict[str, Callable[[], dict[str, Any] | ModuleType]] = {
    **containers.MODULES,
    **futures.MODULES,
    **multiprocessing.MODULES,
    **outside.MODULES,
    **selectors.MODULES,
    "contextvars": contextvars.public,
    "copy": copy.public,
    "dataclasses": dataclasses.public,
    "functools": functools.public,
    "logging": logging.public,
    "pickle": pickle.public,
    "queue": queue.public,
    "random": random.public,
    "socket": socket.public,
    "struct": struct.public,
    "threading": threading.public,
    "time": time.public,
    "traceback": traceback.public,
    "warnings": warnings.public,
    "weakref": weakref.public,
}

# What they are for a program that a list of imports binds.
BOUND: dict[str, Callable[[], dict[str, Any] | ModuleType]] = {**MODULES, **documented.MODULES}


def facade(execution: Execution, process: Process, name: str, inner: bool) -> ModuleType:
    """The module that `import name` gives to code in `process`: the stand-in's public names,
    in a module object of this process and schedule. `inner`: for `from name import ...`, the
    module itself and not its root package. The execution's state may have a "library" of classes
    that go before the stand-in's.
    """
    library: Callable[[str], dict[str, Any]] = execution.state.get("library", lambda _: {})
    known: dict[str, ModuleType] = process.state.setdefault("modules", {})
    modules = BOUND if execution.state.get("guarded") else MODULES

    def below(path: str, part: str) -> ModuleType | None:
        """`from package import module`, and `package.module` without an import of its own."""
        if f"{path}.{part}" not in modules:
            return None
        return facade(execution, process, f"{path}.{part}", inner=True)

    parent: ModuleType | None = None
    root: ModuleType | None = None
    path = ""
    for part in name.split("."):
        path = f"{path}.{part}" if path else part
        if path not in modules:
            raise ModuleNotFoundError(f"No module named {path!r}", name=path)
        module = known.get(path)
        if module is None:
            names = modules[path]()
            module = known[path] = names if isinstance(names, ModuleType) else ModuleType(path)
            if names is not module:
                module.__dict__.update({**names, **library(path)})
            rest = Rest(path, partial(below, path))
            if "__getattr__" in module.__dict__:
                module.__dict__["__getattr__"].and_then(rest)
            else:
                module.__dict__["__getattr__"] = rest
            if parent is not None:
                setattr(parent, part, module)
        root = root or module
        parent = module
    assert root is not None
    assert parent is not None
    return parent if inner else root
