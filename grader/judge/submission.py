"""What a check asks of a submission, and the assertions on what was observed.

The functions here run in the judge: expected values and predicates stay here, and see only plain
data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec

from grader.explorer.observation import Plain, canonical, observe
from grader.judge import protocol
from grader.judge.backends import Backend
from grader.judge.kinds import INTERNAL
from grader.judge.linear import NotAHistory, history_of, in_words, linearize
from grader.judge.results import CheckResult
from grader.judge.tripped import TooLate, Tripped

DEFAULT_SCHEDULES = 4_000
STOPS = 2  # checks that may be ended at their limit: then the others would only take as long
_LIMITS = ("timeout", "memory")
_WIDTH = 100


class CheckFailed(Exception):
    """A check found something wrong. Carries what the result says of it."""

    def __init__(
        self,
        kind: str,
        message: str,
        *,
        story: str = "",
        schedule: str | None = None,
        stopped: bool = False,
    ) -> None:
        """`stopped`: the check was ended at its limit of time or memory."""
        super().__init__(message)
        self.kind = kind
        self.message = message
        self.story = story
        self.schedule = schedule
        self.stopped = stopped

    @property
    def text(self) -> str:
        """The message, and the story of the failing schedule below it."""
        return f"{self.message}\n\n{self.story}" if self.story else self.message


class Replayed(Exception):
    """A replay was asked for, and this is its story."""

    def __init__(self, story: protocol.Story) -> None:
        super().__init__(story.text)
        self.story = story


class Submission:
    """One student's file, for one check. `number` names the check in schedule labels."""

    def __init__(
        self,
        backend: Backend,
        *,
        label: str,
        title: str,
        replay: str | None = None,
        earlier: CheckResult | None = None,
        stopped: Sequence[str] = (),
        width: int = _WIDTH,
    ) -> None:
        """`earlier` is the first check before this one that the submission has not passed;
        `stopped` are the titles of those that were ended at their limit of time or memory.
        """
        self._backend = backend
        self._earlier = earlier
        self._stopped = stopped
        self._label = label
        self._title = title
        self._replay = replay
        self._width = width
        self._explorations = 0
        self.schedules = 0  # explored so far in this check
        self.exhausted = True  # by every exploration of this check so far

    def ask(self, request: protocol.Request) -> protocol.Reply:
        """The reply to a request; raises `CheckFailed` for everything but an answer."""
        return self._answer(lambda: self._backend.ask(request))

    def _answer(self, asked: Callable[[], protocol.Reply]) -> protocol.Reply:
        if len(self._stopped) >= STOPS:
            raise CheckFailed(
                "timeout",
                f"Not run, since {len(self._stopped)} checks have been ended at their limit of "
                f"time or memory already, the first of them: {self._stopped[0]}",
            )
        try:
            return _answer(asked())
        except Tripped as error:
            stopped = error.kind in _LIMITS
            raise CheckFailed(error.kind, error.message, stopped=stopped) from None

    def explore(
        self,
        scenario: Callable[..., Any],
        *parameters: Any,
        early_timeouts: bool = False,
        schedules: int = DEFAULT_SCHEDULES,
    ) -> Observed:
        """Runs `scenario(module, *parameters)` under every schedule, or as many as the budget
        allows, and returns what was observed.

        `early_timeouts`: timed waits may expire at any moment, not only when nothing else can
        run. Raises `CheckFailed` when the code cannot be run.
        """
        self._explorations += 1
        label = self._label + ("" if self._explorations == 1 else f"-{self._explorations}")
        plain = list(parameters)
        if self._replay is not None and self._replay.rpartition(":")[0] == label:
            request = protocol.Explain(
                scenario.__name__, plain, self._replay, "", 1, self._title,
                early_timeouts=early_timeouts, simplify=False, width=self._width, picture=True,
            )  # fmt: skip
            story = self.ask(request)
            assert isinstance(story, protocol.Story)
            raise Replayed(story)
        return Observed(
            self,
            protocol.Explore(
                scenario.__name__, plain, schedules, label, early_timeouts=early_timeouts
            ),
        )

    def run(
        self,
        scenario: Callable[..., Any],
        *parameters: Any,
        timeout_s: float = 20.0,
        start_method: str | None = None,
    ) -> Plain:
        """Runs `scenario(module, *parameters)` once on plain CPython, with real threads and
        processes; its value. Raises `CheckFailed` when it does not end in time or raises, and when
        the submission has failed before: whether a race shows in a real run is luck, and no grade
        may depend on luck.
        """
        self.exhausted = False
        if self._earlier is not None:
            raise CheckFailed(
                self._earlier.kind or INTERNAL,
                "Not run with real threads or processes, since the result would be luck as long as "
                f"this is wrong: {self._earlier.title}",
            )
        self._answer(self._backend.load)  # the file keeps to the rules, before it runs for real
        request = protocol.RealRun(scenario.__name__, list(parameters), start_method)
        try:
            reply = _answer(self._backend.run(request, timeout_s))
        except TooLate:
            raise CheckFailed(
                "timeout",
                f"The run with real threads or processes did not end within {timeout_s:g} "
                "seconds: something waits for ever, or is far too slow.",
            ) from None
        except Tripped as error:
            raise CheckFailed(error.kind, error.message) from None
        assert isinstance(reply, protocol.RealResult)
        if reply.error is not None:
            raise CheckFailed(
                "exception", f"The run with real threads or processes ended with {reply.error}"
            )
        result: Plain = reply.value
        return result

    def runs(
        self,
        scenario: Callable[..., Any],
        *parameters: Any,
        gives: Any,
        timeout_s: float = 20.0,
        start_method: str | None = None,
        hint: str = "wrong-result",
    ) -> None:
        """A real run (see `run`) whose value is `gives`; `hint` is the kind of failure when it
        is not.
        """
        value = self.run(scenario, *parameters, timeout_s=timeout_s, start_method=start_method)
        if canonical(value) != canonical(_expected(gives)):
            raise CheckFailed(
                hint,
                f"With real threads or processes: expected {_brief(_expected(gives))}, but it "
                f"gave {_brief(value)}.",
            )

    def fail_with_story(
        self,
        outcome: protocol.FoundOutcome,
        request: protocol.Explore,
        message: str,
        hint: str | None,
        right: bool | None = None,
    ) -> CheckFailed:
        """The failure that `outcome` shows, with the simplest schedule that leads to it. `right` is
        whether another schedule is known that gives what it should.
        """
        self.exhausted = False
        story = self.ask(
            protocol.Explain(
                request.scenario,
                request.parameters,
                outcome.schedule,
                outcome.key,
                self.schedules,
                self._title,
                hint,
                right,
                early_timeouts=request.early_timeouts,
                width=self._width,
            )
        )
        assert isinstance(story, protocol.Story)
        return CheckFailed(story.kind, message, story=story.text, schedule=story.schedule)


class Observed:
    """The distinct outcomes of one exploration, to be asserted on.

    The exploration goes on in stages, and only for as long as nothing is found to be wrong.
    """

    def __init__(self, submission: Submission, request: protocol.Explore) -> None:
        self._submission = submission
        self._request = request
        self._last: protocol.Explored | None = None

    def _more(self) -> protocol.Explored:
        """The next stage; the schedules count as the check's."""
        before = self._last.schedules if self._last is not None else 0
        reply = self._submission.ask(
            msgspec.structs.replace(self._request, more=self._last is not None)
        )
        assert isinstance(reply, protocol.Explored)
        self._submission.schedules += reply.schedules - before
        if reply.done and not reply.exhausted:
            self._submission.exhausted = False
        self._last = reply
        return reply

    def _stages(self) -> Iterator[protocol.Explored]:
        stage = self._last or self._more()
        yield stage
        while not stage.done:
            stage = self._more()
            yield stage

    def _all(self) -> protocol.Explored:
        *_, last = self._stages()
        return last

    @property
    def values(self) -> list[Plain]:
        """The values of the schedules that came to their end, of all that were explored."""
        return [each.value for each in self._all().outcomes if each.ending == "finished"]

    def ends(self) -> Observed:
        """Every schedule comes to its end, and nobody raises what nobody catches."""
        return self.holds(lambda value: True, expected="anything")

    def only(self, *allowed: Any, hint: str | None = None, why: str = "") -> Observed:
        """Every schedule ends, with one of the `allowed` values. `hint` is the kind to name where
        the schedule does not tell what went wrong; `why` explains the allowed values.
        """
        wanted = {canonical(_expected(value)) for value in allowed}
        shown = " or ".join(_brief(_expected(value)) for value in allowed)
        return self.holds(
            lambda value: canonical(value) in wanted, expected=shown, hint=hint, why=why
        )

    def never(self, *values: Any, hint: str | None = None, why: str = "") -> Observed:
        """Every schedule ends, and none with one of the `values`; `hint` and `why` as in `only`."""
        unwanted = {canonical(_expected(value)) for value in values}
        shown = " or ".join(_brief(_expected(value)) for value in values)
        return self.holds(
            lambda value: canonical(value) not in unwanted,
            expected=f"anything but {shown}", hint=hint, why=why,
        )  # fmt: skip

    def linearizable(self, model: Callable[[], Any]) -> Observed:
        """Every schedule ends, with a history (see `grader.scenario.history`) whose calls could
        have happened one after another on a new `model()`: an object with methods of the same
        names, which raise `Blocked` where a call would have to wait.
        """
        for stage in self._stages():
            for outcome in stage.outcomes:
                if outcome.ending != "finished":
                    raise self._submission.fail_with_story(
                        outcome, self._request, _ending_message(outcome), None
                    )
                try:
                    history = history_of(outcome.value)
                except NotAHistory as error:
                    raise CheckFailed(INTERNAL, f"The scenario gives no history: {error}") from None
                answer = linearize(history, model)
                if answer.order is None:
                    raise self._submission.fail_with_story(
                        outcome, self._request, in_words(history, answer), "not-linearizable"
                    )
        return self

    def holds(
        self,
        predicate: Callable[[Any], bool],
        *,
        expected: str,
        hint: str | None = None,
        why: str = "",
    ) -> Observed:
        """Every schedule ends, with a value for which `predicate` is true. A predicate that
        raises counts as false: the value has not even the right shape.
        """
        for stage in self._stages():
            for outcome in stage.outcomes:
                message = None
                if outcome.ending != "finished":
                    message = _ending_message(outcome)
                elif not _true(predicate, outcome.value):
                    message = (
                        f"expected {expected}, but one schedule gives {_brief(outcome.value)}."
                    )
                    message += f" {why}" if why else ""
                if message is not None:
                    ended = hint if outcome.ending == "finished" else None
                    right = any(
                        each.ending == "finished" and _true(predicate, each.value)
                        for each in stage.outcomes
                    )
                    raise self._submission.fail_with_story(
                        outcome, self._request, message, ended, right
                    )
        return self

    def can_reach(
        self, *values: Any, why: str, predicate: Callable[[Any], bool] | None = None
    ) -> Observed:
        """Some schedule gives each of the values (or fulfils the predicate): a fix that locks too
        much never does. Says nothing unless every schedule was covered.
        """
        missing = [value for value in values if not self._reaches(canonical(_expected(value)))]
        found = predicate is None or any(_true(predicate, value) for value in self.values)
        if (missing or not found) and self._all().exhausted:
            raise CheckFailed("over-synchronised", why)
        return self

    def _reaches(self, wanted: str) -> bool:
        return any(canonical(value) == wanted for value in self.values)


def _expected(value: Any) -> Plain:
    """What a check asks for, as a value that was observed would look."""
    return observe(value, ours=True)


def _true(predicate: Callable[[Any], bool], value: Plain) -> bool:
    try:
        return bool(predicate(value))
    except (TypeError, KeyError, IndexError, ValueError, AttributeError):
        return False


def _answer(reply: protocol.Reply) -> protocol.Reply:
    match reply:
        case protocol.Refused():
            raise CheckFailed(reply.kind, reply.message, stopped=reply.kind in _LIMITS)
        case protocol.Broken():
            raise CheckFailed(INTERNAL, f"The grader failed: {reply.message}")
    return reply


def _ending_message(outcome: protocol.FoundOutcome) -> str:
    """What went wrong, for the endings that are wrong in any case."""
    match outcome.ending:
        case "exception":
            return f"One schedule ends with an exception{_errors(outcome)}."
        case "deadlock" | "lost-wakeup":
            text = "One schedule never comes to its end: what is left waits for ever."
        case "leaked-task":
            text = "When all is done, something that was started still waits, for ever."
        case _:
            text = (
                "One schedule does not come to its end within the step bound: a loop that waits "
                "without sleeping or blocking?"
            )
    if outcome.errors:
        text += f" Before that: {'; '.join(outcome.errors)[:400]}."
    return text


def _errors(outcome: protocol.FoundOutcome) -> str:
    """What was raised, and in which task. Not that it was the main one: scenarios raise there what
    one of their threads has raised.
    """
    if all(error.startswith("main: ") for error in outcome.errors):
        return f": {'; '.join(outcome.errors).removeprefix('main: ')[:400]}"
    return f" in {'; '.join(outcome.errors)[:400]}"


def _brief(value: Plain) -> str:
    match value:
        case {"not-plain": str(name), **rest} if not rest:
            return f"an object of type {name}"
        case {"raised": str(name), **rest} if not rest:
            return f"a {name}"
        case {"exception": str(name), **rest} if not rest:
            return f"a {name} that was returned and not raised"
        case {"too-much": str(how), **rest} if not rest:
            return f"a value that is {how}"
    text = repr(value)
    return text if len(text) <= 200 else text[:199] + "…"


__all__ = ["CheckFailed", "Observed", "Replayed", "Submission"]
