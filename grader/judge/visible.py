"""The checks of an exercise in a student's own pytest: their fixtures, and how a failure looks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from grader.course.exercise import Exercise
from grader.course.exercise import load as load_exercise
from grader.explain.say import LANGUAGES, VARIABLE
from grader.judge.backends import InProcess
from grader.judge.draw import Draw, seed_of
from grader.judge.failed import CheckFailed
from grader.judge.grade import setup_for
from grader.judge.remember import Remember
from grader.judge.submission import Submission

_BACKENDS = pytest.StashKey[dict[Path, InProcess]]()
_REMEMBER = pytest.StashKey[Remember]()


def pytest_configure(config: pytest.Config) -> None:
    """The marker of checks, and what is remembered of them."""
    config.addinivalue_line("markers", "points(count): what a check is worth")
    config.stash[_BACKENDS] = {}
    remember = config.stash[_REMEMBER] = Remember(_language())
    spread = hasattr(config, "workerinput") or getattr(config.option, "dist", "no") != "no"
    if not spread:
        config.pluginmanager.register(remember, "racecourse-remember")


def _language() -> str:
    return os.environ.get(VARIABLE, LANGUAGES[0])


def _exercise(request: pytest.FixtureRequest) -> Exercise:
    return load_exercise(request.path.parent)


@pytest.fixture
def submission(request: pytest.FixtureRequest) -> Submission:
    """The student's file beside the check, to be explored."""
    exercise = _exercise(request)
    known = request.config.stash[_BACKENDS]
    backend = known.get(request.path)
    if backend is None:
        try:
            content = exercise.stub.read_bytes()
        except OSError as error:
            raise CheckFailed(
                "missing-name", f"{exercise.stub} cannot be read: {error.strerror}."
            ) from None
        request.config.stash[_REMEMBER].read(request.path, exercise, content)
        backend = known[request.path] = InProcess(
            setup_for(exercise, content, request.path), exercise.metadata.limits
        )
    items = [item for item in request.session.items if item.path == request.path]
    index = items.index(request.node) + 1
    return Submission(
        backend,
        label=f"{exercise.number}.v{index}",
        title=f"{exercise.number} {request.node.name.removeprefix('test_')}",
        schedules=exercise.metadata.limits.schedules,
        width=max(80, min(shutil.get_terminal_size((100, 24)).columns, 160)),
        language=_language(),
    )


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> Draw:
    """Parameters of visible checks: always the same."""
    return Draw(seed_of(_exercise(request).name, b""), request.node.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """A failed check shows its sentence and its story, and no Python of ours."""
    report = yield
    item.config.stash[_REMEMBER].saw(item, call)
    error = call.excinfo.value if call.excinfo is not None else None
    if isinstance(error, CheckFailed):
        lines = [f"{error.kind}: {error.message}"]
        if error.story:
            lines += ["", error.story]
        report.longrepr = "\n".join(lines)
    return report
