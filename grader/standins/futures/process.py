"""`ProcessPoolExecutor`, under control: workers are processes with their own fresh copies of the
student's module. As in CPython under spawn, they start with the calls, one with each `submit`.
CPython starts none where one happens to be idle; here that one is just the first to take the call.

Which worker takes a call is a choice of the explorer, but among workers that have not done
anything yet only the first is asked: they are all alike, unless an initializer makes a difference.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from grader.engine import runtime
from grader.engine.containers import iterate
from grader.engine.operation import FREES, READ, WRITE
from grader.standins.futures.executor import Executor
from grader.standins.futures.future import Future
from grader.standins.futures.hub import _MAIL, _PLACE, BrokenProcessPool, Hub, Work, refused
from grader.standins.missing import refuse
from grader.standins.multiprocessing.context import CPU_COUNT
from grader.standins.multiprocessing.lifecycle import wait_for_end
from grader.standins.multiprocessing.processes import Process
from grader.standins.multiprocessing.workers import CLOSED, work
from grader.standins.multiprocessing.world import IDLE, announce, created, here

__all__ = ["BrokenProcessPool", "ProcessPoolExecutor"]


class ProcessPoolExecutor(Executor):
    """Makes calls in up to `max_workers` processes."""

    _controlled_ = True

    def __init__(
        self, max_workers: int | None = None, mp_context: Any = None,
        initializer: Callable[..., Any] | None = None, initargs: tuple[Any, ...] = (), *,
        max_tasks_per_child: int | None = None,
    ) -> None:  # fmt: skip
        if max_workers is None:
            max_workers = CPU_COUNT
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        if max_tasks_per_child is not None:
            if not isinstance(max_tasks_per_child, int):
                raise TypeError("max_tasks_per_child must be an integer")
            if max_tasks_per_child <= 0:
                raise ValueError("max_tasks_per_child must be >= 1")
            refuse("ProcessPoolExecutor(max_tasks_per_child=...)")
        self._max_workers = max_workers
        self._make_ = Process if mp_context is None else mp_context.Process
        self._initializer = initializer
        self._initargs = initargs
        self._core_ = Hub(runtime.current().running.process, max_workers)
        self._processes: dict[int | None, Any] | None = {}
        self._manager_: Any = None
        here().pools.append(self._close_)
        created(self)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        """As in CPython."""
        hub = self._core_
        execution = runtime.current()
        try:
            call, bad = hub.encode((fn, args, kwargs)), None
        except Exception as error:
            if execution.over:
                raise
            call, bad = None, refused(error)
        goes = hub.queued.will_give() if bad is None else ((hub, _MAIL, WRITE | FREES),)
        announce("submit", (*goes, (hub, CLOSED, READ)), hub.is_free)
        if hub.broken or hub.closed or hub.has_ended():
            execution.touched((hub, CLOSED, READ))
            if hub.broken:
                raise BrokenProcessPool(hub.broken)
            when = "shutdown" if hub.closed else "interpreter shutdown"
            raise RuntimeError(f"cannot schedule new futures after {when}")
        job = Work(hub, Future())
        hub.open[job] = None
        if bad is None:
            hub.tasks.append((job, 0, call))
            goes = hub.queued.give()
        else:
            hub.mail.append((job, bad))
        execution.touched(*goes, (hub, CLOSED, READ))
        hub.starting = True
        try:
            if len(hub.workers) < self._max_workers:
                self._start_worker_()
            if hub.manager is None:
                hub.start_manager()
                self._manager_ = hub.manager
        finally:
            hub.starting = False
        return job.future

    def _start_worker_(self) -> None:
        hub = self._core_
        number = len(hub.workers)
        worker = self._make_(target=work, args=(hub, number, self._initializer, self._initargs))
        worker.start()
        hub.workers.append(worker)  # before it has done its first step
        alike = self._initializer is None
        if alike:
            hub.fresh.append(number)
        assert worker._popen is not None
        task = worker._popen.task
        if alike:
            task.local[IDLE] = functools.partial(hub.is_idle, number, worker)
        hub.watch_worker(task)
        assert self._processes is not None
        self._processes[worker.pid] = worker

    def map(
        self, fn: Callable[..., Any], *iterables: Iterable[Any], timeout: float | None = None,
        chunksize: int = 1, buffersize: int | None = None,
    ) -> Iterator[Any]:  # fmt: skip
        """As in CPython."""
        if chunksize < 1:
            raise ValueError("chunksize must be >= 1.")
        chunks = super().map(
            functools.partial(_process_chunk, fn), _chunks(iterables, chunksize),
            timeout=timeout, buffersize=buffersize,
        )  # fmt: skip
        return _chain(chunks)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As in CPython."""
        hub = self._core_
        also = ((hub, _PLACE, WRITE),) if cancel_futures else ()
        ends = [each for job in hub.open for each in job.ended()] if cancel_futures else ()
        announce("shutdown", ((hub, CLOSED, WRITE | FREES), *also, *ends), hub.is_free)
        hub.closed = True
        if cancel_futures:
            hub.cancel_all()
        manager, self._manager_ = self._manager_, None
        self._processes = None
        if wait and manager is not None:
            if manager is runtime.current().running:
                raise RuntimeError("cannot join current thread")
            wait_for_end(manager, None)

    def _close_(self) -> None:
        """The process of the executor is about to end."""
        if not self._core_.closed and self._core_.workers:
            announce("shutdown", ((self._core_, CLOSED, WRITE | FREES),))
            self._core_.closed = True


def _process_chunk(fn: Callable[..., Any], chunk: tuple[Any, ...]) -> list[Any]:
    """One chunk of a map."""
    return [fn(*args) for args in chunk]


def _chunks(iterables: tuple[Iterable[Any], ...], size: int) -> Iterator[tuple[Any, ...]]:
    calls = zip(*map(iterate, iterables), strict=False)
    while chunk := tuple(itertools.islice(calls, size)):
        yield chunk


def _chain(chunks: Iterator[list[Any]]) -> Iterator[Any]:
    for chunk in chunks:
        yield from chunk
