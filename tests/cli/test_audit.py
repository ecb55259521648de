"""The author's gate: what is told about a wrong submission points at the line that is declared."""

from __future__ import annotations

import io
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from rich.console import Console

from grader.cli.audit import Audit, Case, Part, astray, cases, earlier, judge_case, run_audit
from grader.cli.files import UsageError
from grader.course.exercise import Course, CourseError
from grader.judge.results import CheckResult, Result, check_result, result_of

ROOT = Path(__file__).resolve().parents[2]
EXERCISE = "05_bank_transfer"
SOURCE = "lock.acquire()\nwith a.lock:\n    with b.lock:\n        pass\n"


def case_of(folder: Path, *at: str) -> Case:
    """A file that ends in a deadlock."""
    file = folder / "bank.py"
    file.write_text(SOURCE)
    return Case(folder, file, frozenset({"deadlock"}), at)


def failing(line: int | None) -> CheckResult:
    """A check that fails at a line."""
    return check_result("test_a", "A.", 1.0, kind="deadlock", line=line)


def graded(*lines: int | None) -> Result:
    """The result of such checks."""
    return result_of(EXERCISE, [failing(line) for line in lines], "none")


@pytest.mark.parametrize(
    ("at", "lines", "problem"),
    [
        (("b.lock:", "a.lock"), (3, 2, None), None),
        ((), (None,), None),
        (("b.lock:",), (3, 1),
         "test_a goes wrong in line 1, `lock.acquire()`: should be `b.lock:`"),
        (("b.lock:",), (9,), "test_a goes wrong in line 9, ``: should be `b.lock:`"),
        ((), (3,), "test_a goes wrong in line 3, `with b.lock:`: should be no line"),
        (("b.lock:",), (None,), "no story shows where it goes wrong: should be `b.lock:`"),
    ],
)  # fmt: skip
def test_every_marked_line_has_to_be_declared(
    tmp_path: Path, at: tuple[str, ...], lines: tuple[int | None, ...], problem: str | None
) -> None:
    """And a declared one has to be marked by some story."""
    assert problem == astray(case_of(tmp_path, *at), graded(*lines))


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course of one exercise, to be spoilt."""
    for folder in ("exercises", "solutions", "tests/submissions"):
        shutil.copytree(ROOT / folder / EXERCISE, tmp_path / folder / EXERCISE)
    return Course(tmp_path)


def corpus_of(course: Course) -> Path:
    """The file that declares the submissions."""
    return course.root / "tests" / "submissions" / EXERCISE / "corpus.toml"


def test_part_of_no_line_is_refused(course: Course) -> None:
    """A line that was changed and is not in the file any more."""
    path = corpus_of(course)
    path.write_text(path.read_text().replace('"_bank.wait()"', '"_bank.wait(1)"'))
    with pytest.raises(CourseError, match=r"waits_for_money\.py has no line with '_bank"):
        list(cases(course, course.exercises[0]))


@pytest.mark.parametrize("side", ["right", "wrong"])
def test_file_without_its_declaration_is_refused(course: Course, side: str) -> None:
    """Nothing in the corpus is forgotten."""
    (corpus_of(course).parent / side / "another.py").write_text("")
    with pytest.raises(CourseError, match=rf"{side}\.another is declared without its file, or not"):
        list(cases(course, course.exercises[0]))


def test_story_of_the_stub_points_where_it_is_declared(course: Course) -> None:
    """Graded for real: the second lock, and a sum without any; and nowhere else."""
    stub, *_ = cases(course, course.exercises[0])
    assert (None, "fail") == ((graded := judge_case(stub))[0], graded[1].verdict)
    elsewhere = Case(stub.folder, stub.file, stub.kinds, ("src.balance -= amount",))
    problem, _ = judge_case(elsewhere)
    assert problem is not None
    assert "goes wrong in line 32, `with dst.lock:`" in problem


@pytest.mark.parametrize("text", ["", "2", "0/4", "5/4", "1/0", "a/b", "-1/4", "1/2/3"])
def test_part_that_is_none_is_refused(text: str) -> None:
    """With a sentence."""
    with pytest.raises(UsageError, match="--part is like 2/4"):
        Part.parse(text)


def declared_only(course: Course) -> None:
    """Leaves two right submissions of the corpus, so that an audit is short."""
    path = corpus_of(course)
    path.write_text('[stub]\nat = ["with dst.lock:", "sum("]\n[right]\n[wrong]\n')
    shutil.rmtree(path.parent / "right")
    shutil.rmtree(path.parent / "wrong")


def audited(course: Course, **options: Any) -> tuple[Audit, str]:
    """What an audit finds, and what it prints."""
    out = io.StringIO()
    found = run_audit(course, course.exercises, 1, 1, Console(file=out), "none", **options)
    return found, out.getvalue()


def test_a_part_against_earlier_results(course: Course, tmp_path: Path) -> None:
    """Only those cases are graded; what has changed since, or is new, is a problem."""
    declared_only(course)
    whole, said = audited(course)
    assert (True, "2 of 2 as declared.\n") == (whole.passed, said)
    file = tmp_path / "audit.json"
    file.write_bytes(msgspec.json.encode(whole))
    before = earlier(file)
    second, said = audited(course, part=Part(2, 2), before=before)
    assert ([whole.cases[1]], "1 of 1 as declared.\n") == (second.cases, said)
    name = whole.cases[1].file
    for spoilt, problem in (
        ({name: replace(before[name], score=1.0)}, "is graded otherwise than before"),
        ({}, "is not among the earlier results"),
    ):
        found, said = audited(course, part=Part(2, 2), before=spoilt)
        assert (False, problem) == (found.passed, found.cases[0].problem)
        assert said.startswith(f"{name}: {problem}\n")


@pytest.mark.parametrize(("content", "problem"), [(None, "cannot be read"), ("{}", "is not what")])
def test_earlier_results_that_are_none_are_refused(
    tmp_path: Path, content: str | None, problem: str
) -> None:
    """With a sentence."""
    path = tmp_path / "audit.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(UsageError, match=problem):
        earlier(path)
