"""`grader audit`, the author's gate: every file of the corpus gets the verdict it declares."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import msgspec
from rich.console import Console

from grader.cli.show import reason
from grader.course.exercise import Course, CourseError, Exercise, load
from grader.judge import sandbox
from grader.judge.grade import grade
from grader.judge.results import Result


@dataclass(frozen=True, slots=True)
class Case:
    """A file, and what grading it has to give. `kinds` empty: it passes."""

    folder: Path  # of the exercise
    file: Path
    kinds: frozenset[str]


class Audited(msgspec.Struct):
    """What became of a case. `file` is relative to the course; `problem` None: as declared."""

    file: str
    problem: str | None
    result: Result


class Audit(msgspec.Struct, tag_field="schema", tag="racecourse/audit/1"):
    """What became of all of them."""

    cases: list[Audited]

    @property
    def passed(self) -> bool:
        """Whether every file got the verdict it declares, every time."""
        return all(case.problem is None for case in self.cases)


def cases(course: Course, exercise: Exercise) -> Iterator[Case]:
    """The stub, the solution and the corpus of an exercise. Raises `CourseError` when a file is
    not declared, or what is declared is not there.
    """
    yield Case(exercise.folder, exercise.stub, frozenset({exercise.metadata.stub_kind}))
    solution = course.root / "solutions" / exercise.name / exercise.metadata.stub
    yield Case(exercise.folder, solution, frozenset())
    corpus = course.root / "tests" / "submissions" / exercise.name
    path = corpus / "corpus.toml"
    declared = tomllib.loads(path.read_text(encoding="utf-8"))
    for side in ("right", "wrong"):
        entries = declared.get(side, {})
        files = {file.stem: file for file in sorted((corpus / side).glob("*.py"))}
        for name in sorted(set(entries) ^ set(files)):
            raise CourseError(f"{path}: {side}.{name} is declared without its file, or not at all.")
        for name, file in files.items():
            entry = entries[name]
            kinds = {entry["kind"], *entry.get("also", [])} if side == "wrong" else set()
            yield Case(exercise.folder, file, frozenset(kinds))


def judge_case(case: Case, sandbox_name: str | None = None) -> tuple[str | None, Result]:
    """What is wrong with the verdict (None: nothing), and the result."""
    result = grade(load(case.folder), case.file.read_bytes(), sandbox_name)
    found = {check.kind for check in result.checks if check.kind is not None}
    if not case.kinds:
        return (None if result.verdict == "pass" else "should pass"), result
    if result.verdict != "fail":
        return "should fail", result
    if not found & case.kinds:
        expected = " or ".join(sorted(case.kinds))
        return f"should fail as {expected}, not {', '.join(sorted(found))}", result
    return None, result


def run_audit(
    course: Course, exercises: list[Exercise], jobs: int, repeat: int, console: Console,
    sandbox_name: str,
) -> Audit:  # fmt: skip
    """Grades all cases `repeat` times and prints what is not as declared, or not as it was the
    first time. Every line is of one pass, so that a long audit can be watched. Raises `NoSandbox`.
    """
    locked_up = sandbox.choose(sandbox_name).name
    sandbox.close()  # the processes that grade start what they need
    todo = [case for exercise in exercises for case in cases(course, exercise)]
    names = [case.file.relative_to(course.root).as_posix() for case in todo]
    audit = Audit([])
    judge = functools.partial(judge_case, sandbox_name=locked_up)
    with ProcessPoolExecutor(jobs) as pool:
        for number in range(1, repeat + 1):
            right = 0
            for at, (found, result) in enumerate(pool.map(judge, todo)):
                if number == 1:
                    audit.cases.append(Audited(names[at], None, result))
                problem = found
                if problem is None and result != audit.cases[at].result:
                    problem = "is graded otherwise than the first time"
                right += problem is None
                if problem is not None:
                    audit.cases[at].problem = problem
                    console.print(f"{names[at]}: {problem}", markup=False, soft_wrap=True)
                    if result.verdict != "pass":
                        console.print(f"    {reason(result)}", markup=False, soft_wrap=True)
            passed = f"Pass {number} of {repeat}: " if repeat > 1 else ""
            console.print(f"{passed}{right} of {len(todo)} as declared.", markup=False)
    return audit
