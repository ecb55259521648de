"""A pool's workers: processes that take tasks one after the other."""

from __future__ import annotations

import functools
from collections import deque
from collections.abc import Callable
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import NEEDS_FREE, READ, Footprint
from grader.engine.part import Part
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.jobs import Answer, Job, Kept, answer, pack
from grader.standins.multiprocessing.lifecycle import Child
from grader.standins.multiprocessing.pickling import Arrival, dumps, loads
from grader.standins.multiprocessing.tokens import Tokens
from grader.standins.multiprocessing.world import announce

CLOSED: Final = Part("closed")
WORK: Final = Part("work")


class Core:
    """What the pool and its workers have in common."""

    _controlled_ = True

    def __init__(self) -> None:
        self.tasks: deque[tuple[Any, int, Any]] = deque()  # job, its part, the call
        self.queued = Tokens(self)
        self.closed = False
        self.fresh: list[int] = []  # workers that have not done anything, in order
        self.waiting: set[int] = set()  # workers without a task
        self.to_tell: deque[tuple[Job, Callable[[], None]]] = deque()  # callbacks to be made

    def _travel_(self, child: Modelled | None) -> Arrival:
        return lambda: self

    def encode(self, call: tuple[Any, tuple[Any, ...], dict[str, Any]]) -> Any:
        """A call as it goes to a worker."""
        return dumps(call)

    def answer(self, data: Any) -> Answer:
        """Makes a call, in a worker."""
        return answer(functools.partial(_call, data), pack)

    def watch(self) -> tuple[Footprint, ...]:
        """What a worker looks at, beside the calls that are queued."""
        return ((self, CLOSED, READ | NEEDS_FREE), (self, WORK, READ))

    def taken(self, job: Any) -> tuple[Footprint, ...]:
        """What it touches, beside the queue, to take a part of the job."""
        return self.watch()

    def deliver(self, job: Any, index: int, done: Answer) -> None:
        """A worker has done a part of the job."""
        announce("result", (job.arrival(index, good=done.good), (self, WORK, READ)))
        job.arrive(index, done)

    def prepare(self, initializer: Any, initargs: Any) -> bool:
        """Calls the initializer in a worker; whether that can go on."""
        initializer(*initargs)
        return True

    def leave(self, number: int) -> None:
        """A worker ends because the pool is closed."""

    def is_closed(self) -> bool:
        """Whether a worker ends when there is nothing left to do."""
        return self.closed

    def may_go_on(self, number: int) -> bool:
        """Whether that worker has something to do, or to end for."""
        if not self.tasks:
            return self.is_closed()
        return number not in self.fresh or self.fresh[0] == number

    def is_idle(self, number: int, worker: Any) -> bool:
        """Whether that worker, a process, has nothing to do and never had."""
        begun = worker._popen
        new = isinstance(begun, Child) and all(
            op[0] is not begun.task for op in runtime.current().log
        )
        return not self.tasks and (number in self.waiting or new)


class ThreadCore(Core):
    """The same for workers that are threads: nothing is pickled."""

    def encode(self, call: tuple[Any, tuple[Any, ...], dict[str, Any]]) -> Any:
        """The call itself."""
        return call

    def answer(self, data: Any) -> Answer:
        """Makes a call."""
        function, args, kwds = data
        return answer(lambda: function(*args, **kwds), Kept)


def work(core: Core, number: int, initializer: Any, initargs: Any) -> None:
    """The life of a worker."""
    if initializer is not None and not core.prepare(initializer, initargs):
        return
    execution = runtime.current()
    while True:
        core.waiting.add(number)
        announce("take", (*core.queued.will_take(), *core.watch()), lambda: core.may_go_on(number))
        core.waiting.discard(number)
        if not core.tasks:
            execution.touched(*core.queued.look(), *core.watch())
            core.leave(number)
            return
        job, index, data = core.tasks.popleft()
        execution.touched(*core.queued.take(), *core.taken(job))
        if number in core.fresh:
            core.fresh.remove(number)
        if job.begin():
            core.deliver(job, index, core.answer(data))


def _call(data: bytes) -> Any:
    function, args, kwds = loads(data)
    return function(*args, **kwds)


def mapstar(function: Callable[..., Any], chunk: tuple[Any, ...]) -> list[Any]:
    """One chunk of a map."""
    return [function(item) for item in chunk]


def starmapstar(function: Callable[..., Any], chunk: tuple[Any, ...]) -> list[Any]:
    """One chunk of a starmap."""
    return [function(*items) for items in chunk]
