"""Hard limits of the processes that hold a student's code, set by the processes themselves."""

from __future__ import annotations

import contextlib
import os
import resource

from grader.course.limits import Limits

MEBIBYTE = 1024 * 1024
FILES_IN_ALL = 4  # times the limit of one file
_GRACE_S = 5
_OPEN_FILES = 1024


def confine(limits: Limits, others: int = 0) -> None:
    """Puts the limits on the calling process, for good. `others`: how many threads its user has
    besides, where the system counts them all.
    """
    memory = limits.memory_mb * MEBIBYTE
    pairs = [
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, limits.file_mb * MEBIBYTE),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
    ]
    if os.getuid() != 0:  # the superuser is not counted
        pairs.append((resource.RLIMIT_NPROC, limits.processes + others))
    # First a signal that says why, then the end: a process that was just killed tells nothing.
    softer = [(resource.RLIMIT_CPU, limits.cpu_s, limits.cpu_s + _GRACE_S)]
    for which, soft, hard in [*((which, value, value) for which, value in pairs), *softer]:
        with contextlib.suppress(ValueError, OSError):  # a lower hard limit is in force
            resource.setrlimit(which, (soft, hard))
