"""The memory of a shared block: what `SharedMemory.buf` gives.

It has what a memoryview has, with each access a visible operation on the bytes that it touches.
It is no buffer for C code: that would see the bytes without anybody knowing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Self

from grader.engine import runtime
from grader.engine.operation import READ, WRITE
from grader.engine.part import Part
from grader.standins.missing import refuse


class Span(Part):
    """Some bytes of a block: equal to every span that it overlaps."""

    __slots__ = ("_begin", "_end")

    def __init__(self, begin: int, end: int) -> None:
        super().__init__("bytes")
        self._begin = begin
        self._end = end

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self._begin < other._end and other._begin < self._end

    __hash__ = Part.__hash__


class Block:
    """Shared memory: the bytes, the same in all processes."""

    _controlled_ = True
    __slots__ = ("memory", "name", "size")

    def __init__(self, name: str, size: int) -> None:
        self.name = name
        self.size = size
        self.memory = bytearray(size)


class Buffer:
    """A view of a block, or of a part of it."""

    _controlled_ = True
    __slots__ = ("__weakref__", "_begin_", "_core_", "_view_")

    def __init__(self, block: Block, view: memoryview, begin: int) -> None:
        self._core_ = block
        self._view_ = view
        self._begin_ = begin  # offset of the view in the block, in bytes

    @classmethod
    def _whole_(cls, block: Block) -> Buffer:
        return cls(block, memoryview(block.memory), 0)

    def _span_(self, index: Any) -> tuple[object, Span]:
        """What an access by `index` touches, for people and in bytes."""
        size = self._view_.itemsize
        if isinstance(index, int):
            at = index + len(self._view_) if index < 0 else index
            return ("item", self._begin_ // size + at), Span(
                self._begin_ + at * size, self._begin_ + (at + 1) * size
            )
        low, high = 0, len(self._view_)
        if isinstance(index, slice) and index.step in (None, 1):
            low, high, _ = index.indices(len(self._view_))
        return None, Span(self._begin_ + low * size, self._begin_ + high * size)

    def _access_(
        self, kind: str, index: Any, mode: int, action: Callable[[], Any], value: Any = None
    ) -> Any:
        """One visible operation; its place as people see it is an item only when it is one."""
        self._view_.nbytes  # noqa: B018 - CPython's error for a view that was released
        shown, span = self._span_(index)
        execution = runtime.current()
        execution.perform(
            kind, self._core_, span if shown is None else shown, mode,
            also=((self._core_, span, mode),),
        )  # fmt: skip
        if execution.recorder is not None and mode == WRITE:
            execution.recorder.note(value)
        result = action()
        if execution.recorder is not None and mode == READ:
            execution.recorder.note(result)
        return result

    def _bytes_(self, action: Callable[[], Any]) -> Any:
        return self._access_("read", slice(None), READ, action)

    # -- items -------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._view_)

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            part = self._view_[index]
            if index.step not in (None, 1):
                refuse("A slice of shared memory with a step")
            low = index.indices(len(self._view_))[0]
            return Buffer(self._core_, part, self._begin_ + low * self._view_.itemsize)
        return self._access_("read", index, READ, lambda: self._view_[index])

    def __setitem__(self, index: Any, value: Any) -> None:
        plain = value._view_ if isinstance(value, Buffer) else value
        self._access_("write", index, WRITE, lambda: self._view_.__setitem__(index, plain), plain)

    def __bytes__(self) -> bytes:
        return self.tobytes()

    def __contains__(self, value: object) -> bool:
        return bool(self._bytes_(lambda: value in self._view_))

    def __eq__(self, other: object) -> bool:
        plain = other._view_ if isinstance(other, Buffer) else other
        return bool(self._bytes_(lambda: self._view_ == plain))

    __hash__ = None  # type: ignore[assignment]  # as a memoryview of what can change

    def __repr__(self) -> str:
        return "<memory>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.release()

    # -- as a memoryview ---------------------------------------------------------------------

    def tobytes(self, order: str | None = None) -> bytes:
        """As a memoryview's: all bytes at one moment."""
        data: bytes = self._bytes_(self._view_.tobytes)
        return data

    def tolist(self) -> list[Any]:
        """As a memoryview's: all items at one moment."""
        items: list[Any] = self._bytes_(self._view_.tolist)
        return items

    def hex(self) -> str:
        """As a memoryview's."""
        return self.tobytes().hex()

    def cast(self, format: str) -> Buffer:  # noqa: A002 - memoryview's own name
        """As a memoryview's: the same bytes as items of another type."""
        return Buffer(self._core_, self._view_.cast(format), self._begin_)  # type: ignore[call-overload]  # memoryview checks it

    def release(self) -> None:
        """As a memoryview's."""
        self._view_.release()

    format = property(lambda self: self._view_.format)
    itemsize = property(lambda self: self._view_.itemsize)
    nbytes = property(lambda self: self._view_.nbytes)
    ndim = property(lambda self: self._view_.ndim)
    readonly = property(lambda self: self._view_.readonly)
    shape = property(lambda self: self._view_.shape)
