"""A process and all that descend from it, as /proc shows them (Linux; elsewhere there is only the
process itself).
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from pathlib import Path

_GIVE_UP_S = 5.0


def children(pid: int) -> list[int]:
    """The processes that any of its threads has started, or that it has adopted."""
    found: list[int] = []
    tasks = Path(f"/proc/{pid}/task")
    with contextlib.suppress(OSError):
        for task in list(tasks.iterdir()):
            with contextlib.suppress(OSError):
                found += map(int, (task / "children").read_text(encoding="ascii").split())
    return found


def descendants(pid: int) -> list[int]:
    """All that descend from it, and not the process itself."""
    found: list[int] = []
    left = [pid]
    while left:
        new = children(left.pop())
        found += new
        left += new
    return found


def kill_descendants() -> None:
    """Kills all that descend from this process, which must be the reaper of orphans, and waits
    until they are gone. One that is started meanwhile is found in the next round.
    """
    end = time.monotonic() + _GIVE_UP_S
    while time.monotonic() < end:
        for each in descendants(os.getpid()):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(each, signal.SIGKILL)
        if not reap():
            return
        time.sleep(0.001)


def reap() -> bool:
    """Takes leave of children that have ended; whether there are others."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
        return True
    return False


def threads_of_user(uid: int) -> int:
    """How many threads of all programs the user has now."""
    count = 0
    for entry in os.scandir("/proc") if Path("/proc/self").exists() else ():
        with contextlib.suppress(OSError, ValueError):
            if entry.name.isdigit() and entry.stat().st_uid == uid:
                text = Path(entry.path, "stat").read_text(encoding="utf-8", errors="replace")
                count += int(text.rpartition(")")[2].split()[17])
    return count
