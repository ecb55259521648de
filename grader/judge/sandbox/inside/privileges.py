"""Giving up every right that a process has, for good."""

from __future__ import annotations

import ctypes
import errno
import itertools
import os
import struct
from pathlib import Path

from grader.judge.sandbox.inside import system

_DROP_FROM_BOUND, _AMBIENT, _CLEAR_ALL = 24, 47, 4
_CAPGET = {"x86_64": 125, "aarch64": 90}
_CAPSET = {"x86_64": 126, "aarch64": 91}
_VERSION = 0x20080522
_SETS = struct.Struct("=6I")  # effective, permitted, inheritable: low words, then high ones
_FIRST_FRESH = 1 << 30  # far above what people and containers are given
_COUNT = 256
_numbers = itertools.count()


def drop(uid: int | None) -> None:
    """Gives up all capabilities and new privileges, and becomes the user `uid`, who owns nothing,
    where it is given. Raises `CannotConfine`.
    """
    if uid is not None:
        _empty_bound()
        try:
            os.setgroups([])
            os.setresgid(uid, uid, uid)
            os.setresuid(uid, uid, uid)
        except OSError as error:
            raise system.CannotConfine(f"becoming another user: {error.strerror}") from None
    system.libc().prctl(_AMBIENT, *map(ctypes.c_ulong, (_CLEAR_ALL, 0, 0, 0)))
    nothing = ctypes.create_string_buffer(_SETS.pack(*[0] * 6))
    system.call(_CAPSET[system.machine()], _header(), nothing, what="dropping capabilities")
    system.no_new_privileges()


def has_none() -> bool:
    """Whether this process has no capability."""
    found = ctypes.create_string_buffer(_SETS.size)
    system.call(_CAPGET[system.machine()], _header(), found, what="reading capabilities")
    return not any(_SETS.unpack(found.raw[: _SETS.size]))


def _header() -> ctypes.Array[ctypes.c_char]:
    return ctypes.create_string_buffer(struct.pack("=Ii", _VERSION, 0))


def _empty_bound() -> None:
    """Not even a program that brings capabilities along could give them back."""
    for capability in range(64):
        word = ctypes.c_ulong(capability)
        if system.libc().prctl(_DROP_FROM_BOUND, word, 0, 0, 0) == -1:
            if ctypes.get_errno() != errno.EINVAL:
                system.checked(-1, "emptying the bound of capabilities")
            return


def fresh_uid() -> int | None:
    """A user number that nobody else has now, if this process may change to it: it is the
    superuser's. None for an ordinary user.
    """
    if os.geteuid() != 0:
        return None
    number = next(_numbers) % _COUNT
    first, _, count = max(
        (tuple(map(int, line.split())) for line in _uid_map()), key=lambda each: each[2]
    )
    if first + count > _FIRST_FRESH * 2:
        return _FIRST_FRESH + os.getpid() * _COUNT % _FIRST_FRESH + number
    half = count // 2  # in a container that has few
    return first + half + (os.getpid() * _COUNT + number) % max(half, 1)


def _uid_map() -> list[str]:
    return Path("/proc/self/uid_map").read_text(encoding="ascii").splitlines()
