"""Processes that are killed at random moments while a class is graded: `make killed`."""

from __future__ import annotations

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

ROOT = Path(__file__).resolve().parents[2]
KILLS = int(os.environ.get("RACECOURSE_KILLS", "12"))  # `make killed`: 200
CLASS = [
    ROOT / "exercises" / "05_bank_transfer" / "bank.py",
    ROOT / "solutions" / "05_bank_transfer" / "bank.py",
    ROOT / "exercises" / "02_process_counter" / "process_counter.py",
]


def start(target: Path) -> subprocess.Popen[bytes]:
    """Grades the class."""
    return subprocess.Popen(
        [sys.executable, "-m", "grader", "grade", "--json", str(target), *map(str, CLASS)],
        cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def children(pid: int) -> Iterator[int]:
    """The processes below a process, and those below them."""
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (task / "children").read_text().split()):
                yield child
                yield from children(child)


def complete(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that are no failure of the grader, as it says itself."""
    return [each for each in results if each["verdict"] != "grader-error"]


def kept(target: Path) -> list[dict[str, Any]]:
    """The results that are on disk, whole."""
    if target.exists():
        results: list[dict[str, Any]] = json.loads(target.read_text())["results"]
        return results
    journal = target.with_name(f".{target.name}.unfinished")
    lines = journal.read_bytes().splitlines(keepends=True) if journal.exists() else []
    return [msgspec.json.decode(line)[1] for line in lines if line.endswith(b"\n")]


@pytest.mark.slow
@pytest.mark.timeout(3_600)
@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="needs Linux's /proc")
def test_no_kill_gives_a_pass_or_loses_a_result(tmp_path: Path) -> None:
    """The judge, the template and the runners are killed at random moments. Whatever is written is
    right or says that the grader failed, and the next run ends as if nothing had happened.
    """
    whole = tmp_path / "whole.json"
    begin = time.monotonic()
    assert b"" == start(whole).communicate()[1]
    lasts = time.monotonic() - begin
    right = json.loads(whole.read_text())["results"]
    assert ["fail", "pass", "fail"] == [each["verdict"] for each in right]

    dice = random.Random(20)
    killed = {"judge": 0, "below": 0}
    while sum(killed.values()) < KILLS:
        target = tmp_path / "class.json"
        judge = start(target)
        for _ in range(dice.choice((1, 1, 3))):
            time.sleep(dice.uniform(0, lasts / 2))
            below = list(children(judge.pid))
            victim = dice.choice([judge.pid, *below, *below])
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
                killed["judge" if victim == judge.pid else "below"] += 1
        _, said = judge.communicate(timeout=600)
        assert b"Traceback" not in said
        found = kept(target)
        for each in complete(found):
            assert each in right
        target.unlink(missing_ok=True)

        again = start(target)
        _, said = again.communicate(timeout=600)
        assert b"" == said
        assert right == json.loads(target.read_text())["results"]
        target.unlink()
    assert min(killed.values()) > 0
