"""Landlock: the kernel refuses a process the files outside a list. Kernel documentation,
"Landlock: unprivileged access control" (userspace-api/landlock.rst).

Written on the system calls, which are three: the package on PyPI that has them is at its first
versions.
"""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from grader.judge.sandbox.inside import system

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446
_ASK_VERSION, _BENEATH = 1, 1

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_FILE, _MAKE_REG, _TRUNCATE = 1 << 5, 1 << 8, 1 << 14
_FIRST_RIGHTS, _REFER, _IOCTL_DEV = (1 << 13) - 1, 1 << 13, 1 << 15

READ: Final = EXECUTE | READ_FILE | READ_DIR
DEVICE: Final = READ_FILE | WRITE_FILE
OBJECTS: Final = READ_FILE | WRITE_FILE | _REMOVE_FILE | _MAKE_REG | _TRUNCATE
"""What shared memory and semaphores need in /dev/shm, whose names cannot be listed."""
EVERYTHING: Final = _FIRST_RIGHTS | _REFER | _TRUNCATE | _IOCTL_DEV
_OF_A_FILE: Final = EXECUTE | WRITE_FILE | READ_FILE | _TRUNCATE | _IOCTL_DEV

_TCP: Final = 0b11  # bind and connect
_ABSTRACT_SOCKETS, _SIGNALS = 0b01, 0b10


def version() -> int:
    """The version of Landlock that this kernel has; raises `CannotConfine` where it has none."""
    return system.call(_CREATE, None, 0, _ASK_VERSION, what="asking for Landlock")


def restrict(rules: Iterable[tuple[Path, int]], *, network: bool) -> None:
    """From here on this process, and all that it starts, may do with files only what `rules`
    allow: a path, and the rights on it and beneath it. TCP only if `network`. Where the kernel can
    do so, it can signal nobody outside either. Needs `no_new_privileges`. Raises `CannotConfine`.
    """
    has = version()
    rights = _FIRST_RIGHTS
    for since, right in ((2, _REFER), (3, _TRUNCATE), (5, _IOCTL_DEV)):
        rights |= right if has >= since else 0
    tcp = _TCP if has >= 4 and not network else 0
    scoped = _ABSTRACT_SOCKETS | _SIGNALS if has >= 6 else 0
    attributes = struct.pack("=QQQ", rights, tcp, scoped)
    size = 24 if has >= 6 else 16 if has >= 4 else 8
    ruleset = system.call(
        _CREATE, ctypes.create_string_buffer(attributes), size, 0, what="making Landlock's rules"
    )
    try:
        for path, allowed in rules:
            _allow(ruleset, path, allowed & rights)
        system.call(_RESTRICT, ruleset, 0, what="applying Landlock's rules")
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, allowed: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # what is not there needs no rule
    try:
        if not path.is_dir():
            allowed &= _OF_A_FILE
        rule = ctypes.create_string_buffer(struct.pack("=Qi", allowed, place))
        system.call(_ADD_RULE, ruleset, _BENEATH, rule, 0, what=f"a rule of Landlock for {path}")
    finally:
        os.close(place)
