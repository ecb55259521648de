"""`multiprocessing.Pool`, under control.

Workers are processes with their own fresh copies of the student's module. There are no handler
threads: a task goes from the caller to a worker, and its result back, in one step each; callbacks
run in a thread of their own. Which worker takes a task is a choice of the explorer, but among
workers that have not done anything yet only the first is asked: they are all alike. A worker that
dies is not replaced, and its task is lost, as in CPython.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable
from typing import Any, Final, Self

from grader.engine import runtime
from grader.engine.operation import FREES, NEEDS_FREE, READ, WRITE
from grader.engine.process import Process as Modelled
from grader.standins.missing import refuse
from grader.standins.multiprocessing.context import CPU_COUNT
from grader.standins.multiprocessing.jobs import (
    AsyncResult,
    IMapIterator,
    Job,
    MapResult,
    MaybeEncodingError,
    RemoteTraceback,
    pack,
)  # fmt: skip
from grader.standins.multiprocessing.pickling import Arrival
from grader.standins.multiprocessing.processes import Process
from grader.standins.multiprocessing.workers import (
    CLOSED,
    Core,
    ThreadCore,
    mapstar,
    starmapstar,
    work,
)
from grader.standins.multiprocessing.world import IDLE, announce, created
from grader.standins.threading.threads import Thread

_CHUNKS_PER_WORKER: Final = 4


class Pool:
    """Worker processes that calls are handed to."""

    _controlled_ = True

    def __init__(
        self,
        processes: int | None = None,
        initializer: Callable[..., Any] | None = None,
        initargs: Iterable[Any] = (),
        maxtasksperchild: int | None = None,
        context: Any = None,
    ) -> None:
        count = CPU_COUNT if processes is None else processes
        if count < 1:
            raise ValueError("Number of processes must be at least 1")
        if maxtasksperchild is not None:
            refuse("multiprocessing.Pool(maxtasksperchild=...)")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        self._core_ = self._new_core_()
        self._state = "RUN"
        self._handler_: Any = None
        created(self)
        self._pool: list[Any] = []
        for number in range(count):
            self._core_.fresh.append(number)
            self._pool.append(self._new_worker_(number, initializer, tuple(initargs)))

    def _new_core_(self) -> Core:
        return Core()

    def _new_worker_(self, number: int, initializer: Any, initargs: tuple[Any, ...]) -> Any:
        core = self._core_
        worker = Process(target=work, args=(core, number, initializer, initargs))
        worker.name = worker.name.replace("Process", "PoolWorker")
        worker.daemon = True
        worker.start()
        assert worker._popen is not None
        if initializer is None:
            worker._popen.task.local[IDLE] = functools.partial(core.is_idle, number, worker)
        return worker

    def _travel_(self, child: Modelled | None) -> Arrival:
        raise NotImplementedError("pool objects cannot be passed between processes or pickled")

    def _check_running(self) -> None:
        if self._state != "RUN":
            raise ValueError("Pool not running")

    # -- asking ------------------------------------------------------------------------------

    def _submit_(
        self, calls: list[tuple[Any, tuple[Any, ...], dict[str, Any]]], *, ordered: bool = True,
        callback: Any = None, error_callback: Any = None, gather: Any = None,
    ) -> tuple[Job, AsyncResult]:  # fmt: skip
        self._check_running()
        core = self._core_
        execution = runtime.current()
        job = Job(len(calls), ordered=ordered)
        result = (MapResult if gather is _gather_map else AsyncResult)(job, gather)
        if callback or error_callback:
            job.told = False
            self._tell_(job, result, callback, error_callback)
        for index, call in enumerate(calls):
            try:
                data = core.encode(call)
            except Exception as error:
                if execution.over:
                    raise
                announce("submit", (job.arrival(index, good=False),))
                job.arrive(index, pack(False, error))
                continue
            announce("submit", core.queued.will_give())
            core.tasks.append((job, index, data))
            execution.touched(*core.queued.give())
        return job, result

    def apply(self, func: Callable[..., Any], args: Any = (), kwds: Any = {}) -> Any:  # noqa: B006 - CPython's signature
        """As in CPython."""
        return self.apply_async(func, args, kwds).get()

    def apply_async(
        self, func: Callable[..., Any], args: Any = (), kwds: Any = {},  # noqa: B006 - likewise
        callback: Any = None, error_callback: Any = None,
    ) -> AsyncResult:  # fmt: skip
        """As in CPython."""
        return self._submit_(
            [(func, tuple(args), dict(kwds))], callback=callback, error_callback=error_callback,
            gather=lambda job: job.value(0),
        )[1]  # fmt: skip

    def _chunks_(
        self, func: Any, mapper: Any, iterable: Iterable[Any], chunksize: int | None
    ) -> list[tuple[Any, tuple[Any, ...], dict[str, Any]]]:
        items = list(iterable)
        if chunksize is None:
            chunksize, extra = divmod(len(items), len(self._pool) * _CHUNKS_PER_WORKER)
            chunksize += bool(extra)
        if chunksize < 1 and items:
            raise ValueError(f"Chunksize must be 1+, not {chunksize:n}")
        chunks = (
            tuple(items[at : at + chunksize]) for at in range(0, len(items), max(chunksize, 1))
        )
        return [(mapper, (func, chunk), {}) for chunk in chunks]

    def map(self, func: Any, iterable: Iterable[Any], chunksize: int | None = None) -> list[Any]:
        """As in CPython."""
        result: list[Any] = self.map_async(func, iterable, chunksize).get()
        return result

    def map_async(
        self, func: Any, iterable: Iterable[Any], chunksize: int | None = None,
        callback: Any = None, error_callback: Any = None,
    ) -> AsyncResult:  # fmt: skip
        """As in CPython."""
        self._check_running()
        return self._submit_(
            self._chunks_(func, mapstar, iterable, chunksize), callback=callback,
            error_callback=error_callback, gather=_gather_map,
        )[1]  # fmt: skip

    def starmap(
        self, func: Any, iterable: Iterable[Any], chunksize: int | None = None
    ) -> list[Any]:
        """As in CPython."""
        result: list[Any] = self.starmap_async(func, iterable, chunksize).get()
        return result

    def starmap_async(
        self, func: Any, iterable: Iterable[Any], chunksize: int | None = None,
        callback: Any = None, error_callback: Any = None,
    ) -> AsyncResult:  # fmt: skip
        """As in CPython."""
        self._check_running()
        return self._submit_(
            self._chunks_(func, starmapstar, iterable, chunksize), callback=callback,
            error_callback=error_callback, gather=_gather_map,
        )[1]  # fmt: skip

    def imap(self, func: Any, iterable: Iterable[Any], chunksize: int = 1) -> IMapIterator:
        """As in CPython, but the whole iterable is read at once."""
        return self._imap_(func, iterable, chunksize, ordered=True)

    def imap_unordered(
        self, func: Any, iterable: Iterable[Any], chunksize: int = 1
    ) -> IMapIterator:
        """As in CPython, but the whole iterable is read at once."""
        return self._imap_(func, iterable, chunksize, ordered=False)

    def _imap_(
        self, func: Any, iterable: Iterable[Any], chunksize: int, *, ordered: bool
    ) -> IMapIterator:
        self._check_running()
        if chunksize < 1:
            raise ValueError(f"Chunksize must be 1+, not {chunksize:n}")
        job, _ = self._submit_(
            self._chunks_(func, mapstar, iterable, chunksize), ordered=ordered,
            gather=_gather_map,
        )  # fmt: skip
        return IMapIterator(job)

    # -- callbacks ---------------------------------------------------------------------------

    def _tell_(self, job: Job, result: AsyncResult, callback: Any, error_callback: Any) -> None:
        """Has the callbacks made, once the job is complete: all by one thread."""

        def tell() -> None:
            value, error = result._outcome_()
            if error is None and callback:
                callback(value)
            elif error is not None and error_callback:
                error_callback(error)

        self._core_.to_tell.append((job, tell))
        if self._handler_ is None:
            execution = runtime.current()
            self._handler_ = execution.new_task(
                "ResultHandler", execution.running.process, self._handle_, daemon=True
            )
            execution.start(self._handler_)

    def _handle_(self) -> None:
        waiting = self._core_.to_tell
        while True:
            jobs = [job for job, _ in waiting]
            announce(
                "handle",
                [(job, None, READ | NEEDS_FREE) for job in jobs] or [(self._core_, CLOSED, READ)],
                lambda: any(job.complete for job, _ in waiting),
            )
            for entry in [entry for entry in waiting if entry[0].complete]:
                waiting.remove(entry)
                entry[1]()
                announce("told", ((entry[0], None, WRITE | FREES),))
                entry[0].told = True

    # -- ending ------------------------------------------------------------------------------

    def close(self) -> None:
        """As in CPython: no more calls; the workers end when all is done."""
        if self._state == "RUN":
            self._state = "CLOSE"
            announce("close", ((self._core_, CLOSED, WRITE | FREES),))
            self._core_.closed = True

    def terminate(self) -> None:
        """As in CPython: the workers end wherever they are."""
        core = self._core_
        self._state = "TERMINATE"
        announce("terminate", ((core, None, WRITE | FREES),))
        core.tasks.clear()
        self._end_workers_()

    def _end_workers_(self) -> None:
        for worker in self._pool:
            worker._popen.terminate()

    def join(self) -> None:
        """As in CPython."""
        if self._state == "RUN":
            raise ValueError("Pool is still running")
        for worker in self._pool:
            worker.join()

    def __enter__(self) -> Self:
        self._check_running()
        return self

    def __exit__(self, *exc: object) -> None:
        self.terminate()

    def __repr__(self) -> str:
        name = type(self).__name__
        return f"<multiprocessing.pool.{name} state={self._state} pool_size={len(self._pool)}>"


class ThreadPool(Pool):
    """As in CPython: the same with threads."""

    _controlled_ = True

    def __init__(
        self, processes: int | None = None, initializer: Callable[..., Any] | None = None,
        initargs: Iterable[Any] = (),
    ) -> None:  # fmt: skip
        super().__init__(processes, initializer, initargs)

    def _new_core_(self) -> Core:
        return ThreadCore()

    def _new_worker_(self, number: int, initializer: Any, initargs: tuple[Any, ...]) -> Any:
        args = (self._core_, number, initializer, initargs)
        worker = Thread(target=work, args=args, daemon=True)
        worker.start()
        return worker

    def _end_workers_(self) -> None:
        self._core_.closed = True  # a call that has begun is made to its end


def _gather_map(job: Job) -> list[Any]:
    """The result of a map: all items in order, or the exception that came first."""
    if job.failed is not None:
        job.value(job.failed)
    return list(itertools.chain.from_iterable(job.value(index) for index in range(job.parts)))


def public() -> dict[str, Any]:
    """The names of the module."""
    return {
        "ApplyResult": AsyncResult, "AsyncResult": AsyncResult, "IMapIterator": IMapIterator,
        "MapResult": MapResult, "MaybeEncodingError": MaybeEncodingError, "Pool": Pool,
        "RemoteTraceback": RemoteTraceback, "ThreadPool": ThreadPool,
    }  # fmt: skip
