"""`multiprocessing.shared_memory`, under control.

Behaviour and messages are those of `Lib/multiprocessing/shared_memory.py` on Linux. Blocks that
nobody has unlinked when the program ends are in `execution.state["shared memory left"]`.
"""

from __future__ import annotations

import errno
import os
import struct
import types
from collections.abc import Iterable, Iterator
from typing import Any

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.operation import READ, WRITE
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.buffers import Block, Buffer
from grader.standins.multiprocessing.pickling import Arrival
from grader.standins.multiprocessing.world import counted, created

_ITEM_BYTES = 8  # what a number takes in a ShareableList, and the unit of its texts


class _Names:
    """The names of all blocks: what processes find each other's memory by."""

    _controlled_ = True

    def __init__(self) -> None:
        self.blocks: dict[str, Block] = {}


def _names(execution: Execution) -> _Names:
    found: _Names = execution.state.setdefault("shared memory", _Names())
    execution.state["shared memory left"] = found.blocks
    return found


def _error(number: int, name: str) -> OSError:
    return OSError(number, os.strerror(number), f"/{name}")


class SharedMemory:
    """One process's handle of a block of shared memory."""

    _controlled_ = True
    __slots__ = ("__weakref__", "_buf", "_core_", "_name", "_size")

    def __init__(
        self, name: str | None = None, create: bool = False, size: int = 0, *, track: bool = True
    ) -> None:
        if not size >= 0:
            raise ValueError("'size' must be a positive integer")
        if create and size == 0:
            raise ValueError("'size' must be a positive number different from zero")
        execution = runtime.current()
        names = _names(execution)
        if name is None:
            name = f"psm_{counted(execution, 'shared memory names'):08x}"
        plain = name.removeprefix("/")
        execution.perform("create" if create else "attach", names, plain, WRITE if create else READ)
        if create:
            if plain in names.blocks:
                raise _error(errno.EEXIST, plain)
            names.blocks[plain] = Block(plain, size)
        elif plain not in names.blocks:
            raise _error(errno.ENOENT, plain)
        self._core_ = names.blocks[plain]
        self._name = plain
        self._size = self._core_.size
        self._buf: Buffer | None = Buffer._whole_(self._core_)
        created(self)

    def _travel_(self, child: Modelled | None) -> Arrival:
        name = self._name
        return lambda: SharedMemory(name)

    def __repr__(self) -> str:
        return f"SharedMemory({self._name!r}, size={self._size})"

    @property
    def buf(self) -> Buffer:
        """As in CPython; None after `close`."""
        return self._buf  # type: ignore[return-value]  # CPython's annotation says as much

    @property
    def name(self) -> str:
        """As in CPython."""
        return self._name

    @property
    def size(self) -> int:
        """As in CPython; exactly what was asked for."""
        return self._size

    def close(self) -> None:
        """As in CPython: this handle cannot be used any more; the block stays."""
        if self._buf is not None:
            self._buf.release()
            self._buf = None

    def unlink(self) -> None:
        """As in CPython: the block has no name any more; those who have it may go on."""
        execution = runtime.current()
        names = _names(execution)
        execution.perform("unlink", names, self._name, WRITE)
        if names.blocks.get(self._name) is not self._core_:
            raise _error(errno.ENOENT, self._name)
        del names.blocks[self._name]


class ShareableList:
    """A list of fixed length in a block of shared memory. Each item is one place: a read of it,
    or a write, happens at once.
    """

    _controlled_ = True
    __slots__ = ("__weakref__", "_core_", "shm")

    def __init__(self, sequence: Iterable[Any] | None = None, *, name: str | None = None) -> None:
        execution = runtime.current()
        lists: dict[Block, Any] = execution.state.setdefault("shareable lists", {})
        if sequence is None:
            self.shm = SharedMemory(name)
            self._core_ = lists[self.shm._core_]
        else:
            items = list(sequence)
            cells = _Cells(items)
            self.shm = SharedMemory(name, create=True, size=max(sum(cells.room), 1))
            self._core_ = lists[self.shm._core_] = cells
        created(self)

    def _travel_(self, child: Modelled | None) -> Arrival:
        name = self.shm.name
        return lambda: ShareableList(name=name)

    def __len__(self) -> int:
        return len(self._core_.items)

    def _at_(self, position: int) -> int:
        position = position if position >= 0 else position + len(self)
        if not 0 <= position < len(self):
            raise IndexError("index out of range")
        return position

    def __getitem__(self, position: int) -> Any:
        execution = runtime.current()
        at = self._at_(position)
        execution.perform("read", self._core_, ("item", at), READ)
        value = self._core_.items[at]
        if execution.recorder is not None:
            execution.recorder.note(value)
        return value

    def __setitem__(self, position: int, value: Any) -> None:
        execution = runtime.current()
        at = self._at_(position)
        execution.perform("write", self._core_, ("item", at), WRITE)
        if execution.recorder is not None:
            execution.recorder.note(value)
        self._core_.store(at, value)

    def __iter__(self) -> Iterator[Any]:
        return (self[position] for position in range(len(self)))

    def __repr__(self) -> str:
        return f"ShareableList({list(self)}, name={self.shm.name!r})"

    @property
    def format(self) -> str:
        """As in CPython: the struct format of the items."""
        return "".join(_format(value) for value in self._core_.items)

    def count(self, value: Any) -> int:
        """As in CPython."""
        return sum(value == entry for entry in self)

    def index(self, value: Any) -> int:
        """As in CPython."""
        for position, entry in enumerate(self):
            if value == entry:
                return position
        raise ValueError(f"{value!r} not in this container")

    __class_getitem__: Any = classmethod(types.GenericAlias)


class _Cells:
    """The items of a list, and how many bytes each has."""

    _controlled_ = True

    def __init__(self, items: list[Any]) -> None:
        self.room = [_bytes_of(value) for value in items]
        self.items: list[Any] = items

    def store(self, at: int, value: Any) -> None:
        if isinstance(value, (str, bytes)):
            if len(value if isinstance(value, bytes) else value.encode()) > self.room[at]:
                raise ValueError("bytes/str item exceeds available storage")
        elif isinstance(value, (int, float)):
            struct.pack(_format(value), value)
        self.items[at] = value


def _format(value: Any) -> str:
    if isinstance(value, bool):
        return "xxxxxxx?"
    if isinstance(value, (str, bytes)):
        return f"{_bytes_of(value)}s"
    return {int: "q", float: "d"}.get(type(value), "xxxxxx?x")


def _bytes_of(value: Any) -> int:
    if isinstance(value, (str, bytes)):
        size = len(value if isinstance(value, bytes) else value.encode())
        return _ITEM_BYTES * (size // _ITEM_BYTES + 1)
    if type(value) is int:
        struct.pack("q", value)  # CPython's error for what does not fit
    return _ITEM_BYTES


def public() -> dict[str, Any]:
    """The names of the module."""
    return {"ShareableList": ShareableList, "SharedMemory": SharedMemory}
