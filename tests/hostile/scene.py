"""The machine of an instructor who grades hostile files: what is to be stolen there, and a look
around afterwards.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import functools
import json
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[2]
HIDDEN: Final = ROOT / "grader" / "hidden"
GRADER: Final = [sys.executable, "-c", "from grader.cli import main; main()"]
LONGEST_S: Final = 300  # that grading one hostile file and one good one may take

# Of the exercises' limits: what burns time and memory for nothing comes to its end soon.
_LIMITS: Final = "\n[limits]\ncpu_s = 20\nwall_s = 40\nschedules = {schedules}\n"
_ALL: Final = "4000"  # schedules of one exploration, as an exercise has them
_SCHEDULES: Final = os.environ.get("RACECOURSE_HOSTILE_SCHEDULES", _ALL)
_MARK: Final = "racecourse-hostile"  # in the name of whatever a hostile file leaves
_SUBREAPER: Final = 36  # PR_SET_CHILD_SUBREAPER
# Nothing that is shown may command a terminal, or turn the direction of what follows.
_UNSAFE: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_COMMAND: Final = re.compile(r"^\s*::|##\[", re.MULTILINE)  # to a CI runner


@functools.cache
def course(imports: tuple[str, ...] = (), *, thorough: bool = False) -> Path:
    """A copy of the course whose exercises have low limits, and allow these modules, too.
    `thorough`: with as many schedules as always.
    """
    folder = tempfile.TemporaryDirectory(prefix="course-")
    atexit.register(folder.cleanup)
    root = Path(folder.name)
    shutil.copy(ROOT / "pyproject.toml", root)
    shutil.copytree(ROOT / "exercises", root / "exercises")
    for path in root.glob("exercises/*/exercise.toml"):
        text = path.read_text(encoding="utf-8")
        assert "[limits]" not in text
        assert "imports_add = []" in text
        text = text.replace("imports_add = []", f"imports_add = {json.dumps(imports)}")
        path.write_text(
            text + _LIMITS.format(schedules=_ALL if thorough else _SCHEDULES), encoding="utf-8"
        )
    return root


@dataclass(frozen=True, slots=True)
class Graded:
    """What one call of the command has given."""

    status: int
    results: list[dict[str, Any]]
    outputs: dict[str, str]  # all that anybody may get to see, by its name


class Scene:
    """A home, an environment, a process and a service that hold secrets, and a folder for
    temporary files. `back_end`: the options that choose the sandbox.
    """

    def __init__(self, folder: Path, back_end: list[str]) -> None:
        self.secret = f"racecourse-secret-{secrets.token_hex(16)}"
        self.back_end = back_end
        self._folder = folder
        self.home, self.temporary = folder / "home", folder / "tmp"
        for each in (self.home, self.temporary):
            each.mkdir()
        self.file = self.home / "secret.txt"
        self.file.write_text(f"{self.secret}\n{self.secret}(\n")

    @contextlib.contextmanager
    def open(self) -> Iterator[None]:
        """Within this, the other process and the service are there."""
        self._service = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self._answer, daemon=True).start()
        waits = "import sys; sys.stdin.read()"
        with subprocess.Popen(
            [sys.executable, "-c", waits, self.secret],
            stdin=subprocess.PIPE, env={"SECRET": self.secret},
        ) as other:  # fmt: skip
            try:
                yield
            finally:
                other.kill()
                self._service.close()

    def _answer(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                caller, _ = self._service.accept()
                with caller, contextlib.suppress(OSError):
                    caller.sendall(self.secret.encode())

    def grade(self, *paths: Path, imports: tuple[str, ...] = (), thorough: bool = False) -> Graded:
        """Grades the paths with one call, as an instructor does, and looks at what it has given.
        `imports`: what submissions may import here beside what they always may. `thorough`: see
        `course`.
        """
        report, result = self._folder / "report.md", self._folder / "result.json"
        done = subprocess.run(
            [*GRADER, "grade", *map(str, paths), "--json", str(result), "--markdown", str(report),
             *self.back_end],
            cwd=course(imports, thorough=thorough), capture_output=True, text=True,
            timeout=LONGEST_S, check=False,
            env={**os.environ, "HOME": str(self.home), "TMPDIR": str(self.temporary),
                 "SECRET": self.secret},
        )  # fmt: skip
        assert "" == done.stderr
        data = json.loads(result.read_text())
        outputs = {
            "screen": done.stdout, "report": report.read_text(), "result": result.read_text(),
        }  # fmt: skip
        return Graded(done.returncode, data.get("results", [data]), outputs)

    def leaks(self, graded: Graded, exercise: str, source: str) -> list[str]:
        """What is in an output and must not be: the secret, the text of the hidden checks, or what
        commands a terminal or a CI runner.
        """
        found = []
        hidden = [line for line in _lines_of_hidden(exercise) if line not in source]
        for name, text in graded.outputs.items():
            if self.secret in text:
                found.append(f"the secret is in the {name}")
            found += [f"the {name} shows a hidden line: {line}" for line in hidden if line in text]
            if name != "result":  # there, all is data between quotation marks
                found += [f"the {name} holds {c!r}" for c in sorted(set(_UNSAFE.findall(text)))]
                if _COMMAND.search(text):
                    found.append(f"the {name} has a line that is a command")
            if len(text) > 500_000:
                found.append(f"the {name} has {len(text):,} characters")
        return found

    def left_behind(self) -> list[str]:
        """Files and shared memory that should not be there; they are removed."""
        places: list[str | Path] = [
            "/", "/dev/shm", "/etc", "/root", "/tmp", "/usr/local/bin", "/var/tmp", ROOT,
            ROOT / "grader", self.home, sysconfig.get_path("purelib"),
        ]  # fmt: skip
        found = [file for place in places for file in Path(place).glob(f"*{_MARK}*")]
        found += [*self.temporary.iterdir()]
        found += [file for file in self.home.iterdir() if file != self.file]
        for file in found:
            with contextlib.suppress(OSError):
                file.unlink()
        return sorted(map(str, found))


def _lines_of_hidden(exercise: str) -> list[str]:
    """Lines of the hidden files that are long enough to be told from anything else."""
    return sorted(
        {
            line.strip()
            for file in (HIDDEN / exercise).glob("*.py")
            for line in file.read_text().splitlines()
            if len(line.strip()) >= 30 and '"""' not in line and "(" in line
        }
    )


@contextlib.contextmanager
def orphans() -> Iterator[list[int]]:
    """Within this, processes that lose their parents become children of this one (on Linux). After
    it the list has those that still lived; they are killed.
    """
    found: list[int] = []
    before = _children()
    control = getattr(ctypes.CDLL(None), "prctl", None)
    if control is not None:
        control(_SUBREAPER, 1, 0, 0, 0)
    try:
        yield found
    finally:
        if control is not None:
            control(_SUBREAPER, 0, 0, 0, 0)
        for pid in _children() - before:
            ended, _ = os.waitpid(pid, os.WNOHANG)
            if not ended:
                found.append(pid)
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


def _children() -> set[int]:
    found: set[int] = set()
    for file in Path("/proc/self/task").glob("*/children"):
        found.update(map(int, file.read_text().split()))
    return found
