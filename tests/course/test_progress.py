"""What is remembered between calls, and what happens to the file that it is in."""

from __future__ import annotations

import multiprocessing
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.course.exercise import Course
from grader.course.progress import BROKEN, SET_ASIDE, UNREADABLE, UNWRITABLE, VARIABLE, Store

ROOT = Path(__file__).resolve().parents[2]
MORNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A copy of a part of the course, to work in."""
    for name in ("01_thread_counter", "02_process_counter", "05_bank_transfer"):
        shutil.copytree(ROOT / "exercises" / name, tmp_path / "exercises" / name)
    return Course(tmp_path)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A file that is not there yet, in a folder that is not there either."""
    return Store(tmp_path / "kept" / "progress.json")


def test_it_lies_in_the_course_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each copy of the course has a file of its own."""
    monkeypatch.delenv(VARIABLE)
    assert tmp_path / ".racecourse" / "progress.json" == Store.of(tmp_path).path
    monkeypatch.setenv(VARIABLE, str(tmp_path / "mine.json"))
    assert tmp_path / "mine.json" == Store.of(ROOT).path


def test_verdict_is_remembered_with_the_moment_since_when(course: Course, store: Store) -> None:
    """The moment stays as long as the verdict does."""
    one = course.find("01")
    content = one.stub.read_bytes()
    store.checked(one, content, "fail", 2, 5, MORNING)
    store.checked(one, content, "fail", 3, 5, NOON)
    kept = store.read().of(one)
    assert ("fail", 3, 5, MORNING) == (kept.verdict, kept.passed, kept.checks, kept.since)
    store.checked(one, content, "pass", 5, 5, NOON)
    assert NOON == store.read().of(one).since
    assert [] == store.troubles


def test_failure_of_the_grader_changes_nothing(course: Course, store: Store) -> None:
    """It says nothing of the student's file."""
    one = course.find("01")
    store.checked(one, b"", "pass", 5, 5)
    store.checked(one, b"", "grader-error", 0, 5)
    assert "pass" == store.read().of(one).verdict


def test_number_of_hints_only_grows(course: Course, store: Store) -> None:
    """What has been seen cannot be unseen, and a check does not forget it."""
    one = course.find("01")
    for count in (1, 3, 2):
        store.hinted(one, count)
    store.checked(one, b"", "fail", 0, 5)
    assert 3 == store.read().of(one).hints


def test_exercise_passes_only_with_the_file_as_it_is_now(course: Course, store: Store) -> None:
    """A file that was changed, or is gone, has to be checked again."""
    one = course.find("01")
    store.checked(one, one.stub.read_bytes(), "pass", 5, 5)
    assert store.read().passes(one)
    one.stub.write_text("# another one\n", encoding="utf-8")
    assert not store.read().passes(one)
    store.checked(one, b"", "pass", 5, 5)
    one.stub.unlink()
    assert not store.read().passes(one)


def test_next_exercise_is_the_first_after_this_one_that_does_not_pass(
    course: Course, store: Store
) -> None:
    """Round and round, until there is no other."""
    one, two, five = course.exercises
    assert one == store.read().next_of(course)
    store.checked(two, two.stub.read_bytes(), "pass", 4, 4)
    assert five == store.read().next_of(course, after=one)
    assert one == store.read().next_of(course, after=five)
    store.checked(five, five.stub.read_bytes(), "pass", 4, 4)
    assert store.read().next_of(course, after=one) is None


@pytest.mark.parametrize(
    "broken", [b"", b"{", b"[1, 2]", b"\xff\xfe", b'{"schema": "racecourse/progress/2"}']
)
def test_file_that_is_something_else_is_kept(course: Course, store: Store, broken: bytes) -> None:
    """Reading says that nothing is known; writing sets the file aside, under a name of its own."""
    store.path.parent.mkdir()
    for number in (1, 2):
        store.path.write_bytes(broken)
        store.troubles.clear()
        assert {} == store.read().exercises
        assert [BROKEN] == [each.template for each in store.troubles]
        assert broken == store.path.read_bytes()
        store.troubles.clear()
        store.hinted(course.find("05"), 1)
        (trouble,) = store.troubles
        aside = f"progress.json.broken-{number}"
        assert (SET_ASIDE, aside) == (trouble.template, trouble.values["aside"])
        assert broken == store.path.with_name(aside).read_bytes()
        assert 1 == store.read().of(course.find("05")).hints


def test_file_that_cannot_be_written_is_a_sentence(course: Course, tmp_path: Path) -> None:
    """Here a file is where its folder should be; no exception gets out."""
    (tmp_path / "taken").write_bytes(b"mine")
    store = Store(tmp_path / "taken" / "progress.json")
    store.hinted(course.find("05"), 1)
    assert [UNWRITABLE] == [each.template for each in store.troubles]
    assert b"mine" == (tmp_path / "taken").read_bytes()


def test_file_that_cannot_be_read_is_not_overwritten(course: Course, store: Store) -> None:
    """A folder of its name, say: nothing is remembered, and nothing lost."""
    store.path.mkdir(parents=True)
    (store.path / "inside").write_bytes(b"mine")
    store.hinted(course.find("05"), 1)
    assert [UNREADABLE] == [each.template for each in store.troubles]
    assert b"mine" == (store.path / "inside").read_bytes()


def _hint_each(path: Path, root: Path, numbers: list[int]) -> None:
    one = Course(root).find("01")
    for number in numbers:
        store = Store(path)
        store.hinted(one, number)
        store.checked(one, b"%d" % number, "fail", number, 100)


def test_two_processes_lose_nothing_of_each_others(course: Course, store: Store) -> None:
    """Each reads, changes and writes while the other one waits."""
    spawn = multiprocessing.get_context("spawn")
    both = [
        spawn.Process(target=_hint_each, args=(store.path, course.root, list(numbers)))
        for numbers in (range(1, 41, 2), range(2, 41, 2))
    ]
    for process in both:
        process.start()
    store.hinted(course.find("05"), 2)
    for process in both:
        process.join()
    progress = store.read()
    assert [0, 0] == [process.exitcode for process in both]
    assert (40, 2) == (progress.of(course.find("01")).hints, progress.of(course.find("05")).hints)
    names = {path.name for path in store.path.parent.iterdir()}
    assert {"progress.json", "progress.json.lock"} == names
