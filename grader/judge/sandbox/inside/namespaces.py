"""A new process in namespaces of its own: processes, mounts, network, shared memory, host name.

The process that is forked here has the memory of its parent, so it starts warm, but sees another
system: it is the first process there, alone with a loopback and empty folders. Its parent has
to be in bubblewrap, which has made the rest of the system small and read-only.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import struct
from pathlib import Path

from grader.judge.sandbox.inside import system

SCRATCH = "/scratch"
SHARED = "/dev/shm"  # noqa: S108 - where the system keeps shared memory and semaphores

_CLONE = {"x86_64": 56, "aarch64": 220}
_WITH_PIDFD = 0x1000
_NEW_USER = 0x10000000
_NEW = 0x00020000 | 0x04000000 | 0x08000000 | 0x20000000 | 0x40000000  # mounts uts ipc pid net

_READ_ONLY, _NO_SUID, _NO_DEVICES, _NO_EXEC = 1, 2, 4, 8
_PRIVATE_BELOW = 0x4000 | 0x40000
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1
_INODES = 4096


def fork() -> tuple[int, int]:
    """Forks into new namespaces. In the parent: the child's number and a pidfd; in the child:
    (0, -1). Raises `CannotConfine`.

    An ordinary user gets a user namespace besides, in which it may make the others.
    """
    flags = _NEW | _WITH_PIDFD | signal.SIGCHLD | (_NEW_USER if os.geteuid() != 0 else 0)
    pidfd = ctypes.c_int(-1)
    number = _CLONE[system.machine()]
    # As fork: without a stack of its own the child goes on with a copy of this one.
    pid = system.call(number, flags, 0, ctypes.byref(pidfd), 0, 0, what="making namespaces")
    return (pid, pidfd.value) if pid else (0, -1)


def furnish(user: tuple[int, int] | None, megabytes: int) -> None:
    """In the child, makes the system what a student's code may see: empty folders for temporary
    files and shared memory, of `megabytes` each, no /proc, and a loopback. `user`: what the
    parent's user and group were, for an ordinary user. Raises `CannotConfine`.
    """
    if user is not None:
        try:
            Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
            Path("/proc/self/uid_map").write_text("{0} {0} 1".format(user[0]), encoding="ascii")
            Path("/proc/self/gid_map").write_text("{0} {0} 1".format(user[1]), encoding="ascii")
        except OSError as error:
            raise system.CannotConfine(f"setting up the user: {error.strerror}") from None
    _mount(None, "/", None, _PRIVATE_BELOW)
    safe = _NO_SUID | _NO_DEVICES | _NO_EXEC
    for folder in (SCRATCH, SHARED):
        _mount("tmpfs", folder, "tmpfs", safe, f"size={megabytes}m,nr_inodes={_INODES},mode=1777")
    _mount("tmpfs", "/proc", "tmpfs", safe | _READ_ONLY, "size=4k,nr_inodes=1")
    _loopback_up()


def _mount(source: str | None, target: str, kind: str | None, flags: int, data: str = "") -> None:
    texts = [None if each is None else each.encode() for each in (source, target, kind)]
    result = system.libc().mount(*texts, ctypes.c_ulong(flags), data.encode())
    system.checked(result, f"mounting {target}")


def _loopback_up() -> None:
    request = struct.Struct("16sh14x")
    try:
        with socket.socket() as any_socket:
            name, flags = request.unpack(
                fcntl.ioctl(any_socket, _GET_FLAGS, request.pack(b"lo", 0))
            )
            fcntl.ioctl(any_socket, _SET_FLAGS, request.pack(name, flags | _UP))
    except OSError as error:
        raise system.CannotConfine(f"starting the loopback: {error.strerror}") from None
