"""How one execution can end: a closed set, and what it says about the tasks that are left."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader.engine.classes import mark_of
from grader.engine.operation import SUBJECT, Operation, footprints
from grader.engine.task import Task

if TYPE_CHECKING:
    from grader.engine.trace import Recorder


class Ending(enum.Enum):
    """The ways in which one execution can end."""

    FINISHED = "finished"
    EXCEPTION = "exception"  # in any task, and nobody caught it
    DEADLOCK = "deadlock"
    LOST_WAKEUP = "lost-wakeup"  # waits to be told by somebody, and nobody is left to tell
    LEAKED = "leaked-task"  # the scenario is over, tasks that should have ended are not
    LIVELOCK = "livelock"  # the step bound, without progress
    STEP_BOUND = "step-bound"
    REDUNDANT = "redundant"  # cut: an equivalent schedule has been run already
    DIVERGED = "nondeterministic"  # a replay met another state than the first run


@dataclass(frozen=True, slots=True)
class Waiting:
    """One task that cannot go on: what it waits for, and which tasks hold that."""

    task: int
    task_name: str
    kind: str  # of the pending operation
    subject: str  # its name for a person
    holders: tuple[int, ...]  # ids of tasks; empty when nobody holds it
    holder_names: tuple[str, ...]
    line: int | None  # of the student's file; None when not recorded
    daemon: bool


def awaited(op: Operation) -> tuple[object, list[Task]]:
    """What an operation that cannot run waits for, and the tasks that hold it: the lock, where an
    access takes one for just that access.
    """
    for subject, _, _ in footprints(op):
        if isinstance(subject, Task):
            return subject, [subject]
        holders = mark_of(type(subject), "_holders_")
        held_by: list[Task] = holders(subject) if holders is not None else []
        if held_by:
            return subject, held_by
    return op[SUBJECT], []


def waiting_of(tasks: Iterable[Task], recorder: Recorder | None) -> list[Waiting]:
    """Those of the tasks that cannot go on, and whom they wait for."""
    found = []
    stuck = [task for task in tasks if task.ready is not None and not task.ready()]
    if recorder is not None:
        recorder.stuck([task.op for task in stuck])
    for task in stuck:
        subject, held_by = awaited(task.op)
        found.append(
            Waiting(
                task.id, task.name, task.op[1],
                recorder.name(subject) if recorder is not None else "",
                tuple(holder.id for holder in held_by),
                tuple(holder.name for holder in held_by),
                task.where.line if task.where is not None else None,
                task.daemon,
            )
        )  # fmt: skip
    return found


def find_cycle(waiting: list[Waiting]) -> list[int] | None:
    """The ids of the tasks on a cycle of the wait-for graph, or None. Depth-first search."""
    edges = {one.task: one.holders for one in waiting}
    for start, holders in edges.items():
        path = [start]
        stack = [iter(holders)]
        seen = {start}
        while stack:
            nxt = next(stack[-1], None)
            if nxt is None:
                stack.pop()
                path.pop()
            elif nxt == start:
                return path
            elif nxt in edges and nxt not in seen:
                seen.add(nxt)
                path.append(nxt)
                stack.append(iter(edges[nxt]))
    return None
