"""The stand-in of `struct`: CPython's, but what it reads and writes is visible: shared memory, and
bytes that can change.
"""

from __future__ import annotations

import struct as _real
from collections.abc import Iterator
from typing import Any

from grader.engine.containers import reading, writing
from grader.engine.operation import READ, WRITE
from grader.standins.multiprocessing.buffers import Buffer


def _visibly(buffer: Any, offset: int, size: int, mode: int, values: Any = None) -> Any:
    """The memory of `buffer`, after `size` bytes from `offset` on were announced."""
    if not isinstance(buffer, Buffer):
        return writing(buffer, "write") if mode == WRITE else reading(buffer)
    view = buffer._view_
    begin = offset if offset >= 0 else offset + len(view)
    kind = "write" if mode == WRITE else "read"
    return buffer._access_(kind, slice(begin, begin + size), mode, lambda: view, values)


def _data(buffer: Any) -> Any:
    """The bytes in `buffer`, which are read as a whole."""
    return buffer.tobytes() if isinstance(buffer, Buffer) else reading(buffer)


class Struct(_real.Struct):
    """As in CPython."""

    def pack_into(self, buffer: Any, offset: int, *values: Any) -> None:
        """As in CPython."""
        data = _visibly(buffer, offset, self.size, WRITE, values)
        super().pack_into(data, offset, *values)

    def unpack_from(self, buffer: Any, offset: int = 0) -> tuple[Any, ...]:
        """As in CPython."""
        data = _visibly(buffer, offset, self.size, READ)
        return super().unpack_from(data, offset)

    def unpack(self, buffer: Any, /) -> tuple[Any, ...]:
        """As in CPython."""
        return super().unpack(_data(buffer))

    def iter_unpack(self, buffer: Any, /) -> Iterator[tuple[Any, ...]]:
        """As in CPython."""
        return super().iter_unpack(_data(buffer))


def pack_into(format: str | bytes, buffer: Any, offset: int, *values: Any) -> None:  # noqa: A002 - CPython's name
    """As in CPython."""
    Struct(format).pack_into(buffer, offset, *values)


def unpack_from(format: str | bytes, /, buffer: Any, offset: int = 0) -> tuple[Any, ...]:  # noqa: A002 - CPython's name
    """As in CPython."""
    return Struct(format).unpack_from(buffer, offset)


def unpack(format: str | bytes, buffer: Any, /) -> tuple[Any, ...]:  # noqa: A002 - CPython's name
    """As in CPython."""
    return Struct(format).unpack(buffer)


def iter_unpack(format: str | bytes, buffer: Any, /) -> Iterator[tuple[Any, ...]]:  # noqa: A002 - CPython's name
    """As in CPython."""
    return Struct(format).iter_unpack(buffer)


def public() -> dict[str, Any]:
    """The names of the module."""
    return {
        "Struct": Struct, "calcsize": _real.calcsize, "error": _real.error,
        "iter_unpack": iter_unpack, "pack": _real.pack, "pack_into": pack_into,
        "unpack": unpack, "unpack_from": unpack_from,
    }  # fmt: skip
