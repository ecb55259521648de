"""The closed list of what can be wrong, and whose matter each is."""

from __future__ import annotations

from typing import Final

FAILURES: Final = frozenset(
    {
        "lost-update", "check-then-act", "torn-read", "order-violation", "wrong-result",
        "not-linearizable", "over-synchronised", "deadlock", "self-deadlock",
        "lock-not-released", "lost-wakeup", "livelock", "starvation", "leaked-task", "exception",
        "lost-exception", "short-read", "join-before-drain", "per-process-lock", "timeout",
        "memory", "output", "forbidden", "import-error", "missing-name",
    }
)  # fmt: skip
"""The submission is wrong."""

CANNOT_GRADE: Final = frozenset({"nondeterministic", "not-modelled"})
"""The submission may be right: the grader cannot tell."""

INTERNAL: Final = "internal"
"""The grader is wrong; the old score stays."""

KINDS: Final = FAILURES | CANNOT_GRADE | {INTERNAL}


def verdict_of(kind: str | None) -> str:
    """The verdict of a check that ended with `kind` (None: passed)."""
    if kind is None:
        return "pass"
    if kind in FAILURES:
        return "fail"
    return "cannot-grade" if kind in CANNOT_GRADE else "grader-error"
