"""Starts runner processes with hard limits, talks to them, and ends them.

The process boundary and the limits are here; namespaces and system-call filters are the sandbox's
business. Every wait is bounded, and so is everything that is read.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import os
import selectors
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Protocol, Self

import msgspec

from grader.judge import protocol, template
from grader.judge.kinds import INTERNAL
from grader.judge.limits import ProcessLimits, confine

_GRACE_S = 5.0  # for a process that has closed its output to end


class Tripped(Exception):
    """The process ended without its reply, or hit a limit. `kind` is of the closed list."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


def _environment(folder: str) -> dict[str, str]:
    """All that a runner finds in its environment."""
    return {
        "PYTHONHASHSEED": "0", "PATH": os.defpath, "LC_ALL": "C.UTF-8",
        "HOME": folder, "TMPDIR": folder,
    }  # fmt: skip


class Child(Protocol):
    """A process that was started, in a session of its own."""

    pid: int

    def exit_code(self) -> int | None:
        """Its exit code, a negative signal number, or None while it lives."""


class _Fresh:
    """A process with an interpreter of its own."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self.pid = process.pid
        self._process = process

    def exit_code(self) -> int | None:
        """See `Child`."""
        return self._process.poll()


class TemplateGone(Exception):
    """The template has ended: what it forked cannot be asked about any more."""


class Template:
    """The process that forks the runners (see `grader.judge.template`)."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-B", "-m", template.__name__],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env=_environment("/"),
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """Its process number."""
        return self._process.pid

    def fork(self, folder: str, limits: ProcessLimits, requests: int, replies: int) -> _Forked:
        """A new runner that reads from one descriptor and writes to the other."""
        pid = self.order(template.Fork(folder, limits), requests, replies)
        assert pid is not None
        return _Forked(self, pid)

    def order(self, order: template.Order, *descriptors: int) -> int | None:
        """The answer to an order. Raises `TemplateGone`."""
        try:
            socket.send_fds(self._channel, [template.encode(order) + b"\n"], descriptors)
            answer = b""
            while not answer.endswith(b"\n"):
                more = self._channel.recv(64)
                if not more:
                    raise TemplateGone
                answer += more
        except OSError:
            raise TemplateGone from None
        return msgspec.json.decode(answer, type=int | None)

    def close(self) -> None:
        """Ends the template. Its runners go on until they are closed."""
        self._channel.close()
        self._process.kill()
        self._process.wait()


class _Forked:
    """A process that the template has forked."""

    def __init__(self, origin: Template, pid: int) -> None:
        self.pid = pid
        self._template = origin
        self._code: int | None = None

    def exit_code(self) -> int | None:
        """See `Child`."""
        if self._code is None:
            try:
                self._code = self._template.order(template.Ended(self.pid))
            except TemplateGone:
                self._code = -signal.SIGKILL
        return self._code


_templates: dict[int, Template] = {}  # by the process that started it: a fork starts its own


def _template() -> Template:
    """The one template that serves all that this process judges."""
    owner = os.getpid()
    if owner not in _templates:
        _templates[owner] = Template()
    return _templates[owner]


@atexit.register
def _close_template() -> None:
    if (template_here := _templates.pop(os.getpid(), None)) is not None:
        template_here.close()


class RunnerProcess:
    """One runner, in a folder of its own, and the conversation with it."""

    def __init__(self, limits: ProcessLimits, file: tuple[str, bytes] | None = None) -> None:
        """A runner for a check; with a `file`, one for a real run of it."""
        self.limits = limits
        self._folder = tempfile.TemporaryDirectory(prefix="racecourse-")
        if file is not None:
            (Path(self._folder.name) / file[0]).write_bytes(file[1])
        their_requests, self._requests = os.pipe()
        self._replies, their_replies = os.pipe()
        try:
            start = self._fork if file is None else self._start
            self._child = start(their_requests, their_replies)
        finally:
            os.close(their_requests)
            os.close(their_replies)
        os.set_blocking(self._replies, False)
        self._buffer = b""

    def _fork(self, requests: int, replies: int) -> Child:
        for last in (False, True):
            try:
                return _template().fork(self._folder.name, self.limits, requests, replies)
            except TemplateGone:
                _close_template()
                if last:
                    raise Tripped(
                        INTERNAL, "The grader failed: no runner can be started."
                    ) from None
        raise AssertionError

    def _start(self, requests: int, replies: int) -> Child:
        process = subprocess.Popen(
            [sys.executable, "-P", "-s", "-B", "-m", "grader.judge.real"],
            stdin=requests,
            stdout=replies,
            stderr=subprocess.DEVNULL,
            cwd=self._folder.name,
            env=_environment(self._folder.name),
            start_new_session=True,
            preexec_fn=functools.partial(confine, self.limits),  # noqa: PLW1509 - no threads here
        )
        return _Fresh(process)

    @property
    def pid(self) -> int:
        """Its process number, which is its session's, too."""
        return self._child.pid

    def ask(
        self, request: protocol.Request, *more: protocol.Request, wall_s: float | None = None
    ) -> protocol.Reply:
        """Sends the requests and returns the one reply to the last of them (the first ones of
        several are not answered). Raises `Tripped`.
        """
        text = b"".join(protocol.encode(each) + b"\n" for each in (request, *more))
        try:
            while text:
                text = text[os.write(self._requests, text) :]
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
        end = time.monotonic() + wall_s
        with selectors.DefaultSelector() as selector:
            selector.register(self._replies, selectors.EVENT_READ)
            while b"\n" not in self._buffer:
                left = end - time.monotonic()
                if left <= 0 or not selector.select(left):
                    raise Tripped(
                        "timeout",
                        f"The check did not end within {wall_s:g} seconds: does something in "
                        "the code wait, or loop, for ever?",
                    )
                try:
                    chunk = os.read(self._replies, 65_536)
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
        code = self._wait(_GRACE_S)
        if code == -signal.SIGXCPU:
            return Tripped(
                "timeout", f"The check used more than {self.limits.cpu_s} seconds of processor."
            )
        if code in (-signal.SIGSEGV, -signal.SIGABRT):
            return Tripped(
                "memory",
                "The process that ran this check broke down: does something recurse or grow "
                "without end?",
            )
        if code in (-signal.SIGKILL, -signal.SIGTERM):
            return Tripped(INTERNAL, "The grader failed: its runner was killed from outside.")
        if code == 1:  # a traceback of ours: what a student's code raises ends in a reply
            return Tripped(INTERNAL, "The grader failed: its runner could not run.")
        return Tripped("output", "The process that ran this check ended before it answered.")

    def _wait(self, seconds: float) -> int | None:
        """The exit code, or None when the process lives for longer than that."""
        end = time.monotonic() + seconds
        while (code := self._child.exit_code()) is None and time.monotonic() < end:
            time.sleep(0.001)
        return code

    def close(self) -> None:
        """Ends the process and everything that it has started in its session."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._child.pid, signal.SIGKILL)
        self._wait(10)
        for descriptor in (self._requests, self._replies):
            with contextlib.suppress(OSError):
                os.close(descriptor)
        with contextlib.suppress(OSError):
            self._folder.cleanup()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()
