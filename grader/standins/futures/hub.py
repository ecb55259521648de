"""What a `ProcessPoolExecutor` has in common with its workers, and its manager thread.

In CPython the manager thread moves calls into a queue that the workers read, and results from
another queue into their futures. Here a call goes to a worker, and a plain result to its future,
in one step each. The manager has steps of its own only where they can be told apart: it makes
callbacks, unpickles what is of the student's classes, and finds out that a worker has died. What
waits in the queue is called running, and cannot be cancelled; whether the manager has been there
already is a choice, made when somebody asks.
"""

from __future__ import annotations

from collections import deque
from concurrent.futures import BrokenExecutor
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import FREES, NEEDS_FREE, READ, RELEASE, WRITE, Footprint
from grader.engine.part import Part
from grader.engine.process import Process as Modelled
from grader.engine.task import Task
from grader.standins.futures.future import Future, State, report
from grader.standins.multiprocessing.jobs import Answer, Kept, RemoteTraceback, cause_of
from grader.standins.multiprocessing.lifecycle import Child
from grader.standins.multiprocessing.pickling import dumps_for, loads
from grader.standins.multiprocessing.workers import CLOSED, Core
from grader.standins.multiprocessing.world import announce
from grader.standins.threading.threads import Thread

_MAIL: Final = Part("mail")  # what the manager has to do, and whether it is at it
_PLACE: Final = Part("place")  # how far the calls have come that wait
_EXTRA: Final = 1  # calls that wait in CPython's queue, besides one for each worker
_BROKEN: Final = (
    "A child process terminated abruptly, the process pool is not usable anymore"
)  # fmt: skip
_LOST: Final = (
    "A process in the process pool was terminated abruptly while the future was running or pending."
)


class BrokenProcessPool(BrokenExecutor):
    """As in CPython: a worker has ended without having been told to."""


class _RemoteTraceback(RemoteTraceback):
    """As in CPython: the cause of an exception that came from a worker."""


class _Sent(Answer):
    """What a worker sends back. `plain`: unpickling it runs no code of the student's."""

    __slots__ = ("plain",)

    def __init__(self, good: bool, data: bytes, plain: bool) -> None:
        super().__init__(good, data)
        self.plain = plain


class Work:
    """A call that was submitted."""

    _controlled_ = True

    def __init__(self, hub: Hub, future: Future) -> None:
        self.hub = hub
        self.future = future
        self.late = False  # it has been said that the manager has not seen it yet
        future._home_ = self

    def begin(self) -> bool:
        """A worker has taken it; whether it is to be done at all."""
        if self.future._state_ in (State.CANCELLED, State.CANCELLED_AND_NOTIFIED):
            return False
        self.future._state_ = State.RUNNING
        return True

    def ended(self) -> tuple[Footprint, ...]:
        """What its end touches."""
        return ((self.future, None, RELEASE), *self.future._touched_())

    def end(self, result: Any, error: BaseException | None) -> None:
        """The result is there, or the exception."""
        self.future._state_ = State.FINISHED
        self.future._result_ = result
        self.future._exception_ = error
        self.future._arrive_()

    # -- asked by the future -----------------------------------------------------------------

    def around(self) -> tuple[Footprint, ...]:
        """What it touches, beside the future, to ask how far the call has come."""
        if self.future._state_ is not State.PENDING:
            return ()
        return ((self.hub, _PLACE, WRITE), *self.future._touched_())

    def settle(self, *, again: bool) -> None:
        """Decides whether the call waits in the queue. `again`: it may be said more than once
        that it does not.
        """
        if self.future._state_ is not State.PENDING or self not in self.hub.within_reach():
            return
        if (self.late and not again) or runtime.current().choose(2) == 0:
            for work in self.hub.within_reach():
                work.future._state_ = State.RUNNING
                if work is self:
                    break
        else:
            self.late = True

    def cancelled(self) -> None:
        """The future has been cancelled: waiters are told when the manager comes to it."""
        self.hub.tell_cancelled()


class Hub(Core):
    """What the executor, its workers and its manager have in common."""

    def __init__(self, process: Modelled, size: int) -> None:
        super().__init__()
        self.process = process  # of the executor
        self.size = size  # workers at most
        self.workers: list[Any] = []
        self.left: set[int] = set()  # workers that have ended as they should
        self.open: dict[Work, None] = {}  # not ended yet, in order
        self.mail: deque[tuple[Work, Answer | None]] = deque()
        self.busy = False  # the manager is
        self.broken = ""
        self.manager: Task | None = None
        self.starting = False  # in the middle of `submit`, which holds a lock in CPython

    def is_free(self) -> bool:
        """Whether nobody is in the middle of a `submit`."""
        return not self.starting

    # -- workers -----------------------------------------------------------------------------

    def prepare(self, initializer: Any, initargs: Any) -> bool:
        """As in CPython: a worker whose initializer fails ends, which breaks the pool."""
        try:
            initializer(*initargs)
        except BaseException as error:
            if runtime.current().is_end(error):
                raise
            report(f"Exception in initializer: {error!r}")
            return False
        return True

    def answer(self, data: Any) -> Answer:
        """Makes a call, in a worker. One that cannot be unpickled ends the worker."""
        function, args, kwargs = loads(data)
        try:
            result, good = function(*args, **kwargs), True
        except BaseException as error:
            if runtime.current().is_end(error):
                raise
            result, good = error, False
        return _pack(good, result)

    def watch(self) -> tuple[Footprint, ...]:
        """What a worker looks at, beside the calls that are queued."""
        return (
            (self, CLOSED, READ | NEEDS_FREE), (self, _PLACE, READ),
            (self.process.main, None, READ | NEEDS_FREE),
        )  # fmt: skip

    def taken(self, job: Any) -> tuple[Footprint, ...]:
        """What it touches, beside the queue, to take a call."""
        return ((self, _PLACE, READ), *self.tell_cancelled())

    def is_closed(self) -> bool:
        """As in CPython, pools are shut down when their program ends."""
        return self.closed or self.has_ended()

    def has_ended(self) -> bool:
        """Whether the program has."""
        main = self.process.main
        return main is not None and main.finished

    def leave(self, number: int) -> None:
        """A worker ends as it should."""
        self.left.add(number)

    def deliver(self, job: Any, index: int, done: Answer) -> None:
        """A worker has made a call."""
        announce("set-result" if done.good else "set-exception", self._arrival(job, done))
        runtime.current().touched(*self._arrival(job, done))
        if job not in self.open:
            return
        if not self._directly(done):
            self.mail.append((job, done))
            return
        self._end(job, done)
        if job.future._callbacks_:
            self.mail.append((job, None))

    def _directly(self, done: Answer) -> bool:
        return isinstance(done, _Sent) and done.plain and not self.busy and not self.mail

    def _arrival(self, job: Work, done: Answer) -> tuple[Footprint, ...]:
        quiet = self._directly(done) and not job.future._callbacks_
        return (*job.ended(), (self, _MAIL, READ if quiet else WRITE | FREES))

    def _end(self, work: Work, done: Answer) -> None:
        value, cause = done.opened()
        del self.open[work]
        if done.good:
            work.end(value, None)
        else:
            if cause:
                value.__cause__ = _RemoteTraceback(cause)
            work.end(None, value)

    # -- how far calls have come ---------------------------------------------------------------

    def within_reach(self) -> list[Work]:
        """The calls that may wait in CPython's queue, or do so for sure."""
        waiting = [job for job, _, _ in self.tasks if job.future._state_ is not State.CANCELLED]
        waiting = [job for job in waiting if job in self.open]
        return waiting[: self.size + _EXTRA]

    def tell_cancelled(self) -> tuple[Footprint, ...]:
        """The manager comes to cancelled calls as soon as there is room in the queue."""
        told: tuple[Footprint, ...] = ()
        ahead = 0
        for job, _, _ in self.tasks:
            if ahead >= self.size + _EXTRA:
                break
            if job.future._state_ is not State.CANCELLED:
                ahead += job in self.open
                continue
            told += job.ended()
            job.future._state_ = State.CANCELLED_AND_NOTIFIED
            job.future._arrive_()
            self.open.pop(job, None)
        return told

    def cancel_all(self) -> None:
        """As in CPython: all calls but those in the queue; nobody who waits for them is told."""
        reach = self.within_reach()
        pending = [work for work in self.open if work.future._state_ is State.PENDING]
        unsure = [work for work in reach if work in pending]
        kept = len(unsure) - runtime.current().choose(len(unsure) + 1)
        for work in unsure[:kept]:
            work.future._state_ = State.RUNNING
        for work in pending:
            if work not in unsure[:kept]:
                work.future._state_ = State.CANCELLED
                del self.open[work]
        self.tasks = deque(entry for entry in self.tasks if entry[0] in self.open)
        for work in pending:
            if work.future._state_ is State.CANCELLED:
                work.future._call_back_()

    # -- the manager ---------------------------------------------------------------------------

    def start_manager(self) -> None:
        """Starts the thread, which has nothing to do yet."""
        execution = runtime.current()
        task = execution.new_task("ExecutorManagerThread", self.process, self._manage)
        task.thread = Thread(daemon=False)
        task.thread._task_ = self.manager = task
        task.ready = self._is_due
        task.op = (task, "handle", self, _MAIL, READ | NEEDS_FREE, self._watched(task))
        execution.start(task)

    def watch_worker(self, task: Task) -> None:
        """The manager waits for the end of one more worker."""
        manager = self.manager
        if manager is not None and manager.op[2] is self and manager.op[3] is _MAIL:
            kept = manager.op[:5]
            manager.op = (*kept, (*manager.op[5], (task, None, READ | NEEDS_FREE)))

    def _watched(self, *tasks: Task) -> tuple[Footprint, ...]:
        ends = (*tasks, *(child.task for child in self._children()))
        return tuple((task, None, READ | NEEDS_FREE) for task in ends)

    def _children(self) -> list[Child]:
        return [worker._popen for worker in self.workers]

    def _is_lost(self) -> bool:
        return any(
            child.task.finished and number not in self.left
            for number, child in enumerate(self._children())
        )

    def _is_over(self) -> bool:
        return self.is_closed() and all(child.task.finished for child in self._children())

    def _is_due(self) -> bool:
        return bool(self.mail) or self._is_lost() or self._is_over()

    def _manage(self) -> None:
        execution = runtime.current()
        task = execution.running
        task.ready = None
        begun: tuple[Footprint, ...] = ((task, None, READ | NEEDS_FREE),)
        while True:
            if self.mail:
                self.busy = True
                execution.touched((self, _MAIL, WRITE), *begun)
                if not self._handle(*self.mail.popleft()):
                    return
                announce("told", ((self, _MAIL, WRITE | FREES),))
                self.busy = False
            elif self._is_lost():
                execution.touched((self, _MAIL, READ), *self._watched(task))
                self._break()
                return
            elif self._is_over():
                execution.touched((self, _MAIL, READ), *self._watched(task))
                return
            begun = ()
            announce(
                "handle", ((self, _MAIL, READ | NEEDS_FREE), *self._watched()), self._is_due
            )  # fmt: skip

    def _handle(self, work: Work, done: Answer | None) -> bool:
        """One future is done, or has been (None); False: the pool is broken now."""
        if done is not None:
            try:
                value = done.opened()
            except BaseException as error:  # as in CPython, which takes it for a worker's end
                if runtime.current().over:
                    raise
                self._break(cause_of(error))
                return False
            announce("set-result" if done.good else "set-exception", work.ended())
            if work in self.open:
                self._end(work, _Opened(done.good, value))
        work.future._call_back_()
        return True

    def _break(self, cause: str = "") -> None:
        """As in CPython: all that is not done fails, and the other workers are ended."""
        known = list(self.open)
        announce(
            "break",
            ((self, None, RELEASE), *(each for work in known for each in work.ended())),
        )  # fmt: skip
        works = list(self.open)
        more = [each for work in works if work not in known for each in work.ended()]
        runtime.current().turned_out(None, *more)
        self.broken = _BROKEN
        self.closed = True
        self.tasks.clear()
        self.mail.clear()
        self.open.clear()
        error = BrokenProcessPool(_LOST)
        if cause:
            error.__cause__ = _RemoteTraceback(cause.replace('"""', "'''"))
        works = [work for work in works if work.future._state_ is not State.CANCELLED]
        for work in works:
            work.end(None, error)
        for work in works:
            work.future._call_back_()
        for child in self._children():
            if not child.task.finished:
                child.terminate()


class _Opened(Kept):
    """What has been unpickled already."""

    __slots__ = ()

    def opened(self) -> tuple[Any, str]:
        """The result, and the text of its cause."""
        result, cause = self.data
        return result, cause


def _pack(good: bool, result: Any) -> Answer:
    """A result as it travels; one that cannot is the error why."""
    try:
        return _Sent(good, *dumps_for((result, "" if good else cause_of(result))))
    except BaseException as error:
        if runtime.current().over:
            raise
        return _Sent(False, *dumps_for((error, cause_of(error))))


def refused(error: Exception) -> Answer:
    """The answer to a call that cannot be pickled."""
    error.__cause__ = _RemoteTraceback(cause_of(error))
    return Kept(False, error)
