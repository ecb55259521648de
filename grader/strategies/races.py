"""The races of a run, and the states from which they turn round (see `grader.strategies.dpor`)."""

from __future__ import annotations

from grader.engine.endings import Ending
from grader.engine.operation import (
    KILLS,
    NEEDS_FREE,
    WRITE,
    Footprint,
    Operation,
    co_enabled,
    footprints,
    kills,
)
from grader.engine.run import Run


class Node:
    """A state with a choice, on the path of the search."""

    __slots__ = ("at", "backtrack", "chosen", "done", "final", "order", "sleep")

    def __init__(self, at: int, order: list[int], chosen: int, sleep: frozenset[int]) -> None:
        self.at = at  # events before it
        self.order = order  # task ids in the order of the alternatives; empty: program's choice
        self.chosen = chosen  # the alternative taken now
        self.sleep = sleep  # tasks whose next step has been covered from here already
        self.done = {chosen}
        self.final: frozenset[int] = (
            frozenset()
        )  # tasks whose step from here ended the whole execution
        self.backtrack: set[int] = set()  # alternatives still to take


class Races:
    """Happens-before over one run, with vector clocks, and the races in it.

    A run that begins as the one before it did keeps the clocks of that beginning. Not what it
    touched: every run has objects of its own. What is kept per task is a list, by its id.
    """

    def __init__(self, path: list[Node]) -> None:
        self._path = path
        self._log: list[Operation] = []
        self._node_at: dict[int, Node] = {}
        self._clocks: list[list[int]] = []  # per event: events of each task before or at it
        self._count: list[int] = []  # per event: which one of its task it is, from 1
        self._tasks: list[int] = []  # per event
        self._never: list[int] = []  # the clock of a task that has done nothing
        self._now: list[list[int]] = []  # per task
        self._last: list[int] = []  # per task: index of its last event, or -1
        self._touched: dict[int, list[tuple[int, object, int]]] = {}  # subject: (event, key, mode)
        self._kills: list[int] = []  # events that ended a process

    def find(self, run: Run, same: int) -> None:
        """Marks the nodes from which the races of this run turn round. Its first `same` events are
        those of the run before.
        """
        log = self._log = run.log
        self._node_at = {node.at: node for node in self._path if node.order}
        self._go_back(same)
        for index in range(same, len(log)):
            event = log[index]
            task = event[0].id
            if task >= len(self._never):
                self._widen(task + 1)
            before = self._now[task]
            clock = before.copy()
            self._look(index, event, before, clock)
            if run.barriers and index in run.barriers:
                clock = [self._count[last] if last >= 0 else 0 for last in self._last]
            clock[task] = count = clock[task] + 1
            self._now[task] = clock
            self._last[task] = index
            self._clocks.append(clock)
            self._count.append(count)
            self._tasks.append(task)
            self._touch(index, event)
        cut_short = run.ending is Ending.FINISHED or run.ending is Ending.EXCEPTION
        for event in run.pending:
            task = event[0].id
            if task >= len(self._never):
                self._widen(task + 1)
            before = self._now[task]
            clock = before.copy()
            self._look(len(log), event, before, clock)
            if cut_short:
                self._look_at_end(event, clock)
        self._log = []  # the run's objects go with the run
        self._touched = {}

    def _touch(self, index: int, event: Operation) -> None:
        _, _, subject, key, mode, also = event
        if subject is not None:
            self._touched.setdefault(id(subject), []).append((index, key, mode))
        for subject, key, mode in also:
            if subject is not None:
                self._touched.setdefault(id(subject), []).append((index, key, mode))

    def _go_back(self, same: int) -> None:
        """Forgets all but the first `same` events of the run before."""
        del self._clocks[same:]
        del self._count[same:]
        del self._tasks[same:]
        self._last = [-1] * len(self._never)
        for index, task in enumerate(self._tasks):
            self._last[task] = index
        self._now = [self._clocks[last] if last >= 0 else self._never for last in self._last]
        self._kills = [index for index in self._kills if index < same]
        for index in range(same):
            self._touch(index, self._log[index])

    def _widen(self, tasks: int) -> None:
        """From now on there are so many tasks."""
        more = tasks - len(self._never)
        self._last += [-1] * more
        self._now += [self._never] * more
        for clock in [self._never, *self._clocks]:
            clock.extend([0] * more)

    def _look_at_end(self, event: Operation, clock: list[int]) -> None:
        """The step that ended the execution did not let the others go on, so it conflicts with
        all that they were about to do.
        """
        last = len(self._log) - 1
        node = self._node_at.get(last)
        if node is not None and event[0].id in node.order:
            node.final |= {self._log[last][0].id}
            self._turn_round(last, len(self._log), event, clock)

    def _look(self, index: int, event: Operation, before: list[int], clock: list[int]) -> None:
        """Joins into `clock` all that happens before `event`; handles its races."""
        acting, _, subject, key, mode, also = event
        task = acting.id
        racing: list[int] = []
        doubtful: list[int] = []  # could not run there, for all we know for another reason
        settled: list[int] = []
        counts, tasks = self._count, self._tasks
        places: tuple[Footprint, ...] = ((subject, key, mode),)
        if also:
            places += also
        for subject, key, mode in places:
            touched = self._touched.get(id(subject))
            if touched is None:
                continue
            for earlier, key2, mode2 in reversed(touched):
                # As in `touch_conflict`, of which this is the hot part.
                if not (mode | mode2) & WRITE or not (key is None or key2 is None or key == key2):
                    continue
                other = tasks[earlier]
                if other == task or before[other] >= counts[earlier]:
                    if mode2 & WRITE and (key2 is None or key2 == key):
                        break  # all before it that matter here happen before it
                    continue
                if not co_enabled(mode2, mode):
                    settled.append(earlier)
                elif not self._was_blocked(task, earlier):
                    racing.append(earlier)
                elif mode & NEEDS_FREE and _waits(event) == 1:
                    # What lets it run touches this same side of the subject: it depends on the
                    # earlier event, and nothing can bring the two the other way round here.
                    settled.append(earlier)
                else:
                    doubtful.append(earlier)
                self._join(earlier, clock)
        if self._kills or event[4] & KILLS:
            racing += self._look_for_kills(index, event, before, clock)
        if doubtful:
            for earlier in set(doubtful) - set(settled):
                self._turn_round(earlier, index, event, clock, alone=False)
        if not racing:
            return
        immediate: list[int] = []
        for earlier in sorted(set(racing) - set(settled), reverse=True):
            other = tasks[earlier]
            count = counts[earlier]
            if any(self._clocks[later][other] >= count for later in immediate):
                continue  # something in between orders them: that one's reversal comes first
            immediate.append(earlier)
            self._turn_round(earlier, index, event, clock)

    def _join(self, earlier: int, clock: list[int]) -> None:
        for task, count in enumerate(self._clocks[earlier]):
            if count > clock[task]:  # noqa: PLR1730 - calling `max` for each costs twice as much
                clock[task] = count

    def _look_for_kills(
        self, index: int, event: Operation, before: list[int], clock: list[int]
    ) -> list[int]:
        """The races of whatever a process does with the operation that ends it."""
        task = event[0]
        racing: list[int] = []
        for earlier in self._kills if not event[4] & KILLS else range(index):
            other = self._log[earlier]
            if other[0] is task or before[other[0].id] >= self._count[earlier]:
                continue
            if kills(event, other[0]) or kills(other, task):
                racing.append(earlier)
                self._join(earlier, clock)
        if event[4] & KILLS and index < len(self._log):
            self._kills.append(index)
        return racing

    def _was_blocked(self, task: int, at: int) -> bool:
        """Whether the next event of `task` was announced already before event `at`, but could
        not run there.
        """
        if self._last[task] > at:
            return False
        node = self._node_at.get(at)
        return node is None or task not in node.order

    def _turn_round(
        self, earlier: int, index: int, event: Operation, clock: list[int], *,
        alone: bool = True,
    ) -> None:  # fmt: skip
        """Makes sure that, from the state before `earlier`, a run with `event` first follows.
        `alone`: whether it may be that the event can run there with nothing before it.
        """
        node = self._node_at.get(earlier)
        if node is None:
            return  # only one task could run there
        first_task = self._tasks[earlier]
        first_count = self._count[earlier]
        firsts: dict[int, int] = {}  # tasks of what does not depend on `earlier`: first event
        initials: list[int] = []
        for later in range(earlier + 1, index):
            past = self._clocks[later]
            if past[first_task] >= first_count:
                continue
            task = self._tasks[later]
            if task in firsts:
                continue
            if all(past[t] < self._count[e] for t, e in firsts.items()):
                initials.append(task)
            firsts[task] = later
        task = event[0].id
        if task not in firsts and all(clock[t] < self._count[e] for t, e in firsts.items()):
            initials.append(task)
        planned = {node.order[each] for each in node.backtrack | node.done}
        if planned.intersection(initials):
            return
        able = [each for each in initials if each in node.order]
        if task in able:
            able = [task]
        if able:
            node.backtrack.add(node.order.index(able[0]))
        elif alone or initials != [task]:
            node.backtrack.update(range(len(node.order)))


def _waits(event: Operation) -> int:
    """On how many sides it depends whether the event can run."""
    sides = 0
    for subject, _, mode in footprints(event):
        if subject is not None and mode & NEEDS_FREE:
            sides += 1
    return sides
