"""What is said of a limit that was hit."""

import signal
from typing import get_args

import pytest

from grader.course.limits import Limits
from grader.judge import tripped
from grader.judge.kinds import FAILURES
from grader.judge.protocol import Limit

LIMITS = Limits(wall_s=11, cpu_s=22, memory_mb=33, processes=44, output_bytes=55_000, file_mb=66)


@pytest.mark.parametrize(
    ("found", "kind", "figure"),
    [
        (tripped.too_late(11), "timeout", "11 seconds"),
        (tripped.too_much_output(LIMITS), "output", "55,000 bytes"),
        (tripped.too_much_memory(LIMITS), "memory", "33 MB of memory together"),
        (tripped.too_much_processor(LIMITS), "timeout", "22 seconds of processor time on each"),
        (tripped.met("memory", LIMITS), "memory", "33 MB"),
        (tripped.met("file", LIMITS), "output", "66 MB to one file"),
        (tripped.met("files", LIMITS), "output", "264 MB"),
        (tripped.met("processes", LIMITS), "exception", "44 at once"),
        (tripped.met("open-files", LIMITS), "exception", "open at once"),
        (tripped.died(-signal.SIGXCPU, LIMITS), "timeout", "22 seconds of processor time"),
        (tripped.died(-signal.SIGBUS, LIMITS), "memory", "264 MB"),
        (tripped.died(-signal.SIGSEGV, LIMITS), "memory", "broke down"),
        (tripped.died(-signal.SIGKILL, LIMITS), "memory", "killed"),
        (tripped.died(1, LIMITS), "output", "ended before it answered"),
    ],
)
def test_each_limit_says_which_one_it_was(found: tripped.Tripped, kind: str, figure: str) -> None:
    """Its kind, and the figure of the exercise where there is one."""
    assert kind == found.kind
    assert figure in found.message


def test_no_two_limits_say_the_same() -> None:
    """Nor does any of them blame the grader."""
    found = [tripped.met(limit, LIMITS) for limit in get_args(Limit)]
    assert len(found) == len({each.message for each in found})
    assert {each.kind for each in found} <= FAILURES
