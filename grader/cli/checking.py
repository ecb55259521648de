"""Checks for `grader watch`, each in a process of its own: code that is saved while its check runs
ends that check, and code that takes the process down does not take the watch with it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Self

import msgspec

from grader.cli.events import Checked, Put
from grader.cli.work import VARIABLE, Work, width
from grader.course.exercise import Exercise
from grader.course.progress import VARIABLE as PROGRESS
from grader.judge.results import Result


class Checking:
    """At most one check at a time. As a context manager it leaves none behind."""

    def __init__(self, work: Work, put: Put) -> None:
        """Checks what `work` is at; each check that comes to its end is `put`."""
        self._root = work.course.root
        self._environment = os.environ | {
            VARIABLE: work.language,
            PROGRESS: str(work.store.path.absolute()),  # also where it was named from elsewhere
        }
        self._put = put
        self._number = 0
        self._process: subprocess.Popen[str] | None = None
        self._waiter: threading.Thread | None = None

    def start(self, exercise: Exercise) -> int:
        """Begins to check, and ends what is running. The number of the new check."""
        self.cancel()
        self._number += 1
        folder = tempfile.TemporaryDirectory(prefix="racecourse-")
        target = Path(folder.name) / "result.json"
        self._process = subprocess.Popen(
            [sys.executable, "-m", "grader", "check", exercise.name, "--json", str(target)],
            cwd=self._root, env=self._environment | {"COLUMNS": str(width())}, text=True,
            encoding="utf-8", errors="replace", stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the watch, which then ends it
        )  # fmt: skip
        self._waiter = threading.Thread(
            target=self._wait, args=(self._process, self._number, folder, target), daemon=True
        )
        self._waiter.start()
        return self._number

    def cancel(self) -> None:
        """Ends the check that is running, if any."""
        if self._process is None or self._waiter is None:
            return
        if self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._waiter.join()
        self._process = self._waiter = None

    def _wait(
        self, process: subprocess.Popen[str], number: int,
        folder: tempfile.TemporaryDirectory[str], target: Path,
    ) -> None:  # fmt: skip
        with folder:
            _, said = process.communicate()
            try:
                result = msgspec.json.decode(target.read_bytes(), type=Result)
            except (OSError, msgspec.MsgspecError):
                last = (said.strip().splitlines() or [""])[-1]
                self._put(Checked(number, None, last or f"status {process.returncode}"))
            else:
                self._put(Checked(number, result))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.cancel()
