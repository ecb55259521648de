"""`grader watch`, told of what happens by a stream that the test makes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from grader.cli.events import Checked, Event, Failed, Pressed, Saved
from grader.cli.files import UsageError
from grader.cli.watch import Watch
from grader.cli.work import Work
from grader.course.exercise import Exercise
from tests.cli.students import Student, printed, result

ONE, FIVE = "01_thread_counter", "05_bank_transfer"
LOOK = Saved()
KEYS = "Keys: h hint, r check again, n next exercise, p progress, q quit."


class Checks:
    """Notes what is to be checked; what comes of it, the stream says."""

    def __init__(self) -> None:
        self.started: list[str] = []
        self.cancelled = 0

    def start(self, exercise: Exercise) -> int:
        """The number of the check."""
        self.started.append(exercise.name)
        return len(self.started)

    def cancel(self) -> None:
        """Ends it."""
        self.cancelled += 1


class Scene:
    """A student who watches exercise 05, or another one, and what they see."""

    def __init__(self, student: Student, *, with_keys: bool = False, language: str = "en") -> None:
        self.student = student
        self.work: Work = student.work(language)
        self.checks = Checks()
        self.watch = Watch(self.work, self.checks, with_keys=with_keys)

    def play(self, *events: Event | Callable[[], Event | None], begin: str = "05") -> str:
        """What is printed while this happens, one thing after another."""

        def stream() -> Iterator[Event]:
            for each in events:
                event = each() if callable(each) else each
                if event is not None:
                    yield event

        self.watch.run(self.work.course.find(begin), stream())
        return printed(self.work)

    def save(self, text: str, number: str = "05") -> Callable[[], Saved]:
        """The student saves this."""

        def now() -> Saved:
            stub = self.student.file(number)
            stub.write_text(text, encoding="utf-8")
            return Saved(frozenset({stub.parent.name}))

        return now

    def done(self, number: str = "05", kind: str | None = None) -> Callable[[], Checked]:
        """The check that was started last is over, with this result."""
        return lambda: Checked(len(self.checks.started), result(self.work, number, kind))


@pytest.fixture
def scene(student: Student) -> Scene:
    """Without keys, in English."""
    return Scene(student)


FAILED = """\
── checking exercises/05_bank_transfer/bank.py ──
05_bank_transfer   exercises/05_bank_transfer/bank.py   0 of 1 checks pass
  FAIL  It works.  (did not come to run)
deadlock: No.

A story.

Save exercises/05_bank_transfer/bank.py to check it again.
"""


@pytest.fixture(autouse=True)
def _in_the_course(student: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(student.root)


def test_first_failing_check_is_shown_with_its_story(scene: Scene) -> None:
    """And without a terminal to read from, nothing is said of keys."""
    assert FAILED == scene.play(scene.done(kind="deadlock"))


def test_each_save_is_checked(scene: Scene) -> None:
    """Once each."""
    shown = scene.play(
        scene.done(kind="deadlock"), scene.save("one"), scene.done(kind="deadlock"),
        scene.save("two"), scene.done(kind="deadlock"),
    )  # fmt: skip
    assert [FIVE] * 3 == scene.checks.started
    assert 3 * FAILED == shown


def test_several_saves_in_a_row_are_one(scene: Scene) -> None:
    """What was begun for the earlier ones does not count, and only the last is shown."""
    shown = scene.play(
        scene.save("one"), scene.save("two"), scene.save("three"),
        Checked(2, result(scene.work, "05")), scene.done(kind="deadlock"),
    )  # fmt: skip
    assert FAILED == shown


def test_a_save_of_the_same_text_is_none(scene: Scene) -> None:
    """Its verdict would be the same; so editors may tell of one save in many pieces."""
    scene.play(
        scene.save("one"), Saved(frozenset({FIVE})), LOOK, scene.done(kind="deadlock"), LOOK,
        Saved(frozenset({FIVE})),
    )  # fmt: skip
    assert [FIVE] * 2 == scene.checks.started


def test_change_that_nobody_told_of_is_seen(scene: Scene) -> None:
    """As on a network drive: the file is looked at from time to time."""

    def quietly() -> Saved:
        scene.student.file("05").write_text("another", encoding="utf-8")
        return LOOK

    scene.play(quietly)
    assert [FIVE] * 2 == scene.checks.started


def test_passing_goes_on_to_the_next_exercise(scene: Scene) -> None:
    """Round to the ones before it, past those that pass already."""
    result(scene.work, "01")
    shown = scene.play(scene.done(), scene.done("02", kind="lost-update"))
    assert [FIVE, "02_process_counter"] == scene.checks.started
    assert "all 1 checks pass\n2 of 3 exercises pass.\n── checking exercises/02" in shown
    assert shown.endswith(
        "Save exercises/02_process_counter/process_counter.py to check it again.\n"
    )


def test_it_is_over_when_all_pass(scene: Scene) -> None:
    """What comes after is not asked for."""
    result(scene.work, "01")
    result(scene.work, "02")

    def never() -> Event:
        raise AssertionError("asked for more")

    assert scene.play(scene.done(), never).endswith("All 3 exercises pass.\n")


def test_file_that_is_deleted_is_waited_for(scene: Scene) -> None:
    """It is said once, and the check is ended; when it is there again, it is checked."""

    def delete() -> Event:
        scene.student.file("05").unlink()
        return Saved(frozenset({FIVE}))

    stub = scene.student.file("05").read_text(encoding="utf-8")
    shown = scene.play(delete, LOOK, Checked(1, None, "killed"), scene.save(stub))
    assert (
        "── checking exercises/05_bank_transfer/bank.py ──\n"
        "exercises/05_bank_transfer/bank.py cannot be read: No such file or directory.\n"
        "Waiting for it.\n"
        "── checking exercises/05_bank_transfer/bank.py ──\n"
    ) == shown
    assert [FIVE] * 2 == scene.checks.started


def test_check_that_ends_without_a_result_is_told(scene: Scene) -> None:
    """Whatever the code has done to its process, the watch goes on."""
    shown = scene.play(Checked(1, None, "status -11"), scene.save("one"))
    assert "The check ended without a result: status -11.\n" in shown
    assert [FIVE] * 2 == scene.checks.started


def test_another_exercise_that_is_edited_is_the_one_to_watch(scene: Scene) -> None:
    """One file that has changed; many at once are no editor's work."""
    scene.play(
        scene.done(kind="deadlock"), Saved(frozenset({ONE})), Saved(frozenset({ONE, FIVE})),
        scene.save("one", "01"), scene.done("01", kind="lost-update"), LOOK,
    )  # fmt: skip
    assert [FIVE, ONE] == scene.checks.started


def test_keys_show_hints_and_progress(student: Student) -> None:
    """And what they are is said below each result, and after any other key."""
    scene = Scene(student, with_keys=True)
    shown = scene.play(scene.done(kind="deadlock"), Pressed("h"), Pressed("p"), Pressed("x"))
    assert f"to check it again.\n{KEYS}\n05 Bank transfer: hint 1 of 3\n" in shown
    assert "05 Bank transfer    0 of 1 pass" in shown
    assert shown.endswith(f"0 of 3 exercises pass.\n{KEYS}\n")


def test_keys_check_again_go_on_and_quit(scene: Scene) -> None:
    """`n` leaves the exercise as it is, for the next that does not pass."""
    scene.play(
        scene.done(kind="deadlock"), Pressed("r"), Pressed("n"), scene.done("01", kind="livelock"),
        Pressed("q"), Pressed("r"),
    )  # fmt: skip
    assert [FIVE, FIVE, ONE] == scene.checks.started


def test_there_may_be_no_other_exercise(scene: Scene) -> None:
    """Then `n` stays where it is."""
    result(scene.work, "01")
    result(scene.work, "02")
    shown = scene.play(Pressed("n"))
    assert shown.endswith("There is no other exercise that does not pass yet.\n")
    assert [FIVE] == scene.checks.started


def test_it_is_told_in_korean(student: Student) -> None:
    """To the last word but those of the checks."""
    scene = Scene(student, with_keys=True, language="ko")
    shown = scene.play(scene.done(kind="deadlock")).splitlines()
    assert "── exercises/05_bank_transfer/bank.py 검사 중 ──" == shown[0]
    assert shown[1].endswith("검사 1개 중 0개 통과")
    assert shown[-1].startswith("키: h 힌트")


def test_files_that_cannot_be_watched_are_one_sentence(scene: Scene) -> None:
    """With what can be done about it."""
    with pytest.raises(UsageError, match=r"cannot be watched: no watch left\. `grader check`"):
        scene.play(Failed("no watch left"))
