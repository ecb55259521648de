import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.judge import protocol
from grader.judge.backends import SeparateProcess
from grader.judge.sandbox import Sandbox
from tests.judge.sandbox import attacks

ROOT = Path(__file__).resolve().parents[3]
LEAVES = """
import os, sys, tempfile, _multiprocessing
from multiprocessing import resource_tracker, shared_memory
def work(mark):
    with open(mark, 'w') as file, open(tempfile.gettempdir() + '/' + mark, 'w') as other:
        file.write('x'); other.write('y')
    resource_tracker.register = lambda *a: None
    shared_memory.SharedMemory(mark, create=True, size=100)
    _multiprocessing.SemLock(1, 1, 1, '/' + mark, False)
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            os.execv(sys.executable,
                     [sys.executable, '-S', '-c', 'import time\\nwhile 1: time.sleep(9)', mark])
        os._exit(0)
    os.wait()
    return sorted(name for name in os.listdir(os.getcwd()) if name == mark)
"""


def test_nothing_is_left(
    isolated: Sandbox, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Neither a process that was detached twice, nor a file, shared memory or a semaphore."""
    folder = Path(tempfile.mkdtemp())  # and not tmp_path: that is closed to the superuser's runners
    folder.chmod(0o755)
    request.addfinalizer(folder.rmdir)
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    mark = attacks.mark()
    assert [mark] == attacks.value(isolated, LEAVES, mark)
    assert [] == attacks.running(mark)
    assert [] == list(folder.iterdir())
    left = sorted(path.name for path in Path("/dev/shm").iterdir() if mark in path.name)
    for name in left:
        (Path("/dev/shm") / name).unlink()
    if isolated.name != "landlock" or os.geteuid() == 0:
        assert [] == left


@pytest.mark.slow
def test_nothing_is_left_of_a_run_that_is_stopped(isolated: Sandbox) -> None:
    """Killed for what it uses, it goes with all that it has started."""
    mark = attacks.mark()
    code = LEAVES.replace("os.wait()", "os.wait()\n    while True: pass").replace(
        "def work(mark):", f"def work(mark={mark!r}):"
    )
    stopped = attacks.tripped(isolated, code)
    assert stopped is not None
    assert "timeout" == stopped.kind
    assert [] == attacks.running(mark)
    for path in Path("/dev/shm").glob(f"*{mark}*"):
        assert isolated.name == "landlock"
        path.unlink()


def test_runs_do_not_meet_what_others_have_left(namespaced: Sandbox) -> None:
    """Two real runs with the same names of shared memory are strangers."""
    code = """
from multiprocessing import resource_tracker, shared_memory
def work(name):
    resource_tracker.register = lambda *a: None
    shared_memory.SharedMemory(name, create=True, size=10)
    return name
"""
    name = attacks.mark()
    assert [name, name] == [attacks.value(namespaced, code, name) for _ in range(2)]


@pytest.mark.parametrize("times", [3])
def test_no_zombie_and_no_descriptor_is_left_in_the_judge(isolated: Sandbox, times: int) -> None:
    """Checks can go on for a whole class."""
    setup = protocol.Setup("answer", "answer.py", b"def work(): return 1", [], ["work"],
                           attacks.SCENARIOS)  # fmt: skip
    backend = SeparateProcess(setup, isolated)
    backend.load()
    backend.end_check()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(times):
        assert isinstance(backend.load(), protocol.Ready)
        backend.end_check()
    assert before == len(list(Path("/proc/self/fd").iterdir()))


JUDGE = """
import sys
from grader.judge import sandbox
from tests.judge.sandbox import attacks
code = "import subprocess, sys, time\\ndef work(mark):\\n" \
       "    sleeps = 'import time; time.sleep(1000)'\\n" \
       "    subprocess.Popen([sys.executable, '-S', '-c', sleeps, mark])\\n" \
       "    time.sleep(1000)"
attacks.run(sandbox.sandbox(sys.argv[1]), code, sys.argv[2])
"""


def test_nothing_outlives_a_judge_that_is_killed(isolated: Sandbox) -> None:
    """Not even when nobody is left to close anything."""
    mark = attacks.mark()
    judge = subprocess.Popen([sys.executable, "-c", JUDGE, isolated.name, mark], cwd=ROOT)
    try:
        # The judge's command line has the mark as well.
        assert wait_for(lambda: len(attacks.running(mark)) > 1)
    finally:
        judge.kill()
        judge.wait()
    assert wait_for(lambda: attacks.running(mark) == [])


def wait_for(holds: Callable[[], bool]) -> bool:
    """Whether it comes to hold; gives up late."""
    for _ in range(3000):
        if holds():
            return True
        time.sleep(0.01)
    return False
