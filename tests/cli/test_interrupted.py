"""`grader grade` that is stopped in the middle: what is done stays done."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STUB = ROOT / "exercises" / "05_bank_transfer" / "bank.py"
RIGHT = ROOT / "solutions" / "05_bank_transfer" / "bank.py"


def start(target: Path, *paths: Path) -> subprocess.Popen[str]:
    """The command, as a user starts it in a terminal."""
    return subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", "--json", str(target), *map(str, paths)],
        cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    )  # fmt: skip


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_same_command_goes_on_from_there(tmp_path: Path, how: signal.Signals) -> None:
    """Stopped after its first result, whatever by, it does not grade that one again."""
    target = tmp_path / "class.json"
    process = start(target, STUB, RIGHT)
    assert process.stdout is not None
    row = process.stdout.readline()
    process.send_signal(how)
    _, said = process.communicate(timeout=120)
    assert "FAIL" in row
    if how is signal.SIGINT:
        assert f"grader: interrupted; 1 of 2 results are kept beside {target}" in said
        assert 130 == process.returncode
    assert not target.exists()

    again = start(target, STUB, RIGHT)
    printed, said = again.communicate(timeout=120)
    assert ("", 1) == (said, again.returncode)
    assert "Going on after 1 of an interrupted run." == printed.splitlines()[0]
    assert row in printed
    verdicts = [each["verdict"] for each in json.loads(target.read_text())["results"]]
    assert ["fail", "pass"] == verdicts
    assert [target] == list(tmp_path.iterdir())
