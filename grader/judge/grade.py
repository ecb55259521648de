"""Grades one submission: pytest with the hidden graders, the student's code elsewhere."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.course.exercise import CourseError, Exercise
from grader.explain.picture import Picture, received
from grader.judge import protocol, sandbox
from grader.judge.backends import Backend, InProcess, SeparateProcess, Unreadable
from grader.judge.draw import seed_of
from grader.judge.kinds import INTERNAL
from grader.judge.plugin import JudgePlugin
from grader.judge.results import CheckResult, Result, check_result, result_of
from grader.judge.submission import WIDTH

HIDDEN = Path(__file__).resolve().parents[1] / "hidden"
CHECK_TIMEOUT_S = 180  # a safety net around the judge itself; the runner's limits come first


def setup_for(exercise: Exercise, content: bytes, scenarios: Path) -> protocol.Setup:
    """The first request for a submission with this content."""
    return protocol.Setup(
        exercise.module, exercise.metadata.stub, content, sorted(exercise.allowed),
        exercise.metadata.names, scenarios.read_text(encoding="utf-8"),
    )  # fmt: skip


def grade(
    exercise: Exercise, content: bytes, sandbox_name: str | None = None, *,
    fault: str | None = None, language: str = "en",
) -> Result:  # fmt: skip
    """The result of grading `content` as the exercise's file, in the sandbox of this name (see
    `grader.judge.sandbox.choose`). `fault`: there is no content, for this reason. `language` is
    that of the stories in its messages: "en" or "ko". Raises `NoSandbox`.
    """
    locked_up = sandbox.choose(sandbox_name)
    checks = _hidden(exercise, content, locked_up, fault=fault, language=language).results
    none = f"The grader has no checks for {exercise.name}."
    return result_of(exercise.name, checks or [_no_checks("hidden", none)], locked_up.name)


def check(
    exercise: Exercise, content: bytes, *, fault: str | None = None, language: str = "en",
    width: int = WIDTH,
) -> Result:  # fmt: skip
    """The result of the visible checks, in this process and without a sandbox: for a student's own
    code, on the student's own machine. `fault`, `language`: as for `grade`; `width` is that of the
    stories, in columns. Raises `KeyboardInterrupt` when it is interrupted.
    """
    plugin = _visible(exercise, content, language, fault=fault, width=width)
    none = (
        f"The checks in {exercise.folder} do not run: have they been changed? They have to be as "
        "they came with the course."
    )
    checks = plugin.results or [_no_checks("visible", none)]
    return result_of(exercise.name, checks, "none")


def _no_checks(which: str, message: str) -> CheckResult:
    """Stands for checks that are not there, which is never a pass."""
    return check_result("checks", f"The {which} checks run.", 0.0, kind=INTERNAL, message=message)


def replay(
    exercise: Exercise, content: bytes, schedule: str, sandbox_name: str | None = None,
    language: str = "en",
) -> Picture | None:  # fmt: skip
    """The picture of one schedule of a check, bounded and made visible, since a process that nobody
    trusts has drawn it; None when no check has this label, or can follow this schedule. A label
    with a `v` is that of a visible check, which is run here, as `pytest exercises/05` does it.
    `language` is "en" or "ko". Raises `NoSandbox`.
    """
    if schedule.startswith(f"{exercise.number}.v"):
        plugin = _visible(exercise, content, language, replay=schedule)
    else:
        locked_up = sandbox.choose(sandbox_name)
        plugin = _hidden(exercise, content, locked_up, replay=schedule, language=language)
    story = plugin.story
    return received(story.picture) if story is not None and story.picture is not None else None


def _hidden(
    exercise: Exercise, content: bytes, locked_up: sandbox.Sandbox,
    *, replay: str | None = None, fault: str | None = None, language: str = "en",
) -> JudgePlugin:  # fmt: skip
    """The hidden checks, with the student's code in the sandbox."""
    folder = HIDDEN / exercise.name
    setup = setup_for(exercise, content, folder / "scenarios.py")
    backend: Backend = SeparateProcess(setup, locked_up, exercise.metadata.limits)
    if fault is not None:
        backend = Unreadable(fault)
    seed = seed_of(exercise.name, content)
    plugin = JudgePlugin(
        f"{exercise.number}.", backend, seed, replay=replay,
        schedules=exercise.metadata.limits.schedules, language=language,
    )  # fmt: skip
    return _run(folder, backend, plugin)


def _visible(
    exercise: Exercise, content: bytes, language: str,
    *, replay: str | None = None, fault: str | None = None, width: int = WIDTH,
) -> JudgePlugin:  # fmt: skip
    """The visible checks, in this process: they and their parameters are the same for everybody."""
    folder = exercise.folder
    file = next(folder.glob("test_*.py"), None)
    if file is None:
        raise CourseError(f"{folder} has no checks: there should be a test_*.py in it.")
    setup = setup_for(exercise, content, file)
    backend: Backend = InProcess(setup, exercise.metadata.limits)
    if fault is not None:
        backend = Unreadable(fault)
    plugin = JudgePlugin(
        f"{exercise.number}.v", backend, seed_of(exercise.name, b""), replay=replay,
        schedules=exercise.metadata.limits.schedules, language=language, width=width,
    )  # fmt: skip
    return _run(folder, backend, plugin)


def _run(folder: Path, backend: Backend, plugin: JudgePlugin) -> JudgePlugin:
    """Runs the checks of the folder; the plugin has their results then. Raises `KeyboardInterrupt`
    when it is interrupted, which pytest keeps to itself: a part of the checks is no result.
    """
    output = io.StringIO()
    try:
        with _own_modules(folder), contextlib.redirect_stdout(output):
            pytest.main(
                [
                    str(folder), "-q", "--disable-plugin-autoload", "-p", "pytest_timeout",
                    "-p", "no:cacheprovider", "--import-mode=prepend", "--assert=plain",
                    f"--rootdir={folder}", "-c", str(HIDDEN / "pytest.ini"),
                    f"--timeout={CHECK_TIMEOUT_S}",
                ],
                plugins=[plugin],
            )  # fmt: skip
    finally:
        backend.end_check()
    if plugin.interrupted:
        raise KeyboardInterrupt
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
