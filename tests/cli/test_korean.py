"""What the students' commands say, in Korean."""

from __future__ import annotations

import ast
import inspect
from string import Formatter
from types import ModuleType

import pytest

from grader.cli import check, hint, progress, show, students, watch, work
from grader.course import progress as kept
from grader.explain.korean_students import STUDENTS
from grader.judge import remember

SENTENCES = (kept.UNREADABLE, kept.UNWRITABLE, kept.BROKEN, kept.SET_ASIDE)
MODULES = (check, hint, progress, show, students, watch, work, remember)


def templates(module: ModuleType) -> set[str]:
    """What is said in a module: the first argument of `say` and `tell`, where it is known."""
    tree = ast.parse(inspect.getsource(module))
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call) and each.args]
    found: list[object] = []
    for call in calls:
        if getattr(call.func, "attr", getattr(call.func, "id", "")) not in ("say", "tell"):
            continue
        for part in ast.walk(call.args[0]):
            if isinstance(part, ast.Constant):
                found.append(part.value)
            elif isinstance(part, ast.Name):
                found.append(getattr(module, part.id, None))
    return {each for each in found if isinstance(each, str) and " " in each}


def test_everything_that_the_commands_say_can_be_said_in_korean() -> None:
    """No sentence is without its Korean, and none is there in vain."""
    said = set(SENTENCES) | set(show.SIGN.values())
    for module in MODULES:
        said |= templates(module)
    said |= {"exercise", "checks", "since", "hints"}  # columns
    said |= {"pass", "{passed} of {count} pass", "cannot be graded"}  # of a table
    said |= {"all schedules, {count} schedule run", "all schedules, {count} schedules run"}
    assert said == set(STUDENTS)


@pytest.mark.parametrize("template", STUDENTS)
def test_korean_fills_in_what_english_does(template: str) -> None:
    """Nothing is left out, and nothing asked for in vain."""
    english, korean = (
        {name for _, name, _, _ in Formatter().parse(text) if name}
        for text in (template, STUDENTS[template])
    )
    assert english == korean
