"""No sandbox: processes of their own with limits, and nothing else. For one's own code, or where
something around the whole grader is the sandbox.
"""

from __future__ import annotations

from grader.judge.sandbox.forking import Forking
from grader.judge.sandbox.inside import keeper


class Unconfined(Forking):
    """A process of its own for every check, with limits."""

    name = "none"
    description = "limits only: the code can read and change all that you can"
    _kind = keeper.NONE
