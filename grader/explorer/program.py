"""A program to explore: the student's module, made anew for every schedule, and a scenario."""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from grader import interrupt
from grader.engine.execution import Execution
from grader.engine.process import Process
from grader.engine.run import Run
from grader.engine.runtime import NotModelled
from grader.explorer.current import in_sys_modules
from grader.explorer.library import classes
from grader.explorer.observation import Plain, observe
from grader.source.hooks import HOOKS
from grader.source.hooks.dynamic import (
    dynamic_delete,
    dynamic_dir,
    dynamic_get,
    dynamic_has,
    dynamic_set,
    dynamic_vars,
)
from grader.source.hooks.identities import hash_of, identity
from grader.source.hooks.output import show
from grader.source.hooks.shared import OPAQUE, know_classes
from grader.source.load import Source
from grader.source.policy import PERMITTED_BUILTINS, forbidden_module
from grader.standins import BOUND, MODULES, facade

# Modules that start threads, wait, or look at the real world: only as stand-ins.
_NEEDS_CONTROL = frozenset(
    {"asyncio", "concurrent", "multiprocessing", "queue", "select", "selectors",
     "socket", "socketserver", "threading", "time", "random", "pickle"}
)  # fmt: skip
_OURS: dict[str, Any] = {
    **HOOKS, "id": identity, "hash": hash_of, "print": show,
    "getattr": dynamic_get, "hasattr": dynamic_has, "setattr": dynamic_set,
    "delattr": dynamic_delete, "vars": dynamic_vars,
}  # fmt: skip
_FREE = {**vars(builtins), **_OURS}
_RESTRICTED = {**PERMITTED_BUILTINS, **_OURS, "dir": dynamic_dir}


@dataclass(frozen=True)
class Program:
    """`scenario(module, *parameters)` over the module `main`; called by the engine as the main
    task of an execution. `allowed` names the modules that the student's code may import; None:
    any, and all builtins.
    """

    sources: Mapping[str, Source]
    main: str
    scenario: Callable[..., Any]
    parameters: tuple[Any, ...] = ()
    allowed: frozenset[str] | None = None

    def run(self, execution: Execution) -> Run:
        """What a new execution makes of the program."""
        with interrupt.held_back(), in_sys_modules(self.sources):
            return execution.run(self)

    def __call__(self, execution: Execution) -> Plain:
        """Loads the module into the first process and runs the scenario: its plain value."""
        state = execution.state
        state["program"] = self
        state["library"] = classes
        if self.allowed is not None:
            state["start method"] = "spawn"  # chosen by who grades
            state["guarded"] = True
            if not OPAQUE:
                know_classes()
        state["builtins"] = _FREE if self.allowed is None else _RESTRICTED
        module = self.load(execution, execution.processes[0], self.main)
        return observe(self.scenario(module, *self.parameters))

    def load(self, execution: Execution, process: Process, name: str) -> ModuleType:
        """The module `name` of `process`, executed if it is not there yet."""
        module = process.modules.get(name)
        if module is None:
            source = self.sources[name]
            module = ModuleType(name)
            namespace = module.__dict__
            own = dict(_FREE if self.allowed is None else _RESTRICTED)
            own["@g"] = namespace
            own["__import__"] = self._importer(execution, process)
            namespace["__builtins__"] = own
            process.modules[name] = module
            try:
                exec(source.code, namespace)  # noqa: S102 - the student's module, rewritten
            except BaseException:
                del process.modules[name]
                raise
        return module

    def _importer(self, execution: Execution, process: Process) -> Callable[..., Any]:
        def importer(
            name: str,
            globals: Any = None,  # noqa: A002 - __import__'s own names
            locals: Any = None,  # noqa: A002 - and this one
            fromlist: tuple[str, ...] = (),
            level: int = 0,
        ) -> Any:
            if name in self.sources:
                return self.load(execution, process, name)
            allowed = self.allowed is None or not forbidden_module(name, self.allowed)
            if name in (MODULES if self.allowed is None else BOUND) and allowed:
                return facade(execution, process, name, bool(fromlist))
            if name.partition(".")[0] in _NEEDS_CONTROL or not allowed:
                execution.refuse(
                    NotModelled(
                        f"The module {name!r} cannot be put under control yet. "
                        f"These can: {', '.join(sorted(MODULES))}."
                    )
                )
            return builtins.__import__(name, None, None, fromlist, level)

        return importer
