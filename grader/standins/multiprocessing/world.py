"""What the stand-ins know of each modelled process and of the whole controlled run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.operation import Footprint
from grader.engine.process import Process as Modelled

if TYPE_CHECKING:
    from grader.standins.multiprocessing.processes import BaseProcess

FIRST_PID: Final = 1000
IDLE: Final = "has nothing to do"  # in a task's local storage: whether it can be dropped unseen


class Local:
    """The state of one modelled process."""

    __slots__ = (
        "at_exit", "bootstrapping", "children", "code", "config", "current", "made", "method",
        "modelled", "parent", "pools",
    )  # fmt: skip

    def __init__(self, modelled: Modelled) -> None:
        self.modelled = modelled
        self.current: BaseProcess | None = None  # what `current_process` returns
        self.parent: Any = None  # what `parent_process` returns
        self.children: list[BaseProcess] = []  # started here, not yet seen to have ended
        self.made = 0  # Process objects, for their names
        self.method: str | None = None  # start method, once it was set
        self.bootstrapping = False  # its module is being executed, its arguments are unpickled
        self.code: int | None = None  # the exit code, once the process has ended
        self.pools: list[Callable[[], None]] = []  # shut down before children are joined
        self.at_exit: list[Callable[[], None]] = []  # run before the process ends

    @property
    def pid(self) -> int:
        """The process id: stable from run to run."""
        return FIRST_PID + self.modelled.id


def local_of(modelled: Modelled) -> Local:
    """The state of that process."""
    found = modelled.state.get("multiprocessing")
    if found is None:
        found = modelled.state["multiprocessing"] = Local(modelled)
    assert isinstance(found, Local)
    return found


def here() -> Local:
    """The state of the process that is running."""
    return local_of(runtime.current().running.process)


def counted(execution: Execution, name: str) -> int:
    """1, 2, 3...: numbers that are the same in every run."""
    number: int = execution.state.get(name, 0) + 1
    execution.state[name] = number
    return number


def created(thing: object) -> None:
    """Tells the recorder, if there is one, that a stand-in was made here."""
    recorder = runtime.current().recorder
    if recorder is not None:
        recorder.created(thing)


def note(value: object) -> None:
    """Tells the recorder, if there is one, what the operation has read or written."""
    recorder = runtime.current().recorder
    if recorder is not None:
        recorder.note(value)


def deadline_of(timeout: float | None) -> float | None:
    """The virtual moment at which a wait of `timeout` seconds ends; None: never."""
    if timeout is None:
        return None
    return runtime.current().clock.now + max(timeout, 0.0)


def announce(
    kind: str,
    footprints: Sequence[Footprint],
    ready: Callable[[], bool] | None = None,
    timeout: float | None = None,
) -> bool:
    """Announces an operation that touches all of `footprints`; False when its time ran out."""
    subject, key, mode = footprints[0]
    return runtime.current().perform(
        kind, subject, key, mode,
        ready=ready, deadline=deadline_of(timeout), also=tuple(footprints[1:]),
    )  # fmt: skip
