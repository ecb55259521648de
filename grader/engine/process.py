"""A modelled process: its own copy of the modules, shared by the tasks that run in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

    from grader.engine.task import Task


class Process:
    """A process of the controlled program. Process 0 is the one that runs the scenario."""

    __slots__ = ("daemon", "id", "main", "modules", "name", "parent", "state", "tasks")

    def __init__(self, id_: int, name: str, parent: Process | None) -> None:
        self.id = id_
        self.name = name
        self.parent = parent
        self.daemon = False  # it keeps nothing else alive: it ends when its parent does
        self.main: Task | None = None
        self.tasks: list[Task] = []  # every task ever started in it, in order
        self.modules: dict[str, ModuleType] = {}  # its own copies of the student's modules
        self.state: dict[str, Any] = {}  # per-process state of stand-ins

    def __repr__(self) -> str:
        return f"<Process {self.id} {self.name}>"
