"""Blocks of shared memory: accesses are visible, byte by byte."""

from __future__ import annotations

import pytest

from grader.engine.execution import Execution
from tests.standins.multiprocessing.harness import every_outcome, program

INCREMENTS = """
import multiprocessing as mp
import struct
from multiprocessing import shared_memory

def increment(name, lock, index):
    block = shared_memory.SharedMemory(name)
    {increment}
    block.close()

def go():
    lock = mp.Lock()
    block = shared_memory.SharedMemory(create=True, size=16)
    processes = [
        mp.Process(target=increment, args=(block.name, lock, {index})) for index in range(2)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    result = [block.buf[0], block.buf[8]]
    block.close()
    block.unlink()
    return result
"""
WAYS = [
    "block.buf[index] += 1",
    "numbers = block.buf.cast('q'); numbers[index // 8] += 1; numbers.release()",
    "struct.pack_into('q', block.buf, index, struct.unpack_from('q', block.buf, index)[0] + 1)",
    "part = block.buf[index:index + 1]; part[0] += 1; part.release()",
    "block.buf[index:index + 1] = bytes([bytes(block.buf[index:index + 1])[0] + 1])",
]


@pytest.mark.parametrize("way", WAYS)
def test_an_increment_of_shared_bytes_can_be_lost(way: str) -> None:
    """However the bytes are reached."""
    found = every_outcome(INCREMENTS.format(increment=way, index="0"))
    assert {"[1, 0]", "[2, 0]"} == found.outcomes
    assert found.exhausted


@pytest.mark.parametrize("way", WAYS)
def test_a_lock_keeps_all(way: str) -> None:
    """The lock is around the read and the write."""
    text = INCREMENTS.format(increment=f"with lock: {way}", index="0")
    assert {"[2, 0]"} == every_outcome(text).outcomes


@pytest.mark.parametrize("way", WAYS)
def test_different_bytes_are_independent(way: str) -> None:
    """Two that never touch the same bytes need no lock, and only one schedule."""
    found = every_outcome(INCREMENTS.format(increment=way, index="8 * index"))
    assert {"[1, 1]"} == found.outcomes
    assert 1 == found.count


def test_a_wide_write_overlaps_the_bytes_in_it() -> None:
    """A number of eight bytes and its first byte are in each other's way."""
    found = every_outcome("""
import multiprocessing as mp
from multiprocessing import shared_memory

def write(name):
    block = shared_memory.SharedMemory(name)
    numbers = block.buf.cast("q")
    numbers[0] = 1
    numbers.release()
    block.close()

def go():
    block = shared_memory.SharedMemory(create=True, size=8)
    process = mp.Process(target=write, args=(block.name,))
    process.start()
    seen = block.buf[0]
    process.join()
    return seen
""")
    assert {"0", "1"} == found.outcomes


def test_blocks_that_were_not_unlinked_are_known() -> None:
    """`close` is not `unlink`."""
    text = """
from multiprocessing import shared_memory

def go():
    first = shared_memory.SharedMemory(create=True, size=8)
    second = shared_memory.SharedMemory("kept", create=True, size=8)
    first.close()
    first.unlink()
    second.close()
"""
    execution = Execution()
    execution.run(program(text))
    assert ["kept"] == list(execution.state["shared memory left"])


def test_whoever_comes_after_the_unlink_finds_nothing() -> None:
    """The name is gone at once, the memory when all have closed it."""
    found = every_outcome("""
import multiprocessing as mp
from multiprocessing import shared_memory

def attach(name, queue):
    try:
        shared_memory.SharedMemory(name).close()
        queue.put("there")
    except FileNotFoundError:
        queue.put("gone")

def go():
    queue = mp.SimpleQueue()
    block = shared_memory.SharedMemory(create=True, size=8)
    process = mp.Process(target=attach, args=(block.name, queue))
    process.start()
    block.unlink()
    process.join()
    return [queue.get(), len(block.buf)]
""")
    assert {'["there", 8]', '["gone", 8]'} == found.outcomes
