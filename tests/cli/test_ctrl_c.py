"""Ctrl-C in a terminal while exercises are checked. That of `grader watch` is in its own tests, and
what becomes of it inside of a schedule in tests/test_interrupt.py.
"""

from __future__ import annotations

import termios

import pytest

from tests.cli.students import Student
from tests.cli.terminal import Screen

# A check that says when it is at work, and comes to no end.
ENDLESS = """
import threading

from grader.check import points

@points(1)
def test_endless(submission):
    \"\"\"It ends.\"\"\"
    with open("/dev/tty", "w") as terminal:
        terminal.write("at work")
    threading.Event().wait()
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "05"], "grader: interrupted; nothing was written."),
        (["check", "01", "05"], "grader: interrupted; the verdicts above are remembered."),
    ],
)
def test_ctrl_c_is_one_sentence_and_status_130(
    student: Student, arguments: list[str], sentence: str
) -> None:
    """What was done before is kept, what was begun is not; the terminal is as it was."""
    (student.file("05").parent / "test_bank.py").write_text(ENDLESS, encoding="utf-8")
    screen = Screen(student.root, *arguments)
    before = termios.tcgetattr(screen.terminal)
    screen.until("at work")
    screen.press("\x03")
    status, rest = screen.ended()
    assert (130, sentence) == (status, rest.removeprefix("^C").strip())
    assert before == termios.tcgetattr(screen.terminal)
    kept = student.work().store.read().exercises
    assert ["01_thread_counter"][: len(arguments) - 2] == list(kept)
    screen.close()


@pytest.mark.slow
def test_pytest_ends_as_it_does_with_no_traceback_of_ours(student: Student) -> None:
    """Its own status, and nothing is remembered of a run that was cut short."""
    (student.file("05").parent / "test_bank.py").write_text(ENDLESS, encoding="utf-8")
    screen = Screen(student.root, "exercises/05", module="pytest")
    screen.until("at work")
    screen.press("\x03")
    status, rest = screen.ended()
    assert (pytest.ExitCode.INTERRUPTED, False) == (status, "Traceback" in rest)
    assert {} == student.work().store.read().exercises
    screen.close()
