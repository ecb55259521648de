"""When a task that waits by looking again and again has to let others run.

Musuvathi and Qadeer, "Fair Stateless Model Checking", PLDI 2008: a task that yields promises that
it cannot go on without the others. Here it is taken at its word only when it has changed nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from grader.engine.operation import (
    NEEDS_FREE,
    READ,
    WRITE,
    Footprint,
    Operation,
    footprints,
    is_exclusion,
    touch_conflict,
)
from grader.engine.task import Task

if TYPE_CHECKING:
    from grader.engine.execution import Execution

# Loop iterations of one task in a row, without any other task, after which it must let others
# run: 60 in which nothing is changed, of which one of a `while` loop counts as 12, and any 200. An
# iteration that touches nothing visible does not count.
SPINS: Final = 60
TURNS: Final = 200
NAPS: Final = 50  # sleeps of one task in a row, with nothing at all in between
RETRIES: Final = 3  # sleeps or spins in vain, in a row, of one task, before its tries are cut short
PASSED: Final = 20  # sleeps and yields of others in which a task that can run is passed over


def in_vain(execution: Execution, task: Task) -> Changed | None:
    """What the task has to wait for when it changed nothing since it last stepped back."""
    mine = [op for op in execution.log[task.stepped_at :] if op[0] is task]
    if _changes_something(execution, task, mine):
        task.in_vain = task.naps = 0
        return None
    ready = Changed(execution, task)
    if not ready.touched:
        # One sleep right after another: as good as one that is longer. Waiting for others
        # to move at all, whoever it is, would make it depend on all that they do.
        task.naps += 1
        if task.naps <= NAPS:
            return None
        execution.spun = True
    execution.slept_in_vain = True
    task.in_vain += 1
    patience = execution.limits.patience
    if task.in_vain > RETRIES + patience:
        execution.spun = execution.straight_on = True
    return ready if task.in_vain > patience else None


def _changes_something(execution: Execution, task: Task, mine: list[Operation]) -> bool:
    """Whether one of the operations since the last step back changed what can matter later:
    not a lock taken and given back, not a list of its own for this one try.
    """
    written = [op[2] for op in mine if op[4] & WRITE and not is_exclusion(op)]
    if any(type(subject) not in (list, dict, set) for subject in written):
        return True
    own = {id(subject) for subject in written}  # unless something else has touched it
    return bool(own) and any(
        id(op[2]) in own and (op[0] is not task or index < task.stepped_at)
        for index, op in enumerate(execution.log)
    )


class PassedOver:
    """How often each task that could run was passed over when another one slept or yielded."""

    __slots__ = ("_at", "_counts", "_too_often")

    def __init__(self) -> None:
        self._counts: dict[Task, int] = {}  # since it last ran
        self._at = 0  # length of the log until which that is known
        self._too_often = False

    def turns_of_others(self, execution: Execution, task: Task) -> Turns | None:
        """Whom the task has to let run first when it sleeps or yields, although it gets on: None
        until some task has been passed over `PASSED` times. A loop that counts its tries, say,
        changes something each time, and would otherwise be free to go on alone for ever.
        """
        for op in execution.log[self._at :]:
            self._counts.pop(op[0], None)
        self._at = len(execution.log)
        others = [
            one for one in execution.live
            if one is not task and (one.ready is None or one.ready())
        ]  # fmt: skip
        for other in others:
            self._counts[other] = self._counts.get(other, 0) + 1
            if self._counts[other] > PASSED:
                execution.spun = execution.straight_on = self._too_often = True
        return Turns(execution, others) if self._too_often and others else None


class Turns:
    """Whether each of some tasks has had its turn, or has ended, since this was made."""

    __slots__ = ("_at", "_execution", "_others")

    def __init__(self, execution: Execution, others: list[Task]) -> None:
        self._execution = execution
        self._others = set(others)
        self._at = len(execution.log)

    def __call__(self) -> bool:
        """Whether it is so by now."""
        log = self._execution.log
        while self._others and self._at < len(log):
            self._others.discard(log[self._at][0])
            self._at += 1
        return not self._others


class Changed:
    """Whether another task has changed something that `task` has touched in vain, after it has
    touched it; when it touched nothing, whether another task has moved at all. Looks at each
    event once.
    """

    __slots__ = ("_at", "_execution", "_found", "_task", "touched")

    def __init__(self, execution: Execution, task: Task) -> None:
        self._execution = execution
        self._task = task
        self.touched = [  # where in the log, and what
            (index, subject, key)
            for index, op in enumerate(execution.log[task.stepped_at :], task.stepped_at)
            if op[0] is task and not is_exclusion(op)
            for subject, key, _ in footprints(op)
            if subject is not None
        ]
        self._at = task.stepped_at
        self._found = False

    def footprints(self) -> tuple[Footprint, ...]:
        """What it depends on."""
        return tuple((subject, key, READ | NEEDS_FREE) for _, subject, key in self.touched)

    def __call__(self) -> bool:
        """Whether it is so by now."""
        log = self._execution.log
        while not self._found and self._at < len(log):
            event = log[self._at]
            if event[0] is not self._task:
                self._found = not self.touched or any(
                    touch_conflict(subject, key, WRITE, subject2, key2, mode)
                    for index, subject, key in self.touched
                    if index < self._at
                    for subject2, key2, mode in footprints(event)
                    if mode & WRITE
                )
            self._at += 1
        return self._found
