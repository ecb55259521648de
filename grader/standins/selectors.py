"""The stand-in of `selectors`, and of `select` for files that may import anything: one kind of
selector, that of Linux, level-triggered, over the modelled sockets and the ends of pipes.

Each call is one visible operation. What is registered while another task waits in `select` counts
for that one, too; a socket that is closed drops out.
"""

from __future__ import annotations

import errno
import select as _real_select
import selectors as _real
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import FREES, NEEDS_FREE, READ, WRITE, Footprint
from grader.standins.missing import refuse
from grader.standins.multiprocessing.pipes import Connection
from grader.standins.multiprocessing.world import created, deadline_of, note
from grader.standins.socket.calls import Calls
from grader.standins.socket.files import File, error_of, handle_of, here

EVENT_READ: Final = _real.EVENT_READ
EVENT_WRITE: Final = _real.EVENT_WRITE
SelectorKey = _real.SelectorKey
_NOTHING: Final[tuple[Footprint, ...]] = ()


class _Watched:
    """What is looked at: a socket, or one end of a pipe."""

    __slots__ = ("connection", "file")

    def __init__(self, fileobj: Any, number: int) -> None:
        self.connection = fileobj if isinstance(fileobj, Connection) else None
        file = fileobj._core_ if isinstance(fileobj, Calls) else here().files.get(number)
        self.file: File | None = file if isinstance(file, File) else None
        if self.file is None and self.connection is None:
            if isinstance(fileobj, int) or hasattr(fileobj, "_controlled_"):
                raise error_of(errno.EBADF)
            refuse(f"waiting for {type(fileobj).__name__!r} objects in a selector")

    def footprints(self, events: int) -> tuple[Footprint, ...]:
        """What a look touches."""
        if self.connection is not None:
            return self.connection._watch_() if events & EVENT_READ else _NOTHING
        assert self.file is not None
        body = self.file.connected
        found: tuple[Footprint, ...] = (handle_of(self.file),)
        if body is not None and events & EVENT_READ:
            found += body.watch_reading()
        if body is not None and events & EVENT_WRITE:
            found += body.watch_writing()
        return found

    def ready(self, events: int) -> int:
        """Which of the events are there."""
        if self.connection is not None:
            reads = self.connection._holder_ is not None and self.connection._ready_()
            return (
                (EVENT_READ if reads else 0) | EVENT_WRITE
                if events & EVENT_WRITE
                else (EVENT_READ if reads else 0)
            )
        file = self.file
        assert file is not None
        if file.refs <= 0:
            return 0
        body = file.connected
        if body is None:  # neither connected nor listening: Linux says that it was hung up
            return events
        found = EVENT_READ if events & EVENT_READ and body.readable() else 0
        return found | (EVENT_WRITE if events & EVENT_WRITE and body.writable() else 0)


class _Waiting:
    """The waiting itself, shared by selectors and the functions of `select`."""

    _controlled_ = True
    _word_ = "selector"

    def __init__(self) -> None:
        self._watched_: dict[int, tuple[_Watched, int]] = {}  # by number: what, and which events

    def _looks_(self) -> tuple[Footprint, ...]:
        return tuple(
            footprint
            for watched, events in self._watched_.values()
            for footprint in watched.footprints(events)
        )

    def _found_(self) -> list[tuple[int, int]]:
        found = (
            (number, watched.ready(events) & events)
            for number, (watched, events) in self._watched_.items()
        )
        return [(number, events) for number, events in found if events]

    def _select_(self, timeout: float | None, open_: Callable[[], bool]) -> list[tuple[int, int]]:
        """Numbers and events, when there are any or the time is up."""
        execution = runtime.current()
        waits = timeout is None or timeout > 0
        execution.perform(
            "select", self, None, WRITE, also=self._looks_(),
            ready=(lambda: bool(self._found_()) or not open_()) if waits else None,
            deadline=deadline_of(timeout) if waits else None,
        )  # fmt: skip
        found = self._found_()
        mode = READ | NEEDS_FREE if waits else READ
        execution.touched((self, None, mode), *self._looks_())
        note(len(found))
        return found


class _Map(Mapping[Any, Any]):
    """What `get_map` returns: looks at it are visible."""

    def __init__(self, selector: Selector) -> None:
        self._selector = selector

    def __len__(self) -> int:
        self._selector._step_("keys")
        return len(self._selector._keys_)

    def __getitem__(self, fileobj: Any) -> Any:
        self._selector._step_("key")
        return self._selector._key_(fileobj)

    def __iter__(self) -> Iterator[int]:
        self._selector._step_("keys")
        return iter(list(self._selector._keys_))


class Selector(_Waiting, _real.BaseSelector):
    """CPython's `DefaultSelector`, whichever of them was asked for."""

    _controlled_ = True

    def __init__(self) -> None:
        super().__init__()
        self._keys_: dict[int, Any] = {}
        self._open_ = True
        created(self)

    def _step_(self, kind: str, mode: int = READ, also: tuple[Footprint, ...] = ()) -> None:
        runtime.current().perform(kind, self, None, mode, also=also)

    def _number_(self, fileobj: Any) -> int:
        """As CPython's: also of a file that is closed by now."""
        try:
            return _number(fileobj)
        except ValueError:
            for key in self._keys_.values():
                if key.fileobj is fileobj:
                    return int(key.fd)
            raise

    def _key_(self, fileobj: Any) -> Any:
        try:
            return self._keys_[self._number_(fileobj)]
        except KeyError:
            raise KeyError(f"{fileobj!r} is not registered") from None

    def register(self, fileobj: Any, events: int, data: Any = None) -> Any:
        """As in CPython."""
        if not events or events & ~(EVENT_READ | EVENT_WRITE):
            raise ValueError(f"Invalid events: {events!r}")
        self._step_("register", WRITE | FREES)
        number = self._number_(fileobj)
        if number in self._keys_:
            raise KeyError(f"{fileobj!r} (FD {number}) is already registered")
        if not self._open_:
            raise ValueError("I/O operation on closed epoll object")
        self._put_(SelectorKey(fileobj, number, events, data), _Watched(fileobj, number))
        return self._keys_[number]

    def _put_(self, key: Any, watched: _Watched) -> None:
        self._keys_[key.fd] = key
        self._watched_[key.fd] = (watched, key.events)
        execution = runtime.current()
        for footprint in watched.footprints(key.events):
            execution.extend_pending(self, footprint)  # for those who wait in `select`

    def unregister(self, fileobj: Any) -> Any:
        """As in CPython."""
        self._step_("unregister", WRITE | FREES)
        key = self._key_(fileobj)
        del self._keys_[key.fd], self._watched_[key.fd]
        return key

    def modify(self, fileobj: Any, events: int, data: Any = None) -> Any:
        """As in CPython."""
        self._step_("modify", WRITE | FREES)
        key = self._key_(fileobj)
        if not events or events & ~(EVENT_READ | EVENT_WRITE):
            del self._keys_[key.fd], self._watched_[key.fd]  # CPython registers it anew
            raise ValueError(f"Invalid events: {events!r}")
        self._put_(SelectorKey(key.fileobj, key.fd, events, data), self._watched_[key.fd][0])
        return self._keys_[key.fd]

    def select(self, timeout: float | None = None) -> list[tuple[Any, int]]:
        """As in CPython: what is ready, in the order in which it was registered."""
        if not self._open_:
            self._step_("select")
            raise ValueError("I/O operation on closed epoll object")
        found = self._select_(timeout, lambda: self._open_)
        return [(self._keys_[number], events) for number, events in found]

    def close(self) -> None:
        """As in CPython."""
        self._step_("close", WRITE)
        self._open_ = False
        self._keys_.clear()
        self._watched_.clear()

    def get_map(self) -> Any:
        """As in CPython."""
        self._step_("keys")
        return _Map(self) if self._open_ else None

    def get_key(self, fileobj: Any) -> Any:
        """As in CPython."""
        self._step_("key")
        if not self._open_:
            raise RuntimeError("Selector is closed")
        return self._key_(fileobj)

    def fileno(self) -> int:
        """Not modelled: a selector cannot be waited for itself."""
        refuse("the number of a selector")


def _number(fileobj: Any) -> int:
    if isinstance(fileobj, int):
        number = fileobj
    else:
        try:
            number = int(fileobj.fileno())
        except (AttributeError, TypeError, ValueError):
            raise ValueError(f"Invalid file object: {fileobj!r}") from None
    if number < 0:
        raise ValueError(f"Invalid file descriptor: {number}")
    return number


Selector.__module__ = "selectors"


def public() -> dict[str, Any]:
    """The names of the module."""
    names = ("DefaultSelector", "EpollSelector", "PollSelector", "SelectSelector")
    return {
        **dict.fromkeys(names, Selector), "BaseSelector": _real.BaseSelector,
        "EVENT_READ": EVENT_READ, "EVENT_WRITE": EVENT_WRITE, "SelectorKey": SelectorKey,
    }  # fmt: skip


# -- select --------------------------------------------------------------------------------------


def select(
    rlist: Iterable[Any], wlist: Iterable[Any], xlist: Iterable[Any],
    timeout: float | None = None, /,
) -> tuple[list[Any], list[Any], list[Any]]:  # fmt: skip
    """As in CPython; nothing is ever exceptional."""
    if timeout is not None and timeout < 0:
        raise ValueError("timeout must be non-negative")
    lists = [list(each) for each in (rlist, wlist, xlist)]
    waiting = _Waiting()
    for objects, event in zip(lists, (EVENT_READ, EVENT_WRITE), strict=False):
        for fileobj in objects:
            number = _select_number(fileobj)
            _, events = waiting._watched_.get(number, (None, 0))
            waiting._watched_[number] = (_Watched(fileobj, number), events | event)
    found = dict(waiting._select_(timeout, lambda: True))
    reads, writes = (
        [each for each in objects if found.get(_select_number(each), 0) & event]
        for objects, event in zip(lists, (EVENT_READ, EVENT_WRITE), strict=False)
    )
    return reads, writes, []


def _select_number(fileobj: Any) -> int:
    try:
        number = fileobj if isinstance(fileobj, int) else int(fileobj.fileno())
    except AttributeError:
        raise TypeError("argument must be an int, or have a fileno() method.") from None
    if number < 0:
        raise ValueError(f"file descriptor cannot be a negative integer ({number})")
    return number


def select_module() -> dict[str, Any]:
    """The names of `select`; `poll` and `epoll` are left to `selectors`."""
    return {"error": _real_select.error, "select": select}


MODULES: Final[dict[str, Callable[[], dict[str, Any]]]] = {
    "select": select_module, "selectors": public,
    "socketserver": dict,  # its classes are CPython's own, rewritten
}  # fmt: skip
