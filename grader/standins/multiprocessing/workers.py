"""A pool's workers: processes that take tasks one after the other."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import NEEDS_FREE, READ, Part
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.jobs import Job, answer
from grader.standins.multiprocessing.pickling import Arrival, loads
from grader.standins.multiprocessing.tokens import Tokens
from grader.standins.multiprocessing.world import announce

CLOSED: Final = Part("closed")
WORK: Final = Part("work")


class Core:
    """What the pool and its workers have in common."""

    _controlled_ = True

    def __init__(self) -> None:
        self.tasks: deque[tuple[Job, int, bytes]] = deque()
        self.queued = Tokens(self)
        self.closed = False
        self.fresh: list[int] = []  # workers that have not done anything, in order
        self.waiting: set[int] = set()  # workers without a task
        self.to_tell: deque[tuple[Job, Callable[[], None]]] = deque()  # callbacks to be made

    def _travel_(self, child: Modelled | None) -> Arrival:
        return lambda: self

    def may_go_on(self, number: int) -> bool:
        """Whether that worker has something to do, or to end for."""
        if not self.tasks:
            return self.closed
        return number not in self.fresh or self.fresh[0] == number


def work(core: Core, number: int, initializer: Any, initargs: Any) -> None:
    """The life of a worker."""
    if initializer is not None:
        initializer(*initargs)
    execution = runtime.current()
    watch = ((core, CLOSED, READ | NEEDS_FREE), (core, WORK, READ))
    while True:
        core.waiting.add(number)
        announce("take", (*core.queued.will_take(), *watch), lambda: core.may_go_on(number))
        core.waiting.discard(number)
        if not core.tasks:
            execution.touched(*core.queued.look(), *watch)
            return
        job, index, data = core.tasks.popleft()
        execution.touched(*core.queued.take(), *watch)
        if number in core.fresh:
            core.fresh.remove(number)
        done = answer(functools.partial(_call, data))
        announce("result", (job.arrival(index, good=done.good), (core, WORK, READ)))
        job.arrive(index, done)


def _call(data: bytes) -> Any:
    function, args, kwds = loads(data)
    return function(*args, **kwds)


def mapstar(function: Callable[..., Any], chunk: tuple[Any, ...]) -> list[Any]:
    """One chunk of a map."""
    return [function(item) for item in chunk]


def starmapstar(function: Callable[..., Any], chunk: tuple[Any, ...]) -> list[Any]:
    """One chunk of a starmap."""
    return [function(*items) for items in chunk]
