"""The pytest plugin of the students' side: `pytest exercises/05` works as typed, and the visible
checks run the student's code under control, in this process.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from grader.course.exercise import Course, CourseError, Exercise, find_root
from grader.course.exercise import load as load_exercise
from grader.judge.backends import InProcess
from grader.judge.draw import Draw, seed_of
from grader.judge.failed import CheckFailed
from grader.judge.grade import setup_for
from grader.judge.submission import Submission

_BACKENDS = pytest.StashKey[dict[Path, InProcess]]()


def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """`exercises/05` names the folder `exercises/05_bank_transfer`."""
    base = early_config.invocation_params.dir
    for index, argument in enumerate(args):
        path = base / argument
        if argument.startswith("-") or "::" in argument or path.exists():
            continue
        if path.parent.name == "exercises" and path.parent.is_dir():
            try:
                found = Course(find_root(path.parent)).find(path.name)
            except CourseError as error:
                raise pytest.UsageError(str(error)) from None
            args[index] = os.path.relpath(found.folder, base)


def pytest_configure(config: pytest.Config) -> None:
    """The marker of checks."""
    config.addinivalue_line("markers", "points(count): what a check is worth")
    config.stash[_BACKENDS] = {}


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
        backend = known[request.path] = InProcess(
            setup_for(exercise, content, request.path), exercise.metadata.limits
        )
    items = [item for item in request.session.items if item.path == request.path]
    index = items.index(request.node) + 1
    return Submission(
        backend,
        label=f"{exercise.number}.v{index}",
        title=f"{exercise.number} {request.node.name.removeprefix('test_')}",
        width=max(80, min(shutil.get_terminal_size((100, 24)).columns, 160)),
    )


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> Draw:
    """Parameters of visible checks: always the same."""
    return Draw(seed_of(_exercise(request).name, b""), request.node.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """A failed check shows its sentence and its story, and no Python of ours."""
    report = yield
    error = call.excinfo.value if call.excinfo is not None else None
    if isinstance(error, CheckFailed):
        lines = [f"{error.kind}: {error.message}"]
        if error.story:
            lines += ["", error.story]
        report.longrepr = "\n".join(lines)
    return report
