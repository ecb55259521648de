"""`grader explore FILE.py:function` on files that know nothing of the course."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

COUNTING = """
import threading

counter = 0
{lock}

def increment():
    global counter
    for _ in range(2):
        {guard}
            counter += 1

def main():
    threads = [threading.Thread(target=increment) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter == 4, counter
"""
RACY = COUNTING.format(lock="", guard="if True:")
LOCKED = COUNTING.format(lock="lock = threading.Lock()", guard="with lock:")
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
"""


def explore(target: str, tmp_path: Path, *more: str) -> tuple[int, str, dict[str, object]]:
    """Exit status, what was printed, and the JSON."""
    result = tmp_path / "exploration.json"
    done = subprocess.run(
        [sys.executable, "-m", "grader", "explore", target,
         "--json", str(result), *more],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    data = json.loads(result.read_text()) if result.exists() else {}
    return done.returncode, done.stdout + done.stderr, data


@pytest.mark.parametrize(
    ("code", "status", "verdict", "kind"),
    [
        (RACY, 1, "fails", "lost-update"),
        (LOCKED, 0, "holds", None),
        (STUCK, 1, "fails", "deadlock"),
    ],
)
def test_a_strangers_file(
    code: str, status: int, verdict: str, kind: str | None, tmp_path: Path
) -> None:
    """Threads started anywhere, nothing imported from us: the verdict and its kind."""
    (tmp_path / "strange.py").write_text(code)
    returned, shown, data = explore("strange.py:main", tmp_path)
    assert (status, verdict) == (returned, data["verdict"]), shown
    if kind == "deadlock":
        assert kind == data["kind"]
    assert (verdict == "holds") is data["exhausted"]
    if verdict == "fails":
        again = explore("strange.py:main", tmp_path)[2]
        assert data["schedule"] == again["schedule"]


def test_too_few_schedules_are_inconclusive(tmp_path: Path) -> None:
    """It never claims more than was covered."""
    (tmp_path / "strange.py").write_text(LOCKED)
    status, shown, data = explore("strange.py:main", tmp_path, "--max-schedules", "3")
    assert (3, "inconclusive") == (status, data["verdict"])
    assert "but there are more" in shown


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("missing.py:main", "does not exist"),
        ("strange.py", "write FILE.py:function"),
        ("strange.py:mian", "has no function 'mian'"),
        ("broken.py:main", "not valid Python"),
    ],
)
def test_a_wrong_call_is_one_sentence(target: str, sentence: str, tmp_path: Path) -> None:
    """Status 2, one line, nothing written."""
    (tmp_path / "strange.py").write_text(LOCKED)
    (tmp_path / "broken.py").write_text("def main(:\n")
    status, shown, data = explore(target, tmp_path)
    assert 2 == status
    assert sentence in shown
    assert {} == data
