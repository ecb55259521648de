"""`grader audit`, the author's gate: every file of the corpus gets the verdict it declares, and
what is told about a wrong one points at the line that is declared.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
from rich.console import Console

from grader.cli.files import UsageError
from grader.cli.show import reason
from grader.course import corpus
from grader.course.exercise import Course, CourseError, Exercise, load
from grader.judge import sandbox
from grader.judge.grade import grade
from grader.judge.results import Result


@dataclass(frozen=True, slots=True)
class Case:
    """A file, and what grading it has to give. `kinds` empty: it passes. `at` are parts of the
    lines at which it goes wrong (see `grader.course.corpus.Wrong`).
    """

    folder: Path  # of the exercise
    file: Path
    kinds: frozenset[str]
    at: tuple[str, ...] = ()


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
    folder = course.root / "tests" / "submissions" / exercise.name
    path = folder / "corpus.toml"
    declared = corpus.load(path)
    stub_kind = exercise.metadata.stub_kind
    yield _wrong(exercise, exercise.stub, [stub_kind], declared.stub.at, path)
    solution = course.root / "solutions" / exercise.name / exercise.metadata.stub
    yield Case(exercise.folder, solution, frozenset())
    for file in _files(folder / "right", declared.right, path):
        yield Case(exercise.folder, file, frozenset())
    for file in _files(folder / "wrong", declared.wrong, path):
        entry = declared.wrong[file.stem]
        yield _wrong(exercise, file, [entry.kind, *entry.also], entry.at, path)


def _files(folder: Path, declared: Collection[str], path: Path) -> list[Path]:
    """The files of one side of the corpus, by name; all of them are declared."""
    files = sorted(folder.glob("*.py"))
    for name in sorted({file.stem for file in files} ^ set(declared)):
        side = folder.name
        raise CourseError(f"{path}: {side}.{name} is declared without its file, or not at all.")
    return files


def _wrong(
    exercise: Exercise, file: Path, kinds: list[str], at: list[str], path: Path
) -> Case:  # fmt: skip
    """The case of a file that fails; what is said of its lines is true of some."""
    text = file.read_text(encoding="utf-8")
    for part in at:
        if not part or part not in text:
            raise CourseError(f"{path}: {file.name} has no line with {part!r} (`at` of it).")
    return Case(exercise.folder, file, frozenset(kinds), tuple(at))


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
    return astray(case, result), result


def astray(case: Case, result: Result) -> str | None:
    """Which story of a failing check points at a line that is not declared, or that none points at
    one; None when all is as declared.
    """
    lines = case.file.read_text(encoding="utf-8").splitlines()
    told = [check for check in result.checks if check.line is not None]
    expected = " or ".join(f"`{part}`" for part in case.at) or "no line"
    for check in told:
        assert check.line is not None
        line = lines[check.line - 1].strip() if check.line <= len(lines) else ""
        if not any(part in line for part in case.at):
            return f"{check.name} goes wrong in line {check.line}, `{line}`: should be {expected}"
    if case.at and not told:
        return f"no story shows where it goes wrong: should be {expected}"
    return None


@dataclass(frozen=True, slots=True)
class Part:
    """Each `of`-th case, beginning with the one of this number: a sample, or a machine's share."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Part:
        """From `2/4`. Raises `UsageError`."""
        number, slash, of = text.partition("/")
        if not (slash and number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
            raise UsageError(f"--part is like 2/4, the second of four parts, not {text!r}.")
        return cls(int(number), int(of))


ALL: Final = Part(1, 1)


def earlier(path: Path) -> dict[str, Result]:
    """The results that an audit has written to `path`, by file. Raises `UsageError`."""
    try:
        audit = msgspec.json.decode(path.read_bytes(), type=Audit)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    except msgspec.DecodeError as error:
        raise UsageError(f"{path} is not what `grader audit --json` writes: {error}.") from None
    return {case.file: case.result for case in audit.cases}


def run_audit(
    course: Course, exercises: list[Exercise], jobs: int, repeat: int, console: Console,
    sandbox_name: str, part: Part = ALL, before: Mapping[str, Result] | None = None,
) -> Audit:  # fmt: skip
    """Grades all cases of the part `repeat` times and prints what is not as declared, not as it was
    the first time, or not as it was `before`. Every line is of one pass, so that a long audit can
    be watched. Raises `NoSandbox`.
    """
    locked_up = sandbox.choose(sandbox_name).name
    sandbox.close()  # the processes that grade start what they need
    todo = [case for exercise in exercises for case in cases(course, exercise)]
    todo = todo[part.number - 1 :: part.of]
    names = [case.file.relative_to(course.root).as_posix() for case in todo]
    audit = Audit([])
    judge = functools.partial(judge_case, sandbox_name=locked_up)
    with ProcessPoolExecutor(jobs) as pool:
        for number in range(1, repeat + 1):
            right = 0
            for at, (found, result) in enumerate(pool.map(judge, todo)):
                if number == 1:
                    audit.cases.append(Audited(names[at], None, result))
                problem = found or _changed(names[at], result, audit.cases[at].result, before)
                right += problem is None
                if problem is not None:
                    audit.cases[at].problem = problem
                    console.print(f"{names[at]}: {problem}", markup=False, soft_wrap=True)
                    if result.verdict != "pass":
                        console.print(f"    {reason(result)}", markup=False, soft_wrap=True)
            passed = f"Pass {number} of {repeat}: " if repeat > 1 else ""
            console.print(f"{passed}{right} of {len(todo)} as declared.", markup=False)
    return audit


def _changed(
    name: str, result: Result, first: Result, before: Mapping[str, Result] | None
) -> str | None:
    """How the result is another one than it was; None: it is not."""
    if result != first:
        return "is graded otherwise than the first time"
    if before is None:
        return None
    if name not in before:
        return "is not among the earlier results"
    return None if result == before[name] else "is graded otherwise than before"
