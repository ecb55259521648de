"""`concurrent.futures.wait` and `as_completed`, under control."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, FIRST_EXCEPTION
from typing import NamedTuple

from grader.engine import runtime
from grader.engine.operation import NEEDS_FREE, READ, WRITE
from grader.standins.futures.future import Future, State, Watch


class DoneAndNotDoneFutures(NamedTuple):
    """What `wait` returns."""

    done: set[Future]
    not_done: set[Future]


def wait(
    fs: Iterable[Future], timeout: float | None = None, return_when: str = "ALL_COMPLETED"
) -> DoneAndNotDoneFutures:
    """As in CPython: one operation, which looks at all the futures."""
    futures = list(dict.fromkeys(fs))

    def enough() -> bool:
        ended = [one for one in futures if one._is_notified_()]
        if len(ended) == len(futures):
            return True
        if return_when == FIRST_COMPLETED:
            return bool(ended)
        return return_when == FIRST_EXCEPTION and any(
            one._state_ is State.FINISHED and one._exception_ is not None for one in ended
        )

    if futures:
        execution = runtime.current()
        waits = timeout is None or timeout > 0
        mode = READ | NEEDS_FREE if waits else READ
        execution.perform(
            "wait", futures[0], None, mode,
            ready=enough if waits else None,
            deadline=None if timeout is None or not waits else execution.clock.now + timeout,
            also=tuple((one, None, mode) for one in futures[1:]),
        )  # fmt: skip
    done = {one for one in futures if one._is_notified_()}
    return DoneAndNotDoneFutures(done, set(futures) - done)


def as_completed(fs: Iterable[Future], timeout: float | None = None) -> Iterator[Future]:
    """As in CPython: those that have ended already come in any order, the others as they end."""
    execution = runtime.current()
    end = None if timeout is None else execution.clock.now + timeout
    futures = list(dict.fromkeys(fs))
    total = len(futures)
    if not futures:
        return
    watch = Watch()
    execution.perform(
        "as-completed", watch, None, WRITE, also=tuple((one, None, WRITE) for one in futures)
    )
    ended = [one for one in futures if one._is_notified_()]
    pending = [one for one in futures if not one._is_notified_()]
    for one in pending:
        one._watches_.append(watch)
        # Whoever is about to end it will touch the watch, too.
        execution.extend_pending(one, (watch, None, WRITE))
    while ended:
        yield ended.pop(execution.choose(len(ended)))
    while pending:
        left = None if end is None else end - execution.clock.now
        if left is not None and left < 0:
            raise TimeoutError(f"{len(pending)} (of {total}) futures unfinished")
        if not execution.perform(
            "as-completed", watch, None, WRITE | NEEDS_FREE, ready=watch.has_arrivals, deadline=end
        ):
            raise TimeoutError(f"{len(pending)} (of {total}) futures unfinished")
        while watch.arrived:
            one = watch.arrived.pop(0)
            pending.remove(one)
            yield one
