"""Programs that use up what there is. Each is stopped, and says why in a sentence of its own."""

import msgspec
import pytest

from grader.course.limits import Limits
from grader.judge.sandbox import Sandbox
from grader.judge.tripped import Tripped
from tests.judge.sandbox import attacks

pytestmark = pytest.mark.slow

STOPS = ("timeout", "memory", "output", "exception")


def test_a_fork_bomb(isolated: Sandbox) -> None:
    """It comes to its limit of processes, and none of them is left."""
    before = attacks.processes()
    code = """
import os
def work():
    while True:
        try:
            os.fork()
        except OSError:
            pass
"""
    stopped = attacks.tripped(isolated, code)
    assert stopped is not None
    assert stopped.kind in STOPS
    assert attacks.processes() < before + 30


def test_a_limit_of_processes_that_is_told(isolated: Sandbox) -> None:
    """An honest mistake gets a sentence."""
    code = """
import multiprocessing, time
def work():
    all = [multiprocessing.get_context('fork').Process(target=time.sleep, args=(100,), daemon=True)
           for _ in range(500)]
    for each in all:
        each.start()
"""
    limits = msgspec.structs.replace(attacks.SMALL, memory_mb=900)
    reply = attacks.run(isolated, code, limits=limits)
    assert "processes" == reply.limit


def test_many_threads_are_no_bomb(isolated: Sandbox) -> None:
    """Each of them has a stack and some memory, all of which is little; and one recurses."""
    code = """
import json, threading
def work():
    inside, go = threading.Barrier(301), threading.Event()
    def serve():
        kept = [bytearray(1_000) for _ in range(100)]
        inside.wait()
        go.wait()
    threads = [threading.Thread(target=serve) for _ in range(300)]
    for each in threads: each.start()
    inside.wait()
    found = []
    def deep():
        class Deep:
            def __init__(self, inner): self.inner = inner
            def __repr__(self): return f"<{self.inner!r}>"
        thing = None
        for _ in range(5_000): thing = Deep(thing)
        try: repr(thing)
        except RecursionError: found.append("too deep")
    last = threading.Thread(target=deep)
    last.start()
    last.join()
    go.set()
    for each in threads: each.join()
    return found
"""
    limits = msgspec.structs.replace(attacks.SMALL, memory_mb=1024, processes=512)
    reply = attacks.run(isolated, code, limits=limits)
    assert (["too deep"], None) == (reply.value, reply.error)


def test_a_memory_bomb_of_one_process(isolated: Sandbox) -> None:
    """The system refuses it the memory."""
    reply = attacks.run(isolated, "def work():\n    return len(bytearray(1 << 30))")
    assert "memory" == reply.limit
    attacks.still_works(isolated)


def test_a_memory_bomb_of_many_processes(isolated: Sandbox) -> None:
    """Each keeps within its limit, all of them together do not."""
    code = """
import os, time
def work():
    for _ in range(20):
        if os.fork() == 0:
            block = bytearray(os.urandom(1 << 20) * 60)
            time.sleep(1000)
    time.sleep(1000)
"""
    stopped = attacks.tripped(isolated, code)
    assert stopped is not None
    assert "memory" == stopped.kind
    assert "used more than 300 MB of memory together" in stopped.message


def test_memory_that_processes_share_counts_once(isolated: Sandbox) -> None:
    """Processes that were forked from a large one are no bomb."""
    code = """
import os, time
def work():
    block = bytes(150 << 20)
    pids = []
    for _ in range(8):
        pids.append(os.fork())
        if pids[-1] == 0:
            time.sleep(1)
            os._exit(0)
    for pid in pids:
        os.waitpid(pid, 0)
    return len(block)
"""
    assert 150 << 20 == attacks.value(isolated, code)


def test_processor_time_of_many_processes(isolated: Sandbox) -> None:
    """Each keeps within its limit, all of them together do not."""
    code = """
import os
def work():
    while True:
        if os.fork() == 0:
            for _ in range(10**7): pass
            os._exit(0)
        os.wait()
"""
    stopped = attacks.tripped(isolated, code, Limits(cpu_s=1, wall_s=30))
    assert stopped is not None
    assert "timeout" == stopped.kind
    assert "more than 1 seconds of processor time" in stopped.message


def test_a_file_that_is_too_large(isolated: Sandbox) -> None:
    """The system refuses it the rest."""
    code = "def work():\n    with open('x', 'wb') as file:\n        file.write(bytes(9 << 20))"
    assert "file" == attacks.run(isolated, code).limit
    attacks.still_works(isolated)


@pytest.mark.parametrize("size", [1 << 20, 0], ids=["full", "empty"])
def test_too_many_files(isolated: Sandbox, size: int) -> None:
    """Together they are too large, or too many."""
    code = f"""
import time
def work():
    for number in range(10**6):
        with open(str(number), 'wb') as file:
            file.write(bytes({size}))
        if number > 5000:
            time.sleep(0.01)
"""
    patient = Limits(wall_s=300, cpu_s=100, memory_mb=300, processes=60, file_mb=4)
    found = attacks.outcome(isolated, code, limits=patient)
    if isinstance(found, Tripped):
        assert "output" == found.kind, found.message
        assert "MB to files" in found.message
    else:
        assert "files" == found.limit
    attacks.still_works(isolated)


def test_shared_memory_that_is_too_large(namespaced: Sandbox) -> None:
    """What is there is of limited size; writing beyond it ends the process."""
    code = """
from multiprocessing import shared_memory
def work():
    all = []
    for _ in range(30):
        all.append(shared_memory.SharedMemory(create=True, size=3 << 20))
        all[-1].buf[:] = bytes(3 << 20)
"""
    stopped = attacks.tripped(namespaced, code)
    assert stopped is not None
    assert "memory" == stopped.kind
    assert "16 MB" in stopped.message


def test_a_flood_of_output(isolated: Sandbox) -> None:
    """A reply has a limit, and what is printed goes nowhere."""
    code = "def work():\n    print('x' * 10**7)\n    return ['x' * 900] * 300"
    stopped = attacks.tripped(isolated, code, Limits(output_bytes=50_000))
    assert stopped is None or "output" == stopped.kind


def test_one_who_kills_himself(isolated: Sandbox) -> None:
    """That is a failure of the submission, and not of the grader: it is a way to get no grade."""
    for how in ("os.kill(os.getpid(), signal.SIGKILL)", "os._exit(1)", "os._exit(137)",
                "os.abort()", "os.close(1)", "os.closerange(0, 100)"):  # fmt: skip
        found = attacks.outcome(isolated, f"import os, signal\ndef work():\n    {how}")
        assert not isinstance(found, Tripped) or found.kind in STOPS, (how, found)
    attacks.still_works(isolated)
