"""`concurrent.futures.Future`, under control. Each method is one visible operation, as CPython
holds the future's condition for the whole of it. Messages are those of `_base.py`.
"""

from __future__ import annotations

import enum
import types
from collections.abc import Callable
from concurrent.futures import CancelledError, InvalidStateError
from typing import Any, Protocol

from grader.engine import runtime
from grader.engine.numbered import Numbered
from grader.engine.operation import NEEDS_FREE, READ, RELEASE, WRITE, Footprint


class State(enum.Enum):
    """The states of a future; the value is the word in its repr."""

    PENDING = "pending"
    RUNNING = "running"
    CANCELLED = "cancelled"
    CANCELLED_AND_NOTIFIED = "cancelled "  # the executor knows
    FINISHED = "finished"


_CANCELLED = (State.CANCELLED, State.CANCELLED_AND_NOTIFIED)
_DONE = (*_CANCELLED, State.FINISHED)
_NOTIFIED = (State.CANCELLED_AND_NOTIFIED, State.FINISHED)


class Watch:
    """Where futures arrive, in the order in which they end, for one `as_completed`."""

    __slots__ = ("arrived",)

    def __init__(self) -> None:
        self.arrived: list[Future] = []

    def has_arrivals(self) -> bool:
        """Whether somebody can go on."""
        return bool(self.arrived)


def report(text: str) -> None:
    """What CPython would log."""
    runtime.current().output.append(text + "\n")


class Home(Protocol):
    """What knows more about a future that is pending: the call in the queue of a process pool."""

    def around(self) -> tuple[Footprint, ...]:
        """What it touches, beside the future, to ask how far the call has come."""

    def settle(self, *, again: bool) -> None:
        """Decides whether the future is pending or running, if that is not sure."""

    def cancelled(self) -> None:
        """The future has been cancelled."""


class Future(Numbered):
    """The result of a call that may not have ended yet."""

    _controlled_ = True
    _home_: Home | None = None

    def __init__(self) -> None:
        execution = runtime.current()
        self._state_ = State.PENDING
        self._result_: Any = None
        self._exception_: BaseException | None = None
        self._watches_: list[Watch] = []
        self._callbacks_: list[Callable[[Future], Any]] = []
        if execution.recorder is not None:
            execution.recorder.created(self)

    def __repr__(self) -> str:
        text = f"<{type(self).__name__} at {self._number_:#x} state={self._state_.value.strip()}"
        if self._state_ is State.FINISHED:
            error = self._exception_
            what = "returned" if error is None else "raised"
            text += f" {what} {type(self._result_ if error is None else error).__name__}"
        return text + ">"

    # -- looking -----------------------------------------------------------------------------

    def _look_(self, kind: str) -> State:
        runtime.current().perform(kind, self, None, READ)
        return self._state_

    def cancelled(self) -> bool:
        """As in CPython."""
        return self._look_("cancelled") in _CANCELLED

    def running(self) -> bool:
        """As in CPython."""
        home = self._home_
        also = home.around() if home is not None else ()
        runtime.current().perform("running", self, None, READ, also=also)
        if home is not None:
            home.settle(again=False)
        return self._state_ is State.RUNNING

    def done(self) -> bool:
        """As in CPython."""
        return self._look_("done") in _DONE

    def _is_done_(self) -> bool:
        return self._state_ in _DONE

    def _is_notified_(self) -> bool:
        """What `wait` and `as_completed` take for an end."""
        return self._state_ in _NOTIFIED

    def _await_(self, kind: str, timeout: float | None) -> None:
        execution = runtime.current()
        if timeout is not None and timeout <= 0:
            execution.perform(kind, self, None, READ)
        else:
            deadline = None if timeout is None else execution.clock.now + timeout
            execution.perform(
                kind, self, None, READ | NEEDS_FREE, ready=self._is_done_, deadline=deadline
            )
        if self._state_ in _CANCELLED:
            raise CancelledError
        if self._state_ is not State.FINISHED:
            raise TimeoutError

    def result(self, timeout: float | None = None) -> Any:
        """As in CPython."""
        self._await_("result", timeout)
        if self._exception_ is not None:
            raise self._exception_
        return self._result_

    def exception(self, timeout: float | None = None) -> BaseException | None:
        """As in CPython."""
        self._await_("exception", timeout)
        return self._exception_

    # -- changing ----------------------------------------------------------------------------

    def _touched_(self) -> tuple[Footprint, ...]:
        return tuple((watch, None, WRITE) for watch in self._watches_)

    def cancel(self) -> bool:
        """As in CPython."""
        execution = runtime.current()
        home = self._home_
        also = home.around() if home is not None else ()
        execution.perform("cancel", self, None, RELEASE, also=also)
        if home is not None:
            home.settle(again=True)
        if self._state_ is not State.PENDING:
            execution.turned_out(READ)
            return self._state_ in _CANCELLED
        self._state_ = State.CANCELLED
        if home is not None:
            home.cancelled()
        self._call_back_()
        return True

    def add_done_callback(self, fn: Callable[[Future], Any]) -> None:
        """As in CPython: called at once when the future is done."""
        execution = runtime.current()
        execution.perform("add-done-callback", self, None, WRITE)
        if self._state_ not in _DONE:
            self._callbacks_.append(fn)
        else:
            execution.turned_out(READ)
            self._call_(fn)

    def set_running_or_notify_cancel(self) -> bool:
        """As in CPython: for executors."""
        runtime.current().perform("run", self, None, RELEASE, also=self._touched_())
        if self._state_ is State.CANCELLED:
            self._state_ = State.CANCELLED_AND_NOTIFIED
            self._arrive_()
            return False
        if self._state_ is not State.PENDING:
            raise RuntimeError("Future in unexpected state")
        self._state_ = State.RUNNING
        return True

    def _finish_(self, kind: str) -> None:
        execution = runtime.current()
        execution.perform(kind, self, None, RELEASE, also=self._touched_())
        if self._state_ in _DONE:
            execution.touched((self, None, READ))
            word = self._state_.name
            raise InvalidStateError(f"{word}: {self!r}")
        self._state_ = State.FINISHED

    def set_result(self, result: Any) -> None:
        """As in CPython: for executors."""
        self._finish_("set-result")
        self._result_ = result
        self._arrive_()
        self._call_back_()

    def set_exception(self, exception: BaseException | None) -> None:
        """As in CPython: for executors."""
        self._finish_("set-exception")
        self._exception_ = exception
        self._arrive_()
        self._call_back_()

    def _arrive_(self) -> None:
        for watch in self._watches_:
            watch.arrived.append(self)

    def _call_back_(self) -> None:
        for callback in self._callbacks_:
            self._call_(callback)

    def _call_(self, callback: Callable[[Future], Any]) -> None:
        try:
            callback(self)
        except Exception as error:  # as in CPython, which logs it
            if runtime.current().is_end(error):
                raise
            report(f"exception calling callback for {self!r}: {error!r}")

    __class_getitem__: Any = classmethod(types.GenericAlias)
