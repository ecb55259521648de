"""A terminal for the tests of what students type."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import termios
import time
from pathlib import Path

from grader.course.progress import VARIABLE

DEADLINE_S = 120.0
"""A net under the test: what is waited for is what the command prints."""

# A session of its own has no terminal that Ctrl-C could come from, until it takes one.
IN_A_TERMINAL = """
import fcntl, runpy, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


class Screen:
    """A command in a pseudo-terminal, and what it has printed since it was asked last."""

    def __init__(self, root: Path, *arguments: str, module: str = "grader", **env: str) -> None:
        environment = {key: value for key, value in os.environ.items() if key != VARIABLE}
        self.terminal, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", IN_A_TERMINAL, module, *arguments], cwd=root,
            env=environment | {"TERM": "xterm"} | env, stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)
        self.shown = ""

    def until(self, text: str) -> str:
        """Waits until this is printed; what was printed up to there."""
        deadline = time.monotonic() + DEADLINE_S
        while text not in self.shown:
            ready, _, _ = select.select([self.terminal], [], [], deadline - time.monotonic())
            assert ready, self.shown
            self.shown += self._read()
        before, _, self.shown = self.shown.partition(text)
        return before

    def press(self, key: str) -> None:
        """A key of the keyboard."""
        os.write(self.terminal, key.encode())

    def ended(self) -> tuple[int, str]:
        """Exit status, and what else was printed."""
        while part := self._read():
            self.shown += part
        return self.process.wait(DEADLINE_S), self.shown

    def keys_come_at_once(self) -> bool:
        """Whether the terminal waits for no Enter."""
        return not termios.tcgetattr(self.terminal)[3] & termios.ICANON

    def _read(self) -> str:
        try:
            return os.read(self.terminal, 65536).decode(errors="replace")
        except OSError:  # how Linux says that nobody is at the other side any more
            return ""

    def close(self) -> None:
        """Ends it, if it has not."""
        self.process.kill()
        self.process.wait()
        os.close(self.terminal)
