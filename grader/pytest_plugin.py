"""The pytest plugin for students: `pytest exercises/05` runs the visible checks, in this process
and without a sandbox.

What the checks need is imported no earlier than pytest can take a Ctrl-C without a traceback.
"""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import pytest

from grader import interrupt


def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """`exercises/05` names the folder `exercises/05_bank_transfer`, from wherever it is named;
    `exercises/05::test_same_account` one check of it. From here on Ctrl-C is ours.
    """
    stack = ExitStack()
    early_config.add_cleanup(stack.close)
    stack.enter_context(interrupt.noted())
    interrupt.hold_back()
    base = early_config.invocation_params.dir
    known = early_config.known_args_namespace
    found = {each: _exercise_named(base, each) for each in known.file_or_dir}
    args[:] = [found.get(each, each) for each in args]  # what is no path is an option or its value
    # By these it is decided which conftest.py belong to the run: the course's own do not.
    known.file_or_dir = [found[each] for each in known.file_or_dir]


def _exercise_named(base: Path, argument: str) -> str:
    """The argument, with the path to the exercise where it names one by number or name. Raises
    `UsageError` where there is no such exercise.
    """
    named, colons, check = argument.partition("::")
    path = Path(os.path.normpath(base / named))
    if path.parent.name != "exercises" or not path.parent.is_dir() or path.exists():
        return argument
    from grader.course.exercise import Course, CourseError, find_root

    try:
        found = Course(find_root(path.parent)).find(path.name)
    except CourseError as error:
        raise pytest.UsageError(str(error)) from None
    file = next(found.folder.glob("test_*.py"), found.folder) if colons else found.folder
    return os.path.relpath(file, base) + colons + check


def pytest_configure(config: pytest.Config) -> None:
    """What the checks need. Raises `KeyboardInterrupt` if Ctrl-C was pressed so far."""
    from grader.judge import visible

    config.pluginmanager.register(visible, "racecourse-checks")
    interrupt.let_go()
