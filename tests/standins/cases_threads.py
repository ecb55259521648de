"""Programs with threads and queues. Each case does the same with CPython and under control."""

import pickle
import queue
import threading
import time
from multiprocessing.pool import ThreadPool
from typing import Any


def _ends(function: Any, *args: Any, **kwargs: Any) -> Any:
    """The result, or the error, as text."""
    try:
        return repr(function(*args, **kwargs))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _run(*functions: Any) -> None:
    """Each function in a thread, one after the other."""
    for function in functions:
        thread = threading.Thread(target=function)
        thread.start()
        thread.join()


# -- locks ---------------------------------------------------------------------------------


def _case_lock() -> Any:
    lock = threading.Lock()
    return [
        lock.acquire(), lock.locked(), lock.acquire(False), lock.acquire(timeout=0.001),
        lock.acquire(timeout=0), lock.release(), lock.locked(), _ends(lock.release),
    ]  # fmt: skip


def _case_lock_arguments() -> Any:
    lock = threading.Lock()
    return [
        _ends(lock.acquire, False, 1), _ends(lock.acquire, False, -1),
    ]  # fmt: skip


def _case_lock_is_released_by_anybody() -> Any:
    lock = threading.Lock()
    lock.acquire()
    _run(lock.release)
    return lock.locked()


def _case_lock_as_context_after_an_error() -> Any:
    lock = threading.Lock()
    try:
        with lock as got:
            {}[got]
    except KeyError as error:
        return [str(error), lock.locked()]


def _case_rlock() -> Any:
    lock = threading.RLock()
    first = [lock.acquire(), lock.acquire(), lock.acquire(False), lock.release(), lock.release()]
    return [*first, lock.release(), _ends(lock.release)]


def _case_rlock_of_another_thread() -> Any:
    lock = threading.RLock()
    found: list[Any] = []
    with lock:
        _run(lambda: found.extend([lock.acquire(False), _ends(lock.release)]))
    return found


# -- conditions ----------------------------------------------------------------------------


def _case_condition_without_its_lock() -> Any:
    condition = threading.Condition()
    return [_ends(condition.wait), _ends(condition.notify), _ends(condition.notify_all)]


def _case_condition_times_out() -> Any:
    condition = threading.Condition()
    with condition:
        return [
            condition.wait(0.01), condition.wait_for(lambda: False, 0.01),
            condition.wait_for(lambda: 7), condition.notify(), condition.notify_all(),
        ]  # fmt: skip


def _case_condition_hands_over() -> Any:
    condition, found = threading.Condition(), []

    def consume() -> None:
        with condition:
            while not found:
                condition.wait()
            found.append("seen")

    thread = threading.Thread(target=consume)
    thread.start()
    with condition:
        found.append("made")
        condition.notify()
    thread.join()
    return found


def _case_condition_of_a_lock() -> Any:
    lock = threading.Lock()
    condition = threading.Condition(lock)
    with condition:
        return [lock.locked(), lock.acquire(False), _ends(condition.notify, 3)]


# -- semaphores, events, barriers ----------------------------------------------------------


def _case_semaphore() -> Any:
    semaphore = threading.Semaphore(2)
    return [
        semaphore.acquire(), semaphore.acquire(), semaphore.acquire(False),
        semaphore.acquire(timeout=0.01), semaphore.release(2), semaphore.acquire(False),
        _ends(semaphore.release, 0), _ends(semaphore.acquire, False, 1),
        _ends(threading.Semaphore, -1),
    ]  # fmt: skip


def _case_bounded_semaphore() -> Any:
    semaphore = threading.BoundedSemaphore(1)
    with semaphore as got:
        inside = semaphore.acquire(blocking=False)
    return [got, inside, _ends(semaphore.release), _ends(semaphore.release, 2)]


def _case_event() -> Any:
    event = threading.Event()
    before = [event.is_set(), event.wait(0.01), event.wait(0)]
    event.set()
    after = [event.is_set(), event.wait(), event.wait(0)]
    event.clear()
    return [before, after, event.is_set()]


def _case_event_wakes_even_if_cleared() -> Any:
    event, ready, found = threading.Event(), threading.Event(), []

    def work() -> None:
        ready.set()
        found.append(event.wait())

    thread = threading.Thread(target=work)
    thread.start()
    ready.wait()
    while thread.is_alive():  # until it waits: then one pulse is enough
        event.set()
        event.clear()
        thread.join(0.001)
    return found


def _case_barrier() -> Any:
    done: list[Any] = []
    barrier = threading.Barrier(2, action=lambda: done.append("action"))
    places: list[int] = []
    threads = [threading.Thread(target=lambda: places.append(barrier.wait())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [sorted(places), done, barrier.parties, barrier.n_waiting, barrier.broken]


def _case_barrier_breaks() -> Any:
    barrier = threading.Barrier(2, timeout=0.01)
    first = _ends(barrier.wait)
    broken = barrier.broken
    barrier.reset()
    mended = barrier.broken
    barrier.abort()
    return [first, broken, mended, barrier.broken, _ends(barrier.wait)]


def _case_barrier_action_fails() -> Any:
    def action() -> None:
        raise KeyError("action")

    barrier = threading.Barrier(1, action)
    return [_ends(barrier.wait), barrier.broken, _ends(barrier.wait)]


# -- threads -------------------------------------------------------------------------------


def _case_thread_life() -> Any:
    thread = threading.Thread(target=lambda: None)
    before = [thread.is_alive(), thread.ident, _ends(thread.join)]
    thread.start()
    thread.join()
    return [before, thread.is_alive(), _ends(thread.start), _ends(thread.join), thread.join(0)]


def _case_thread_names() -> Any:
    def work() -> None:
        pass

    threads = [
        threading.Thread(target=work), threading.Thread(), threading.Thread(name="mine"),
        threading.Thread(target=work, name="own"),
    ]  # fmt: skip
    threads[2].name = "changed"
    numbers = [int(thread.name.split("-")[1].split(" ")[0]) for thread in threads[:2]]
    return [
        [thread.name.lstrip("Thread-0123456789") for thread in threads],
        numbers[1] - numbers[0], threading.current_thread().name,
    ]  # fmt: skip


def _case_thread_daemon() -> Any:
    thread = threading.Thread(target=lambda: None, daemon=True)
    found = [thread.daemon, threading.Thread().daemon]
    thread.start()
    try:
        thread.daemon = False
    except RuntimeError as error:
        found.append(str(error))
    thread.join()
    inherited: list[bool] = []
    outer = threading.Thread(
        target=lambda: inherited.append(threading.Thread().daemon), daemon=True
    )
    outer.start()
    outer.join()
    return [found, inherited]


def _case_thread_arguments() -> Any:
    found: list[Any] = []
    thread = threading.Thread(
        target=lambda *a, **k: found.append((a, k)), args=(1,), kwargs={"x": 2}
    )
    thread.start()
    thread.join()
    return [found, _ends(threading.Thread, 1)]


def _case_thread_joins_itself() -> Any:
    return [_ends(threading.current_thread().join)]


def _case_thread_subclass() -> Any:
    class Worker(threading.Thread):
        def __init__(self, n: int) -> None:
            super().__init__(name=f"worker-{n}")
            self.n = n
            self.result: int | None = None

        def run(self) -> None:
            self.result = self.n * self.n

    workers = [Worker(n) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return [(worker.name, worker.result) for worker in workers]


def _case_thread_subclass_without_init() -> Any:
    class Broken(threading.Thread):
        def __init__(self) -> None:
            pass

    return [_ends(Broken().start), _ends(Broken().join)]


def _case_thread_runs_by_hand() -> Any:
    found: list[int] = []
    thread = threading.Thread(target=found.append, args=(1,))
    thread.run()
    return [found, thread.is_alive()]


def _case_enumerate() -> Any:
    event = threading.Event()
    thread = threading.Thread(target=event.wait, name="waits")
    before = threading.active_count()
    thread.start()
    names = sorted(each.name for each in threading.enumerate())
    during = threading.active_count() - before
    event.set()
    thread.join()
    return [names, during, threading.active_count() - before]


def _case_main_thread() -> Any:
    found: list[bool] = []
    _run(lambda: found.append(threading.current_thread() is threading.main_thread()))
    return [found, threading.current_thread() is threading.main_thread()]


def _case_identifiers() -> Any:
    found: list[Any] = []
    _run(lambda: found.append(threading.get_ident() == threading.current_thread().ident))
    return [found, threading.get_ident() == threading.main_thread().ident]


def _case_timer() -> Any:
    found: list[Any] = []
    timer = threading.Timer(0.01, found.append, args=("rang",))
    timer.start()
    timer.join()
    other = threading.Timer(30, found.append, ["never"])
    other.start()
    other.cancel()
    other.join()
    return [found, timer.finished.is_set(), other.is_alive()]


def _case_local() -> Any:
    class Own(threading.local):
        def __init__(self, start: int) -> None:
            self.n = start

    data = Own(5)
    data.n = 6
    found: list[Any] = []

    def work() -> None:
        found.append(data.n)
        data.n = 7
        data.extra = 1
        found.append(sorted(data.__dict__))

    _run(work)
    return [found, data.n, _ends(lambda: data.extra)]


def _case_excepthook() -> Any:
    found: list[Any] = []
    before = threading.excepthook
    threading.excepthook = lambda args: found.append(
        (args.exc_type.__name__, str(args.exc_value), args.thread.name)
    )
    try:

        def fail() -> None:
            raise ValueError("no")

        thread = threading.Thread(target=fail, name="fails")
        thread.start()
        thread.join()
    finally:
        threading.excepthook = before
    return found


def _case_system_exit_ends_a_thread() -> Any:
    def leave() -> None:
        raise SystemExit

    _run(leave)
    return "went on"


# -- queues --------------------------------------------------------------------------------


def _case_queue() -> Any:
    items: queue.Queue[int] = queue.Queue(2)
    items.put(1)
    items.put_nowait(2)
    full = [
        items.full(),
        items.qsize(),
        _ends(items.put, 3, False),
        _ends(items.put, 3, True, 0.01),
    ]
    got = [items.get(), items.get_nowait()]
    return [
        full, got, items.empty(), _ends(items.get, False), _ends(items.get, True, 0.01),
        _ends(items.get, True, -1), _ends(items.put, 1, True, -1),
    ]  # fmt: skip


def _case_queue_orders() -> Any:
    found = []
    for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue, queue.SimpleQueue):
        items: Any = kind()
        for n in (2, 3, 1):
            items.put(n)
        found.append([items.get() for _ in range(3)])
    return found


def _case_task_done() -> Any:
    items: queue.Queue[int] = queue.Queue()
    items.put(1)
    items.get()
    return [items.task_done(), items.join(), _ends(items.task_done), items.unfinished_tasks]


def _case_queue_between_threads() -> Any:
    items: queue.Queue[Any] = queue.Queue(1)
    found: list[int] = []

    def consume() -> None:
        while (item := items.get()) is not None:
            found.append(item)
            items.task_done()
        items.task_done()

    thread = threading.Thread(target=consume)
    thread.start()
    for n in (1, 2, 3, None):
        items.put(n)
    items.join()
    thread.join()
    return found


def _case_simple_queue() -> Any:
    items: queue.SimpleQueue[int] = queue.SimpleQueue()
    items.put(1, block=False, timeout=3)
    return [
        items.qsize(), items.empty(), items.get(timeout=1), _ends(items.get, block=False),
        _ends(items.get, True, -1), _ends(items.get, timeout=0.01), _ends(items.get_nowait),
    ]  # fmt: skip


# -- time ----------------------------------------------------------------------------------


def _case_time() -> Any:
    start, mono = time.time(), time.monotonic()
    time.sleep(0.02)
    return [
        time.time() - start >= 0.01, time.monotonic() - mono >= 0.01, time.sleep(0),
        _ends(time.sleep, -1), time.perf_counter() <= time.perf_counter(),
    ]  # fmt: skip


def _case_calendar() -> Any:
    moment = time.gmtime(86_400)
    return [
        time.asctime(moment), time.strftime("%Y-%m-%d %H:%M:%S %j", moment), tuple(moment),
        time.mktime(time.localtime(1e9)), time.ctime(5e8) == time.asctime(time.localtime(5e8)),
        time.mktime((2024, 14, 1, 0, 0, 0, 0, 0, 0)) - time.mktime((2025, 2, 1, 0, 0, 0, 0, 0, 0)),
        _ends(time.mktime, "x"), _ends(time.mktime, (1,)), _ends(time.asctime, 3),
        _ends(time.strftime, "%Y", 1), _ends(time.gmtime, "x"), _ends(time.localtime, "x"),
    ]  # fmt: skip


def _case_clocks() -> Any:
    infos = [time.get_clock_info(name) for name in ("time", "monotonic", "perf_counter")]
    start = time.clock_gettime(time.CLOCK_MONOTONIC)
    return [
        [(info.monotonic, info.adjustable) for info in infos], _ends(time.get_clock_info, "x"),
        start <= time.clock_gettime(time.CLOCK_MONOTONIC), _ends(time.clock_gettime, 12_345),
        abs(time.clock_gettime(time.CLOCK_REALTIME) - time.time()) < 5,
        type(time.clock_gettime_ns(time.CLOCK_MONOTONIC)), _ends(time.clock_gettime, "x"),
        time.clock_getres(time.CLOCK_MONOTONIC),
    ]  # fmt: skip


# -- pools of threads ------------------------------------------------------------------------


def _half(n: int) -> Any:
    if n % 2:
        raise ValueError(n)
    return n // 2


def _case_thread_pool() -> Any:
    seen: list[int] = []
    with ThreadPool(2, seen.append, (0,)) as pool:
        found = [
            pool.map(_half, [2, 4]), pool.apply(lambda: 7), _ends(pool.apply, _half, (3,)),
            _ends(pool.map, _half, [1, 2]), list(pool.imap(_half, [2, 4])),
            sorted(pool.imap_unordered(_half, [2, 4])), pool.starmap(pow, [(2, 3)]), repr(pool),
        ]  # fmt: skip
        told: list[Any] = []
        pool.apply_async(_half, (8,), callback=told.append).get()
        lock = threading.Lock()
        same = pool.apply(lambda: lock) is lock
    return [found, told, same, seen, repr(pool), _ends(pool.map, _half, []), _ends(ThreadPool, 0)]


def _case_thread_pool_closed() -> Any:
    pool = ThreadPool(1)
    result = pool.map_async(_half, [2, 4])
    pool.close()
    pool.join()
    return result.get(), result.ready(), result.successful()


# -- pickles in files ------------------------------------------------------------------------


class _File:
    def __init__(self) -> None:
        self.data = b""

    def write(self, data: bytes) -> None:
        self.data += bytes(data)

    def read(self, size: int = -1) -> bytes:
        size = len(self.data) if size < 0 else size
        taken, self.data = self.data[:size], self.data[size:]
        return taken

    def readline(self) -> bytes:
        return self.read(self.data.find(b"\n") + 1)


def _case_pickle_to_files() -> Any:
    file = _File()
    pickle.dump([1, _half], file)
    pickle.dump("second", file)
    first = pickle.load(file)
    return [
        first[0], first[1] is _half, pickle.load(file), _ends(pickle.load, file),
        _ends(pickle.dump, 1, None), _ends(pickle.load, None),
    ]  # fmt: skip
