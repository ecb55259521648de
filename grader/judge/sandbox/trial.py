"""The trial run of a back end: a runner is started as for any check, and has to answer."""

from __future__ import annotations

import os
import select
import time

from grader.course.limits import Limits
from grader.judge.sandbox.interface import Child, Sandbox, Start, Unavailable

_SECONDS = 30.0
_GRACE_S = 5.0


def trial(sandbox: Sandbox) -> None:
    """Starts a runner, which makes sure by itself that it is locked up, and waits for its first
    word. Raises `Unavailable`.
    """
    requests, ours = os.pipe()
    theirs, replies = os.pipe()
    try:
        child = sandbox.start(Start(Limits(), requests, replies))
    except BaseException:
        os.close(ours)
        os.close(theirs)
        raise
    finally:
        os.close(requests)
        os.close(replies)
    try:
        os.write(ours, b"\n")  # the mark of its replies: none
        if not (select.select([theirs], [], [], _SECONDS)[0] and os.read(theirs, 1)):
            raise Unavailable(_reason(child))
    finally:
        os.close(ours)
        os.close(theirs)
        child.close()


def _reason(child: Child) -> str:
    """Why it has given no answer."""
    end = time.monotonic() + _GRACE_S
    while (ended := child.ended()) is None and time.monotonic() < end:
        time.sleep(0.001)
    if ended is None or ended.failed is None:
        return "its trial run gives no answer"
    return ended.failed.rstrip(".")
