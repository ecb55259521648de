"""Processes: their own modules, their ends, and what an exploration sees of them."""

from __future__ import annotations

from typing import Any

import pytest

from grader.engine.endings import Ending
from grader.engine.execution import Execution
from grader.standins.multiprocessing.lifecycle import exit_now
from grader.strategies.bounded import Bounded
from tests.standins.multiprocessing.harness import every_outcome, program


def test_a_child_that_fails_is_no_failure_of_the_whole() -> None:
    """In life its traceback is on stderr and its exit code is 1; the error is kept."""
    subject = program("""
import multiprocessing as mp

def fail():
    raise ValueError("in the child")

def go():
    process = mp.Process(target=fail, name="child")
    process.start()
    process.join()
    return process.exitcode
""")
    execution = Execution()
    run = execution.run(subject)
    assert (Ending.FINISHED, 1) == (run.ending, run.value)
    [(name, error)] = execution.state["child errors"]
    assert ("child", "in the child") == (name, str(error))


def test_a_parent_may_look_before_its_child_has_ended() -> None:
    """`is_alive` and `exitcode` do not wait."""
    found = every_outcome("""
import multiprocessing as mp

def nothing():
    pass

def go():
    process = mp.Process(target=nothing)
    process.start()
    seen = [process.is_alive(), process.exitcode]
    process.join()
    return seen
""")
    assert {"[true, null]", "[true, 0]", "[false, 0]"} == found.outcomes
    assert found.exhausted


def test_a_child_is_joined_when_its_parent_ends() -> None:
    """A child of the first process goes on until its own end."""
    found = every_outcome("""
import multiprocessing as mp

def child(lock):
    lock.acquire()

def go():
    lock = mp.Lock()
    lock.acquire()
    mp.Process(target=child, args=(lock,)).start()
    return "over"
""")
    assert {"leaked-task"} == found.outcomes


def test_a_daemon_does_not_keep_its_parent() -> None:
    """It ends wherever it is."""
    text = """
import multiprocessing as mp

def child(value):
    value.value = 1
    value.value = 2
    mp.Event().wait()

def go():
    value = mp.RawValue('i', 0)
    mp.Process(target=child, args=(value,), daemon=True).start()
    return value.value
"""
    assert {"0", "1", "2"} == every_outcome(text).outcomes
    assert {"0", "1", "2"} == every_outcome(text, strategy=Bounded()).outcomes


def test_a_daemons_end_comes_before_the_join_of_its_siblings() -> None:
    """The parent terminates its daemons first: who waits for one of them waits for ever."""
    text = """
import multiprocessing as mp

def serve(queue):
    mp.Event().wait()
    queue.put(1)

def wait(queue):
    queue.get()

def parent():
    queue = mp.SimpleQueue()
    mp.Process(target=serve, args=(queue,), daemon=True).start()
    mp.Process(target=wait, args=(queue,)).start()

def go():
    process = mp.Process(target=parent)
    process.start()
    process.join()
"""
    assert {"deadlock"} == every_outcome(text).outcomes


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_process_may_be_terminated_at_any_point(times: int) -> None:
    """Before, after and between all of its steps."""
    text = f"""
import multiprocessing as mp

def count(value):
    for _ in range({times}):
        value.value += 1

def go():
    value = mp.RawValue('i', 0)
    process = mp.Process(target=count, args=(value,))
    process.start()
    process.terminate()
    process.join()
    return [value.value, process.exitcode]
"""
    expected = {f"[{count}, -15]" for count in range(times + 1)} | {f"[{times}, 0]"}
    found = every_outcome(text)
    assert expected == found.outcomes
    assert found.exhausted
    assert expected == every_outcome(text, strategy=Bounded()).outcomes


def test_the_pipe_of_a_terminated_process_is_closed() -> None:
    """Its parent reads the end of it."""
    found = every_outcome("""
import multiprocessing as mp

def say(end):
    end.send(1)
    mp.Event().wait()

def go():
    reader, writer = mp.Pipe(duplex=False)
    process = mp.Process(target=say, args=(writer,))
    process.start()
    writer.close()
    reader.recv()
    process.kill()
    try:
        reader.recv()
    except EOFError:
        return "end"
""")
    assert {'"end"'} == found.outcomes


def test_a_process_that_leaves_at_once_runs_no_more_code() -> None:
    """What `os._exit` does: no handlers, no flushing, the pipes closed."""

    def leave(*_: Any) -> None:
        exit_now(7)

    found = every_outcome(
        """
import multiprocessing as mp

def child(end, leave):
    try:
        leave()
    finally:
        end.send("never")

def go(leave):
    reader, writer = mp.Pipe(duplex=False)
    process = mp.Process(target=child, args=(writer, leave))
    process.start()
    writer.close()
    try:
        told = reader.recv()
    except EOFError:
        told = "end"
    process.join()
    return [told, process.exitcode]
""",
        lambda module: module.go(leave),
    )
    assert {'["end", 7]'} == found.outcomes


def test_a_module_that_starts_a_process_when_it_is_imported_is_told_so() -> None:
    """Every child would start another one."""
    found = every_outcome("""
import multiprocessing as mp

def child():
    pass

process = mp.Process(target=child)
process.start()
process.join()

def go():
    return process.exitcode
""")
    assert {"1"} == found.outcomes


def test_an_import_guard_keeps_the_child_from_starting_processes() -> None:
    """Only the process that runs the scenario has no parent."""
    found = every_outcome("""
import multiprocessing as mp

def child():
    pass

if mp.parent_process() is None:
    process = mp.Process(target=child)
    process.start()
    process.join()

def go():
    return process.exitcode
""")
    assert {"0"} == found.outcomes


def test_an_error_in_a_thread_of_a_child_is_seen() -> None:
    """As for any thread: nobody caught it."""
    found = every_outcome("""
import multiprocessing as mp
import threading

def fail():
    raise ValueError("x")

def child():
    threading.Thread(target=fail).start()

def go():
    process = mp.Process(target=child)
    process.start()
    process.join()
    return process.exitcode
""")
    assert {"ValueError: x"} == found.outcomes


def test_names_and_numbers_are_the_same_in_every_run() -> None:
    """Process ids, names and reprs may be part of a result."""
    text = """
import multiprocessing as mp

def nothing():
    pass

def go():
    process = mp.Process(target=nothing)
    process.start()
    process.join()
    return [process.pid, process.name, repr(process), repr(mp.Queue()), repr(mp.Lock())]
"""
    first, second = every_outcome(text), every_outcome(text)
    assert first.outcomes == second.outcomes
    assert 1 == len(first.outcomes)


def test_one_schedule_for_processes_that_share_nothing() -> None:
    """Their steps commute."""
    found = every_outcome("""
import multiprocessing as mp
total = 0

def work(number):
    global total
    for index in range(3):
        total += index * number
    if total != 3 * number:
        raise ValueError

def go():
    processes = [mp.Process(target=work, args=(number,)) for number in range(3)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [process.exitcode for process in processes]
""")
    assert {"[0, 0, 0]"} == found.outcomes
    assert 1 == found.count
