"""The classic programs of bench/classics, explored with the defaults of `grader explore`."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

import pytest

from bench.catalogue import CLASSICS, FOLDER, HELPER, Classic, program
from grader.explain.report import explain
from grader.explorer import Budget, Exploration, Program, explore, replay, simplest


def marked(classics: Iterable[Classic]) -> list[Any]:
    """Parameters of a test, named and marked."""
    slow = [pytest.mark.slow, pytest.mark.timeout(900)]
    return [
        pytest.param(classic, marks=slow if classic.slow else [], id=str(classic))
        for classic in classics
    ]


def explored(explored_program: Program) -> Exploration:
    """As `grader explore` does it when nothing else is asked for."""
    return explore(explored_program, Budget(), fail_fast=True)


def endings(found: Exploration) -> set[str]:
    """How the executions ended."""
    return {outcome.ending.value for outcome in found.outcomes}


@pytest.mark.parametrize("classic", marked(CLASSICS))
def test_the_bug_is_found(classic: Classic) -> None:
    """The default search finds a failing schedule, of the kind that the bug is known for."""
    bug = program(classic, "bug")
    found = explored(bug)
    failures = [one for one in found.outcomes if one.ending.value != "finished"]
    assert 1 == len(failures)
    schedule = simplest(bug, failures[0], Budget(1_000), "x").schedule
    run, trace = replay(bug, schedule)
    assert classic.kind == explain(run, trace, label="x", schedule=schedule).kind


@pytest.mark.parametrize("classic", marked(CLASSICS))
def test_the_corrected_twin_holds(classic: Classic) -> None:
    """No schedule of the corrected program fails, and all are covered where that is possible."""
    found = explored(program(classic, "fixed"))
    assert {"finished"} == endings(found)
    assert classic.exhausted == found.exhausted


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.py")))
def test_a_classic_knows_nothing_of_us(name: str) -> None:
    """A program imports threading, queue, time and what starts its threads: it is anybody's."""
    tree = ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8"))
    imported = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            imported |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module))
    assert imported <= {"threading", "queue", "time", HELPER}


def test_every_classic_is_explored_and_says_where_it_is_from() -> None:
    """The catalogue has all programs of the folder; each names its source, and has a twin."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py")}
    del texts[HELPER]
    assert texts.keys() == {classic.module for classic in CLASSICS}
    assert [] == [name for name, text in texts.items() if "\nSource: " not in text]
    assert [] == [name for name, text in texts.items() if "\ndef fixed(" not in text]
