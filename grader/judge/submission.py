"""What a check asks of a submission: explorations, and real runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from grader.course.limits import Limits
from grader.explorer.observation import Plain, canonical
from grader.judge import protocol
from grader.judge.backends import Backend
from grader.judge.failed import CheckFailed, Replayed
from grader.judge.kinds import INTERNAL
from grader.judge.linear import orders_tried
from grader.judge.observed import Observed, as_observed, brief
from grader.judge.results import CheckResult
from grader.judge.tripped import TooLate, Tripped

STOPS = 2  # checks that may be ended at their limit: then the others would only take as long
_LIMITS = ("timeout", "memory")
WIDTH = 100  # of stories, in columns


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
        schedules: int = Limits().schedules,
        width: int = WIDTH,
        language: str = "en",
    ) -> None:
        """`earlier` is the first check before this one that the submission has not passed;
        `stopped` are the titles of those that were ended at their limit of time or memory;
        `schedules` is how many an exploration may run at most; a check may ask for fewer.
        """
        self._backend = backend
        self._earlier = earlier
        self._stopped = stopped
        self._label = label
        self._title = title
        self._replay = replay
        self._budget = schedules
        self._width = width
        self._language = language
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
        schedules: int | None = None,
    ) -> Observed:
        """Runs `scenario(module, *parameters)` under every schedule, or as many as the budget
        allows, and returns what was observed.

        `early_timeouts`: timed waits may expire at any moment, not only when nothing else can
        run. Raises `CheckFailed` when the code cannot be run.
        """
        self._explorations += 1
        label = self._label + ("" if self._explorations == 1 else f"-{self._explorations}")
        plain = list(parameters)
        replayed = self._replay is not None and self._replay.rpartition(":")[0] == label
        return Observed(
            self,
            protocol.Explore(
                scenario.__name__,
                plain,
                min(schedules or self._budget, self._budget),
                label,
                early_timeouts=early_timeouts,
            ),
            replay=self._replay if replayed else None,
        )

    def replay(
        self,
        request: protocol.Explore,
        schedule: str,
        hint: str | None,
        model: Callable[[], Any] | None = None,
    ) -> Replayed:
        """The story of this schedule of an exploration; `hint` is the kind that its check expects,
        `model` what its history is compared with (see `Observed.linearizable`).
        """
        story = self.ask(
            protocol.Explain(
                request.scenario, request.parameters, schedule, "", 1, self._title, hint,
                early_timeouts=request.early_timeouts, simplify=False, width=self._width,
                picture=True, language=self._language,
            )
        )  # fmt: skip
        assert isinstance(story, protocol.Story)
        if model is not None and story.picture is not None:
            story.picture.orders = orders_tried(story.value, model, self._language)
        return Replayed(story)

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
        if canonical(value) != canonical(as_observed(gives)):
            raise CheckFailed(
                hint,
                f"With real threads or processes: expected {brief(as_observed(gives))}, but it "
                f"gave {brief(value)}.",
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
                language=self._language,
            )
        )
        assert isinstance(story, protocol.Story)
        return CheckFailed(
            story.kind, message, story=story.text, schedule=story.schedule, line=story.line
        )


def _answer(reply: protocol.Reply) -> protocol.Reply:
    match reply:
        case protocol.Refused():
            raise CheckFailed(
                reply.kind, reply.message, line=reply.line, stopped=reply.kind in _LIMITS
            )
        case protocol.Broken():
            raise CheckFailed(INTERNAL, f"The grader failed: {reply.message}")
    return reply
