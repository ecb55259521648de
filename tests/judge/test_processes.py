"""The processes that hold a student's code: clean, limited, and gone afterwards."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.judge import launch, protocol
from grader.judge.backends import SeparateProcess
from grader.judge.launch import RunnerProcess, Tripped
from grader.judge.limits import ProcessLimits

SCENARIOS = """
def call(module, *parameters):
    return module.work(*parameters)
"""


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    """A file of scenarios with one that calls the student's `work`."""
    path = tmp_path / "scenarios.py"
    path.write_text(SCENARIOS)
    return path


def setup_of(text: str, scenarios: Path, *allowed: str) -> protocol.Setup:
    """The first request about a file with this text."""
    return protocol.Setup(
        "answer", "answer.py", text.encode(), list(allowed), ["work"], str(scenarios)
    )


def explore(*parameters: object) -> protocol.Explore:
    """Call `work` under every schedule."""
    return protocol.Explore("call", list(parameters), 100, "x")


def value_of(reply: protocol.Reply) -> object:
    """The value of the one outcome."""
    assert isinstance(reply, protocol.Explored), reply
    (outcome,) = reply.outcomes
    return outcome.value


@pytest.fixture
def runner(scenarios: Path) -> Iterator[RunnerProcess]:
    """A runner that has loaded a harmless file."""
    with RunnerProcess(ProcessLimits()) as process:
        ready = process.ask(setup_of("def work(n): return n + 1", scenarios))
        assert isinstance(ready, protocol.Ready)
        yield process


def gone(pid: int) -> bool:
    """Whether no such process is left, within a few seconds."""
    for _ in range(500):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.01)
    return False


def test_a_runner_answers(runner: RunnerProcess) -> None:
    """Requests and replies, one after the other."""
    assert 5 == value_of(runner.ask(explore(4)))
    assert 8 == value_of(runner.ask(explore(7)))


def test_every_check_has_a_process_of_its_own(scenarios: Path) -> None:
    """Two checks share neither a process nor what the file has left in a folder or a module."""
    backend = SeparateProcess(setup_of("n = []\ndef work(k): n.append(k); return n", scenarios))
    pids = set()
    try:
        for number in (1, 2, 3):
            backend.begin_check()
            assert [number] == value_of(backend.ask(explore(number)))
            assert backend._current is not None
            pids.add(backend._current.pid)
            backend.end_check()
    finally:
        backend.close()
    assert 3 == len(pids)
    assert all(map(gone, pids))


def test_a_runner_that_is_killed_is_told_from_one_that_answers(runner: RunnerProcess) -> None:
    """Whoever killed it, it says nothing about the student's code: the grader has failed."""
    os.kill(runner.pid, signal.SIGKILL)
    with pytest.raises(Tripped) as tripped:
        runner.ask(explore(1))
    assert "internal" == tripped.value.kind


def test_a_template_that_died_is_replaced(runner: RunnerProcess, scenarios: Path) -> None:
    """The runner at work goes on; the next one comes from a new template."""
    old = launch._template()
    os.kill(old.pid, signal.SIGKILL)
    assert 3 == value_of(runner.ask(explore(2)))
    with RunnerProcess(ProcessLimits()) as other:
        other.ask(setup_of("def work(): return 'new'", scenarios))
        assert "new" == value_of(other.ask(explore()))
    assert launch._template() is not old
    assert gone(old.pid)


def test_memory_is_limited(scenarios: Path) -> None:
    """Code that takes too much ends with kind `memory`, and the judge lives."""
    with RunnerProcess(ProcessLimits(memory_mb=300)) as process:
        process.ask(setup_of("def work(): return len([0] * 200_000_000)", scenarios))
        reply = process.ask(explore())
    assert isinstance(reply, protocol.Refused)
    assert "memory" == reply.kind


def test_processor_time_is_limited(scenarios: Path) -> None:
    """Code that computes inside one long operation of C is ended by the system."""
    with RunnerProcess(ProcessLimits(cpu_s=1)) as process:
        process.ask(setup_of("def work(): return len(str(7 ** (10 ** 8)))", scenarios))
        with pytest.raises(Tripped) as tripped:
            process.ask(explore())
    assert "timeout" == tripped.value.kind


def test_waiting_for_a_reply_is_limited(scenarios: Path) -> None:
    """A process that never answers is given up."""
    with RunnerProcess(ProcessLimits(wall_s=0.2)) as process:
        process.ask(setup_of("def work(): return len(str(7 ** (10 ** 8)))", scenarios), wall_s=30)
        with pytest.raises(Tripped) as tripped:
            process.ask(explore())
    assert "timeout" == tripped.value.kind


LEAVES_A_CHILD = """
import subprocess
def work():
    return subprocess.Popen(["sleep", "1000"]).pid
"""


def test_nothing_of_a_real_run_is_left(scenarios: Path) -> None:
    """What a real run has started is ended with it."""
    setup = setup_of(LEAVES_A_CHILD, scenarios, "subprocess")
    reply = SeparateProcess(setup).run(protocol.RealRun("call", []), 30)
    assert isinstance(reply, protocol.RealResult)
    assert isinstance(reply.value, int), reply
    assert gone(reply.value)
