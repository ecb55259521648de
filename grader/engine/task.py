"""A task: one thread (or the main thread of one process) of the controlled program."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import greenlet

if TYPE_CHECKING:
    from grader.engine.operation import Operation
    from grader.engine.process import Process
    from grader.engine.workers import Worker


class Abandoned(greenlet.GreenletExit):
    """Ends a task whose execution is over. A BaseException: `except Exception` cannot swallow it,
    and the guards in rewritten handlers raise it again.
    """


class Task:
    """One thread of control. The engine runs exactly one at a time.

    Invariant: a live task that is not running is parked at `op`, and can run when `ready` is None
    or returns True (`ready` has no side effects).
    """

    __slots__ = (
        "background",
        "body",
        "daemon",
        "deadline",
        "early",
        "error",
        "expired",
        "finished",
        "greenlet",
        "id",
        "in_vain",
        "local",
        "name",
        "naps",
        "op",
        "process",
        "ready",
        "seen_steps",
        "seen_writes",
        "spins",
        "stepped_at",
        "thread",
        "time",
        "turns",
        "where",
        "worker",
    )  # fmt: skip

    def __init__(
        self, id_: int, name: str, process: Process, body: Callable[[], None], *, daemon: bool
    ) -> None:
        self.id = id_
        self.name = name
        self.process = process
        self.daemon = daemon
        self.background = daemon  # nobody waits for it at the end: see `Execution._enter`
        self.body = body
        self.worker: Worker  # set with the greenlet, when the engine makes the task
        self.greenlet: Any = None
        self.thread: Any = None  # the stand-in's Thread object, once there is one
        self.local: dict[object, Any] = {}  # thread-local storage of stand-ins
        self.op: Operation = (self, "begin", self, None, 0, ())
        self.ready: Callable[[], bool] | None = None
        self.deadline: float | None = None  # virtual seconds; when a timed wait expires
        self.expired = False
        self.time = 0.0  # virtual seconds, of its own: see `clock`
        self.early = 0  # timed waits that expired early
        self.finished = False
        self.error: BaseException | None = None
        self.stepped_at = -1  # length of the log when it last stepped back
        self.naps = 0  # sleeps in a row with nothing in between
        self.in_vain = 0  # times in a row that it stepped back without having changed anything
        self.spins = 0  # loop iterations in a row in which nobody changed anything
        self.turns = 0  # loop iterations in a row without any other task
        self.seen_steps = 0
        self.seen_writes = 0
        self.where: Any = None  # source position of `op`; only while recording

    def has_finished(self) -> bool:
        """What those who join it wait for."""
        return self.finished

    def __repr__(self) -> str:
        return f"<Task {self.id} {self.name}>"
