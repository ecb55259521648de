"""Programs with process pools whose result does not depend on the schedule. Each case does the
same with CPython's module, under spawn, and under control.
"""

import multiprocessing as mp
import pickle
import threading
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor, as_completed, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any

state = {"count": 0}


def _ends(function: Any, *args: Any, **kwargs: Any) -> Any:
    """The result, or the error and its cause, as text."""
    try:
        return repr(function(*args, **kwargs))
    except BaseException as error:
        return f"{type(error).__name__}: {error} <- {type(error.__cause__).__name__}"


class _Odd(Exception):
    def __init__(self, a: int, b: int) -> None:
        super().__init__(a + b)


class _Own(Exception):
    pass


class _Point:
    def __init__(self, x: int) -> None:
        self.x = x

    def __repr__(self) -> str:
        return f"_Point({self.x})"

    def moved(self, by: int) -> Any:
        return _Point(self.x + by)


class _Unpicklable:
    def __reduce__(self) -> Any:
        raise RuntimeError("not this one")


def _square(x: int) -> int:
    return x * x


def _fail(kind: Any, *args: Any) -> Any:
    raise kind(*args)


def _count(by: int) -> int:
    state["count"] += by
    return state["count"]


def _set_count(count: int) -> None:
    state["count"] = count


def _make(what: str) -> Any:
    return {"lock": threading.Lock, "lambda": lambda: lambda: 0, "class": _Unpicklable}[what]()


def _add(value: Any, by: int) -> int:
    with value:
        value.value += by
        return value.value


def _wait_for(event: Any) -> bool:
    return event.wait()


def _case_results() -> Any:
    with ProcessPoolExecutor(2) as pool:
        futures = [pool.submit(_square, n) for n in (1, 2, 3)]
        done, left = wait(futures)
        return [
            sorted(future.result() for future in done), len(left),
            sorted(future.result() for future in as_completed(futures)),
            list(pool.map(_square, [1, 2, 3], chunksize=2)), list(pool.map(pow, (2, 3), (3, 2))),
            list(pool.map(_square, [])), pool.submit(_Point(3).moved, by=2).result(),
            pool.submit(_count, 1).done() in (True, False), state, repr(futures[0]),
        ]  # fmt: skip


def _case_errors() -> Any:
    with ProcessPoolExecutor(1) as pool:
        found = [
            _ends(pool.submit(_fail, kind, *args).result)
            for kind, args in (
                (ValueError, (1,)),
                (_Own, ("x",)),
                (SystemExit, (3,)),
                (KeyError, "k"),
            )
        ]
        found.append(_ends(list, pool.map(int, ["1", "x"])))
        found.append(pool.submit(_count, 2).result())
    return found


def _case_what_cannot_be_pickled() -> Any:
    with ProcessPoolExecutor(1) as pool:
        futures = [
            pool.submit(lambda: 0), pool.submit(_square, threading.Lock()),
            pool.submit(_square, mp.Lock()), pool.submit(_Unpicklable), pool.submit(_square, _Unpicklable()),
            pool.submit(_make, "lock"), pool.submit(_make, "lambda"), pool.submit(_make, "class"),
        ]  # fmt: skip
        found = [_ends(future.result) for future in futures]
        found.append(_ends(pool.submit(_square, 3).result))
    return [text.replace("<locals>.<lambda>.<locals>", "<locals>") for text in found]


def _case_an_initializer() -> Any:
    with ProcessPoolExecutor(2, initializer=_set_count, initargs=(5,)) as pool:
        return pool.submit(_count, 2).result(), state


def _case_an_initializer_that_fails() -> Any:
    with ProcessPoolExecutor(1, initializer=_fail, initargs=(ValueError, 1)) as pool:
        future = pool.submit(_square, 1)
        return _ends(future.result), _ends(pool.submit, _square, 1), future.done()


def _case_a_result_that_cannot_be_unpickled() -> Any:
    with ProcessPoolExecutor(1) as pool:
        future = pool.submit(_fail, _Odd, 1, 2)
        return _ends(future.result), _ends(pool.submit, _square, 1)


def _case_a_worker_is_killed() -> Any:
    event = mp.get_context("spawn").Manager().Event()
    pool = ProcessPoolExecutor(1)
    futures = [pool.submit(_wait_for, event) for _ in range(3)]
    for child in mp.active_children():
        if child.name != "SyncManager-1" and "Manager" not in child.name:
            child.kill()
    error = futures[0].exception()
    found = [_ends(future.result) for future in futures]
    pool.shutdown()
    return [found, isinstance(error, BrokenExecutor), type(error) is BrokenProcessPool]


def _case_callbacks() -> Any:
    told: list[Any] = []
    names: list[bool] = []
    event = mp.Manager().Event()

    def tell(future: Any) -> None:
        told.append(future.result())
        names.append(threading.current_thread() is threading.main_thread())
        names.append(mp.current_process().name == "MainProcess")

    with ProcessPoolExecutor(1) as pool:
        future = pool.submit(_wait_for, event)
        future.add_done_callback(tell)
        future.add_done_callback(lambda future: told.append(1 // 0))
        future.add_done_callback(tell)
        event.set()
    return told, names


def _case_after_shutdown() -> Any:
    pool = ProcessPoolExecutor(1)
    future = pool.submit(_square, 3)
    pool.shutdown(wait=False)
    found = [_ends(pool.submit, _square, 1), future.result()]
    pool.shutdown()
    unused = ProcessPoolExecutor(1)
    unused.shutdown(cancel_futures=True)
    return [*found, _ends(unused.submit, _square, 1), _ends(unused.map, _square, [1])]


def _case_cancelling() -> Any:
    event = mp.Manager().Event()
    pool = ProcessPoolExecutor(1)
    futures = [pool.submit(_wait_for, event) for _ in range(6)]
    last = [futures[-1].cancel(), futures[-1].cancel(), futures[-1].cancelled(), futures[-1].done()]
    pool.shutdown(wait=False, cancel_futures=True)
    event.set()
    futures[0].result()
    return [last, _ends(futures[4].result), futures[4].cancelled(), repr(futures[5].cancelled())]


def _case_wrong_arguments() -> Any:
    pool = ProcessPoolExecutor(1)
    return [
        _ends(ProcessPoolExecutor, 0), _ends(ProcessPoolExecutor, 1, initializer=3),
        _ends(pool.map, _square, [1], chunksize=0), _ends(pickle.dumps, pool),
        _ends(pickle.dumps, Future()), _ends(ProcessPoolExecutor, max_tasks_per_child="x"),
        _ends(ProcessPoolExecutor, max_tasks_per_child=0), ProcessPoolExecutor.__module__,
        BrokenProcessPool.__mro__[1].__name__, _ends(ProcessPoolExecutor, "x"),
    ]  # fmt: skip


def _case_shared_values() -> Any:
    manager = mp.Manager()
    value = manager.Value("i", 1)
    kept = manager.list()
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(kept.append, [1, 1]))
        return pool.submit(_ends, value.get).result(), list(kept)


def _case_pools_in_workers() -> Any:
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(_inner).result()


def _inner() -> Any:
    with ProcessPoolExecutor(1) as pool:
        return pool.submit(_square, 5).result(), mp.current_process().daemon


def _case_a_daemon_has_none() -> Any:
    results = mp.Queue()
    process = mp.Process(target=_try_inner, args=(results,), daemon=True)
    process.start()
    found = results.get()
    process.join()
    return found


def _try_inner(results: Any) -> None:
    results.put(_ends(_inner))


def _case_a_context() -> Any:
    with ProcessPoolExecutor(mp_context=mp.get_context("spawn"), max_workers=1) as pool:
        return pool.submit(_count, 1).result()
