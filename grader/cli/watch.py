"""`grader watch`: checks the exercise whenever its file is saved, shows the first thing that is
wrong, and goes on to the next exercise when nothing is.

Nothing is redrawn, cleared or animated: what is printed stays, on a slow line and in a file, too.
"""

from __future__ import annotations

import queue
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from grader.cli import events as sources
from grader.cli.check import MISSING, first_wrong, heading, row
from grader.cli.events import QUIT, Checked, Event, Failed, Pressed, Saved
from grader.cli.files import Interrupted, UsageError
from grader.cli.hint import run_hint
from grader.cli.progress import print_count, print_progress
from grader.cli.work import ALL_DONE, Work, shown_path
from grader.course.exercise import Exercise
from grader.course.progress import digest, digest_of
from grader.judge.results import Result

_KEYS: Final = "Keys: h hint, r check again, n next exercise, p progress, q quit."


class Checks(Protocol):
    """What runs the checks: `grader.cli.checking.Checking`."""

    def start(self, exercise: Exercise) -> int:
        """Begins to check; the number of the check, which its `Checked` has."""

    def cancel(self) -> None:
        """Ends the check that is running."""


class Watch:
    """What is watched, and what it shows. It is told of events and knows no clock and no files but
    the students'.
    """

    def __init__(self, work: Work, checks: Checks, *, with_keys: bool) -> None:
        """`with_keys`: whether keys can be pressed, and are worth telling of."""
        self._work = work
        self._checks = checks
        self._with_keys = with_keys
        self._exercise: Exercise
        # What was in each file when it was looked at last.
        self._seen = {each.name: digest_of(each) for each in work.course.exercises}
        self._number = 0  # of the check that counts
        self._running = False
        self._missing = False  # the file, and that has been said
        self._over = False

    def run(self, exercise: Exercise, events: Iterable[Event]) -> None:
        """Watches this exercise first, until it is to end. Raises `UsageError` when it cannot."""
        self._go(exercise)
        for event in events:
            self._handle(event)
            if self._over:
                return

    def _handle(self, event: Event) -> None:
        match event:
            case Saved():
                self._saved(event.names)
            case Pressed():
                self._pressed(event.key)
            case Checked() if event.number == self._number and self._running:
                self._running = False
                self._checked(event)
            case Failed():
                raise UsageError(
                    f"The files cannot be watched: {event.why.rstrip('.')}. `grader check` checks "
                    "them once."
                )
        self._work.confess()

    def _go(self, exercise: Exercise) -> None:
        """Another exercise is the current one."""
        self._exercise = exercise
        self._missing = False
        self._look(again=True)

    def _saved(self, names: frozenset[str]) -> None:
        others = [self._work.course.find(each) for each in names - {self._exercise.name}]
        changed = [each for each in others if digest_of(each) not in ("", self._seen[each.name])]
        if len(changed) == len(names) == 1:  # more of them are not edited by hand
            self._go(changed[0])
        else:
            self._look()

    def _look(self, *, again: bool = False) -> None:
        """Checks the file, if it is another one than was seen last, or `again`."""
        try:
            content = self._exercise.stub.read_bytes()
        except OSError as error:
            self._stop_check()
            if not self._missing:
                self._missing = True
                self._seen[self._exercise.name] = ""
                path = shown_path(self._exercise.stub)
                self._work.say(MISSING, path=path, why=error.strerror)
                self._work.say("Waiting for it.")
            return
        self._missing = False
        seen = digest(content)
        if again or seen != self._seen[self._exercise.name]:
            self._seen[self._exercise.name] = seen
            self._check()

    def _check(self) -> None:
        if not self._running:  # else this has been said, and several saves are one
            self._work.say(
                "── checking {path} ──", style="dim", path=shown_path(self._exercise.stub)
            )
        self._number = self._checks.start(self._exercise)
        self._running = True

    def _stop_check(self) -> None:
        self._checks.cancel()
        self._running = False

    def _checked(self, event: Checked) -> None:
        if event.result is None:
            self._work.say("The check ended without a result: {why}.", why=event.said.rstrip("."))
            self._wait()
        elif event.result.verdict == "pass":
            self._passed(event.result)
        else:
            self._failed(event.result)

    def _passed(self, result: Result) -> None:
        heading(self._work, self._exercise, result)
        progress = self._work.store.read()
        after = progress.next_of(self._work.course, after=self._exercise)
        if after is None:
            count = len(self._work.course.exercises)
            self._work.say(ALL_DONE, style="green", count=count)
            self._over = True
            return
        print_count(self._work, progress)
        self._go(after)

    def _failed(self, result: Result) -> None:
        heading(self._work, self._exercise, result)
        wrong = first_wrong(result)
        assert wrong is not None
        row(self._work, wrong)
        self._work.show(f"{wrong.kind}: {wrong.message}")
        self._wait()

    def _wait(self) -> None:
        path = shown_path(self._exercise.stub)
        self._work.show("")
        self._work.say("Save {path} to check it again.", style="dim", path=path)
        self._tell_keys()

    def _tell_keys(self) -> None:
        if self._with_keys:
            self._work.say(_KEYS, style="dim")

    def _pressed(self, key: str) -> None:
        if key == QUIT:
            self._over = True
        elif key == "h":
            run_hint(self._work, self._exercise)
        elif key == "r":
            self._look(again=True)
        elif key == "p":
            print_progress(self._work)
        elif key == "n":
            self._next()
        elif key.isprintable() and not key.isspace():
            self._tell_keys()

    def _next(self) -> None:
        progress = self._work.store.read()
        after = progress.next_of(self._work.course, after=self._exercise)
        if after is None:
            self._work.say("There is no other exercise that does not pass yet.")
            return
        self._stop_check()
        self._go(after)


def run_watch(work: Work, exercise: Exercise) -> None:
    """Watches until it is to end. Raises `UsageError`, `Interrupted`."""
    from grader.cli.checking import Checking

    events: queue.SimpleQueue[Event] = queue.SimpleQueue()

    def put(event: Event) -> None:
        if event != Saved() or events.empty():  # looks do not pile up while nobody has time
            events.put(event)

    try:
        with (
            sources.ended_by_signals(),
            Checking(work, put) as checks,
            sources.saves(work.course, put),
            sources.keys(put) as with_keys,
        ):
            Watch(work, checks, with_keys=with_keys).run(exercise, _each(events))
    except KeyboardInterrupt:
        raise Interrupted("the watch is over; what was checked is remembered.") from None


def _each(events: queue.SimpleQueue[Event]) -> Iterator[Event]:
    while True:
        yield events.get()
