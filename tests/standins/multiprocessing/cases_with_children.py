"""Programs with child processes whose result does not depend on the schedule. Each case does the
same with CPython's module, under spawn, and under control.
"""

import multiprocessing as mp
import pickle
import threading
from multiprocessing import connection, shared_memory
from multiprocessing.managers import BaseManager
from typing import Any

state = {"count": 0}
module_lock = mp.Lock()


def _ends(function: Any, *args: Any) -> Any:
    """The result, or the error, as text."""
    try:
        return repr(function(*args))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _run(target: Any, *args: Any, **options: Any) -> Any:
    """A process that has been started and joined."""
    process = mp.Process(target=target, args=args, **options)
    process.start()
    process.join()
    return process


# -- exit codes ----------------------------------------------------------------------------


def _raise(error: BaseException) -> None:
    raise error


def _case_exit_codes() -> Any:
    errors = [
        SystemExit(), SystemExit(0), SystemExit(3), SystemExit(258), SystemExit("text"),
        ValueError(),
    ]  # fmt: skip
    return [_run(_raise, error).exitcode for error in errors]


def _case_process_that_has_ended() -> Any:
    process = _run(_touch)
    states = [process.exitcode, process.is_alive(), process.join(), _ends(process.start)]
    states.append(_ends(setattr, process, "daemon", True))
    process.close()
    return [*states, _ends(lambda: process.exitcode), mp.active_children()]


def _wait_for(event: Any) -> None:
    event.wait()


def _case_process_that_is_ended() -> Any:
    event = mp.Event()
    codes = []
    for end in ("terminate", "kill"):
        process = mp.Process(target=_wait_for, args=(event,))
        process.start()
        codes += [process.exitcode, process.is_alive(), _ends(process.close)]
        codes.append([child is process for child in mp.active_children()])
        getattr(process, end)()
        process.join()
        codes += [process.exitcode, process.is_alive()]
    return codes


def _case_process_that_goes_on() -> Any:
    event = mp.Event()
    process = mp.Process(target=_wait_for, args=(event,), daemon=True)
    process.start()
    states = [process.join(0.001), process.is_alive(), process.exitcode, process.daemon]
    event.set()
    process.join()
    return [*states, process.exitcode]


class _Unloadable:
    def __getstate__(self) -> Any:
        return 1

    def __setstate__(self, state: Any) -> None:
        raise ValueError("not in a child")


def _case_arguments_that_cannot_be_loaded() -> Any:
    return _run(_touch, _Unloadable()).exitcode


# -- what a child sees -----------------------------------------------------------------------


def _touch(*args: Any) -> None:
    state["count"] += 1


def _case_globals_are_copies() -> Any:
    state["count"] = 5
    codes = [_run(_touch).exitcode, _run(_touch).exitcode]
    return [codes, state]


def _tell_count(jobs: Any) -> None:
    _touch()
    jobs.put(state)


def _case_child_begins_anew() -> Any:
    state["count"] = 5
    jobs: Any = mp.SimpleQueue()
    _run(_tell_count, jobs)
    return jobs.get()


def _try_lock(lock: Any, jobs: Any) -> None:
    jobs.put([lock.acquire(False), module_lock.acquire(False)])


def _case_locks_are_shared_only_when_passed() -> Any:
    lock = mp.Lock()
    jobs: Any = mp.SimpleQueue()
    with lock, module_lock:
        _run(_try_lock, lock, jobs)
    return jobs.get()


def _introduce(jobs: Any, again: bool = False) -> None:
    me, parent = mp.current_process(), mp.parent_process()
    assert parent is not None
    jobs.put([me.name, me.daemon, parent.name, parent.is_alive(), threading.current_thread().name])
    if again:
        _run(_introduce, jobs)


def _case_names() -> Any:
    jobs: Any = mp.SimpleQueue()
    process = mp.Process(target=_introduce, args=(jobs,), kwargs={"again": True}, name="first")
    process.start()
    process.join()
    first, second = jobs.get(), jobs.get()
    return [first, second[1:], second[0].count(":"), second[0].startswith("Process-")]


def _start_another(jobs: Any) -> None:
    jobs.put(_ends(mp.Process(target=_touch).start))


def _case_daemons_have_no_children() -> Any:
    jobs: Any = mp.SimpleQueue()
    _run(_start_another, jobs, daemon=True)
    return jobs.get()


class _Worker(mp.Process):
    def __init__(self, x: int, jobs: Any) -> None:
        super().__init__(name="worker")
        self.x = x
        self.jobs = jobs

    def run(self) -> None:
        self.x += 1
        self.jobs.put((self.x, self.name, mp.current_process() is self))


def _case_subclass() -> Any:
    jobs: Any = mp.SimpleQueue()
    worker = _Worker(4, jobs)
    worker.start()
    worker.join()
    return [worker.x, jobs.get(), worker.exitcode]


def _case_arguments_that_cannot_be_pickled() -> Any:
    def local() -> None:
        pass

    started = _run(_touch)
    targets: list[tuple[Any, ...]] = [
        (local,), (lambda: 0,), (_touch, threading.Lock()), (_touch, (i for i in ())),
        (_touch, started),
    ]  # fmt: skip
    return [_ends(_run, *target) for target in targets]


def _thread_in_child(jobs: Any) -> None:
    threading.Thread(target=jobs.put, args=("from a thread",)).start()


def _case_threads_of_a_child_are_joined() -> Any:
    jobs: Any = mp.SimpleQueue()
    return [_run(_thread_in_child, jobs).exitcode, jobs.get()]


# -- sharing -------------------------------------------------------------------------------


def _add(value: Any, array: Any, raw: Any) -> None:
    with value.get_lock():
        value.value += 5
    array[1] = b"x"
    raw.value = 2.5


def _case_values_are_shared() -> Any:
    value, array, raw = mp.Value("i", 1), mp.Array("c", b"abc"), mp.RawValue("d", 0)
    _run(_add, value, array, raw)
    return [value.value, array[:], raw.value]


def _release(lock: Any) -> None:
    lock.release()


def _case_locks_are_released_by_others() -> Any:
    lock, semaphore, bounded = mp.Lock(), mp.Semaphore(0), mp.BoundedSemaphore(1)
    lock.acquire()
    codes = [_run(_release, each).exitcode for each in (lock, semaphore, bounded, mp.RLock())]
    return [codes, lock.acquire(False), semaphore.acquire(False)]


def _hold(lock: Any, held: Any, done: Any) -> None:
    with lock:
        held.set()
        done.wait()


def _case_lock_held_by_another_process() -> Any:
    lock, held, done = mp.RLock(), mp.Event(), mp.Event()
    process = mp.Process(target=_hold, args=(lock, held, done))
    process.start()
    held.wait()
    states = [lock.acquire(False), lock.acquire(timeout=0.001), repr(lock)]
    done.set()
    process.join()
    return [*states, lock.acquire(timeout=1)]


def _wait_in_turn(condition: Any, turn: Any, barrier: Any) -> None:
    with condition:
        condition.wait_for(lambda: turn.value == 1)
        turn.value = 2
        condition.notify_all()
    barrier.wait()


def _case_conditions_and_barriers() -> Any:
    condition, turn, barrier = mp.Condition(), mp.Value("i", 0), mp.Barrier(2)
    process = mp.Process(target=_wait_in_turn, args=(condition, turn, barrier))
    process.start()
    with condition:
        turn.value = 1
        condition.notify()
        condition.wait_for(lambda: turn.value == 2)
    index = barrier.wait()
    process.join()
    return [turn.value, index in {0, 1}, process.exitcode]


def _write(name: str, cells: Any) -> None:
    block = shared_memory.SharedMemory(name)
    block.buf[1] = 7
    block.close()
    cells[0] = "new"


def _case_shared_memory() -> Any:
    block = shared_memory.SharedMemory(create=True, size=4)
    cells = shared_memory.ShareableList(["old", 1])
    code = _run(_write, block.name, cells).exitcode
    states = [code, bytes(block.buf[:4]), list(cells)]
    for each in (block, cells.shm):
        each.close()
        each.unlink()
    return states


# -- queues and pipes ----------------------------------------------------------------------


def _produce(jobs: Any, items: Any) -> None:
    for item in items:
        jobs.put(item)


def _case_queue() -> Any:
    jobs: Any = mp.Queue()
    items = [1, "a", {"b": [2]}, ValueError("c", 3), _touch, None]
    process = mp.Process(target=_produce, args=(jobs, items))
    process.start()
    got = [jobs.get() for _ in items]
    process.join()
    return [got[:3], got[3].args, got[4] is _touch, got[5], process.exitcode]


def _case_queue_with_a_large_item() -> Any:
    jobs: Any = mp.Queue()
    process = mp.Process(target=_produce, args=(jobs, ["x" * 300_000]))
    process.start()
    size = len(jobs.get())
    process.join()
    return [size, process.exitcode]


def _case_item_that_cannot_be_pickled_is_lost() -> Any:
    jobs: Any = mp.Queue(1)
    jobs.put(lambda: 0)
    jobs.put("next")
    return jobs.get()


def _consume(jobs: Any, results: Any) -> None:
    while (item := jobs.get()) is not None:
        results.put(item * item)
        jobs.task_done()
    jobs.task_done()


def _case_joinable_queue() -> Any:
    jobs: Any = mp.JoinableQueue()
    results: Any = mp.Queue()
    process = mp.Process(target=_consume, args=(jobs, results))
    process.start()
    for item in (1, 2, 3, None):
        jobs.put(item)
    jobs.join()
    process.join()
    return [results.get() for _ in range(3)]


def _echo(pipe: Any) -> None:
    try:
        while True:
            pipe.send(pipe.recv())
    except EOFError:
        pipe.close()


def _case_pipe() -> Any:
    mine, its = mp.Pipe()
    process = mp.Process(target=_echo, args=(its,))
    process.start()
    its.close()
    got = []
    for item in (1, [2], "x" * 200_000):
        mine.send(item)
        got.append(mine.recv())
    mine.close()
    process.join()
    return [got[:2], len(got[2]), process.exitcode]


def _say(pipe: Any, item: Any) -> None:
    pipe.send(item)


def _case_pipe_to_a_child_that_has_gone() -> Any:
    mine, its = mp.Pipe()
    process = _run(_say, its, "last")
    its.close()
    return [
        mine.poll(), mine.recv(), mine.poll(), _ends(mine.recv), _ends(mine.send, 1),
        process.exitcode,
    ]  # fmt: skip


def _answer(pipe: Any) -> None:
    other = pipe.recv()
    other.send("through the other one")
    other.close()


def _case_connection_sent_through_a_connection() -> Any:
    mine, its = mp.Pipe()
    reader, writer = mp.Pipe(duplex=False)
    process = mp.Process(target=_answer, args=(its,))
    process.start()
    mine.send(writer)
    got = reader.recv()
    process.join()
    return [got, process.exitcode]


def _case_wait_for_children() -> Any:
    event = mp.Event()
    processes = [mp.Process(target=_wait_for, args=(event,)) for _ in range(2)]
    for process in processes:
        process.start()
    sentinels = [process.sentinel for process in processes]
    nobody = connection.wait(sentinels, timeout=0.001)
    event.set()
    for process in processes:
        process.join()
    return [nobody, connection.wait(sentinels) == sentinels]


# -- managers ------------------------------------------------------------------------------


def _fill(items: Any, table: Any, space: Any, value: Any) -> None:
    items.append(3)
    table["b"] = [4]
    space.y = "z"
    value.value += 1


def _case_manager() -> Any:
    with mp.Manager() as manager:
        items, table = manager.list([1, 2]), manager.dict(a=1)
        space, value = manager.Namespace(x=1), manager.Value("i", 5)
        code = _run(_fill, items, table, space, value).exitcode
        items[0] += 10
        return [
            code, list(items), str(items), items[1:], len(items), 3 in items,
            items + [0], items * 2,
            items._getvalue(), _ends(items.__getitem__, 9), _ends(lambda: items.copy),
            dict(table), table.keys(), table.items(), list(table), table.get("q", 4), "a" in table,
            table.setdefault("q", []), table.pop("q"), _ends(table.__getitem__, "z"), str(table),
            space.x, space.y, _ends(lambda: space.z), str(space), value.value, value.get(),
            str(value),
        ]  # fmt: skip


def _case_manager_of_locks() -> Any:
    with mp.Manager() as manager:
        lock, event, jobs = manager.Lock(), manager.Event(), manager.Queue(1)
        condition, barrier, semaphore = (
            manager.Condition(),
            manager.Barrier(1),
            manager.Semaphore(1),
        )
        states = [
            lock.acquire(), lock.acquire(False), lock.release(), _ends(lock.release),
            event.is_set(), event.wait(0.001), event.set(), event.wait(), jobs.put(1),
            _ends(jobs.put_nowait, 2), jobs.get(), _ends(jobs.get_nowait), jobs.qsize(),
            _ends(condition.wait), _ends(condition.notify), barrier.wait(), barrier.parties,
            semaphore.acquire(), semaphore.acquire(False), semaphore.release(),
        ]  # fmt: skip
        with lock:
            states.append(lock.acquire(False))
        with condition:
            states += [condition.notify(), condition.wait(0.001), condition.wait_for(lambda: 1)]
        with manager.RLock() as held:
            states.append(held)
        return states


class _Account:
    def __init__(self, balance: int) -> None:
        self.balance = balance
        self.lock = threading.Lock()

    def add(self, amount: int) -> int:
        with self.lock:
            self.balance += amount
            return self.balance

    def fail(self) -> None:
        raise ValueError("no")

    def _hidden(self) -> None:
        pass


class _Bank(BaseManager):
    pass


_Bank.register("Account", _Account)
_Bank.register("Open", _Account, exposed=("add",))


def _deposit(account: Any) -> None:
    account.add(5)


def _case_manager_of_its_own_class() -> Any:
    bank: Any = _Bank()
    early = _ends(bank.Account, 1)
    bank.start()
    account, other = bank.Account(10), bank.Open(1)
    code = _run(_deposit, account).exitcode
    states = [
        early, code, account.add(1), other.add(2), _ends(account.fail),
        _ends(lambda: account.balance),
        _ends(lambda: account._hidden), _ends(lambda: other.fail), _ends(account.add, "x"),
        _ends(bank.start), _ends(lambda: bank.Nothing),
    ]  # fmt: skip
    bank.shutdown()
    return [*states, _ends(account.add, 1), _ends(bank.Account, 1)]


def _case_manager_takes_only_what_can_be_pickled() -> Any:
    with mp.Manager() as manager:
        items = manager.list()
        return [_ends(items.append, lambda: 0), _ends(items.append, threading.Lock()), len(items)]


# -- pools ---------------------------------------------------------------------------------


def _square(x: int) -> int:
    return x * x


def _fail_at_two(x: int) -> int:
    if x == 2:
        raise ValueError("two")
    return x


def _set_count(count: int) -> None:
    state["count"] = count


def _get_count(_: Any) -> int:
    return state["count"]


def _case_pool() -> Any:
    with mp.Pool(2) as pool:
        return [
            pool.map(_square, [1, 2, 3]), pool.starmap(pow, [(2, 3), (3, 2)]),
            pool.apply(_square, (4,)),
            list(pool.imap(_square, [1, 2], chunksize=2)),
            sorted(pool.imap_unordered(_square, [1, 2])),
            pool.map(_square, []), pool.apply_async(int, ("7",)).get(timeout=60),
        ]  # fmt: skip


def _case_pool_with_errors() -> Any:
    with mp.Pool(1) as pool:
        result = pool.map_async(_fail_at_two, [1, 2, 3])
        result.wait()
        states = [_ends(result.get), result.ready(), result.successful()]
        try:
            pool.apply(_fail_at_two, (2,))
        except ValueError as error:
            states.append(type(error.__cause__).__name__)
        states.append(_ends(pool.apply, lambda: 0))
        states.append(_ends(pool.apply, threading.Lock).partition(".")[0])
        iterator = pool.imap(_fail_at_two, [1, 2, 3])
        states += [_ends(next, iterator) for _ in range(4)]
        states += [_ends(pool.join), _ends(mp.Pool, 0), _ends(pickle.dumps, pool)]
    return [*states, _ends(pool.apply, _square, (1,))]


def _case_pool_with_an_initializer() -> Any:
    with mp.Pool(2, initializer=_set_count, initargs=(9,)) as pool:
        return pool.map(_get_count, range(3))


def _case_pool_with_callbacks() -> Any:
    told: list[Any] = []
    pool = mp.Pool(1)
    good = pool.apply_async(_square, (3,), callback=told.append)
    good.wait()
    bad = pool.apply_async(
        _fail_at_two, (2,), error_callback=lambda error: told.append(type(error).__name__)
    )
    bad.wait()
    pool.close()
    pool.join()
    return [told, _ends(pool.map, _square, [1])]
