"""Grades one submission: pytest with the hidden graders, the student's code elsewhere."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.exercise import Exercise
from grader.explain.picture import Picture, received
from grader.judge import protocol, sandbox
from grader.judge.backends import Backend, InProcess, SeparateProcess, Unreadable
from grader.judge.draw import seed_of
from grader.judge.plugin import JudgePlugin
from grader.judge.results import Result, check_result, result_of

HIDDEN = Path(__file__).resolve().parents[1] / "hidden"
CHECK_TIMEOUT_S = 180  # a safety net around the judge itself; the runner's limits come first


def setup_for(exercise: Exercise, content: bytes, scenarios: Path) -> protocol.Setup:
    """The first request for a submission with this content."""
    return protocol.Setup(
        exercise.module, exercise.metadata.stub, content, sorted(exercise.allowed),
        exercise.metadata.names, scenarios.read_text(encoding="utf-8"),
    )  # fmt: skip


def grade(
    exercise: Exercise, content: bytes, sandbox_name: str | None = None, *, fault: str | None = None
) -> Result:
    """The result of grading `content` as the exercise's file, in the sandbox of this name (see
    `grader.judge.sandbox.choose`). `fault`: there is no content, for this reason. Raises
    `NoSandbox`.
    """
    locked_up = sandbox.choose(sandbox_name)
    checks = _hidden(exercise, content, locked_up, fault=fault).results
    if not checks:
        checks = [
            check_result(
                "checks",
                "The hidden checks run.",
                0.0,
                kind="internal",
                message=f"The grader has no checks for {exercise.name}.",
            )
        ]
    return result_of(exercise.name, checks, locked_up.name)


def replay(
    exercise: Exercise, content: bytes, schedule: str, sandbox_name: str | None = None
) -> Picture | None:
    """The picture of one schedule of a check, bounded and made visible, since a process that nobody
    trusts has drawn it; None when no check has this label, or can follow this schedule. A label
    with a `v` is that of a visible check, which is run here, as `pytest exercises/05` does it.
    Raises `NoSandbox`.
    """
    if schedule.startswith(f"{exercise.number}.v"):
        story = _visible(exercise, content, schedule).story
    else:
        story = _hidden(exercise, content, sandbox.choose(sandbox_name), replay=schedule).story
    return received(story.picture) if story is not None and story.picture is not None else None


def _hidden(
    exercise: Exercise, content: bytes, locked_up: sandbox.Sandbox,
    *, replay: str | None = None, fault: str | None = None,
) -> JudgePlugin:  # fmt: skip
    """The hidden checks, with the student's code in the sandbox."""
    folder = HIDDEN / exercise.name
    setup = setup_for(exercise, content, folder / "scenarios.py")
    backend: Backend = SeparateProcess(setup, locked_up, exercise.metadata.limits)
    if fault is not None:
        backend = Unreadable(fault)
    seed = seed_of(exercise.name, content)
    return _run(folder, backend, JudgePlugin(f"{exercise.number}.", backend, seed, replay=replay))


def _visible(exercise: Exercise, content: bytes, replay: str) -> JudgePlugin:
    """The visible checks, in this process: they and their parameters are the same for everybody."""
    folder = exercise.folder
    backend = InProcess(setup_for(exercise, content, next(folder.glob("test_*.py"))))
    seed = seed_of(exercise.name, b"")
    return _run(folder, backend, JudgePlugin(f"{exercise.number}.v", backend, seed, replay=replay))


def _run(folder: Path, backend: Backend, plugin: JudgePlugin) -> JudgePlugin:
    """Runs the checks of the folder; the plugin has their results then."""
    output = io.StringIO()
    try:
        with _own_modules(folder), contextlib.redirect_stdout(output):
            pytest.main(
                [
                    str(folder), "-q", "-p", "no:cacheprovider", "-p", "no:racecourse",
                    "--import-mode=prepend", "--assert=plain", f"--rootdir={folder}",
                    "-c", str(HIDDEN / "pytest.ini"), f"--timeout={CHECK_TIMEOUT_S}",
                ],
                plugins=[plugin],
            )  # fmt: skip
    finally:
        backend.end_check()
    return plugin


@contextlib.contextmanager
def _own_modules(folder: Path) -> Iterator[None]:
    """Check files are imported by their plain names; nothing of them stays."""
    path = list(sys.path)
    before = set(sys.modules)
    try:
        yield
    finally:
        sys.path[:] = path
        for name in set(sys.modules) - before:
            file = getattr(sys.modules[name], "__file__", None)
            if file is not None and Path(file).parent == folder:
                del sys.modules[name]
