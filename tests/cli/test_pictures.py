"""Pictures that commands write, and stories that are shown row by row."""

from __future__ import annotations

import contextlib
import os
import pty
import re
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.cli.explore import run_explore

ROOT = Path(__file__).resolve().parents[2]
BANK = ROOT / "exercises" / "05_bank_transfer" / "bank.py"

STUCK = """
import threading
a, b = threading.Lock(), threading.Lock()

def one():
    with a:
        with b:
            pass

def other():
    with b:
        with a:
            pass

def main():
    threads = [threading.Thread(target=f) for f in (one, other)]
    [t.start() for t in threads]
    [t.join() for t in threads]

def fine():
    pass
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a program that can be stuck."""
    (tmp_path / "stuck.py").write_text(STUCK)
    return tmp_path


def grader(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command, run in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "grader", *arguments],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip


def schedule_of(shown: str) -> str:
    """The schedule that a story names."""
    found = re.search(r"replay: (\S+)", shown)
    assert found is not None, shown
    return found[1]


def test_explore_writes_a_page_and_a_diagram(folder: Path) -> None:
    """Beside what it prints; the diagram has a fence where the file is Markdown."""
    done = grader(
        folder, "explore", "stuck.py:main", "--html", "run.html", "--mermaid", "run.md",
    )  # fmt: skip
    assert 1 == done.returncode, done.stderr
    assert "DEADLOCK" in done.stdout
    assert "Content-Security-Policy" in (folder / "run.html").read_text(encoding="utf-8")
    assert (folder / "run.md").read_text(encoding="utf-8").startswith("```mermaid\nsequence")
    again = grader(
        folder, "replay", "stuck.py:main", schedule_of(done.stdout), "--mermaid", "run.mmd",
    )  # fmt: skip
    assert 0 == again.returncode, again.stderr
    assert (folder / "run.mmd").read_text(encoding="utf-8").startswith("sequenceDiagram\n")


def test_code_that_holds_has_no_picture(folder: Path) -> None:
    """Nothing is written, and it is said so."""
    done = grader(folder, "explore", "stuck.py:fine", "--html", "run.html")
    assert 0 == done.returncode
    assert "no picture was written" in done.stdout
    assert not (folder / "run.html").exists()


@pytest.mark.parametrize("option", ["--html", "--mermaid"])
@pytest.mark.parametrize(("target", "sentence"), [
    ("nowhere/run", "the folder nowhere does not exist"), (".", "is a folder, not a file"),
])  # fmt: skip
def test_file_that_cannot_be_written_is_one_sentence(
    folder: Path, option: str, target: str, sentence: str
) -> None:
    """Before any work is done."""
    for call in (("explore", "stuck.py:main"), ("replay", "stuck.py:main", "x:1a")):
        done = grader(folder, *call, option, target)
        assert (2, "") == (done.returncode, done.stdout)
        assert sentence in done.stderr
        assert 1 == len(done.stderr.splitlines())


def test_schedule_of_a_hidden_check_becomes_a_page(folder: Path) -> None:
    """The process that runs the check draws it, the judge writes it."""
    done = grader(ROOT, "replay", "05", str(BANK), "05.4:5a", "--html", str(folder / "run.html"))
    assert 0 == done.returncode, done.stderr
    assert "DEADLOCK" in done.stdout
    text = (folder / "run.html").read_text(encoding="utf-8")
    assert "waits for bob.lock" in text
    assert "with src.lock:" in text


def test_schedule_of_a_visible_check_becomes_a_page(folder: Path) -> None:
    """What `pytest exercises/05` names can be gone through, too."""
    done = grader(ROOT, "replay", "05", str(BANK), "05.v1:5a", "--html", str(folder / "run.html"))
    assert 0 == done.returncode, done.stderr
    assert "replay: 05.v1:5a" in done.stdout
    assert "waits for bob.lock" in (folder / "run.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("schedule", "sentence"),
    [("05.v9:1a", "No check of 05_bank_transfer has a schedule 05.v9:1a."),
     ("05.99:1a", "No check of 05_bank_transfer has a schedule 05.99:1a."),
     ("nonsense", "is not a schedule")],
)  # fmt: skip
def test_schedule_that_is_none_is_one_sentence(folder: Path, schedule: str, sentence: str) -> None:
    """And no file is written."""
    done = grader(ROOT, "replay", "05", str(BANK), schedule, "--html", str(folder / "run.html"))
    assert 2 == done.returncode
    assert sentence in done.stderr
    assert not (folder / "run.html").exists()


def test_steps_are_all_printed_where_nobody_can_press_enter(folder: Path) -> None:
    """The same text as without `--step`."""
    first = grader(folder, "explore", "stuck.py:main")
    schedule = schedule_of(first.stdout)
    plain = grader(folder, "replay", "stuck.py:main", schedule)
    stepped = grader(folder, "replay", "stuck.py:main", schedule, "--step")
    assert (0, plain.stdout) == (stepped.returncode, stepped.stdout)


class Terminal:
    """The command on a terminal of its own."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self._end, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "grader", *arguments],
            cwd=folder, stdin=theirs, stdout=theirs, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""

    def until(self, text: str) -> None:
        """Reads what is shown up to a text."""
        while text not in self.shown:
            if not select.select([self._end], [], [], 60)[0]:
                pytest.fail(f"nothing more after {self.shown!r}")
            self.shown += os.read(self._end, 4096).decode()

    def enter(self, keys: str = "\n") -> None:
        """Presses keys."""
        os.write(self._end, keys.encode())

    def close(self) -> None:
        """Ends the command, if it has not ended."""
        self.process.kill()
        self.process.communicate()
        os.close(self._end)

    def ended(self) -> tuple[int, str]:
        """The exit status, and what was said on standard error."""
        with contextlib.suppress(OSError):  # the other end is closed
            while True:
                self.shown += os.read(self._end, 4096).decode()
        assert self.process.stderr is not None
        told = self.process.stderr.read()
        return self.process.wait(), told


@pytest.fixture
def stepping(folder: Path) -> Iterator[Terminal]:
    """The stuck program's story, to be shown step by step."""
    schedule = schedule_of(grader(folder, "explore", "stuck.py:main").stdout)
    terminal = Terminal(folder, "replay", "stuck.py:main", schedule, "--step")
    yield terminal
    terminal.close()


def test_enter_shows_the_next_row(stepping: Terminal) -> None:
    """The heading first, then each row, then what it means."""
    for left in (5, 4, 3, 2):
        stepping.until(f"({left} more rows)")
        assert "Why:" not in stepping.shown
        stepping.enter()
    stepping.until("(1 more row)")
    stepping.enter()
    assert (0, "") == stepping.ended()
    assert "Why:" in stepping.shown


def test_ctrl_c_ends_it_with_one_sentence(stepping: Terminal) -> None:
    """No traceback, and status 130."""
    stepping.until("more rows)")
    stepping.process.send_signal(signal.SIGINT)
    assert (130, "grader: stopped before the end of the story.\n") == stepping.ended()


def test_end_of_input_shows_the_rest(stepping: Terminal) -> None:
    """Ctrl-D is no reason to hide the end of the story."""
    stepping.until("more rows)")
    stepping.enter("\x04")
    assert (0, "") == stepping.ended()
    assert "Why:" in stepping.shown


def test_notebook_shows_what_explore_gives_back(folder: Path) -> None:
    """The page of what fails; the text, as text, of what holds."""
    told = run_explore(f"{folder / 'stuck.py'}:main", 100, "auto")
    assert told._repr_html_().startswith("<iframe ")
    assert told.explanation is not None
    assert told._repr_html_() == told.explanation._repr_html_()
    held = run_explore(f"{folder / 'stuck.py'}:fine", 100, "auto")
    assert held._repr_html_().startswith("<pre>holds: no schedule fails.")


def test_story_is_told_in_korean_where_asked_for(folder: Path) -> None:
    """For an explored function and for a check; and in no language that there is not."""
    told = grader(folder, "explore", "stuck.py:main", "--lang", "ko", "--html", "run.html")
    assert "잡음" in told.stdout
    assert '<html lang="ko">' in (folder / "run.html").read_text(encoding="utf-8")
    again = grader(ROOT, "replay", "05", str(BANK), "05.4:5a", "--lang", "ko")
    assert "이 고리에서는 아무도 나아갈 수 없음" in again.stdout
    other = grader(folder, "explore", "stuck.py:main", "--lang", "fr")
    assert (2, "grader: There is no story in 'fr': en or ko.\n") == (
        other.returncode, other.stderr,
    )  # fmt: skip
