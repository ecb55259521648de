"""`concurrent.futures.Executor`: what all executors share. Messages are those of `_base.py`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from grader.engine import runtime
from grader.engine.containers import iterate
from grader.standins.futures.future import Future


class Executor:
    """As in CPython: subclasses say how a call is carried out."""

    _controlled_ = True

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future:
        """As in CPython."""
        raise NotImplementedError

    def map(
        self, fn: Callable[..., Any], *iterables: Iterable[Any], timeout: float | None = None,
        chunksize: int = 1, buffersize: int | None = None,
    ) -> Iterator[Any]:  # fmt: skip
        """As in CPython: submits all calls now; results come in the order of the calls.
        With `buffersize` (3.14), a call is submitted when a result is taken.
        """
        clock = runtime.current().clock
        end = None if timeout is None else clock.now + timeout
        if buffersize is not None and not isinstance(buffersize, int):
            raise TypeError("buffersize must be an integer or None")
        if buffersize is not None and buffersize < 1:
            raise ValueError("buffersize must be None or > 0")
        calls = zip(*map(iterate, iterables), strict=False)
        futures: list[Future] = []
        for args in calls:
            futures.append(self.submit(fn, *args))
            if len(futures) == buffersize:
                break

        def results() -> Iterator[Any]:
            try:
                while futures:
                    if buffersize is not None:
                        futures.extend(self.submit(fn, *args) for args in _first(calls))
                    future = futures.pop(0)
                    yield _result_or_cancel(future, None if end is None else end - clock.now)
            finally:
                if not runtime.current().over:
                    for future in futures:
                        future.cancel()

        return results()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """As in CPython."""

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *exc: object) -> None:
        self.shutdown(wait=True)


def _first(calls: Iterator[Any]) -> Iterator[Any]:
    for args in calls:
        yield args
        return


def _result_or_cancel(future: Future, timeout: float | None) -> Any:
    try:
        return future.result(timeout)
    finally:
        if not runtime.current().over:
            future.cancel()
