import pytest

from grader.judge.sandbox import Sandbox
from tests.judge.sandbox import attacks

ALL = """
import multiprocessing
from multiprocessing import shared_memory

def add(value, lock, times):
    for _ in range(times):
        with lock:
            value.value += 1

def put(queue, pipe):
    queue.put('queued')
    pipe.send('piped')

def square(n):
    return n * n

def keep(shared, name):
    shared['by'] = 'manager'
    block = shared_memory.SharedMemory(name)
    block.buf[0] = 42
    block.close()

def work():
    value, lock = multiprocessing.Value('i', 0), multiprocessing.Lock()
    queue = multiprocessing.Queue()
    ours, theirs = multiprocessing.Pipe()
    block = shared_memory.SharedMemory(create=True, size=10)
    with multiprocessing.Manager() as manager:
        shared = manager.dict()
        all = [multiprocessing.Process(target=add, args=(value, lock, 50)) for _ in range(2)]
        all += [multiprocessing.Process(target=put, args=(queue, theirs)),
                multiprocessing.Process(target=keep, args=(shared, block.name))]
        for each in all:
            each.start()
        got = [queue.get(), ours.recv()]
        for each in all:
            each.join()
        got += [value.value, shared['by'], block.buf[0]]
    block.close()
    block.unlink()
    with multiprocessing.Pool(2) as pool:
        return got + [pool.map(square, [1, 2, 3])]
"""


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_what_real_runs_need_works(isolated: Sandbox, method: str) -> None:
    """Value, Lock, Queue, Pipe, shared memory, a manager and a pool, however they are started."""
    reply = attacks.run(isolated, ALL, start_method=method)
    assert reply.error is None, reply.error
    assert ["queued", "piped", 100, "manager", 42, [1, 4, 9]] == reply.value
