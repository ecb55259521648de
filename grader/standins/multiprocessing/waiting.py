"""`multiprocessing.connection.wait`, under control."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from grader.engine import runtime
from grader.engine.operation import READ, Footprint
from grader.standins.multiprocessing.lifecycle import Sentinel
from grader.standins.multiprocessing.pipes import Connection
from grader.standins.multiprocessing.world import announce, note


class Waitable(Protocol):
    """What can be waited for."""

    def _ready_(self) -> bool: ...

    def _watch_(self) -> tuple[Footprint, ...]:
        """What a look at it may touch, before it is known how it turns out."""

    def _watched_(self) -> tuple[Footprint, ...]:
        """What the look has touched."""


def wait(object_list: Iterable[Any], timeout: float | None = None) -> list[Any]:
    """As in CPython: those of the connections and sentinels that are ready."""
    objects: list[Waitable] = []
    for each in object_list:
        if not isinstance(each, (Connection, Sentinel)):
            raise TypeError(f"cannot wait for {type(each).__name__!r} objects here")
        objects.append(each)
    execution = runtime.current()
    nothing: tuple[Footprint, ...] = ((None, None, READ),)
    watch = tuple(footprint for each in objects for footprint in each._watch_()) or nothing
    if timeout is not None and timeout <= 0:
        announce("poll", watch)
    else:
        announce("wait", watch, lambda: any(each._ready_() for each in objects), timeout)
    ready = [each for each in objects if each._ready_()]
    execution.touched(
        *(tuple(footprint for each in objects for footprint in each._watched_()) or nothing)
    )
    note(len(ready))
    return ready
