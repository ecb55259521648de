"""Pipes: whose end is open, when the end has come, and two that read at once."""

from __future__ import annotations

import pytest

from tests.standins.multiprocessing.harness import every_outcome

EOF = """
import multiprocessing as mp

def say(end):
    end.send(1)
    {child}

def go():
    mine, its = mp.Pipe()
    process = mp.Process(target=say, args=(its,))
    process.start()
    {parent}
    got = [mine.recv()]
    try:
        got.append(mine.recv())
    except EOFError:
        got.append("end")
    process.join()
    return got
"""


@pytest.mark.parametrize("child", ["end.close()", "pass"])
def test_the_end_of_a_pipe_is_seen_when_all_have_closed_it(child: str) -> None:
    """A process that ends closes what it has open."""
    found = every_outcome(EOF.format(child=child, parent="its.close()"))
    assert {'[1, "end"]'} == found.outcomes
    assert found.exhausted


def test_a_parent_that_keeps_the_childs_end_open_waits_for_ever() -> None:
    """The other end has not been closed by all who have it."""
    assert {"deadlock"} == every_outcome(EOF.format(child="end.close()", parent="pass")).outcomes


def test_an_end_that_nobody_refers_to_is_closed() -> None:
    """As in CPython: when the last reference goes."""
    found = every_outcome(EOF.format(child="pass", parent="del its"))
    assert {'[1, "end"]'} == found.outcomes


def test_a_sibling_that_inherited_an_end_keeps_it_open() -> None:
    """Each child that was given the end has to close it, too."""
    text = """
import multiprocessing as mp

def wait(end, event):
    {close}
    event.wait()

def go():
    reader, writer = mp.Pipe(duplex=False)
    event = mp.Event()
    process = mp.Process(target=wait, args=(writer, event))
    process.start()
    writer.close()
    try:
        reader.recv()
    except EOFError:
        event.set()
    process.join()
    return "end"
"""
    assert {"deadlock"} == every_outcome(text.format(close="pass")).outcomes
    assert {'"end"'} == every_outcome(text.format(close="end.close()")).outcomes


@pytest.mark.parametrize(("size", "outcome"), [(100, "100"), (200_000, "deadlock")])
def test_a_large_message_needs_a_reader(size: int, outcome: str) -> None:
    """Joining the sender before receiving stops both."""
    found = every_outcome(f"""
import multiprocessing as mp

def say(end):
    end.send("x" * {size})

def go():
    reader, writer = mp.Pipe(duplex=False)
    process = mp.Process(target=say, args=(writer,))
    process.start()
    process.join()
    return len(reader.recv())
""")
    assert {outcome} == found.outcomes


def test_two_that_both_send_a_lot_first_stop_each_other() -> None:
    """Nobody reads, and both directions are full."""
    found = every_outcome("""
import multiprocessing as mp

def talk(end):
    end.send("x" * 100_000)
    end.recv()

def go():
    mine, its = mp.Pipe()
    process = mp.Process(target=talk, args=(its,))
    process.start()
    talk(mine)
    process.join()
    return "done"
""")
    assert {"deadlock"} == found.outcomes


def test_a_reader_that_has_gone_breaks_the_pipe() -> None:
    """The sender may come before that, or after."""
    found = every_outcome("""
import multiprocessing as mp

def leave(end):
    end.close()

def go():
    mine, its = mp.Pipe()
    process = mp.Process(target=leave, args=(its,))
    process.start()
    its.close()
    try:
        mine.send(1)
        told = "sent"
    except BrokenPipeError as error:
        told = str(error)
    process.join()
    return told
""")
    assert {'"sent"', '"[Errno 32] Broken pipe"'} == found.outcomes


RPC = """
import multiprocessing as mp
import threading

def serve(end):
    try:
        while True:
            end.send(end.recv() * 10)
    except EOFError:
        pass

def go():
    mine, its = mp.Pipe()
    process = mp.Process(target=serve, args=(its,))
    process.start()
    its.close()
    lock = threading.Lock()
    answers = {}

    def ask(number):
        {guard}
            mine.send(number)
            answers[number] = mine.recv()

    threads = [threading.Thread(target=ask, args=(number,)) for number in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    mine.close()
    process.join()
    return sorted(answers.items())
"""


def test_threads_that_share_a_connection_get_each_others_answers() -> None:
    """And worse: two that read at the same time get parts of one message."""
    found = every_outcome(RPC.replace("{guard}", "if True:"), schedules=300)
    assert "[[1, 10], [2, 20]]" in found.outcomes
    assert found.outcomes - {"[[1, 10], [2, 20]]"}


def test_threads_that_take_turns_get_their_own() -> None:
    """One lock around question and answer is enough."""
    found = every_outcome(RPC.replace("{guard}", "with lock:"))
    assert {"[[1, 10], [2, 20]]"} == found.outcomes
    assert found.exhausted


def test_two_readers_of_one_end_may_get_in_each_others_way() -> None:
    """The pipe as a token, without a lock: a message may be torn apart."""
    text = """
import multiprocessing as mp

def add(reader, writer, lock):
    {guard}
        writer.send(reader.recv() + 1)

def go():
    reader, writer = mp.Pipe(duplex=False)
    writer.send(0)
    lock = mp.Lock()
    processes = [mp.Process(target=add, args=(reader, writer, lock)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return reader.recv()
"""
    torn = every_outcome(text.format(guard="if True:"))
    assert "deadlock" in torn.outcomes
    whole = every_outcome(text.format(guard="with lock:"))
    assert {"2"} == whole.outcomes
    assert whole.exhausted


def test_waiting_for_several_gives_those_that_are_ready() -> None:
    """Any of them may be first, or both at once."""
    found = every_outcome("""
import multiprocessing as mp
from multiprocessing import connection

def say(end):
    end.send(1)

def go():
    pipes = [mp.Pipe(duplex=False) for _ in range(2)]
    processes = [mp.Process(target=say, args=(writer,)) for _, writer in pipes]
    for process in processes:
        process.start()
    readers = [reader for reader, _ in pipes]
    ready = [readers.index(each) for each in connection.wait(readers)]
    for process in processes:
        process.join()
    return ready
""")
    assert {"[0]", "[1]", "[0, 1]"} == found.outcomes


def test_a_poll_may_come_before_the_message() -> None:
    """`poll()` does not wait."""
    found = every_outcome("""
import multiprocessing as mp

def say(end):
    end.send(1)

def go():
    reader, writer = mp.Pipe(duplex=False)
    process = mp.Process(target=say, args=(writer,))
    process.start()
    seen = reader.poll()
    process.join()
    return seen
""")
    assert {"true", "false"} == found.outcomes
