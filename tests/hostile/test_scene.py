"""What the tests of hostile files rely on does see what it should."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.declared import NotDeclared, declared
from tests.hostile.scene import Graded, Scene, orphans

EXERCISE = "01_thread_counter"
DAEMON = """
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.close(1)
        time.sleep(60)
    os._exit(0)
os.wait()
"""


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    """A scene in which nothing was graded."""
    return Scene(tmp_path, [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("all is well", []),
        ("{secret}", ["the secret is in the screen"]),
        ("\n  ::error::owned", ["the screen has a line that is a command"]),
        ("\x1b[31m", ["the screen holds '\\x1b'"]),
        ("\u202e", ["the screen holds '\\u202e'"]),
        ("x" * 500_001, ["the screen has 500,001 characters"]),
        (
            "x\n  counter = module.Counter(start)  # here\n",
            ["the screen shows a hidden line: counter = module.Counter(start)"],
        ),
    ],
)
def test_what_leaks_is_found(text: str, found: list[str], scene: Scene) -> None:
    """In every output, but for what the student has written himself."""
    graded = Graded(1, [], {"screen": text.replace("{secret}", scene.secret)})
    assert found == scene.leaks(graded, EXERCISE, "")
    assert [] == scene.leaks(Graded(1, [], {"screen": "in_threads()"}), EXERCISE, "in_threads()")


def test_what_is_left_behind_is_found_once(scene: Scene) -> None:
    """It is removed, so that the next test does not find it."""
    assert [] == scene.left_behind()
    left = [scene.temporary / "racecourse-x", scene.home / "mine.txt"]
    for file in left:
        file.write_text("")
    assert sorted(map(str, left)) == scene.left_behind()
    assert [] == scene.left_behind()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives orphans another parent")
def test_a_daemon_is_found_and_ended() -> None:
    """However often it has forked, and whatever session it is in."""
    with orphans() as found:
        subprocess.run([sys.executable, "-c", DAEMON], check=True)
    assert 1 == len(found)
    with orphans() as found:
        subprocess.run([sys.executable, "-c", ""], check=True)
    assert [] == found


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x = 1\n", "is no attack"),
        ("# attack: theft\n# verdict: pass\n# Steals.\n", "'theft' is no attack"),
        ("# attack: leak\n# verdict: fail\n# Tells.\n", "verdict is"),
        ("# attack: leak\n# verdict: pass leak\n# Tells.\n", "verdict is"),
        ("# attack: leak\n# verdict: pass\n", "say in a sentence"),
        ("# attack: leak\n# verdict: pass\n# needs: luck\n# Tells.\n", "all that a file can need"),
    ],
)
def test_a_file_that_declares_nothing_is_refused(text: str, sentence: str, tmp_path: Path) -> None:
    """With the path, and what is missing."""
    path = tmp_path / "counter.py"
    path.write_text(text)
    with pytest.raises(NotDeclared, match=sentence):
        declared(path)


def test_a_first_comment_is_read(tmp_path: Path) -> None:
    """Its keys, and the sentences after them."""
    path = tmp_path / "counter.py"
    path.write_text(
        "# attack: leak\n# verdict: fail memory\n# score: 2.5\n# Tells:\n# all.\nx = 1\n"
    )
    found = declared(path)
    assert ("leak", "fail", "memory", 2.5, "Tells: all.", False, None) == (
        found.attack, found.verdict, found.kind, found.score, found.about, found.needs_sandbox,
        found.open,
    )  # fmt: skip
