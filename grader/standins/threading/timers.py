"""`threading.Timer`, under control."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from grader.standins.threading.events import Event
from grader.standins.threading.threads import Thread


class Timer(Thread):
    """A thread that calls a function after a time, unless it is cancelled."""

    _controlled_ = True

    def __init__(
        self,
        interval: float,
        function: Callable[..., Any],
        args: Iterable[Any] | None = None,
        kwargs: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__()
        self.interval = interval
        self.function = function
        self.args = [] if args is None else args
        self.kwargs = {} if kwargs is None else kwargs
        self.finished = Event()

    def cancel(self) -> None:
        """As in CPython."""
        self.finished.set()

    def run(self) -> None:
        """As in CPython."""
        self.finished.wait(self.interval)
        if not self.finished.is_set():
            self.function(*self.args, **self.kwargs)
        self.finished.set()
