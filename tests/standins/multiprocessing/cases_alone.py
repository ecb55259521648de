"""Programs of one process. Each case does the same with CPython's module and under control."""

import multiprocessing as mp
import pickle
import queue
import struct
import threading
from multiprocessing import connection, shared_memory, sharedctypes
from typing import Any


def _ends(function: Any, *args: Any) -> Any:
    """The result, or the error, as text."""
    try:
        return repr(function(*args))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


# -- locks ---------------------------------------------------------------------------------


def _case_lock() -> Any:
    lock = mp.Lock()
    return [
        repr(lock), lock.acquire(), repr(lock), lock.acquire(False), lock.acquire(timeout=0.001),
        lock.acquire(True, -1), lock.release(), _ends(lock.release),
    ]  # fmt: skip


def _case_lock_acquire_needs_a_number() -> Any:
    return mp.Lock().acquire(True, "x")  # type: ignore[arg-type]


def _case_lock_as_context() -> Any:
    lock = mp.Lock()
    with lock as value:
        held = lock.acquire(False)
    return value, held, lock.acquire(False)


def _case_lock_released_by_another_thread() -> Any:
    lock = mp.Lock()
    lock.acquire()
    thread = threading.Thread(target=lock.release)
    thread.start()
    thread.join()
    return lock.acquire(False)


def _case_rlock() -> Any:
    lock = mp.RLock()
    states = [repr(lock), lock.acquire(), lock.acquire(False), repr(lock)]
    lock.release()
    states.append(repr(lock))
    lock.release()
    return [*states, repr(lock), _ends(lock.release)]


def _case_rlock_released_by_another_thread() -> Any:
    lock = mp.RLock()
    lock.acquire()
    errors: list[str] = []
    thread = threading.Thread(target=lambda: errors.append(_ends(lock.release)))
    thread.start()
    thread.join()
    return errors


def _case_semaphore() -> Any:
    semaphore = mp.Semaphore(2)
    return [
        repr(semaphore), semaphore.acquire(), semaphore.get_value(), semaphore.acquire(),
        semaphore.acquire(False), semaphore.release(), semaphore.release(), semaphore.release(),
        semaphore.get_value(),
    ]  # fmt: skip


def _case_semaphore_below_zero() -> Any:
    return mp.Semaphore(-1)


def _case_bounded_semaphore() -> Any:
    semaphore = mp.BoundedSemaphore(1)
    return [repr(semaphore), _ends(semaphore.release), semaphore.acquire(), semaphore.release()]


def _case_condition_without_its_lock() -> Any:
    condition = mp.Condition()
    return [_ends(condition.wait), _ends(condition.notify), _ends(condition.notify_all)]


def _case_condition() -> Any:
    condition = mp.Condition()
    with condition:
        return [
            condition.wait(0.001), condition.notify(), condition.notify_all(),
            condition.wait_for(lambda: 5), condition.wait_for(lambda: 0, 0.001),
        ]  # fmt: skip


def _case_event() -> Any:
    event = mp.Event()
    return [
        event.is_set(), event.wait(0.001), event.set(), event.set(), event.is_set(), event.wait(),
        event.clear(), event.is_set(), event.wait(0),
    ]  # fmt: skip


def _case_barrier() -> Any:
    barrier = mp.Barrier(1)
    states = [barrier.parties, barrier.n_waiting, barrier.broken, barrier.wait(), barrier.wait()]
    barrier.abort()
    states += [barrier.broken, _ends(barrier.wait)]
    barrier.reset()
    return [*states, barrier.broken, barrier.wait()]


def _case_barrier_runs_out_of_time() -> Any:
    barrier = mp.Barrier(2, timeout=0.001)
    return [
        _ends(barrier.wait),
        barrier.broken,
        issubclass(threading.BrokenBarrierError, Exception),
    ]


# -- values --------------------------------------------------------------------------------


def _case_value() -> Any:
    value = mp.Value("i", 5)
    value.value += 2
    with value.get_lock():
        value.value *= 3
    with value:
        inner = value.get_obj().value
    return [
        repr(value),
        value.value,
        inner,
        repr(value.get_obj()),
        value.acquire(),
        value.release(),
    ]


def _case_values_of_every_type() -> Any:
    codes = "bBhHiIlLqQ"
    return [mp.Value(code, -1).value for code in codes] + [
        mp.Value("d", 1.5).value, mp.Value("f", 0.25).value, mp.Value("c", b"x").value,
        mp.Value("u", "é").value, mp.Value("i").value,
    ]  # fmt: skip


def _case_value_wraps_round() -> Any:
    return [mp.Value("i", 2**31).value, mp.Value("B", 257).value, mp.Value("q", 2**63).value]


def _case_value_of_no_type() -> Any:
    return mp.Value("z", 1)


def _case_value_takes_no_text() -> Any:
    value = mp.Value("i", 0)
    return [_ends(lambda: mp.Value("i", "x")), _ends(setattr, value, "value", 1.5)]


def _case_value_with_a_lock_of_its_own() -> Any:
    lock = mp.Lock()
    value = mp.Value("i", 1, lock=lock)
    return [value.get_lock() is lock, value.value, _ends(lambda: mp.Value("i", 1, lock=5))]  # type: ignore[call-overload]


def _case_value_without_a_lock() -> Any:
    value = mp.Value("i", 3, lock=False)
    value.value += 1
    return [value.value, repr(value), hasattr(value, "get_lock"), repr(mp.RawValue("d", 1.5))]


def _case_array() -> Any:
    array = mp.Array("i", [1, 2, 3])
    array[0] = 7
    array[1:3] = [8, 9]
    return [
        len(array), array[0], array[-1], array[:], array[1:], list(array), sum(array), 8 in array,
        _ends(array.__getitem__, 3), _ends(array.__setitem__, 0, "x"), repr(array.get_obj()),
    ]  # fmt: skip


def _case_array_of_a_size() -> Any:
    return [mp.Array("d", 2)[:], mp.RawArray("h", 3)[:], mp.Array("i", 2, lock=False)[:]]


def _case_array_of_no_size() -> Any:
    return [_ends(lambda: mp.Array("i", -1)), _ends(lambda: mp.Array("i", "x"))]


def _case_array_of_characters() -> Any:
    array: Any = mp.Array("c", 6)
    array.value = b"abc"
    array[0] = b"x"
    return [array.value, array.raw, array[1], array[:3], _ends(setattr, array, "value", b"1234567")]


def _case_synchronized() -> Any:
    raw = sharedctypes.RawValue("i", 4)
    value = sharedctypes.synchronized(raw)
    return [value.value, value.get_obj() is raw]


# -- queues --------------------------------------------------------------------------------


def _case_queue() -> Any:
    jobs: Any = mp.Queue(2)
    first = [jobs.put(1), jobs.put(b"two"), jobs.full(), jobs.qsize(), _ends(jobs.put_nowait, 3)]
    return [*first, jobs.get(), jobs.get(timeout=5), jobs.qsize(), jobs.full()]


def _case_queue_without_items() -> Any:
    jobs: Any = mp.Queue()
    return [
        jobs.empty(), _ends(jobs.get_nowait), _ends(jobs.get, True, 0.001),
        _ends(jobs.get, True, -1),
        issubclass(queue.Empty, Exception), repr(jobs),
    ]  # fmt: skip


def _case_queue_that_was_closed() -> Any:
    jobs: Any = mp.Queue()
    early = _ends(jobs.join_thread)
    jobs.close()
    return [early, _ends(jobs.put, 1), _ends(jobs.get), jobs.join_thread(), _ends(jobs.empty)]


def _case_queue_takes_a_copy() -> Any:
    jobs: Any = mp.Queue()
    item = {"a": [1]}
    jobs.put(item)
    got = jobs.get()
    return [got, got == item, got is item]


def _case_joinable_queue() -> Any:
    jobs: Any = mp.JoinableQueue()
    jobs.join()
    jobs.put(1)
    return [jobs.get(), jobs.task_done(), jobs.join(), _ends(jobs.task_done)]


def _case_simple_queue() -> Any:
    jobs: Any = mp.SimpleQueue()
    states = [jobs.empty(), jobs.put((1, "a")), jobs.empty(), jobs.get()]
    jobs.close()
    return [*states, _ends(jobs.put, 1)]


# -- pipes ---------------------------------------------------------------------------------


def _case_pipe() -> Any:
    left, right = mp.Pipe()
    left.send({"a": 1})
    right.send([2])
    return [right.recv(), left.recv(), left.poll(), left.closed, left.readable, left.writable]


def _case_one_way_pipe() -> Any:
    reader, writer = mp.Pipe(duplex=False)
    writer.send(1)
    return [
        reader.poll(), reader.recv(), reader.poll(0.001), _ends(writer.recv), _ends(reader.send, 1),
        reader.writable, writer.readable,
    ]  # fmt: skip


def _case_pipe_at_its_end() -> Any:
    reader, writer = mp.Pipe(duplex=False)
    writer.send("last")
    writer.close()
    states = [
        reader.recv(),
        reader.poll(),
        _ends(reader.recv),
        _ends(writer.send, 1),
        writer.closed,
    ]
    reader.close()
    return [*states, _ends(reader.recv), _ends(reader.poll), _ends(reader.fileno), reader.close()]


def _case_pipe_that_nobody_reads() -> Any:
    left, right = mp.Pipe()
    right.close()
    return [_ends(left.send, 1), _ends(left.recv), left.poll()]


def _case_pipe_whose_end_was_dropped() -> Any:
    left, right = mp.Pipe()
    del right
    return [_ends(left.send, 1), _ends(left.recv)]


def _case_pipe_as_context() -> Any:
    left, right = mp.Pipe()
    with left as inside:
        same = inside is left
    return [same, left.closed, _ends(right.recv)]


def _case_bytes() -> Any:
    left, right = mp.Pipe()
    left.send_bytes(b"abcdef", 1, 3)
    left.send_bytes(bytearray(b"xyz"), 1)
    left.send_bytes(b"into")
    buffer = bytearray(6)
    return [
        right.recv_bytes(), right.recv_bytes(10), right.recv_bytes_into(buffer, 1), bytes(buffer),
        _ends(left.send_bytes, "text"), _ends(left.send_bytes, b"abc", 1, 7),
        _ends(left.send_bytes, b"abc", -1), _ends(left.send_bytes, b"abc", 0, -1),
        _ends(left.send_bytes, b"abc", 4), _ends(right.recv_bytes, -1),
    ]  # fmt: skip


def _case_bytes_that_are_too_many() -> Any:
    left, right = mp.Pipe()
    left.send_bytes(b"abcdef")
    states = [_ends(right.recv_bytes, 3), _ends(right.recv)]
    right.send_bytes(b"abcdef")
    return [*states, _ends(left.recv_bytes_into, bytearray(3))]


def _case_wait() -> Any:
    left, right = mp.Pipe()
    other, _ = mp.Pipe()
    before = connection.wait([left, other], timeout=0)
    right.send(1)
    return [before, connection.wait([left, other]) == [left]]


# -- pickling ------------------------------------------------------------------------------


class Point:
    """An object of a class of the program's own."""

    def __init__(self, x: Any) -> None:
        self.x = x

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Point) and self.x == other.x

    __hash__ = None  # type: ignore[assignment]

    def method(self) -> Any:
        """Its value."""
        return self.x


class Slotted:
    """With a state of its own making."""

    __slots__ = ("a", "b")

    def __getstate__(self) -> Any:
        return self.a

    def __setstate__(self, state: Any) -> None:
        self.a, self.b = state, "again"


class Problem(Exception):
    """An exception of the program's own."""


def _copy(obj: Any) -> Any:
    return pickle.loads(pickle.dumps(obj))


def _case_pickled_objects() -> Any:
    slotted = Slotted()
    slotted.a = 3
    again = _copy(slotted)
    problem = _copy(Problem("x", 2))
    return [
        _copy(Point([1])) == Point([1]), _copy(Point) is Point, _copy(_copy) is _copy,
        _copy(Point(4).method)(), again.a, again.b, type(problem) is Problem, problem.args,
        _copy([1, (2, {3: {4}})]), _copy(len) is len, _copy(int) is int,
    ]  # fmt: skip


def _local() -> Any:
    def inner() -> None:
        pass

    class Inner:
        pass

    return [inner, Inner, Inner()]


_nameless = lambda: 0  # noqa: E731 - a lambda is the point


def _hidden() -> int:
    return 1


_first = _hidden


def _hidden() -> int:  # type: ignore[no-redef]
    return 2


def _case_functions_that_cannot_be_pickled() -> Any:
    return [_ends(pickle.dumps, each) for each in (*_local(), _nameless, _first)]


def _case_objects_that_cannot_be_pickled() -> Any:
    things: list[Any] = [
        threading.Lock(), threading.RLock(), threading.Event(), threading.Condition(),
        threading.Semaphore(), threading.local(), (i for i in ()), queue.Queue(), pickle,
    ]  # fmt: skip
    return [_ends(pickle.dumps, thing) for thing in things]


def _case_handles_are_only_inherited() -> Any:
    things: list[Any] = [
        mp.Lock(), mp.RLock(), mp.Semaphore(), mp.BoundedSemaphore(), mp.Condition(), mp.Queue(),
        mp.JoinableQueue(), mp.SimpleQueue(), mp.Value("i"), mp.Array("i", 1), mp.Array("c", 1),
        mp.RawValue("i"), mp.Process(),
    ]  # fmt: skip
    return [_ends(pickle.dumps, thing) for thing in things]


# -- processes that are not started -----------------------------------------------------------


def _case_process_before_its_start() -> Any:
    process = mp.Process(target=_copy, name="p", daemon=True)
    return [
        process.name, process.daemon, process.pid, process.exitcode, process.is_alive(),
        _ends(process.join), _ends(lambda: process.sentinel), _ends(process.terminate),
        _ends(setattr, process, "name", 3),
    ]  # fmt: skip


def _case_process_that_was_closed() -> Any:
    process = mp.Process()
    process.close()
    return [_ends(process.start), _ends(process.join), _ends(process.is_alive)]


def _case_process_of_a_group() -> Any:
    return mp.Process(group=1)  # type: ignore[arg-type]


def _case_process_with_bad_arguments() -> Any:
    return mp.Process(args=3)  # type: ignore[arg-type]


def _case_current_process() -> Any:
    process = mp.current_process()
    return [process.name, process.daemon, mp.parent_process(), mp.active_children()]


def _case_start_methods() -> Any:
    context: Any = mp.get_context("spawn")
    return [
        mp.get_start_method(), _ends(mp.get_context, "none"), _ends(mp.set_start_method, "x"),
        context.get_start_method(), isinstance(context.Value("i", 2).value, int),
        _ends(context.set_start_method, "fork"),
    ]  # fmt: skip


# -- shared memory -------------------------------------------------------------------------


def _case_shared_memory() -> Any:
    block = shared_memory.SharedMemory(create=True, size=8)
    block.buf[0] = 5
    block.buf[2:4] = b"ab"
    other = shared_memory.SharedMemory(block.name)
    states = [
        other.buf[0], bytes(other.buf[:4]), block.size, len(block.buf), other.buf[-1],
        list(other.buf[2:4]), block.buf.tolist(), bytes(block.buf[2:4]).hex(), 5 in block.buf,
        _ends(block.buf.__getitem__, 99), _ends(block.buf.__setitem__, 0, 300),
        _ends(block.buf.__setitem__, 0, "a"), _ends(block.buf.__setitem__, slice(0, 2), b"abc"),
    ]  # fmt: skip
    other.close()
    block.close()
    states += [block.buf, block.unlink(), _ends(block.unlink), repr(block)]
    return [*states, _ends(shared_memory.SharedMemory, block.name)]


def _case_shared_memory_as_numbers() -> Any:
    block = shared_memory.SharedMemory(create=True, size=16)
    numbers = block.buf.cast("q")
    numbers[1] = -2
    struct.pack_into("<q", block.buf, 0, 77)
    states = [
        numbers[0], numbers[1], len(numbers), struct.unpack_from("<qq", block.buf),
        int.from_bytes(block.buf[0:8], "little"), numbers.tolist(), numbers.itemsize,
    ]  # fmt: skip
    numbers.release()
    block.close()
    block.unlink()
    return states


def _case_shared_memory_of_no_size() -> Any:
    make = shared_memory.SharedMemory
    return [
        _ends(lambda: make(create=True)), _ends(lambda: make(create=True, size=-1)),
        _ends(lambda: make("racecourse_none")),
    ]  # fmt: skip


def _case_shareable_list() -> Any:
    cells: Any = shared_memory.ShareableList([1, 2.5, "ab", b"xy", None, True])
    cells[0] += 4
    cells[2] = "cd"
    states = [
        list(cells), len(cells), cells[-1], cells.count(5), cells.index("cd"),
        _ends(cells.__getitem__, 9), _ends(cells.__setitem__, 2, "much too long"),
        _ends(cells.index, 99),
    ]  # fmt: skip
    cells.shm.close()
    cells.shm.unlink()
    return states
