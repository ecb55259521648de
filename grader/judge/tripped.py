"""What a check is told that hit a limit, or whose process broke down: a sentence for each."""

from __future__ import annotations

import signal

from grader.course.limits import Limits
from grader.judge.kinds import INTERNAL
from grader.judge.limits import FILES_IN_ALL
from grader.judge.protocol import Limit


class Tripped(Exception):
    """The process ended without its reply, or hit a limit. `kind` is of the closed list."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


class TooLate(Tripped):
    """There was no reply in time."""


class Killed(Tripped):
    """Somebody has killed the process: the code itself, the system, or a person."""


def internal(what: str) -> Tripped:
    """It is the grader that has failed."""
    return Tripped(INTERNAL, f"The grader failed: {what}.")


def too_late(seconds: float) -> Tripped:
    """There is no reply after so many seconds."""
    return TooLate(
        "timeout",
        f"The check did not end within {seconds:g} seconds: does something in the code wait, or "
        "loop, for ever?",
    )


def too_much_output(limits: Limits) -> Tripped:
    """A reply does not come to its end."""
    return Tripped(
        "output",
        "The code produced far too much output: the results of one check may have "
        f"{limits.output_bytes:,} bytes.",
    )


def no_reply() -> Tripped:
    """What came is no reply."""
    return Tripped("output", "The process that ran this check gave an answer that is none.")


def too_much_memory(limits: Limits) -> Tripped:
    """All processes of the check together."""
    return Tripped(
        "memory",
        f"The processes of this check used more than {limits.memory_mb} MB of memory together: "
        "does something grow, or start processes, without end?",
    )


def too_much_processor(limits: Limits) -> Tripped:
    """All processes of the check together."""
    return Tripped(
        "timeout",
        f"The processes of this check used more than {limits.cpu_s} seconds of processor time on "
        "each core: does something in the code wait by looping?",
    )


def too_many_files(limits: Limits) -> Tripped:
    """All files of the check together."""
    return Tripped(
        "output",
        f"The code wrote more than {limits.file_mb * FILES_IN_ALL} MB to files or shared memory, "
        "or more of them than there may be.",
    )


def met(limit: Limit, limits: Limits) -> Tripped:
    """A limit that the system has enforced in a real run, by an exception."""
    match limit:
        case "memory":
            return Tripped("memory", f"The code needs more than {limits.memory_mb} MB of memory.")
        case "file":
            return Tripped(
                "output",
                f"The code wrote more than {limits.file_mb} MB to one file or piece of shared "
                "memory.",
            )
        case "files":
            return too_many_files(limits)
        case "processes":
            return Tripped(
                "exception",
                f"The code could start no more processes or threads: it has {limits.processes} at "
                f"once, or their stacks need more than {limits.memory_mb} MB. Does something start "
                "them without end, or wait for none of them?",
            )
        case "open-files":
            return Tripped(
                "exception",
                "The code had too many files, pipes or sockets open at once: are they ever closed?",
            )


def died(code: int, limits: Limits) -> Tripped:
    """The runner's own doing: it ended without a reply, by this exit code or negative signal."""
    match -code:
        case signal.SIGXCPU:
            return Tripped(
                "timeout",
                f"The check used more than {limits.cpu_s} seconds of processor time: does "
                "something compute, or loop, without end?",
            )
        case signal.SIGSEGV | signal.SIGABRT:
            return Tripped(
                "memory",
                "The process that ran this check broke down: does something recurse or grow "
                "without end?",
            )
        case signal.SIGBUS:
            return Tripped(
                "memory",
                "The process that ran this check broke down: it used more shared memory than the "
                f"{limits.file_mb * FILES_IN_ALL} MB that there are.",
            )
        case signal.SIGKILL:
            return Killed(
                "memory",
                "The process that ran this check was killed, and once more when it was tried "
                "again: by the code itself, or by the system, which does so when memory is used "
                "up.",
            )
    return Tripped("output", "The process that ran this check ended before it answered.")
