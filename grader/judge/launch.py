"""Starts runner processes with hard limits, talks to them, and ends them.

The process boundary and the limits are here; namespaces and system-call filters are the sandbox's
business. Every wait is bounded, and so is everything that is read.
"""

from __future__ import annotations

import contextlib
import os
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import msgspec

from grader.judge import protocol
from grader.judge.kinds import INTERNAL

_MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """What one runner process may use. Wall seconds are a safety net in the parent: verdicts
    depend on schedules and steps, not on them.
    """

    wall_s: float = 60.0
    cpu_s: int = 60
    memory_mb: int = 1024
    file_mb: int = 16
    processes: int = 512


class Tripped(Exception):
    """The process ended without its reply, or hit a limit. `kind` is of the closed list."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


def _confine(limits: ProcessLimits) -> Callable[[], None]:
    memory = limits.memory_mb * _MEBIBYTE
    pairs = [
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, limits.cpu_s),
        (resource.RLIMIT_FSIZE, limits.file_mb * _MEBIBYTE),
        (resource.RLIMIT_CORE, 0),
    ]
    if hasattr(resource, "RLIMIT_NPROC") and os.getuid() != 0:
        pairs.append((resource.RLIMIT_NPROC, limits.processes))

    def confine() -> None:
        for which, value in pairs:
            with contextlib.suppress(ValueError, OSError):  # a lower hard limit is in force
                resource.setrlimit(which, (value, value))

    return confine


class RunnerProcess:
    """One process of `grader.judge.runner` or `.real`, in a folder of its own."""

    def __init__(
        self, module: str, limits: ProcessLimits, file: tuple[str, bytes] | None = None
    ) -> None:
        self.limits = limits
        self._folder = tempfile.TemporaryDirectory(prefix="racecourse-")
        if file is not None:
            (Path(self._folder.name) / file[0]).write_bytes(file[1])
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-B", "-m", module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env={"PYTHONHASHSEED": "0", "PATH": os.defpath, "LC_ALL": "C.UTF-8",
                 "HOME": self._folder.name, "TMPDIR": self._folder.name},
            start_new_session=True,
            preexec_fn=_confine(limits),  # noqa: PLW1509 - the judge starts no threads
        )  # fmt: skip
        assert self._process.stdout is not None
        os.set_blocking(self._process.stdout.fileno(), False)
        self._buffer = b""

    def ask(
        self, request: protocol.Request, *more: protocol.Request, wall_s: float | None = None
    ) -> protocol.Reply:
        """Sends the requests and returns the one reply to the last of them (the first ones of
        several are not answered). Raises `Tripped`.
        """
        text = b"".join(protocol.encode(each) + b"\n" for each in (request, *more))
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(text)
            self._process.stdin.flush()
        except OSError:
            raise self._ended() from None
        line = self._read_line(self.limits.wall_s if wall_s is None else wall_s)
        try:
            reply: protocol.Reply = protocol.decode_reply(line)
        except msgspec.MsgspecError:
            raise Tripped(
                "output", "The process that ran this check gave an answer that is none."
            ) from None
        return reply

    def _read_line(self, wall_s: float) -> bytes:
        assert self._process.stdout is not None
        end = time.monotonic() + wall_s
        with selectors.DefaultSelector() as selector:
            selector.register(self._process.stdout, selectors.EVENT_READ)
            while b"\n" not in self._buffer:
                left = end - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise Tripped(
                        "timeout",
                        f"The check did not end within {wall_s:g} seconds: does something in "
                        "the code wait, or loop, for ever?",
                    )
                try:
                    chunk = os.read(self._process.stdout.fileno(), 65_536)
                except BlockingIOError:
                    continue
                if not chunk:
                    raise self._ended()
                self._buffer += chunk
                if len(self._buffer) > protocol.MAX_REPLY:
                    raise Tripped("output", "The code produced far too much output.")
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line

    def _ended(self) -> Tripped:
        """Why the process is gone."""
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            code = 0
        if code in (-signal.SIGXCPU, -signal.SIGKILL):
            return Tripped(
                "timeout", f"The check used more than {self.limits.cpu_s} seconds of processor."
            )
        if code in (-signal.SIGSEGV, -signal.SIGABRT):
            return Tripped(
                "memory",
                "The process that ran this check broke down: does something recurse or grow "
                "without end?",
            )
        if code == 1:  # a traceback of ours: what a student's code raises ends in a reply
            return Tripped(INTERNAL, "The grader failed: its runner could not run.")
        return Tripped("output", "The process that ran this check ended before it answered.")

    def close(self) -> None:
        """Ends the process and everything that it has started in its session."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(timeout=10)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        with contextlib.suppress(OSError):
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
