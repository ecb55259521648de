"""Landlock, a filter of system calls, and limits: for machines where namespaces are not allowed.

What it leaves open: see `description` and docs/judge.md.
"""

from __future__ import annotations

import sys

from grader.judge.sandbox.forking import Forking
from grader.judge.sandbox.inside import keeper, landlock, privileges, seccomp, system
from grader.judge.sandbox.interface import Unavailable


class Landlock(Forking):
    """Every check is a process that the kernel keeps to a list of files and calls."""

    name = "landlock"
    description = (
        "files and system calls are restricted; shares the machine's process numbers and "
        "/dev/shm, sees names and sizes of files, and has the machine's loopback where an "
        "exercise is about sockets"
    )
    _kind = keeper.LANDLOCK

    def _command(self) -> list[str]:
        if sys.platform != "linux":
            raise Unavailable("only Linux has it")
        try:
            landlock.version()
            seccomp.program(system.machine(), network=False, own_files=False)
        except system.CannotConfine as error:
            raise Unavailable(str(error)) from None
        return super()._command()

    def _uid(self) -> int | None:
        return privileges.fresh_uid()
