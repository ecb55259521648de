"""The pytest plugin of the judge: fixtures for checks, and a result for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from grader.course.limits import Limits
from grader.judge import protocol
from grader.judge.backends import Backend
from grader.judge.draw import Draw
from grader.judge.failed import CheckFailed, Replayed
from grader.judge.kinds import INTERNAL
from grader.judge.results import CheckResult, check_result
from grader.judge.submission import WIDTH, Submission


def title_of(item: pytest.Item) -> str:
    """The first line of a check's docstring."""
    text = getattr(getattr(item, "obj", None), "__doc__", None) or item.name
    return str(text).strip().splitlines()[0]


def points_of(item: pytest.Item) -> float:
    """What a check is worth."""
    mark = item.get_closest_marker("points")
    return float(mark.args[0]) if mark is not None else 0.0


class JudgePlugin:
    """Gives every check its submission, and keeps what became of it."""

    def __init__(
        self, prefix: str, backend: Backend, seed: str, *, replay: str | None = None,
        schedules: int = Limits().schedules, language: str = "en", width: int = WIDTH,
    ) -> None:  # fmt: skip
        """`prefix` stands before a check's number in the labels of schedules: `05.`, or `05.v` for
        the visible ones. With `replay`, only the check of that schedule is run. `schedules` is how
        many one exploration may run at most; `width` is that of stories, in columns.
        """
        self.results: list[CheckResult] = []
        self.story: protocol.Story | None = None  # of a replay that was asked for
        self._prefix = prefix
        self._backend = backend
        self._seed = seed
        self._replay = replay
        self._schedules = schedules
        self._language = language
        self._width = width
        self.interrupted = False  # by Ctrl-C: then results are missing
        self._order: list[str] = []
        self._stopped: list[str] = []  # titles of checks that were ended at a limit
        self._submission: Submission | None = None

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Checks are numbered in the order of their file: the numbers stand in schedules."""
        self._order = [item.nodeid for item in items]
        if self._replay is not None:
            wanted = self._replay.rpartition(":")[0].partition("-")[0]
            items[:] = [item for item in items if self._label(item) == wanted]

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Ctrl-C, or what pytest itself calls an interruption: a check file that it cannot read."""
        self.interrupted = not isinstance(excinfo.value, pytest.Session.Interrupted)

    def _label(self, item: pytest.Item) -> str:
        return f"{self._prefix}{self._order.index(item.nodeid) + 1}"

    @pytest.fixture
    def submission(self, request: pytest.FixtureRequest) -> Iterator[Submission]:
        """The submission, for one check."""
        self._backend.begin_check()
        self._submission = Submission(
            self._backend,
            label=self._label(request.node),
            title=f"{self._prefix.partition('.')[0]} {request.node.name.removeprefix('test_')}",
            replay=self._replay,
            earlier=next((each for each in self.results if each.kind is not None), None),
            stopped=self._stopped,
            schedules=self._schedules,
            language=self._language,
            width=self._width,
        )
        yield self._submission
        self._backend.end_check()

    @pytest.fixture
    def draw(self, request: pytest.FixtureRequest) -> Draw:
        """Draws parameters for one check."""
        return Draw(self._seed, request.node.name)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
        """Turns what pytest saw into a check's result."""
        report = yield
        broken = call.when != "call" and call.excinfo is not None
        if call.when == "call" or broken:
            self._file(item, call.excinfo.value if call.excinfo is not None else None)
        return report

    def _file(self, item: pytest.Item, error: BaseException | None) -> None:
        submission = self._submission
        kind: str | None = None
        message, schedule, line = "", None, None
        if isinstance(error, Replayed):
            self.story = error.story
        elif isinstance(error, CheckFailed):
            kind, message, schedule = error.kind, error.text, error.schedule
            line = error.line
            if error.stopped:
                self._stopped.append(title_of(item))
        elif isinstance(error, AssertionError):
            kind = "wrong-result"
            message = str(error).splitlines()[0] if str(error) else "The result is wrong."
        elif error is not None:
            kind = INTERNAL
            message = f"The grader failed: {type(error).__name__}: {error}"[:500]
        if self.results and self.results[-1].name == item.name:
            self.results.pop()  # tear-down failed after the call: the later word counts
        self.results.append(
            check_result(
                item.name,
                title_of(item),
                points_of(item),
                kind=kind,
                message=message,
                schedule=schedule,
                schedules=submission.schedules if submission is not None else 0,
                exhausted=submission.exhausted and submission.schedules > 0
                if submission is not None
                else False,
                line=line,
            )
        )
