"""How much of the machine a submission's code may use: the `[limits]` of `exercise.toml`."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import msgspec

Positive: TypeAlias = Annotated[int, msgspec.Meta(gt=0)]
Seconds: TypeAlias = Annotated[float, msgspec.Meta(gt=0)]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one check may use. Seconds are a safety net in the parent: verdicts depend on schedules
    and steps, not on them.

    `cpu_s` and `memory_mb` hold for each process, and for all processes of the check together
    (`cpu_s` then for each core). `processes` counts threads, too.
    """

    wall_s: Seconds = 60.0
    cpu_s: Positive = 60
    memory_mb: Positive = 1024
    processes: Positive = 512
    output_bytes: Positive = 16 * 1024 * 1024  # of one reply
    schedules: Positive = 4_000  # of one exploration; a check may ask for fewer
    file_mb: Positive = 16  # of one file or piece of shared memory; four times that in all
