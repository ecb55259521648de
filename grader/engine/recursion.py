"""Recursion to Python's own limit, which ends a run.

How deep student code can go before Python stops it hangs on what the engine does at each step:
whether it follows an earlier run, asks a strategy, or writes the step down. So nothing that such
code does after it was stopped could be repeated, if it were to go on.
"""

from __future__ import annotations

from types import FrameType, TracebackType
from typing import Final

_WORDS: Final = "maximum recursion depth exceeded"


def is_too_deep(error: BaseException | None) -> bool:
    """Whether Python itself raised this RecursionError, and not the student's code."""
    if not isinstance(error, RecursionError) or not error.args:
        return False
    words = error.args[0]
    return type(words) is str and words.startswith(_WORDS)


def same_for_any_depth(error: BaseException) -> RecursionError:
    """An error in place of this one, which was just caught in the running task: with no more than
    the calls up to the first place that is reached again, wherever the recursion was stopped.
    """
    last: TracebackType | None = None
    for frame, instruction, line in reversed(_until_again(_calls(error))):
        last = TracebackType(last, frame, instruction, line)
    return RecursionError(_WORDS).with_traceback(last)


def _calls(error: BaseException) -> list[tuple[FrameType, int, int]]:
    """Frames with the instruction and line that each is at: of the whole task, the oldest first."""
    calls = []
    inner = error.__traceback__
    frame = None if inner is None else inner.tb_frame.f_back
    while frame is not None:
        calls.append((frame, frame.f_lasti, frame.f_lineno))
        frame = frame.f_back
    calls.reverse()
    while inner is not None:
        calls.append((inner.tb_frame, inner.tb_lasti, inner.tb_lineno))
        inner = inner.tb_next
    return calls


def _until_again(
    calls: list[tuple[FrameType, int, int]],
) -> list[tuple[FrameType, int, int]]:
    seen = set()
    for count, (frame, instruction, _) in enumerate(calls, 1):
        place = (frame.f_code, instruction)
        if place in seen:
            return calls[:count]
        seen.add(place)
    return calls
