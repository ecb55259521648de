"""How much the processes of a check use together: each has limits of its own, but not their sum."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

from grader.judge.limits import MEBIBYTE
from grader.judge.sandbox.inside import tree

_PAGE = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_MOST_FILES = 4096


@dataclass(frozen=True)
class Usage:
    """Of all processes together. `memory` is at most what it says: shared pages count for each."""

    memory: int  # bytes
    cpu_s: float


def of(first: int) -> Usage:
    """What the process `first` and all that descend from it use."""
    pids = [first, *tree.descendants(first)]
    return Usage(sum(map(_resident, pids)), sum(map(_cpu_s, pids)))


def exact_memory(first: int) -> int:
    """As `Usage.memory`, with what processes share divided between them. Slower."""
    return sum(map(_proportional, [first, *tree.descendants(first)]))


def of_folder(folder: Path) -> int:
    """Bytes on disk of all that is in the folder; each file counts for 4 KiB at least."""
    total = count = 0
    for place, _, names in os.walk(folder):
        for name in names:
            count += 1
            if count > _MOST_FILES:
                return _MOST_FILES * MEBIBYTE
            with contextlib.suppress(OSError):
                found = Path(place, name).lstat()
                total += max(found.st_blocks * 512, 4096)
    return total


def _resident(pid: int) -> int:
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE
    return 0


def _proportional(pid: int) -> int:
    """PSS; the resident size where a process does not let itself be looked at."""
    with contextlib.suppress(OSError, ValueError):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
        for line in text.splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return _resident(pid)


def _cpu_s(pid: int) -> float:
    """Of the process and of its children that have ended."""
    with contextlib.suppress(OSError, ValueError):
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        fields = text.rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / _TICKS
    return 0.0
