"""How a socket's calls are announced: what they touch, how long they wait, and what becomes of
them when another task closes the socket meanwhile.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Any, ClassVar, Final, TypeVar

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.operation import FREES, NEEDS_FREE, READ, WRITE, Footprint
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.pickling import Arrival
from grader.standins.multiprocessing.tokens import only_when
from grader.standins.socket.files import (
    HANDLE,
    File,
    Table,
    error_of,
    file_of,
    handle_of,
    here,
    open_file,
)
from grader.standins.weakref import is_collecting

T = TypeVar("T")
_QUIET: Final = "files are being finalized"


class Calls:
    """One handle of a socket: a descriptor and a timeout."""

    _controlled_ = True
    __slots__ = ("_core_", "_execution_", "_fd_", "_table_", "_timeout_")
    _class_: ClassVar[Any]  # CPython's `socket.socket`, made of this one

    def __init__(self, file: File, number: int | None) -> None:
        self._core_ = file
        self._execution_: Execution = runtime.current()
        self._fd_ = open_file(file) if number is None else number
        self._table_: Table = here()
        self._timeout_: float | None = default_timeout()

    # -- announcing --------------------------------------------------------------------------

    def _step_(self, kind: str, mode: int = READ, also: tuple[Footprint, ...] = ()) -> None:
        """A call that does not wait."""
        runtime.current().perform(kind, self._core_, HANDLE, mode, also=also)
        if self._fd_ < 0:
            self._touched_()
            raise error_of(errno.EBADF)

    def _touched_(self, *more: Footprint, mode: int = READ) -> None:
        """What the call has really touched, besides the handle."""
        runtime.current().touched((self._core_, HANDLE, mode), *more)

    def _wait_(
        self,
        kind: str,
        also: tuple[Footprint, ...],
        able: Callable[[], bool],
        act: Callable[[], T],
        *,
        mode: int = READ,
        until: float | None = None,
        at_once: bool = False,
    ) -> T:
        """A call that waits until it is `able`, by the socket's own timeout (or `until` a virtual
        moment), and then acts. `at_once`: with a flag that tells it not to wait, which CPython
        heeds only without a timeout of its own.

        Whether a task that waits has already begun its call when another one closes the socket is
        not its own step; so the step before it touches the handle, too (see `File.leave_behind`).
        """
        execution = runtime.current()
        file, task, timeout = self._core_, execution.running, self._timeout_
        if timeout == 0.0 or (at_once and timeout is None):
            self._step_(kind, mode, also)
            if timeout != self._timeout_:
                return self._wait_(kind, also, able, act, mode=mode, until=until, at_once=at_once)
            if not able():
                self._touched_(*_looks(also))
                raise error_of(errno.EAGAIN)
            return act()
        execution.turned_out(None, handle_of(file))
        file.parked[task] = (self, able)
        limit = until
        if limit is None and timeout is not None:
            limit = execution.clock.now + timeout
        last = only_when(lambda: self._fd_ < 0, file.closing()[1:])
        try:
            in_time = execution.perform(
                kind, file, HANDLE, mode, deadline=limit, also=also + last,
                ready=lambda: task in file.again or able() or (
                    self._fd_ < 0 and task not in file.inside
                ),
            )  # fmt: skip
        finally:
            del file.parked[task]
        if task in file.again:
            file.again.discard(task)
            self._touched_(mode=READ | NEEDS_FREE)
            return self._wait_(kind, also, able, act, mode=mode, until=until, at_once=at_once)
        inside = task in file.inside
        try:
            if not in_time:
                self._touched_(*_looks(also))
                raise TimeoutError("timed out")
            if self._fd_ < 0 and not (inside and timeout is None):
                self._touched_(mode=READ | NEEDS_FREE)
                raise error_of(errno.EBADF)
            return act()
        finally:
            if inside:
                file.inside.discard(task)
                execution.turned_out(None, *file.drop())

    # -- closing -----------------------------------------------------------------------------

    def _give_up_(self) -> tuple[Footprint, ...]:
        """The handle is closed; what that has touched besides it."""
        self._table_.files.pop(self._fd_, None)
        self._fd_ = -1
        return self._core_.drop()

    def close(self) -> None:
        """As in CPython."""
        execution = runtime.current()
        if self._fd_ < 0:
            return
        if execution.state.get(_QUIET):
            self._die_()
            return
        file = self._core_
        execution.perform("close", file, HANDLE, WRITE | FREES, also=file.closing()[1:])
        if self._fd_ >= 0:
            file.leave_behind(execution, self)
            self._touched_(*self._give_up_(), mode=WRITE | FREES)

    def detach(self) -> int:
        """As in CPython."""
        runtime.current().perform("detach", self._core_, HANDLE, WRITE | FREES)
        number, self._fd_ = self._fd_, -1
        return number

    def _die_(self) -> None:
        """Nobody refers to the handle any more: it is closed in the step in which that came about.
        What the garbage collector finds on cycles stays open: when it runs is not the same in
        every run.
        """
        execution = self._execution_
        if self._fd_ < 0 or execution.over or is_collecting():
            return
        if runtime.now.execution is execution:
            touched = self._give_up_()
            execution.turned_out(None, (self._core_, HANDLE, WRITE | FREES), *touched)

    def __del__(self) -> None:
        if hasattr(self, "_fd_"):  # its making may have failed
            self._die_()

    def _travel_(self, child: Modelled | None) -> Arrival:
        """As under CPython's `multiprocessing.reduction`: the receiver gets a descriptor of its
        own for the same socket.
        """
        self._step_("send-socket")
        file = self._core_
        file.refs += 1

        def arrive() -> Any:
            number = open_file(file)
            file.refs -= 1
            return self._class_(file.family, file.kind, file.proto, fileno=number)

        return arrive

    # -- timeouts ----------------------------------------------------------------------------

    def settimeout(self, value: float | None, /) -> None:
        """As in CPython."""
        self._set_timeout_("settimeout", _seconds(value))

    def _set_timeout_(self, kind: str, timeout: float | None) -> None:
        self._step_(kind, WRITE | FREES)
        if timeout != self._timeout_:
            self._timeout_ = timeout
            self._core_.begin_again(runtime.current(), self)

    def setblocking(self, flag: bool, /) -> None:
        """As in CPython."""
        self._set_timeout_("setblocking", None if flag else 0.0)

    def gettimeout(self) -> float | None:
        """As in CPython."""
        return self._timeout_

    def getblocking(self) -> bool:
        """As in CPython."""
        return self._timeout_ != 0.0

    @property
    def timeout(self) -> float | None:
        """As in CPython."""
        return self._timeout_

    def fileno(self) -> int:
        """As in CPython: a number for the descriptor."""
        return self._fd_

    @property
    def family(self) -> int:
        """As in CPython."""
        return self._core_.family

    @property
    def type(self) -> int:
        """As in CPython."""
        return self._core_.kind

    @property
    def proto(self) -> int:
        """As in CPython."""
        return self._core_.proto


def quietly(close: Callable[[], None]) -> None:
    """Closes a file object that nobody refers to any more: nothing is announced meanwhile."""
    execution = runtime.now.execution
    if execution is None or execution.over or is_collecting():
        return
    before = execution.state.get(_QUIET, False)
    execution.state[_QUIET] = True
    try:
        close()
    finally:
        execution.state[_QUIET] = before


def is_quiet() -> bool:
    """Whether nothing is to be announced."""
    execution = runtime.now.execution
    return execution is None or execution.over or bool(execution.state.get(_QUIET))


def _looks(also: tuple[Footprint, ...]) -> tuple[Footprint, ...]:
    """The same places, when they were only looked at."""
    return tuple((subject, key, READ) for subject, key, _ in also)


def _seconds(value: float | None) -> float | None:
    if value is None:
        return None
    given: object = value
    if not isinstance(given, (int, float)) and not hasattr(given, "__index__"):
        raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
    if value < 0:
        raise ValueError("Timeout value out of range")
    return float(value)


def default_timeout() -> float | None:
    """Of new sockets in this process."""
    found: float | None = runtime.current().running.process.state.get("socket timeout")
    return found


def set_default_timeout(value: float | None) -> None:
    """As CPython's `setdefaulttimeout`."""
    runtime.current().running.process.state["socket timeout"] = _seconds(value)


def close_number(number: int) -> None:
    """CPython's `socket.close`: closes a descriptor that no socket object stands for."""
    file = file_of(number)
    runtime.current().perform("close", file, HANDLE, WRITE | FREES, also=file.closing()[1:])
    here().files.pop(number, None)
    file.drop()
