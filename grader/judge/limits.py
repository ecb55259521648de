"""Hard limits of the processes that hold a student's code."""

from __future__ import annotations

import contextlib
import os
import resource

import msgspec

_MEBIBYTE = 1024 * 1024
_GRACE_S = 5


class ProcessLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one runner process may use. Wall seconds are a safety net in the parent: verdicts
    depend on schedules and steps, not on them.
    """

    wall_s: float = 60.0
    cpu_s: int = 60
    memory_mb: int = 1024
    file_mb: int = 16
    processes: int = 512


def confine(limits: ProcessLimits) -> None:
    """Puts the limits on the calling process, for good."""
    memory = limits.memory_mb * _MEBIBYTE
    pairs = [
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, limits.file_mb * _MEBIBYTE),
        (resource.RLIMIT_CORE, 0),
    ]
    if hasattr(resource, "RLIMIT_NPROC") and os.getuid() != 0:
        pairs.append((resource.RLIMIT_NPROC, limits.processes))
    # First a signal that says why, then the end: a process that was just killed tells nothing.
    softer = [(resource.RLIMIT_CPU, limits.cpu_s, limits.cpu_s + _GRACE_S)]
    for which, soft, hard in [*((which, value, value) for which, value in pairs), *softer]:
        with contextlib.suppress(ValueError, OSError):  # a lower hard limit is in force
            resource.setrlimit(which, (soft, hard))
