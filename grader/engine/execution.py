"""One execution of a controlled program: tasks, operations, the virtual clock, an ending.

The engine knows no strategy and no stand-in. Tasks are greenlets in one OS thread, so nothing
here can race. Before each visible operation a task calls `perform`, which parks it; one of the
tasks that can run is chosen, and goes on with its operation until it announces the next.
"""

from __future__ import annotations

import bisect
import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from grader.engine import containers, runtime
from grader.engine.attributes import is_of_each_task
from grader.engine.clock import Clock
from grader.engine.endings import Ending, waiting_of
from grader.engine.fairness import SPINS, TURNS, Changed, PassedOver, Turns, in_vain
from grader.engine.operation import (
    NEEDS_FREE,
    READ,
    UNLOCK,
    WRITE,
    Footprint,
    Operation,
    with_more,
)
from grader.engine.process import Process
from grader.engine.recursion import is_too_deep, same_for_any_depth
from grader.engine.run import EARLY, Decision, Limits, Picker, Run, Track
from grader.engine.task import Abandoned, Task
from grader.engine.workers import Workers, workers

if TYPE_CHECKING:
    from grader.engine.trace import Recorder


class Execution:
    """Runs one schedule. Make a new one for each; `run` may be called once."""

    def __init__(
        self,
        prefix: Sequence[int] = (),
        picker: Picker | None = None,
        limits: Limits | None = None,
        recorder: Recorder | None = None,
        track: Track | None = None,
    ) -> None:
        """`prefix`: the first choices. `track`: of a run that made all of these but the last."""
        self.limits = limits or Limits()
        self.recorder = recorder
        self.clock = Clock(self)
        self.solo = True  # no second task was ever started: nothing can interleave
        self.plain = False  # `access` need not do all that `perform` does
        self.steps = 0  # operations announced
        self.writes = 0
        self.ticks = 0
        self.live: list[Task] = []  # not finished, by id
        self.tasks: list[Task] = []
        self.processes: list[Process] = []
        self.state: dict[str, Any] = {}  # of stand-ins, for the whole world
        self.plans: dict[tuple[type, str], int] = {}  # of `attributes`: how attributes are read
        self.write_plans: dict[tuple[type, str], int] = {}  # and how they are written
        self.namespaces: dict[int, tuple[dict[str, Any], Any]] = {}  # whose `__dict__` a dict is
        self.output: list[str] = []
        self.errors: list[tuple[Task, BaseException]] = []
        self.running: Task = None  # type: ignore[assignment]  # set by `run`, never None inside
        self.over = False
        self.choices: list[int] = []
        self.decisions: list[Decision] = []
        self.own: list[int] = []  # which of them were the program's own
        self.log: list[Operation] = []
        self.barriers: list[int] = []
        self.spun = False
        self.straight_on = False  # no more choices: see `step_back`
        self.passed_over = PassedOver()
        self.slept_in_vain = False
        self.drew = False
        self.recursed = False
        self._prefix = prefix
        self._track = track
        self._tracked = 0  # events that are those of the track
        self._chosen: Iterator[int] = iter(())  # what the program itself chooses there
        if track is not None and prefix:
            self._begin_as(track, prefix)
        self._picker = picker
        self._max_steps = self.limits.steps
        self._max_ticks = self.limits.ticks
        self._early = self.limits.early_timeouts
        self._ending: Ending | None = None
        self._refusal: BaseException | None = None
        self._next: Task | None = None
        self._workers: Workers
        self._hub: Any = None
        self._last_id = 0
        self._discarded: list[Task] = []  # ended from outside, each at its `op`
        self._write_at = 0  # step of the last operation that changed something
        self._write_before = 0  # and of the one before it

    def _begin_as(self, track: Track, prefix: Sequence[int]) -> None:
        """All choices but the last are those of the track: they need not be made again."""
        last = len(prefix) - 1
        self._tracked = track.decisions[last].at
        self.choices = list(prefix[:last])
        self.decisions = track.decisions[:last]
        self.own = [index for index in track.own if index < last]
        self._chosen = iter([prefix[index] for index in self.own])

    # -- running ---------------------------------------------------------------------------

    def run(self, main: Callable[[Execution], Any]) -> Run:
        """Runs `main` as task 0 of process 0 until the execution ends, in one of the ways of
        `Ending`. Raises what was given to `refuse` when the code cannot be graded.
        """
        if runtime.now.execution is not None:
            raise RuntimeError("an execution is running already; executions do not nest")
        value: Any = None

        def body() -> None:
            nonlocal value
            value = main(self)

        runtime.now.execution = self
        self._workers = workers()
        self._hub = self._workers.hub
        try:
            task: Task | None = self.new_task("main", self.new_process("main", None), body)
            assert task is not None
            self._enter(task)
            while task is not None:
                self.running = task
                task.greenlet.switch()
                task = self._following()
            ending = self._ending or Ending.FINISHED
            if len(self.log) < self._tracked:
                ending = Ending.DIVERGED
            if ending is Ending.FINISHED and self.errors:
                ending = Ending.EXCEPTION
            waiting = waiting_of(self.live, self.recorder) if ending is not Ending.REDUNDANT else []
            # Of a run that was cut, the steps that can be taken have been taken elsewhere.
            pending = [
                task.op for task in self.live
                if ending is not Ending.REDUNDANT or not (task.ready is None or task.ready())
            ] + [task.op for task in self._discarded]  # fmt: skip
        finally:
            self._abandon()
            runtime.now.execution = None
            log, self.log = self.log, []  # so it goes when the run does, whatever keeps this object
            decisions, self.decisions = self.decisions, []
            self._track = None
        if self._refusal is not None:
            raise self._refusal
        return Run(
            ending, value, self.choices, decisions, log, self.barriers, self.steps,
            self.own, waiting, pending, self.errors, "".join(self.output), self.spun,
            self.slept_in_vain, self.drew, self.limits.luck, self.recursed,
        )  # fmt: skip

    def _following(self) -> Task | None:
        """The task that the one that has just ended has named, if it has."""
        following, self._next = self._next, None
        return following

    def new_process(self, name: str, parent: Process | None) -> Process:
        """A new modelled process, without any task yet."""
        process = Process(len(self.processes), name, parent)
        self.processes.append(process)
        return process

    def new_task(
        self, name: str, process: Process, body: Callable[[], None], *, daemon: bool = False
    ) -> Task:
        """A new task, parked before its first step. It is not live until `start`."""
        task = Task(len(self.tasks), name, process, body, daemon=daemon)
        task.worker = self._workers.take(lambda: self._live(task))
        task.greenlet = task.worker.greenlet
        task.op = (task, "begin", task, None, READ | NEEDS_FREE, ())
        self.tasks.append(task)
        return task

    def start(self, task: Task, kind: str = "start") -> None:
        """Lets a new task run from now on: a visible operation of the running task."""
        self.solo = False
        self.plain = self.recorder is None
        # A daemon that starts one that is none keeps the world from ending: see `_finish`.
        lasting = _is_daemon(self.running) and not _is_daemon(task)
        also = (_membership(task), *(((self, None, WRITE),) if lasting else ()))
        self.perform(kind, task, None, UNLOCK, also=also)
        self._enter(task)

    def _enter(self, task: Task) -> None:
        task.background = _is_daemon(task)
        if task.background:
            self.plain = False
            task.op = with_more(task.op, ((self, None, READ),))  # see `_finish`
        bisect.insort(self.live, task, key=lambda each: each.id)
        task.process.tasks.append(task)
        if task.process.main is None:
            task.process.main = task

    def _live(self, task: Task) -> None:
        """The life of a task, in its own greenlet."""
        try:
            task.body()
        except Abandoned:
            return
        except BaseException as error:  # noqa: BLE001 - what student code raises is an ending
            if self.over:
                return  # its last words, while it is being ended: a `finally` that failed, say
            if is_too_deep(error):
                self._recursed(error)
            if _is_ours(error):
                self._refusal = error
            task.error = error
            self.errors.append((task, error))
            if task.id == 0:
                self.stop(Ending.EXCEPTION)
        self._end(task)

    def _end(self, task: Task) -> None:
        # It may be the last end, which stops the daemons where they are: see `_finish`.
        last = () if _is_daemon(task) else ((self, None, WRITE),)
        self.perform("end", task, None, UNLOCK, also=(_membership(task), *last))
        for owner in [each for each in task.local if is_of_each_task(type(each))]:
            del task.local[owner]  # what nobody else refers to dies with the task
        self._finish(task)

    def _finish(self, task: Task) -> None:
        task.finished = True
        self.live.remove(task)
        self._last_id = task.id
        last = all(map(_is_daemon, self.live))
        if self.log and not _is_daemon(task):
            # How far daemons have come at the end is a matter of order: each of their steps
            # conflicts with the last end.
            daemons = any(map(_is_daemon, self.tasks))
            world = ((self, None, WRITE if last else READ),) if daemons else ()
            self.log[-1] = with_more(self.log[-1], (_membership(task), *world))
        if last:
            self._ending = Ending.FINISHED
            return
        self._next = self._follow(None) if len(self.log) < self._tracked else self._decide(None)

    def discard(self, task: Task) -> None:
        """Takes another task out of the world, as when its process ends. Its code does not run
        on, and what it holds stays held.
        """
        if not task.finished:
            task.finished = True
            self.live.remove(task)
            self._discarded.append(task)

    def leave(self) -> NoReturn:
        """Ends the running task at once, as when its process ends: its code does not run on."""
        self._end(self.running)
        self._hub.switch()
        raise Abandoned

    def is_end(self, error: BaseException | None) -> bool:
        """Whoever catches what student code may have raised asks this first, in the task that
        raised it, and goes no further if it is so: the execution is over. Recursion that came to
        Python's limit ends it here: see `recursion`.
        """
        if error is not None and not self.over and is_too_deep(error):
            self._recursed(error)
        return self.over

    def _recursed(self, error: BaseException) -> NoReturn:
        error = same_for_any_depth(error)
        if not self.recursed:  # the limit is near: this may be the second time
            self.recursed = True
            self.running.error = error
            self.errors.append((self.running, error))
        self.stop(Ending.EXCEPTION)

    def refuse(self, error: BaseException) -> NoReturn:
        """Ends the execution because the code cannot be graded: `run` raises `error`."""
        self._refusal = error
        self.stop(Ending.DIVERGED)

    def stop(self, ending: Ending) -> NoReturn:
        """Ends the execution from inside a task. Does not return."""
        if self._ending is None:
            self._ending = ending
        self._next = None
        self._hub.switch()
        raise Abandoned

    def _abandon(self) -> None:
        """Ends all tasks that are left, without letting their code run on: every hook and every
        guard in a handler raises `Abandoned` again, so one that swallows it does not get far.
        """
        self.over = True
        self.plain = False
        for task in self.tasks:
            if not task.worker.idle:
                with contextlib.suppress(BaseException):  # its last words change nothing
                    task.greenlet.throw(Abandoned)
            self._workers.give_back(task.worker)

    # -- operations ------------------------------------------------------------------------

    def perform(
        self,
        kind: str,
        subject: object,
        key: object = None,
        mode: int = WRITE,
        *,
        ready: Callable[[], bool] | None = None,
        deadline: float | None = None,
        also: tuple[Footprint, ...] = (),
    ) -> bool:
        """Announces a visible operation of the running task and returns when it is its turn.

        What follows, up to the next announcement, happens at once: nobody else runs. `ready`
        tells whether the operation can run (None: always). With a `deadline` (virtual seconds)
        the wait may expire. `subject`, `key`, `mode` and `also` say what the operation touches.

        Returns False when the wait expired, else True.
        """
        if self.over:
            raise Abandoned
        steps = self.steps = self.steps + 1
        if steps > self._max_steps:
            self._out_of_steps()
        task = self.running
        if task.background:
            also = (*also, (self, None, READ))  # see `_finish`
        if self.recorder is not None:
            task.where = self.recorder.locate()
        if self.solo and (ready is None or ready()):
            if self.recorder is not None:
                self.recorder.record((task, kind, subject, key, mode, also), expired=False)
            return True
        task.ready = ready
        if ready is not None:
            mode |= NEEDS_FREE
        if deadline is not None:
            task.deadline = deadline
            if self._early and ready is not None and task.early < EARLY:
                mode &= ~NEEDS_FREE  # it can always run: to give up
                task.ready = None
        task.op = (task, kind, subject, key, mode, also)
        chosen = self._follow(task) if len(self.log) < self._tracked else self._decide(task)
        if chosen is not task:
            self.running = chosen
            chosen.greenlet.switch()
            if self.over:
                raise Abandoned
        task.ready = None
        expired = False
        if deadline is not None:
            task.deadline = None
            if ready is not None and not ready():
                expired = True
                task.early += self._early
                if self.barriers and self.barriers[-1] == len(self.log) - 1:
                    self.clock.jump(deadline)
                else:
                    self.clock.reach(deadline)
        if mode & WRITE and not expired:
            self.writes += 1
            self._write_before = self._write_at
            self._write_at = self.steps
        if self.recorder is not None:
            self.recorder.record(task.op, expired=expired)
        return not expired

    def access(self, kind: str, subject: object, key: object, mode: int) -> None:
        """`perform` for what can run at any time and touches one place: most operations."""
        if not self.plain:
            self.perform(kind, subject, key, mode)
            return
        steps = self.steps = self.steps + 1
        if steps > self._max_steps:
            self._out_of_steps()
        task = self.running
        log = self.log
        at = len(log)
        task.op = op = (task, kind, subject, key, mode, ())
        if at < self._tracked:
            track = self._track
            assert track is not None
            if track.tasks[at] == task.id and track.kinds[at] == kind:
                log.append(op)
                chosen = task
            else:
                chosen = self._follow(task)
        else:
            chosen = self._decide(task)
        if chosen is not task:
            self.running = chosen
            chosen.greenlet.switch()
            if self.over:
                raise Abandoned
        if mode & WRITE:
            self.writes += 1
            self._write_before = self._write_at
            self._write_at = self.steps

    def _out_of_steps(self) -> NoReturn:
        stuck = self.steps - self._write_at > self._max_steps // 2
        self.stop(Ending.LIVELOCK if stuck else Ending.STEP_BOUND)

    def turned_out(self, mode: int | None, *more: Footprint) -> None:
        """What the operation that has just begun really touches, known only now: its mode (READ:
        a try that failed and changed nothing; None: as announced) and `more` footprints.

        What decides about it must be in the footprint either way.
        """
        if self.solo or not self.log:
            return
        task, kind, subject, key, announced, also = self.log[-1]
        if mode is None:
            mode = announced
        elif not mode & WRITE:
            self._take_back_write()
        self.log[-1] = (task, kind, subject, key, mode, also + more)

    def touched(self, first: Footprint, *more: Footprint) -> None:
        """What the operation that has just begun really touches, in place of all that was
        announced: which one of many messages it has taken, say. What was announced must conflict
        with all that this conflicts with.
        """
        if not self.solo and self.log:
            task, kind, *_ = self.log[-1]
            if not any(mode & WRITE for _, _, mode in (first, *more)):
                self._take_back_write()
            if task.background:
                more = (*more, (self, None, READ))
            self.log[-1] = (task, kind, first[0], first[1], first[2], more)

    def extend_pending(self, subject: object, footprint: Footprint) -> None:
        """Operations announced already that change `subject` will touch this, too: the operation
        under way, which must conflict with them, has linked the two.
        """
        for task in self.live:
            op = task.op
            if task is not self.running and op[2] is subject and op[4] & WRITE:
                task.op = with_more(op, (*op[5], footprint))

    def _take_back_write(self) -> None:
        """The operation under way changes nothing after all: a spin loop stays one."""
        if self._write_at == self.steps:
            self.writes -= 1
            self._write_at = self._write_before

    def choose(self, alternatives: int) -> int:
        """A choice of the program itself (which waiter wakes, how much arrives): an index."""
        if alternatives < 2 or self.straight_on:
            return 0
        if self.over:
            raise Abandoned
        known = next(self._chosen, None)
        if known is not None:
            if known >= alternatives:
                self.stop(Ending.DIVERGED)
            return known
        position = len(self.choices)
        if position < len(self._prefix):
            choice = self._prefix[position]
            if choice >= alternatives:
                self.stop(Ending.DIVERGED)
        else:
            choice = self._picker.choose(self, alternatives) if self._picker else 0
        self.choices.append(choice)
        self.decisions.append(Decision(len(self.log), alternatives, preemptive=False))
        self.own.append(position)
        return choice

    def step_back(self, kind: str, seconds: float = 0.0) -> None:
        """Lets others run first: a sleep, a yield, a spin. It promises nothing about order: the
        same task may go on at once, as if the others were slow.

        But one that has changed nothing since it last stepped back would find the same again: it
        goes on when another task has changed something that it touched, or when nothing else can
        run. After `RETRIES` such times there are no more choices in this execution, and every
        task runs for as long as it can: tasks that back off from each other for ever, each time
        the other way round, are bad luck and not a livelock, unless they do so even then. (So
        loops that wait by sleeping are finite: CHESS's fair scheduling, Musuvathi and Qadeer,
        PLDI 2008.) With `Limits.patience` it may go on so many times all the same, which finds
        the loops that give up after some tries.
        Nor may it pass over for ever those who can run: see `PassedOver`.
        """
        task = self.running
        deadline = self.clock.now + seconds
        ready: Changed | Turns | None = None
        also: tuple[Footprint, ...] = ()
        if not self.solo:
            changed = in_vain(self, task) if task.stepped_at >= 0 else None
            if changed is not None:
                ready, also = changed, changed.footprints()
            else:
                ready = self.passed_over.turns_of_others(self, task)
        self.perform(kind, None, None, READ, ready=ready, deadline=deadline, also=also)
        self.clock.reach(deadline)
        task.stepped_at = len(self.log)
        task.spins = task.turns = 0

    def tick(self, waiting: bool = False) -> None:
        """Counts one loop iteration of the student's code (of a `while` loop: `waiting`) and
        keeps spin loops fair.
        """
        if self.over:
            raise Abandoned
        self.ticks += 1
        if self.ticks > self._max_ticks:
            self.stop(Ending.LIVELOCK)
        task = self.running
        steps = self.steps
        if self.solo or steps == task.seen_steps:
            return  # nothing visible happened in this iteration: it is local work
        if self.writes != task.seen_writes:
            task.spins = 0
        task.spins += 12 if waiting else 1
        task.turns += 1
        task.seen_steps = steps
        task.seen_writes = self.writes
        if (task.spins > SPINS or task.turns > TURNS) and len(self.live) > 1:
            self.spun = True
            self.step_back("spin")

    # -- deciding --------------------------------------------------------------------------

    def _decide(self, current: Task | None) -> Task:
        """The next task to run; `current` is parked, or None when a task has just ended."""
        enabled = [task for task in self.live if task.ready is None or task.ready()]
        count = len(enabled)
        if count == 0:
            return self._quiescent()
        chosen = enabled[0]
        position = len(self.choices)
        picker = self._picker if position >= len(self._prefix) else None
        if count == 1:
            if picker is not None and not self.straight_on:
                picker.pick(self, enabled)
        else:
            if chosen is not current:
                # In turn: the running task first, then those after it, then from the beginning.
                last = current.id if current is not None else self._last_id
                at = 0
                while at < count and enabled[at].id < last:
                    at += 1
                if 0 < at < count:
                    enabled = enabled[at:] + enabled[:at]
                    chosen = enabled[0]
            if not self.straight_on:
                preemptive = chosen is current
                choice = 0
                if position < len(self._prefix):
                    choice = self._prefix[position]
                    if choice >= count:
                        self.stop(Ending.DIVERGED)
                elif picker is not None:
                    choice = picker.pick(self, enabled)
                chosen = enabled[choice]
                self.choices.append(choice)
                self.decisions.append(Decision(len(self.log), count, preemptive))
        if chosen is not current:
            chosen.spins = chosen.turns = 0
        self.log.append(chosen.op)
        return chosen

    def _follow(self, current: Task | None) -> Task:
        """The next task to run, as in the run whose track this is."""
        at = len(self.log)
        track = self._track
        assert track is not None
        number = track.tasks[at]
        if number >= len(self.tasks):
            self.stop(Ending.DIVERGED)
        chosen = self.tasks[number]
        op = chosen.op
        if chosen.finished or op[1] != track.kinds[at]:
            self.stop(Ending.DIVERGED)
        if at in track.barriers:
            self.barriers.append(at)
        elif chosen is not current:
            chosen.spins = chosen.turns = 0
        self.log.append(op)
        return chosen

    def _quiescent(self) -> Task:
        """Nothing can run: the clock jumps to the earliest deadline, or the execution is stuck."""
        timed = [task for task in self.live if task.deadline is not None]
        if timed:
            chosen = min(timed, key=lambda task: (task.deadline, task.id))
            self.barriers.append(len(self.log))
            self.log.append(chosen.op)
            return chosen
        return self.stop(Ending.LEAKED if self.tasks[0].finished else Ending.DEADLOCK)


def _membership(task: Task) -> Footprint:
    """What the start and the end of a task change for those who list the tasks of a process."""
    return (task.process, task, WRITE)


def _is_daemon(task: Task) -> bool:
    """Whether nobody waits for it at the end."""
    return task.daemon or task.process.daemon


def _is_ours(error: BaseException) -> bool:
    """Whether the engine itself raised it: then it says nothing about the student's code."""
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    where = "" if at is None else at.tb_frame.f_globals.get("__name__", "")
    return where.startswith(f"{__package__}.") and where != containers.__name__  # does as asked
