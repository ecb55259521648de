"""`ThreadPoolExecutor`, under control: workers as CPython makes them, one with each submit while
none is idle, up to `max_workers`.

CPython wakes idle workers when the program ends and joins them, so they are not leaked: here they
end, after what is queued, when the main task of their process has ended.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures.thread import BrokenThreadPool
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import NEEDS_FREE, READ, RELEASE, WRITE
from grader.standins.futures.executor import Executor
from grader.standins.futures.future import Future, report
from grader.standins.threading.threads import Thread

_WORKERS: Final = 8  # by default: CPython adds 4 to the number of processors, here 4
_INITIALIZER = "A thread initializer failed, the thread pool is not usable anymore"


class _Work:
    """A call to make, and the future that tells about it."""

    __slots__ = ("args", "fn", "future", "kwargs")

    def __init__(
        self, future: Future, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        self.future = future
        self.fn = fn
        self.args = args
        self.kwargs = kwargs

    def run(self) -> None:
        """Makes the call, unless it was cancelled."""
        if not self.future.set_running_or_notify_cancel():
            return
        try:
            result = self.fn(*self.args, **self.kwargs)
        except BaseException as error:
            if runtime.current().is_end(error):
                raise
            self.future.set_exception(error)
        else:
            self.future.set_result(result)


class ThreadPoolExecutor(Executor):
    """Makes calls in up to `max_workers` threads."""

    _controlled_ = True

    def __init__(
        self, max_workers: int | None = None, thread_name_prefix: str = "",
        initializer: Callable[..., Any] | None = None, initargs: tuple[Any, ...] = (),
    ) -> None:  # fmt: skip
        if max_workers is None:
            max_workers = _WORKERS
        if max_workers <= 0:
            raise ValueError("max_workers must be greater than 0")
        if initializer is not None and not callable(initializer):
            raise TypeError("initializer must be a callable")
        execution = runtime.current()
        self._process_ = execution.running.process
        state = self._process_.state
        number = state.get("thread pools made", 0)
        state["thread pools made"] = number + 1
        self._max_workers = max_workers
        self._thread_name_prefix = thread_name_prefix or f"ThreadPoolExecutor-{number}"
        self._initializer_ = initializer
        self._initargs_ = initargs
        self._queue_: deque[_Work] = deque()
        self._idle_ = 0  # workers that have found nothing to do, and no submit counts on yet
        self._workers_: list[Thread] = []
        self._shut_ = False
        self._broken_ = ""
        if execution.recorder is not None:
            execution.recorder.created(self)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        """As in CPython."""
        execution = runtime.current()
        execution.perform("submit", self, None, RELEASE)
        if self._broken_:
            raise BrokenThreadPool(self._broken_)
        if self._shut_:
            raise RuntimeError("cannot schedule new futures after shutdown")
        if self._at_exit_():
            raise RuntimeError("cannot schedule new futures after interpreter shutdown")
        future = Future()
        self._queue_.append(_Work(future, fn, args, kwargs))
        if self._idle_:
            self._idle_ -= 1
        elif len(self._workers_) < self._max_workers:
            name = f"{self._thread_name_prefix}_{len(self._workers_)}"
            worker = Thread(target=self._work_, name=name)
            self._workers_.append(worker)
            worker.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As in CPython."""
        runtime.current().perform("shutdown", self, None, RELEASE)
        self._shut_ = True
        if cancel_futures:
            cancelled = list(self._queue_)
            self._queue_.clear()
            for work in cancelled:
                work.future.cancel()
        if wait:
            for worker in self._workers_:
                worker.join()

    # -- the workers -------------------------------------------------------------------------

    def _at_exit_(self) -> bool:
        main = self._process_.main
        return main is not None and main.finished

    def _may_go_on_(self) -> bool:
        return bool(self._queue_) or self._shut_ or self._at_exit_()

    def _work_(self) -> None:
        if self._initializer_ is not None and not self._initialize_():
            return
        execution = runtime.current()
        while True:
            execution.perform("look", self, None, WRITE)
            if not self._queue_:
                execution.turned_out(READ)  # two that count themselves idle commute
                self._idle_ += 1
                execution.perform(
                    "take", self, None, WRITE | NEEDS_FREE, ready=self._may_go_on_,
                    also=((self._process_.main, None, READ | NEEDS_FREE),),
                )  # fmt: skip
                if not self._queue_:
                    execution.touched((self, None, READ), (self._process_.main, None, READ))
                    return
            self._queue_.popleft().run()

    def _initialize_(self) -> bool:
        assert self._initializer_ is not None
        try:
            self._initializer_(*self._initargs_)
        except BaseException as error:
            execution = runtime.current()
            if execution.is_end(error):
                raise
            report(f"Exception in initializer: {error!r}")
            execution.perform("break", self, None, RELEASE)
            self._broken_ = _INITIALIZER
            broken = list(self._queue_)
            self._queue_.clear()
            for work in broken:
                work.future.set_exception(BrokenThreadPool(self._broken_))
            return False
        return True
