"""What is left of a run that did not come to its end."""

from pathlib import Path

import pytest

from grader.course.exercise import Course
from grader.judge.journal import Journal, key_of
from grader.judge.results import Result, check_result, result_of

COURSE = Course(Path(__file__).parents[2])


def result(kind: str | None = None) -> Result:
    """The result of one check, which failed with this kind (None: it passed)."""
    checks = [check_result("a", "A.", 2.0, kind=kind, message="é")]
    return result_of("05_bank_transfer", checks, "bubblewrap")


def test_a_result_is_known_to_the_next_run(tmp_path: Path) -> None:
    """What was kept is there again, word for word, also after a run that added to it."""
    for key, kind in (("one", None), ("two", "deadlock")):
        with Journal(tmp_path / "class.json") as journal:
            journal.keep(key, result(kind))
    with Journal(tmp_path / "class.json") as journal:
        assert (2, result(), result("deadlock")) == (
            len(journal), journal.get("one"), journal.get("two")
        )  # fmt: skip


def test_a_torn_line_is_forgotten(tmp_path: Path) -> None:
    """A writer that was killed in the middle of a line loses that line and no other."""
    with Journal(tmp_path / "class.json") as journal:
        journal.keep("one", result())
    whole = journal.path.read_bytes()
    for cut in range(1, len(whole)):
        journal.path.write_bytes(whole + whole[:-cut])
        with Journal(tmp_path / "class.json") as journal:
            assert 1 == len(journal)
            journal.keep("two", result("deadlock"))
        with Journal(tmp_path / "class.json") as journal:
            assert result("deadlock") == journal.get("two")
        journal.path.write_bytes(whole)


@pytest.mark.parametrize(
    "line", [b"nonsense\n", b"[1, 2]\n", b'["a", {"schema": "b"}]\n', b"\xff\n"]
)
def test_what_is_no_result_is_passed_over(tmp_path: Path, line: bytes) -> None:
    """A line of somebody else's, or of another version, does no harm."""
    with Journal(tmp_path / "class.json") as journal:
        journal.keep("one", result())
    journal.path.write_bytes(line + journal.path.read_bytes())
    with Journal(tmp_path / "class.json") as journal:
        assert (1, result()) == (len(journal), journal.get("one"))


def test_the_graders_own_failure_is_not_kept(tmp_path: Path) -> None:
    """It may be gone the next time."""
    with Journal(tmp_path / "class.json") as journal:
        journal.keep("one", result("internal"))
        assert 0 == len(journal)
    assert not journal.path.exists()


def test_nothing_is_left_at_the_end(tmp_path: Path) -> None:
    """Once the result is written, the journal is gone."""
    with Journal(tmp_path / "class.json") as journal:
        journal.keep("one", result())
        journal.finish()
    assert [] == list(tmp_path.iterdir())


def test_two_runs_do_not_write_one_journal(tmp_path: Path) -> None:
    """The second one is told so."""
    with Journal(tmp_path / "class.json"), pytest.raises(BlockingIOError):
        Journal(tmp_path / "class.json")


def test_the_key_tells_apart_what_is_graded_and_how() -> None:
    """Another submission, another exercise, another way to grade: another key."""
    one, five = COURSE.find("01"), COURSE.find("05")
    keys = [
        key_of(one, b"x"), key_of(five, b"x"), key_of(five, b"y"), key_of(five, b"x", "none"),
        key_of(five, b"", "x"),
    ]  # fmt: skip
    assert 5 == len(set(keys))
    assert keys[0] == key_of(one, b"x")
