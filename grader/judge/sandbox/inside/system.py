"""System calls that Python has no function for, on Linux."""

from __future__ import annotations

import ctypes
import functools
import os
import platform
import signal
from typing import Any

_PARENT_DEATH, _SUBREAPER, _NO_NEW_PRIVILEGES, _GET_NO_NEW_PRIVILEGES, _GET_SECCOMP = (
    1,
    36,
    38,
    39,
    21,
)


class CannotConfine(Exception):
    """A part of the sandbox cannot be set up here; the message says which, and why."""


@functools.cache
def libc() -> Any:
    """The C library. It keeps the interpreter's lock: a process is forked in some of its calls."""
    return ctypes.PyDLL(None, use_errno=True)


def machine() -> str:
    """The processor's architecture; raises `CannotConfine` for one that is not known here."""
    name = platform.machine()
    if name not in ("x86_64", "aarch64"):
        raise CannotConfine(f"system calls of the processor {name} are not known")
    return name


def checked(result: int, what: str) -> int:
    """`result`, if it is none of failure; else raises `CannotConfine` with the system's reason."""
    if result == -1:
        raise CannotConfine(f"{what}: {os.strerror(ctypes.get_errno())}")
    return result


def call(number: int, *arguments: Any, what: str) -> int:
    """A system call by its number; ints are passed as words. Raises `CannotConfine`."""
    words = [ctypes.c_long(each) if isinstance(each, int) else each for each in arguments]
    return checked(libc().syscall(ctypes.c_long(number), *words), what)


def prctl(option: int, argument: Any = 0, what: str = "prctl") -> int:
    """The system call of this name, with one argument."""
    word = ctypes.c_ulong(argument) if isinstance(argument, int) else argument
    none = ctypes.c_ulong(0)
    return checked(libc().prctl(ctypes.c_int(option), word, none, none, none), what)


def adopt_orphans() -> None:
    """Processes that descend from this one and lose their parent become its children."""
    prctl(_SUBREAPER, 1, "becoming the reaper of orphans")


def end_with_parent() -> None:
    """When the process that has forked this one ends, this one is killed."""
    prctl(_PARENT_DEATH, signal.SIGKILL, "tying itself to its parent")


def no_new_privileges() -> None:
    """No program that is started from here on gets more rights than this process has."""
    prctl(_NO_NEW_PRIVILEGES, 1, "giving up new privileges")


def has_no_new_privileges() -> bool:
    """Whether `no_new_privileges` holds."""
    return prctl(_GET_NO_NEW_PRIVILEGES) == 1


def is_filtered() -> bool:
    """Whether a filter of system calls is in force."""
    return prctl(_GET_SECCOMP) == 2
