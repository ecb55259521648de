"""The processes that hold a student's code: clean, limited, and gone afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator

import pytest

from grader.course.limits import Limits
from grader.judge import protocol
from grader.judge.backends import SeparateProcess
from grader.judge.launch import RunnerProcess, Tripped
from grader.judge.sandbox import Sandbox
from grader.judge.sandbox.forking import Forking
from grader.judge.tripped import Killed

SCENARIOS = """
def call(module, *parameters):
    return module.work(*parameters)
"""


def setup_of(text: str, *allowed: str) -> protocol.Setup:
    """The first request about a file with this text, and a scenario that calls its `work`."""
    return protocol.Setup("answer", "answer.py", text.encode(), list(allowed), ["work"], SCENARIOS)


def explore(*parameters: object) -> protocol.Explore:
    """Call `work` under every schedule."""
    return protocol.Explore("call", list(parameters), 100, "x")


def value_of(reply: protocol.Reply) -> object:
    """The value of the one outcome."""
    assert isinstance(reply, protocol.Explored), reply
    (outcome,) = reply.outcomes
    return outcome.value


@pytest.fixture
def runner(locked_up: Sandbox) -> Iterator[RunnerProcess]:
    """A runner that has loaded a harmless file."""
    with RunnerProcess(Limits(), locked_up) as process:
        ready = process.ask(setup_of("def work(n): return n + 1"))
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


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    listed = subprocess.run(
        ["/bin/ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, check=False
    ).stdout
    return [int(number) for number in listed.split()]


def commands() -> bytes:
    """The command lines of all processes."""
    return subprocess.run(
        ["/bin/ps", "-A", "-ww", "-o", "command="], capture_output=True, check=True
    ).stdout


def test_a_runner_answers(runner: RunnerProcess) -> None:
    """Requests and replies, one after the other."""
    assert 5 == value_of(runner.ask(explore(4)))
    assert 8 == value_of(runner.ask(explore(7)))


def test_every_check_has_a_process_of_its_own(locked_up: Sandbox) -> None:
    """Two checks share neither a process nor what the file has left in a folder or a module."""
    setup = setup_of("n = []\ndef work(k): n.append(k); return n")
    backend = SeparateProcess(setup, locked_up)
    pids = set()
    try:
        for number in (1, 2, 3):
            backend.begin_check()
            assert [number] == value_of(backend.ask(explore(number)))
            assert backend._current is not None
            pids.add(backend._current.pid)
            backend.end_check()
    finally:
        backend.end_check()
    assert 3 == len(pids)
    assert all(map(gone, pids))


def test_a_file_that_cannot_be_loaded_is_loaded_once(locked_up: Sandbox) -> None:
    """It would be refused again: later checks get the same answer without a process."""
    backend = SeparateProcess(setup_of("import os"), locked_up)
    first = backend.load()
    assert isinstance(first, protocol.Refused)
    for _ in range(2):
        backend.begin_check()
        assert first is backend.ask(explore())
        assert backend._current is None
        backend.end_check()


def test_half_of_a_character_reaches_the_judge() -> None:
    """In whatever text of a reply it is, it is escaped there."""
    reply = protocol.Refused("exception", "a\ud800b")
    read = protocol.decode_reply(protocol.encode_reply(reply))
    assert protocol.Refused("exception", "a\\ud800b") == read


def test_a_runner_that_is_killed_is_told_from_one_that_answers(runner: RunnerProcess) -> None:
    """Whoever killed it, it says nothing about the student's code: the grader has failed."""
    os.killpg(runner.pid, signal.SIGKILL)
    with pytest.raises(Tripped) as tripped:
        runner.ask(explore(1))
    assert "internal" == tripped.value.kind


def test_a_runner_that_died_under_control_was_killed_from_outside(runner: RunnerProcess) -> None:
    """Also when it is the runner alone: code under control has no way to do so."""
    for number in children(runner.pid):
        os.kill(number, signal.SIGKILL)
    with pytest.raises(Tripped) as tripped:
        runner.ask(explore(1))
    assert "internal" == tripped.value.kind


def test_a_real_run_that_is_killed_is_tried_again(locked_up: Sandbox) -> None:
    """Whoever did it: only when it happens twice the code is told, as its own doing."""
    setup = setup_of("import os\ndef work(): os.kill(os.getpid(), 9)", "os")
    backend = SeparateProcess(setup, locked_up)
    with pytest.raises(Killed, match="killed, and once more") as tripped:
        backend.run(protocol.RealRun("call", []), 10)
    assert "memory" == tripped.value.kind


def test_a_template_that_died_is_replaced(locked_up: Sandbox) -> None:
    """The next runner comes from a new one."""
    assert isinstance(locked_up, Forking)
    old = locked_up.template()
    old.kill()
    with RunnerProcess(Limits(), locked_up) as other:
        other.ask(setup_of("def work(): return 'new'"))
        assert "new" == value_of(other.ask(explore()))
    assert locked_up.template() is not old
    assert gone(old.pid)


def test_memory_is_limited(locked_up: Sandbox) -> None:
    """Code that takes too much ends with kind `memory`, and the judge lives."""
    with RunnerProcess(Limits(memory_mb=300), locked_up) as process:
        process.ask(setup_of("def work(): return len([0] * 200_000_000)"))
        reply = process.ask(explore())
    assert isinstance(reply, protocol.Refused)
    assert "memory" == reply.kind


def test_processor_time_is_limited(locked_up: Sandbox) -> None:
    """Code that computes inside one long operation of C is ended by the system."""
    with RunnerProcess(Limits(cpu_s=1), locked_up) as process:
        process.ask(setup_of("def work(): return len(str(7 ** (10 ** 8)))"))
        with pytest.raises(Tripped) as tripped:
            process.ask(explore())
    assert "timeout" == tripped.value.kind


def test_waiting_for_a_reply_is_limited(locked_up: Sandbox) -> None:
    """A process that never answers is given up."""
    with RunnerProcess(Limits(wall_s=0.2), locked_up) as process:
        process.ask(setup_of("def work(): return len(str(7 ** (10 ** 8)))"), wall_s=30)
        with pytest.raises(Tripped) as tripped:
            process.ask(explore())
    assert "timeout" == tripped.value.kind


LEAVES_A_CHILD = """
import subprocess, sys
def work():
    subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(1000)", "{mark}"])
    return 1
"""


def test_nothing_of_a_real_run_is_left(locked_up: Sandbox) -> None:
    """What a real run has started is ended with it."""
    mark = f"left-by-{os.getpid()}"
    setup = setup_of(LEAVES_A_CHILD.format(mark=mark), "subprocess", "sys")
    reply = SeparateProcess(setup, locked_up).run(protocol.RealRun("call", []), 30)
    assert protocol.RealResult(1) == reply
    assert mark.encode() not in commands()
