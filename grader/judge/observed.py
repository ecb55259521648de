"""What was observed of a submission, and the assertions on it.

They run in the judge: expected values and predicates stay here, and see only plain data.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from grader.explorer.observation import Plain, canonical, observe
from grader.judge import protocol
from grader.judge.failed import CheckFailed
from grader.judge.kinds import INTERNAL
from grader.judge.linear import NotAHistory, history_of, in_words, linearize

if TYPE_CHECKING:
    from grader.judge.submission import Submission


class Observed:
    """The distinct outcomes of one exploration, to be asserted on.

    The exploration goes on in stages, and only for as long as nothing is found to be wrong.
    """

    def __init__(
        self, submission: Submission, request: protocol.Explore, replay: str | None = None
    ) -> None:
        """With `replay`, a schedule, nothing is explored: whatever is asked first raises
        `Replayed`.
        """
        self._submission = submission
        self._request = request
        self._replay = replay
        self._hint: str | None = None  # the kind that is expected when an assertion fails
        self._model: Callable[[], Any] | None = None  # that histories are compared with
        self._last: protocol.Explored | None = None

    def _more(self) -> protocol.Explored:
        """The next stage; the schedules count as the check's."""
        if self._replay is not None:
            raise self._submission.replay(self._request, self._replay, self._hint, self._model)
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
        wanted = {canonical(as_observed(value)) for value in allowed}
        shown = " or ".join(brief(as_observed(value)) for value in allowed)
        return self.holds(
            lambda value: canonical(value) in wanted, expected=shown, hint=hint, why=why
        )

    def never(self, *values: Any, hint: str | None = None, why: str = "") -> Observed:
        """Every schedule ends, and none with one of the `values`; `hint` and `why` as in `only`."""
        unwanted = {canonical(as_observed(value)) for value in values}
        shown = " or ".join(brief(as_observed(value)) for value in values)
        return self.holds(
            lambda value: canonical(value) not in unwanted,
            expected=f"anything but {shown}", hint=hint, why=why,
        )  # fmt: skip

    def linearizable(self, model: Callable[[], Any]) -> Observed:
        """Every schedule ends, with a history (see `grader.scenario.history`) whose calls could
        have happened one after another on a new `model()`: an object with methods of the same
        names, which raise `Blocked` where a call would have to wait.
        """
        self._hint, self._model = "not-linearizable", model
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
        self._hint = hint
        for stage in self._stages():
            for outcome in stage.outcomes:
                message = None
                if outcome.ending != "finished":
                    message = _ending_message(outcome)
                elif not _true(predicate, outcome.value):
                    message = f"expected {expected}, but one schedule gives {brief(outcome.value)}."
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
        missing = [value for value in values if not self._reaches(canonical(as_observed(value)))]
        found = predicate is None or any(_true(predicate, value) for value in self.values)
        if (missing or not found) and self._all().exhausted:
            raise CheckFailed("over-synchronised", why)
        return self

    def _reaches(self, wanted: str) -> bool:
        return any(canonical(value) == wanted for value in self.values)


def as_observed(value: Any) -> Plain:
    """What a check asks for, as a value that was observed would look."""
    return observe(value, ours=True)


def _true(predicate: Callable[[Any], bool], value: Plain) -> bool:
    try:
        return bool(predicate(value))
    except (TypeError, KeyError, IndexError, ValueError, AttributeError):
        return False


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


def brief(value: Plain) -> str:
    """A value in words, or shortened."""
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
