"""Sentences in Korean: all that is said, with the particles that names need."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest

from grader.engine.schedule import Schedule
from grader.explain import say as module
from grader.explain import wakeups, words
from grader.explain.korean import KOREAN, with_particle
from grader.explain.report import explain, tell
from grader.explain.say import listed, say, told
from grader.explorer import Program, replay
from grader.source.load import from_text
from tests.explain.failing import Find
from tests.explain.kept import STORIES
from tests.explain.stuck_programs import STUCK
from tests.explain.test_picture import failing

FOLDER = Path(module.__file__).parent
TABLES = (words._DONE, words._WAITS, words._CONTAINER, wakeups._MISSING)


def templates() -> set[str]:
    """What is said anywhere in `grader.explain`."""
    found = {pattern for table in TABLES for pattern in table.values()} | {words._EXPIRED}
    found |= {
        pattern for both in (*words._ASKS.values(), *words._MOVES.values()) for pattern in both
    }
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id in ("say", "_fill") and node.args:
                parts = [node.args[0]] if node.func.id == "say" else list(ast.walk(node.args[0]))
                constants = [part.value for part in parts if isinstance(part, ast.Constant)]
                found |= {text for text in constants if isinstance(text, str)}
    return found


def fields(template: str) -> set[str]:
    """What is filled in."""
    return {name for _, name, _, _ in Formatter().parse(template) if name}


def test_everything_that_is_said_can_be_said_in_korean() -> None:
    """No template is without its Korean, except those that are put together from tables."""
    assert set() == {each for each in templates() if " " in each} - KOREAN.keys()


@pytest.mark.parametrize("template", KOREAN)
def test_korean_fills_in_what_english_does(template: str) -> None:
    """Nothing is left out but what Korean has no word for, and nothing is asked for in vain."""
    asked = fields(KOREAN[template])
    assert asked <= fields(template)
    assert fields(template) - asked <= {"verb"}


@pytest.mark.parametrize(
    ("text", "particle", "expected"),
    [
        ("은행", "이", "은행이"), ("계좌", "이", "계좌가"), ("thread-1", "은", "thread-1은"),
        ("thread-2", "은", "thread-2는"), ("alice.lock", "을", "alice.lock을"),
        ("total", "을", "total을"), ("서울", "으로", "서울로"), ("집", "으로", "집으로"),
        ("thread-1", "으로", "thread-1로"), ("worker", "이", "worker가"),
        ("name", "이", "name이"), ("table", "으로", "table로"), ("balance", "은", "balance는"),
        ("'tea'", "과", "'tea'와"), ("", "이", "가"),
    ],
)  # fmt: skip
def test_particle_fits_the_sound_of_the_name(text: str, particle: str, expected: str) -> None:
    """Digits and letters as they are read out; quotes and brackets are not."""
    assert expected == with_particle(text, particle)


def test_what_was_said_is_translated_with_what_was_filled_in() -> None:
    """And what nobody has said stays as it is: a student's names are not words."""
    asked = say("{name} asked for {lock} in line {line}", name="read", lock="goes", line=3)
    text = say("{asked}, {why} and went on without it.", asked=asked, why=say("did not get it"))
    assert "read asked for goes in line 3, did not get it and went on without it." == text
    assert "read는 3행에서 goes를 요청했지만 얻지 못해 락 없이 계속했습니다." == told(text, "ko")
    assert ["en", "read"] == [told(say("{x}", x="en"), "ko"), told("read", "ko")]
    assert "a, b와 c" == told(listed(["a", "b", "c"]), "ko")


@pytest.mark.parametrize("name", STORIES)
def test_whole_story_is_in_korean(name: str) -> None:
    """Beside names, code and addresses there is no English word in it."""
    found, _ = failing(name)
    picture = found.picture(language="ko", expected=1, got=2)
    text = tell(picture, 160).replace(picture.kind_shouted, "").replace("__", "")
    for known in known_words(picture):
        text = text.replace(known, "")
    text = re.sub(r"https://\S+ \([^)]*\)|https://\S+|0\d+:\w+", "", text)
    assert set() == set(re.findall(r"[A-Za-z]{2,}", text)) - {"return", "pop"}  # code


def known_words(picture: object) -> list[str]:
    """Names of tasks and things, source lines and values, the longest first."""
    from grader.explain.picture import Picture

    assert isinstance(picture, Picture)
    steps = [*picture.steps, *picture.stuck]
    found = {word for step in steps for word in (step.thing, step.text, step.value)}
    found |= {word for task in picture.tasks for word in (task.name, task.full)}
    found |= {wait.thing for wait in picture.waits} | {
        step.thing.rpartition(".")[2] for step in steps
    }
    found |= {lock.name for lock in picture.locks}
    return sorted(filter(None, found), key=lambda word: -len(word))


@pytest.mark.parametrize(
    ("kind", "way"), [(kind, next(iter(ways))) for kind, ways in STUCK.items()]
)
def test_what_is_found_is_said_in_korean(failure: Find, kind: str, way: str) -> None:
    """Facts and notes of runs that do not come to their end."""
    found = failure(STUCK[kind][way], lambda module: module.run(), steps=1_000)
    picture = found.picture(language="ko")
    notes = [step.note for step in [*picture.steps, *picture.stuck] if step.note]
    assert all(re.search("[가-힣]", text) for text in (*picture.facts, *notes))
    assert picture.facts or notes


@pytest.mark.parametrize(
    ("schedule", "english", "korean"),
    [
        ("00:-0", "as low as they can be", "가장 작은 값"),
        ("00:+0", "as high as they can be", "가장 큰 값"),
    ],
)
def test_extreme_random_numbers_are_told_in_both_languages(
    schedule: str, english: str, korean: str
) -> None:
    """One sentence, and only where numbers are drawn."""
    for drawn, count in (("random.random()", 1), ("1", 0)):
        source = from_text(
            f"import random\ndef run():\n    {{}}[{drawn}]\n",
            name="program", filename="program.py", allowed=frozenset({"random"}),
        )  # fmt: skip
        program = Program({"program": source}, "program", lambda module: module.run())
        run, trace = replay(program, Schedule.parse(schedule))
        for language, part in (("en", english), ("ko", korean)):
            told_of = explain(run, trace, label="00", schedule=schedule, language=language)
            facts = told_of.picture().facts
            assert count == sum(part in fact for fact in facts)
