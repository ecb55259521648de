"""`grader check` and `grader progress`, as a student uses them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.cli.check import print_check
from grader.cli.progress import print_progress
from grader.course.exercise import CourseError
from grader.judge import grade
from tests.cli.students import ROOT, Student, printed, result

STUB = """\
05_bank_transfer   exercises/05_bank_transfer/bank.py   1 of 4 checks pass
  FAIL  Transfers in opposite directions both happen; nobody waits for ever.  (4 schedules)
        deadlock: One schedule never comes to its end: what is left waits for ever.
  FAIL  From an account to itself nothing changes, and nothing hangs.  (1 schedule)
"""


def test_stub_is_checked_in_a_few_lines(student: Student) -> None:
    """The first failing check says why; the verdict is the exit status, and is remembered."""
    done = student.grader("check", "5")
    assert (1, "") == (done.returncode, done.stderr)
    assert STUB == "".join(done.stdout.splitlines(keepends=True)[:4])
    assert "`grader check 05 --story` shows the schedule" in done.stdout
    kept = student.work().store.read().exercises["05_bank_transfer"]
    assert ("fail", 1, 4) == (kept.verdict, kept.passed, kept.checks)


def test_story_is_shown_where_asked_for_in_korean(student: Student) -> None:
    """As pytest shows it, here in the folder of the exercise, which needs no naming."""
    folder = student.file("05").parent
    done = student.grader("check", "--story", cwd=folder, env={"RACECOURSE_LANG": "ko"})
    assert "검사 4개 중 1개 통과" in done.stdout
    assert "alice.lock을 잡음" in done.stdout
    assert "힌트 보기: `grader hint 05`" in done.stdout


def test_solution_passes_and_the_next_exercise_is_the_default(student: Student) -> None:
    """Status 0 and the result as JSON; without a number it is the first that does not pass."""
    student.solve("01")
    done = student.grader("check", "--json", "result.json")
    assert (0, "") == (done.returncode, done.stderr)
    assert "01_thread_counter" in done.stdout
    written = json.loads((student.root / "result.json").read_text(encoding="utf-8"))
    assert ("racecourse/result/1", "pass", "none") == (
        written["schema"], written["verdict"], written["sandbox"],
    )  # fmt: skip
    chosen = student.work().chosen(None)
    assert chosen is not None
    assert "02_process_counter" == chosen.name


@pytest.mark.parametrize(
    "wanted",
    ["5", "05", "bank_transfer", "05_bank_transfer", "exercises/05", "exercises/05_bank_transfer/",
     "bank.py", "exercises/05_bank_transfer/bank.py"],
)  # fmt: skip
def test_exercise_is_named_as_one_likes(
    student: Student, monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    """By number, name, folder or file."""
    monkeypatch.chdir(student.root)
    chosen = student.work().chosen(wanted)
    assert chosen is not None
    assert "05_bank_transfer" == chosen.name


def test_path_means_what_lies_there(student: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    """Seen from where one is; a file of the same name elsewhere is none of the course's."""
    monkeypatch.chdir(student.file("01").parent)
    for wanted in ("../05_bank_transfer", "../05_bank_transfer/test_bank.py"):
        chosen = student.work().chosen(wanted)
        assert chosen is not None
        assert "05_bank_transfer" == chosen.name
    (student.root / "bank.py").touch()
    with pytest.raises(CourseError, match=r"\.\./\.\./bank\.py is in none of the exercises of"):
        student.work().chosen("../../bank.py")


def test_several_are_checked_one_after_another(student: Student) -> None:
    """Each once; the worst verdict is the exit status, and the JSON has them all."""
    student.solve("01")
    done = student.grader("check", "1", "bank_transfer", "05", "--json", "results.json")
    assert (1, "") == (done.returncode, done.stderr)
    assert "all 5 checks pass" in done.stdout
    assert "\n\n05_bank_transfer   " in done.stdout
    assert 1 == done.stdout.count("1 of 4 checks pass")
    written = json.loads((student.root / "results.json").read_text(encoding="utf-8"))
    assert ["pass", "fail"] == [each["verdict"] for each in written["results"]]


def test_all_is_a_line_for_each(student: Student) -> None:
    """Alone: it names the exercises itself."""
    student.solve("05")
    done = student.grader("check", "--all")
    assert 1 == done.returncode
    lines = [line.split()[0] for line in done.stdout.splitlines()]
    assert ["01_thread_counter", "02_process_counter", "05_bank_transfer"] == lines
    assert 2 == student.grader("check", "--all", "05").returncode


def test_exercise_that_is_not_there_is_a_wrong_call(student: Student) -> None:
    """One sentence that says which there are."""
    with pytest.raises(CourseError, match=r"There is no exercise '77'\. There is: 01_thread"):
        student.work().chosen("77")


def test_file_that_is_not_there_fails_with_a_sentence(student: Student) -> None:
    """No traceback, and nothing of the course is blamed."""
    student.file("05").unlink()
    work = student.work()
    exercise = work.course.find("05")
    told = grade.check(exercise, b"", fault="bank.py cannot be read: No such file or directory.")
    print_check(work, exercise, told, story=False)
    text = printed(work)
    assert "import-error: bank.py cannot be read: No such file or directory." in text
    assert "schedule in which" not in text


def test_checks_that_do_not_run_are_never_a_pass(student: Student) -> None:
    """A student may have changed them; nor are ones that are not there."""
    exercise = student.work().course.find("05")
    checks = exercise.folder / "test_bank.py"
    checks.write_text("def test_(:\n", encoding="utf-8")
    told = grade.check(exercise, exercise.stub.read_bytes())
    assert "grader-error" == told.verdict
    assert "have they been changed?" in told.checks[0].message
    work = student.work()
    print_check(work, exercise, told, story=False)
    assert "hint" not in printed(work)
    checks.unlink()
    with pytest.raises(CourseError, match=r"05_bank_transfer has no checks"):
        grade.check(exercise, exercise.stub.read_bytes())


def test_ctrl_c_ends_a_check_without_a_verdict(
    student: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half of the checks are no result."""

    def press(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("grader.judge.submission.Submission.explore", press)
    exercise = student.work().course.find("05")
    with pytest.raises(KeyboardInterrupt, match=r"^$"):
        grade.check(exercise, exercise.stub.read_bytes())


def test_progress_is_a_table(student: Student) -> None:
    """What passes since when, what fails, what was changed since, and how many hints were seen."""
    work = student.work()
    result(work, "01")
    result(work, "02", kind="lost-update")
    result(work, "05")
    work.store.hinted(work.course.find("02"), 2)
    student.file("05").write_text("# another one\n", encoding="utf-8")
    print_progress(work)
    now = f"{datetime.now(UTC).astimezone():%Y-%m-%d}"
    rows = [line.split() for line in printed(work).splitlines()]
    assert ["exercise", "checks", "since", "hints"] == rows[0]
    assert ["01", "Thread", "counter", "pass", now] == rows[1][:5]
    assert ["02", "Process", "counter", "0", "of", "1", "pass"] == rows[2][:7]
    assert ["2", "of", "3"] == rows[2][-3:]
    assert ["05", "Bank", "transfer", "pass", "(changed", "since", "then)"] == rows[3][:7]
    assert ["1", "of", "3", "exercises", "pass."] == rows[4]


def test_progress_begins_with_nothing(student: Student) -> None:
    """In Korean, and without writing anything."""
    done = student.grader("progress", "--lang", "ko")
    assert (0, "") == (done.returncode, done.stderr)
    assert 3 == done.stdout.count("아직 검사하지 않음")
    assert "연습문제 3개 중 0개가 통과했습니다." in done.stdout
    assert not (student.root / ".racecourse").exists()


@pytest.mark.parametrize("variable", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {}])
def test_nothing_but_text_is_printed_into_a_file(
    student: Student, variable: dict[str, str]
) -> None:
    """No colours and no control characters."""
    done = student.grader("progress", env=variable)
    assert "\x1b" not in done.stdout


def test_language_that_there_is_not_is_a_wrong_call(student: Student) -> None:
    """Whatever the command."""
    done = student.grader("progress", "--lang", "tlh")
    assert 2 == done.returncode
    assert "grader: There is no language 'tlh': en or ko.\n" == done.stderr


def test_everything_is_remembered_where_git_does_not_look() -> None:
    """Nobody hands it in by accident."""
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert ".racecourse/" in ignored
    assert Path(".racecourse") / "progress.json" == Student(ROOT).work().store.path.relative_to(
        ROOT
    )
