"""Starts runner processes in a sandbox, talks to them, and ends them.

Every wait is bounded, and so is everything that is read.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import selectors
import signal
import time
from typing import Self

import msgspec

from grader.course.limits import Limits
from grader.judge import protocol, tripped
from grader.judge.limits import FILES_IN_ALL, MEBIBYTE
from grader.judge.sandbox import Ended, Sandbox, Start, Unavailable
from grader.judge.sandbox.usage import of_folder
from grader.judge.tripped import Tripped

_GRACE_S = 5.0  # for a process that has closed its output to end
_LOOK_S = 0.1  # so often it is looked at what the processes use together


class RunnerProcess:
    """One runner, and the conversation with it."""

    def __init__(
        self, limits: Limits, sandbox: Sandbox, *, real: bool = False, network: bool = True
    ) -> None:
        """A runner for a check; if `real`, one for a real run. `network`: whether the exercise is
        about sockets. Raises `Tripped` when none can be started.
        """
        self.limits = limits
        self._real = real
        their_requests, self._requests = os.pipe()
        self._replies, their_replies = os.pipe()
        try:
            start = Start(limits, their_requests, their_replies, real=real, network=network)
            self._child = sandbox.start(start)
        except Unavailable as error:
            self._hang_up()
            raise tripped.internal(f"no runner can be started ({error})") from None
        finally:
            os.close(their_requests)
            os.close(their_replies)
        os.set_blocking(self._replies, False)
        self._buffer = b""
        self._mark = secrets.token_hex(16).encode()  # of the replies of this runner
        self._greeted = False  # whether it has come to run at all: then what follows is its doing

    @property
    def pid(self) -> int:
        """The number of its first process."""
        return self._child.pid

    def ask(
        self, request: protocol.Request, *more: protocol.Request, wall_s: float | None = None
    ) -> protocol.Reply:
        """Sends the requests and returns the one reply to the last of them (the first ones of
        several are not answered). Raises `Tripped`.
        """
        lines = [protocol.encode(each) for each in (request, *more)]
        text = b"\n".join(lines if self._greeted else [self._mark, *lines]) + b"\n"
        seconds = self.limits.wall_s if wall_s is None else wall_s
        end = time.monotonic() + seconds
        try:
            while text:
                text = text[os.write(self._requests, text) :]
        except OSError:
            raise self._ended() from None
        if not self._greeted:
            self._reply(end, seconds)
            self._greeted = True
        return self._reply(end, seconds)

    def _reply(self, end: float, seconds: float) -> protocol.Reply:
        line = self._read_line(end, seconds)
        if not line.startswith(self._mark):
            raise tripped.no_reply()  # somebody else has written it
        try:
            reply: protocol.Reply = protocol.decode_reply(line[len(self._mark) :])
        except msgspec.MsgspecError:
            raise tripped.no_reply() from None
        return reply

    def _read_line(self, end: float, wall_s: float) -> bytes:
        """The next line, which has to come before `end`, when `wall_s` seconds are over."""
        look = time.monotonic() + _LOOK_S
        with selectors.DefaultSelector() as selector:
            selector.register(self._replies, selectors.EVENT_READ)
            while b"\n" not in self._buffer:
                now = time.monotonic()
                if now >= end:
                    raise tripped.too_late(wall_s)
                if now >= look:
                    self._check_usage()
                    look = time.monotonic() + _LOOK_S
                if not selector.select(max(min(end, look) - time.monotonic(), 0)):
                    continue
                try:
                    chunk = os.read(self._replies, 65_536)
                except BlockingIOError:
                    continue
                if not chunk:
                    raise self._ended()
                self._buffer += chunk
                if len(self._buffer) > self.limits.output_bytes:
                    raise tripped.too_much_output(self.limits)
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line

    def _check_usage(self) -> None:
        """Raises `Tripped` when all processes together use more than they may."""
        used = self._child.usage()
        if used is None:
            return
        limits = self.limits
        most = limits.memory_mb * MEBIBYTE
        if used.memory > most and self._child.exact_memory() > most:
            raise tripped.too_much_memory(limits)
        if used.cpu_s > limits.cpu_s * (os.cpu_count() or 1):
            raise tripped.too_much_processor(limits)
        folder = self._child.folder
        if folder is not None and of_folder(folder) > limits.file_mb * FILES_IN_ALL * MEBIBYTE:
            raise tripped.too_many_files(limits)

    def _ended(self) -> Tripped:
        """Why the process is gone."""
        ended = self._wait(_GRACE_S)
        if ended is None:
            return tripped.no_reply()
        if ended.failed is not None:
            return tripped.internal(ended.failed)
        if ended.code is None:
            return tripped.internal("its runner was killed from outside")
        if not self._greeted:
            return tripped.internal("its runner could not run")
        if ended.code == -signal.SIGKILL and not self._real:
            # Under control no code can do so, and all limits have other signals.
            return tripped.internal("its runner was killed from outside")
        return tripped.died(ended.code, self.limits)

    def _wait(self, seconds: float) -> Ended | None:
        """How it ended, or None when the process lives for longer than that."""
        end = time.monotonic() + seconds
        while (found := self._child.ended()) is None and time.monotonic() < end:
            time.sleep(0.001)
        return found

    def memory(self) -> int:
        """Bytes that its processes use, with shared ones divided between all that share them."""
        return self._child.exact_memory()

    def close(self) -> None:
        """Ends the process and everything that it has started."""
        self._child.close()
        self._hang_up()

    def _hang_up(self) -> None:
        for descriptor in (self._requests, self._replies):
            with contextlib.suppress(OSError):
                os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()


__all__ = ["RunnerProcess", "Tripped"]
