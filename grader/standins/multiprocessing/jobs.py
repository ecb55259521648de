"""What a pool has been asked for: jobs of one or several parts, and their results."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from grader.engine import runtime
from grader.engine.operation import FREES, NEEDS_FREE, READ, WRITE, Footprint
from grader.standins.multiprocessing.errors import TimeoutError as PoolTimeout
from grader.standins.multiprocessing.pickling import dumps, loads
from grader.standins.multiprocessing.world import announce, note


class RemoteTraceback(Exception):
    """As in CPython: the cause of an exception that came from a worker."""

    def __init__(self, tb: str) -> None:
        super().__init__(tb)
        self.tb = tb

    def __str__(self) -> str:
        return self.tb


class MaybeEncodingError(Exception):
    """As in CPython: a result that cannot be pickled."""

    def __init__(self, exc: BaseException, value: Any) -> None:
        self.exc = repr(exc)
        self.value = re.sub(r" at 0x[0-9a-fA-F]+", "", repr(value))  # the same in every run
        super().__init__(self.exc, self.value)

    def __str__(self) -> str:
        return f"Error sending result: '{self.value}'. Reason: '{self.exc}'"


class Answer:
    """What a worker sends back for one part."""

    __slots__ = ("data", "good")

    def __init__(self, good: bool, data: Any) -> None:
        self.good = good
        self.data = data

    def opened(self) -> tuple[Any, str]:
        """The result, made in the process that is running, and the text of its cause."""
        result, cause = loads(self.data)
        return result, cause


class Kept(Answer):
    """What a worker that is a thread hands over: the result itself."""

    __slots__ = ()

    def opened(self) -> tuple[Any, str]:
        """The result, which has no other cause than its own."""
        return self.data, ""


def cause_of(error: BaseException) -> str:
    """The text of the cause that an exception from a worker gets."""
    return f'\n"""\n{type(error).__name__}: {error}\n"""'


def answer(call: Callable[[], Any], pack: Callable[[bool, Any], Answer]) -> Answer:
    """Calls a student's function in a worker and packs what comes of it."""
    execution = runtime.current()
    try:
        result, good = call(), True
    except Exception as error:
        if execution.is_end(error):
            raise
        result, good = error, False
    return pack(good, result)


def pack(good: bool, result: Any) -> Answer:
    """A result as it travels."""
    try:
        return Answer(good, dumps((result, "" if good else cause_of(result))))
    except Exception as error:
        if runtime.current().over:
            raise
        return Answer(False, dumps((MaybeEncodingError(error, result), "")))


class Job:
    """A call, or a map in chunks, with one answer for each part."""

    _controlled_ = True

    def __init__(self, parts: int, *, ordered: bool = True) -> None:
        self.parts = parts
        self.ordered = ordered  # which part's answer comes first does not matter
        self.answers: dict[int, Answer] = {}
        self.arrived: list[int] = []
        self.failed: int | None = None  # the part whose exception came first
        self.told = True  # callbacks, if there are any, have been called

    @property
    def complete(self) -> bool:
        """Whether all parts are there."""
        return len(self.answers) == self.parts

    @property
    def ready(self) -> bool:
        """Whether `get` returns."""
        return self.complete and self.told

    def arrival(self, index: int, *, good: bool) -> Footprint:
        """What it touches when the answer to a part arrives."""
        key = ("part", index) if good and self.ordered else None
        return (self, key, WRITE | FREES)

    def begin(self) -> bool:
        """A worker has taken a part; whether it is to be done at all."""
        return True

    def arrive(self, index: int, part: Answer) -> None:
        """The answer to a part is there."""
        if not part.good and self.failed is None:
            self.failed = index
        self.answers[index] = part
        self.arrived.append(index)

    def wait_for(
        self, ready: Callable[[], bool], timeout: float | None, key: object = None
    ) -> bool:
        """Waits; whether it came in time."""
        if timeout is not None and timeout <= 0:
            announce("poll", ((self, key, READ),))
            return ready()
        return announce("result", ((self, key, READ | NEEDS_FREE),), ready, timeout)

    def value(self, index: int) -> Any:
        """The result of a part; raises its exception."""
        part = self.answers[index]
        result, cause = part.opened()
        if part.good:
            return result
        if cause:
            result.__cause__ = RemoteTraceback(cause)
        raise result


class AsyncResult:
    """What `apply_async` returns."""

    _controlled_ = True

    def __init__(self, job: Job, gather: Callable[[Job], Any]) -> None:
        self._core_ = job
        self._gather_ = gather
        self._known_: tuple[Any, BaseException | None] | None = None

    def _outcome_(self) -> tuple[Any, BaseException | None]:
        if self._known_ is None:
            try:
                self._known_ = (self._gather_(self._core_), None)
            except Exception as error:  # noqa: BLE001 - it is handed on by `get`
                self._known_ = (None, error)
        return self._known_

    def get(self, timeout: float | None = None) -> Any:
        """As in CPython."""
        if not self._core_.wait_for(lambda: self._core_.ready, timeout):
            raise PoolTimeout
        value, error = self._outcome_()
        if error is not None:
            raise error
        note(value)
        return value

    def wait(self, timeout: float | None = None) -> None:
        """As in CPython."""
        self._core_.wait_for(lambda: self._core_.ready, timeout)

    def ready(self) -> bool:
        """As in CPython."""
        return self._core_.wait_for(lambda: self._core_.ready, 0)

    def successful(self) -> bool:
        """As in CPython."""
        if not self.ready():
            raise ValueError(f"{self!r} not ready")
        return self._core_.failed is None

    def __repr__(self) -> str:
        return f"<multiprocessing.pool.{type(self).__name__} object>"


ApplyResult = AsyncResult


class MapResult(AsyncResult):
    """What `map_async` returns."""

    _controlled_ = True


class IMapIterator:
    """What `imap` and `imap_unordered` return."""

    _controlled_ = True

    def __init__(self, job: Job) -> None:
        self._core_ = job
        self._next_ = 0
        self._items_: Iterator[Any] = iter(())

    def __iter__(self) -> IMapIterator:
        return self

    def next(self, timeout: float | None = None) -> Any:
        """As in CPython."""
        for item in self._items_:
            return item
        job = self._core_
        if self._next_ == job.parts:
            raise StopIteration
        index = self._next_
        if job.ordered:
            came = job.wait_for(lambda: index in job.answers, timeout, ("part", index))
        else:
            came = job.wait_for(lambda: len(job.arrived) > index, timeout)
        if not came:
            raise PoolTimeout
        self._next_ += 1
        chunk = job.value(index if job.ordered else job.arrived[index])
        note(chunk)
        self._items_ = iter(chunk)
        return next(self._items_)

    __next__ = next  # noqa: A003 - this class's own method
