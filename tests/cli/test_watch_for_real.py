"""`grader watch` in a terminal, with real files, keys and processes."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from grader.course.progress import VARIABLE
from tests.cli.students import Student
from tests.cli.terminal import DEADLINE_S, Screen


@pytest.fixture
def screen(student: Student) -> Iterator[Screen]:
    """The command as it is typed, where no exercise is solved yet."""
    shown = Screen(student.root, "watch")
    yield shown
    shown.close()


@pytest.mark.slow
def test_a_student_works_with_it(student: Student, screen: Screen) -> None:
    """A hint, a file that is gone and half of one, a solution; and Ctrl-C at the end."""
    stub = student.file("01")
    text = stub.read_text(encoding="utf-8")
    assert "LOST UPDATE" in screen.until("q quit")
    assert screen.keys_come_at_once()
    screen.press("h")
    screen.until("hint 1 of 3")
    stub.unlink()
    screen.until("Waiting for it.")
    stub.write_text(text[: len(text) // 2], encoding="utf-8")
    screen.until("q quit")
    stub.write_text("class Counter(\n", encoding="utf-8")
    assert "this is not valid Python" in screen.until("q quit")
    student.solve("01")
    screen.until("1 of 3 exercises pass.")
    screen.until("checking exercises/02_process_counter/process_counter.py")
    screen.press("\x03")
    status, rest = screen.ended()
    assert 130 == status
    assert "grader: the watch is over; what was checked is remembered." in rest
    assert "Traceback" not in rest
    progress = student.work().store.read()
    assert ["pass", 1] == [progress.exercises["01_thread_counter"].verdict,
                           progress.exercises["01_thread_counter"].hints]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("key", "expected"), [("q", 0), ("\x04", 0), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_it_leaves_the_terminal_as_it_was(
    screen: Screen, key: str | signal.Signals, expected: int
) -> None:
    """However it ends, and while a check is running, too."""
    screen.until("checking")
    while not screen.keys_come_at_once():
        os.sched_yield()
    if isinstance(key, str):
        screen.press(key)
    else:
        screen.process.send_signal(key)
    status, _ = screen.ended()
    assert (expected, False) == (status, screen.keys_come_at_once())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("variable", "left_out"),
    [({"NO_COLOR": "1"}, r"\x1b\[[0-9;]*[349][0-7]"), ({"TERM": "dumb"}, r"\x1b")],
)
def test_it_has_no_colours_where_there_are_none(
    student: Student, variable: dict[str, str], left_out: str
) -> None:
    """What is asked for, or all that the terminal can do. And in no terminal is a line redrawn."""
    plain, usual = (Screen(student.root, "watch", **each) for each in (variable, {}))
    for screen in (plain, usual):
        shown = screen.until("q quit")
        assert (screen is usual) == bool(re.search(left_out, shown))
        assert not re.search(r"\x1b\[[0-9;?]*[A-Za-ln-z]|\r(?!\n)", shown)
        screen.press("q")
        assert 0 == screen.ended()[0]
        screen.close()


@pytest.mark.slow
def test_without_a_terminal_it_is_plain_text(student: Student) -> None:
    """No keys, no colour, nothing that moves; it ends by itself when all pass."""
    for number in ("01", "02", "05"):
        student.solve(number)
    done = subprocess.run(
        [sys.executable, "-m", "grader", "watch"], cwd=student.root, text=True, check=False,
        env={key: value for key, value in os.environ.items() if key != VARIABLE},
        stdin=subprocess.DEVNULL, capture_output=True, timeout=DEADLINE_S,
    )  # fmt: skip
    assert (0, "") == (done.returncode, done.stderr)
    lines = done.stdout.splitlines()
    assert "── checking exercises/01_thread_counter/counter.py ──" == lines[0]
    assert "All 3 exercises pass." == lines[-1]
    assert "\x1b" not in done.stdout
    assert "Keys" not in done.stdout
