"""Where a submission's code runs: in processes of its own (the judge), or right here (the visible
checks, on the student's own machine, with the student's own code).
"""

from __future__ import annotations

from typing import Protocol

import msgspec

from grader.course.limits import Limits
from grader.judge import protocol, sandbox, tripped
from grader.judge.kinds import INTERNAL
from grader.judge.launch import RunnerProcess, Tripped
from grader.judge.sandbox import Sandbox
from grader.judge.tripped import Killed
from grader.judge.workshop import Workshop

_MARGIN_S = 5.0  # start of a real run's process, and its end
_AT_HOME_MB = 4096
_SOCKETS = {"socket", "asyncio"}  # who may import one of these may need a loopback in a real run


class Backend(Protocol):
    """Answers requests about one file. `begin_check` and `end_check` enclose every check."""

    def load(self) -> protocol.Reply:
        """Loads the file: `Ready`, or why not."""

    def ask(self, request: protocol.Request) -> protocol.Reply:
        """The reply; raises `Tripped` when there is none. Loads the file first."""

    def run(self, request: protocol.RealRun, timeout_s: float) -> protocol.Reply:
        """A real run in a process of its own."""

    def begin_check(self) -> None:
        """A check begins: nothing of an earlier one is left."""

    def end_check(self) -> None:
        """The check is over."""


def _run_for_real(
    setup: protocol.Setup, request: protocol.RealRun, timeout_s: float, limits: Limits,
    locked_up: Sandbox,
) -> protocol.Reply:  # fmt: skip
    """Runs the scenario. A run that is killed is tried again: twice is no accident."""
    network = setup.allowed is None or not _SOCKETS.isdisjoint(setup.allowed)

    def run() -> protocol.Reply:
        with RunnerProcess(limits, locked_up, real=True, network=network) as process:
            return process.ask(setup, request, wall_s=timeout_s + _MARGIN_S)

    try:
        reply = run()
    except Killed:
        reply = run()
    if isinstance(reply, protocol.RealResult) and reply.limit is not None:
        raise tripped.met(reply.limit, limits)
    return reply


class SeparateProcess:
    """One clean runner process per check."""

    def __init__(
        self, setup: protocol.Setup, locked_up: Sandbox, limits: Limits | None = None
    ) -> None:
        """`locked_up`: the sandbox that its processes are in."""
        self._setup = setup
        self._sandbox = locked_up
        self._limits = limits or Limits()
        self._current: RunnerProcess | None = None
        self._cannot: protocol.Reply | Tripped | None = None  # why the file cannot be loaded, ever

    def begin_check(self) -> None:
        """A check begins: its process is a fresh one."""
        self.end_check()

    def end_check(self) -> None:
        """Ends the check's process."""
        if self._current is not None:
            self._current.close()
            self._current = None

    def load(self) -> protocol.Reply:
        """Loads the file, if it is not loaded: `Ready`, or why not."""
        if self._current is not None:
            return protocol.Ready()
        if isinstance(self._cannot, Tripped):
            raise self._cannot
        if self._cannot is not None:
            return self._cannot
        self._current = RunnerProcess(self._limits, self._sandbox, network=False)
        try:
            reply = self._current.ask(self._setup)
        except Tripped as error:
            self.end_check()
            if error.kind != INTERNAL:
                self._cannot = error
            raise
        if isinstance(reply, protocol.Refused):
            self._cannot = reply  # loading it again would end in the same way
        if not isinstance(reply, protocol.Ready):
            self.end_check()
        return reply

    def ask(self, request: protocol.Request) -> protocol.Reply:
        """The reply to a request about the loaded file."""
        loaded = self.load()
        if not isinstance(loaded, protocol.Ready):
            return loaded
        assert self._current is not None
        try:
            return self._current.ask(request)
        except Tripped:
            self.end_check()
            raise

    def run(self, request: protocol.RealRun, timeout_s: float) -> protocol.Reply:
        """A real run in a process of its own."""
        return _run_for_real(self._setup, request, timeout_s, self._limits, self._sandbox)


class InProcess:
    """The student's own code on the student's own machine: fast, and no sandbox."""

    def __init__(self, setup: protocol.Setup, limits: Limits | None = None) -> None:
        self._setup = setup
        self._limits = limits or Limits()
        self._workshop: Workshop | None = None

    def begin_check(self) -> None:
        """Nothing to prepare."""

    def end_check(self) -> None:
        """Nothing is left: every schedule is a fresh world."""

    def load(self) -> protocol.Reply:
        """Loads the file, if it is not loaded: `Ready`, or why not."""
        if self._workshop is None:
            workshop = Workshop(self._setup)
            loaded = workshop.answer(self._setup)
            if not isinstance(loaded, protocol.Ready):
                return loaded
            self._workshop = workshop
        return protocol.Ready()

    def ask(self, request: protocol.Request) -> protocol.Reply:
        """The reply to a request about the loaded file."""
        loaded = self.load()
        if not isinstance(loaded, protocol.Ready):
            return loaded
        assert self._workshop is not None
        return self._workshop.answer(request)

    def run(self, request: protocol.RealRun, timeout_s: float) -> protocol.Reply:
        """A real run in a process of its own."""
        limits = msgspec.structs.replace(self._limits, memory_mb=_AT_HOME_MB)
        own = sandbox.choose("none")
        return _run_for_real(self._setup, request, timeout_s, limits, own)


class Unreadable:
    """Stands for a file that cannot be read: every check fails for this reason."""

    def __init__(self, fault: str) -> None:
        self._refused = protocol.Refused("import-error", fault)

    def begin_check(self) -> None:
        """Nothing to prepare."""

    def end_check(self) -> None:
        """Nothing is left."""

    def load(self) -> protocol.Reply:
        """The reason."""
        return self._refused

    def ask(self, request: protocol.Request) -> protocol.Reply:
        """The reason."""
        return self._refused

    def run(self, request: protocol.RealRun, timeout_s: float) -> protocol.Reply:
        """The reason."""
        return self._refused
