"""Real runs of programs that do what no submission should, each followed by an honest one."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

from grader.course.limits import Limits
from grader.judge import protocol
from grader.judge.launch import RunnerProcess
from grader.judge.sandbox import Sandbox
from grader.judge.tripped import Tripped

SCENARIOS = """
def call(module, *parameters):
    return module.work(*parameters)
"""
SMALL = Limits(wall_s=30, cpu_s=2, memory_mb=300, processes=60, file_mb=4)


def run(
    locked_up: Sandbox,
    code: str,
    *parameters: object,
    limits: Limits = SMALL,
    network: bool = False,
    start_method: str | None = None,
) -> protocol.RealResult:
    """What `work(*parameters)` of this code gives in a real run. Raises `Tripped`."""
    setup = protocol.Setup("answer", "answer.py", code.encode(), None, ["work"], SCENARIOS)
    request = protocol.RealRun("call", list(parameters), start_method)
    with RunnerProcess(limits, locked_up, real=True, network=network) as process:
        reply = process.ask(setup, request)
    assert isinstance(reply, protocol.RealResult), reply
    return reply


def value(locked_up: Sandbox, code: str, *parameters: object, network: bool = False) -> object:
    """The value of a real run, which must not raise; an honest run follows."""
    reply = run(locked_up, code, *parameters, network=network)
    assert reply.error is None, reply.error
    still_works(locked_up)
    return reply.value


def tripped(locked_up: Sandbox, code: str, limits: Limits = SMALL) -> Tripped | None:
    """What stopped the run; None if it came to its end. An honest run follows."""
    found = outcome(locked_up, code, limits=limits)
    still_works(locked_up)
    return found if isinstance(found, Tripped) else None


def outcome(locked_up: Sandbox, code: str, limits: Limits = SMALL) -> protocol.RealResult | Tripped:
    """What the run gives, or what stopped it."""
    try:
        return run(locked_up, code, limits=limits)
    except Tripped as error:
        return error


def still_works(locked_up: Sandbox) -> None:
    """An honest submission is graded as if nothing had been."""
    assert protocol.RealResult(7) == run(locked_up, "def work(): return 3 + 4")


def running(mark: str) -> list[str]:
    """The command lines of all processes of this machine that have the mark in them."""
    found = []
    for folder in Path("/proc").iterdir():
        try:
            text = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if mark.encode() in text:
            found.append(text.decode(errors="replace"))
    return found


def mark() -> str:
    """A word that is nowhere else on this machine."""
    return f"mark-{os.getpid()}-{time.monotonic_ns()}"


def processes() -> int:
    """How many processes there are on this machine."""
    done = subprocess.run(["/bin/ps", "-A", "-o", "pid="], capture_output=True, check=True)
    return len(done.stdout.splitlines())
