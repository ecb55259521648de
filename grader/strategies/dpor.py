"""Exhaustive search, one schedule per class of equivalent ones.

Source-set dynamic partial-order reduction with sleep sets: Abdulla, Aronis, Jonsson, Sagonas,
"Optimal dynamic partial order reduction" (POPL 2014), algorithm 1; "Source sets: a foundation for
optimal dynamic partial order reduction" (JACM 2017).

Two executions are equivalent when they order all pairs of conflicting operations in the same way.
After each run, every race (two conflicting operations of different tasks, not ordered by anything
in between) asks for a run with the two the other way round. Where an operation had to wait for
another that frees (an acquire for a release), the race is with the acquire before it. Where the
reversal cannot be pinned to one task, all enabled tasks are added: more runs, never fewer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from grader.engine.endings import Ending
from grader.engine.execution import Run
from grader.engine.operation import (
    ALSO,
    KILLS,
    NEEDS_FREE,
    Operation,
    co_enabled,
    conflict,
    footprints,
    kills,
    touch_conflict,
)

if TYPE_CHECKING:
    from grader.engine.execution import Execution
    from grader.engine.task import Task


class _Node:
    """A state with a choice, on the path of the search."""

    __slots__ = ("at", "backtrack", "chosen", "done", "final", "order", "sleep")

    def __init__(self, at: int, order: list[int], chosen: int, sleep: frozenset[int]) -> None:
        self.at = at  # events before it
        self.order = order  # task ids in the order of the alternatives; empty: program's choice
        self.chosen = chosen  # the alternative taken now
        self.sleep = sleep  # tasks whose next step has been covered from here already
        self.done = {chosen}
        self.final: set[int] = set()  # tasks whose step from here ended the whole execution
        self.backtrack: set[int] = set()  # alternatives still to take


class Dpor:
    """The search. It is its own picker: after the prefix it avoids sleeping tasks."""

    def __init__(self) -> None:
        self.exhausted = False
        self.picker = self
        self.redundant = 0  # runs cut because an equivalent one had been made
        self._path: list[_Node] = []
        self._begun = False
        self._cut = False
        # State of the run under way.
        self._sleep: frozenset[int] = frozenset()
        self._seen = 0  # events of the log whose effect on the sleep set is known
        self._fresh: list[_Node] = []

    # -- between runs ------------------------------------------------------------------------

    def next(self) -> Sequence[int] | None:
        """The deepest state with an alternative left."""
        self._fresh = []
        if not self._begun:
            self._begun = True
            self._sleep = frozenset()
            self._seen = 0
            return []
        while self._path:
            node = self._path[-1]
            left = node.backtrack - node.done
            if node.order:
                left = {
                    alternative for alternative in left if node.order[alternative] not in node.sleep
                }
            if left:
                if node.order:
                    # What was done from here sleeps in the branches to come.
                    done = {node.order[alternative] for alternative in node.done} - node.final
                    self._sleep = node.sleep | done
                else:
                    self._sleep = node.sleep
                node.chosen = min(left)
                node.done.add(node.chosen)
                # An operation's own choices come before all is known of what it touches.
                self._seen = node.at if node.order else node.at - 1
                return [each.chosen for each in self._path]
            self._path.pop()
        self.exhausted = not self._cut
        return None

    def learn(self, run: Run) -> None:
        """Finds the races of the run and marks the states from which they turn round."""
        if run.ending is Ending.REDUNDANT:
            self.redundant += 1
        if run.ending in (Ending.STEP_BOUND, Ending.LIVELOCK) or run.spun:
            self._cut = True
        known = len(self._path)
        for node, decision in zip(self._fresh, run.decisions[known:], strict=True):
            node.at = decision.at
            self._path.append(node)
        _Races(run, self._path).find()

    # -- during a run ------------------------------------------------------------------------

    def pick(self, execution: Execution, enabled: list[Task]) -> int:
        """The first alternative that does not sleep; stops the run when all do."""
        self._forget(execution)
        sleep = self._sleep
        choice = 0
        if sleep:
            for index, task in enumerate(enabled):
                if task.id not in sleep:
                    choice = index
                    break
            else:
                execution.stop(Ending.REDUNDANT)
        if len(enabled) > 1:
            self._fresh.append(_Node(0, [task.id for task in enabled], choice, sleep))
        return choice

    def choose(self, execution: Execution, alternatives: int) -> int:
        """The program's own choice: all alternatives, one after the other."""
        self._forget(execution)
        self._seen -= 1
        node = _Node(0, [], 0, self._sleep)
        node.backtrack = set(range(alternatives))
        self._fresh.append(node)
        return 0

    def _forget(self, execution: Execution) -> None:
        """Wakes the tasks whose next step conflicts with what has run since the last look."""
        if self._sleep:
            asleep = set(self._sleep)
            for event in execution.log[self._seen :]:
                for task in tuple(asleep):
                    if event[0].id == task or conflict(event, execution.tasks[task].op):
                        asleep.discard(task)
            self._sleep = frozenset(asleep)
        self._seen = len(execution.log)


class _Races:
    """Happens-before over one run, with vector clocks, and the races in it."""

    def __init__(self, run: Run, path: list[_Node]) -> None:
        self._log = run.log
        self._pending = run.pending
        self._cut_short = run.ending in (Ending.FINISHED, Ending.EXCEPTION)
        self._barriers = set(run.barriers)
        self._node_at = {node.at: node for node in path if node.order}
        self._clocks: list[dict[int, int]] = []  # per event: events of each task before or at it
        self._count: list[int] = []  # per event: which one of its task it is, from 1
        self._now: dict[int, dict[int, int]] = {}  # per task
        self._last: dict[int, int] = {}  # per task: index of its last event
        self._touched: dict[int, list[tuple[int, object, int]]] = {}  # subject: (event, key, mode)
        self._kills: list[int] = []  # events that ended a process

    def find(self) -> None:
        """Marks the nodes from which the races of this run turn round."""
        everything: dict[int, int] = {}
        for index, event in enumerate(self._log):
            task = event[0].id
            before = self._now.get(task, {})
            clock = dict(before)
            self._look(index, event, before, clock)
            if index in self._barriers:
                clock = dict(everything)
            count = clock.get(task, before.get(task, 0)) + 1
            clock[task] = count
            self._now[task] = clock
            self._last[task] = index
            self._clocks.append(clock)
            self._count.append(count)
            everything[task] = count
            for subject, key, mode in footprints(event) if event[ALSO] else (event[2:5],):
                if subject is not None:
                    self._touched.setdefault(id(subject), []).append((index, key, mode))
        for event in self._pending:
            before = self._now.get(event[0].id, {})
            clock = dict(before)
            self._look(len(self._log), event, before, clock)
            if self._cut_short:
                self._look_at_end(event, clock)

    def _look_at_end(self, event: Operation, clock: dict[int, int]) -> None:
        """The step that ended the execution did not let the others go on, so it conflicts with
        all that they were about to do.
        """
        last = len(self._log) - 1
        node = self._node_at.get(last)
        if node is not None and event[0].id in node.order:
            node.final.add(self._log[last][0].id)
            self._turn_round(last, len(self._log), event, clock)

    def _look(
        self, index: int, event: Operation, before: dict[int, int], clock: dict[int, int]
    ) -> None:
        """Joins into `clock` all that happens before `event`; handles its races."""
        task = event[0].id
        racing: set[int] = set()
        doubtful: list[int] = []  # could not run there, for all we know for another reason
        settled: set[int] = set()
        touches = footprints(event)
        waits = sum(subject is not None and bool(mode & NEEDS_FREE) for subject, _, mode in touches)
        for subject, key, mode in touches:
            for earlier, key2, mode2 in reversed(self._touched.get(id(subject), ())):
                other = self._log[earlier][0].id
                if other == task or not touch_conflict(subject, key, mode, subject, key2, mode2):
                    continue
                if before.get(other, 0) >= self._count[earlier]:
                    continue
                if not co_enabled(mode2, mode):
                    settled.add(earlier)
                elif not self._was_blocked(task, earlier):
                    racing.add(earlier)
                elif mode & NEEDS_FREE and waits == 1:
                    # What lets it run touches this same side of the subject: it depends on the
                    # earlier event, and nothing can bring the two the other way round here.
                    settled.add(earlier)
                else:
                    doubtful.append(earlier)
                self._join(earlier, clock)
        racing -= settled
        if self._kills or event[4] & KILLS:
            racing |= self._look_for_kills(index, event, before, clock)
        for earlier in set(doubtful) - settled:
            self._turn_round(earlier, index, event, clock, alone=False)
        immediate: list[int] = []
        for earlier in sorted(racing, reverse=True):
            other = self._log[earlier][0].id
            count = self._count[earlier]
            if any(self._clocks[later].get(other, 0) >= count for later in immediate):
                continue  # something in between orders them: that one's reversal comes first
            immediate.append(earlier)
            self._turn_round(earlier, index, event, clock)

    def _join(self, earlier: int, clock: dict[int, int]) -> None:
        for each, count in self._clocks[earlier].items():
            if count > clock.get(each, 0):
                clock[each] = count

    def _look_for_kills(
        self, index: int, event: Operation, before: dict[int, int], clock: dict[int, int]
    ) -> set[int]:
        """The races of whatever a process does with the operation that ends it."""
        task = event[0]
        racing: set[int] = set()
        for earlier in self._kills if not event[4] & KILLS else range(index):
            other = self._log[earlier]
            if other[0] is task or before.get(other[0].id, 0) >= self._count[earlier]:
                continue
            if kills(event, other[0]) or kills(other, task):
                racing.add(earlier)
                self._join(earlier, clock)
        if event[4] & KILLS and index < len(self._log):
            self._kills.append(index)
        return racing

    def _was_blocked(self, task: int, at: int) -> bool:
        """Whether the next event of `task` was announced already before event `at`, but could
        not run there.
        """
        if self._last.get(task, -1) > at:
            return False
        node = self._node_at.get(at)
        return node is None or task not in node.order

    def _turn_round(
        self, earlier: int, index: int, event: Operation, clock: dict[int, int], *,
        alone: bool = True,
    ) -> None:  # fmt: skip
        """Makes sure that, from the state before `earlier`, a run with `event` first follows.
        `alone`: whether it may be that the event can run there with nothing before it.
        """
        node = self._node_at.get(earlier)
        if node is None:
            return  # only one task could run there
        first_task = self._log[earlier][0].id
        first_count = self._count[earlier]
        firsts: dict[int, int] = {}  # tasks of what does not depend on `earlier`: first event
        initials: list[int] = []
        for later in range(earlier + 1, index):
            past = self._clocks[later]
            if past.get(first_task, 0) >= first_count:
                continue
            task = self._log[later][0].id
            if task in firsts:
                continue
            if all(past.get(t, 0) < self._count[e] for t, e in firsts.items()):
                initials.append(task)
            firsts[task] = later
        task = event[0].id
        if task not in firsts and all(clock.get(t, 0) < self._count[e] for t, e in firsts.items()):
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
