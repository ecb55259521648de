"""What a task announces before it acts: the operation's kind, what it touches, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from grader.engine.task import Task

# How an operation touches its subject, as bits. Two operations of different tasks on the same
# subject conflict when at least one of them has the WRITE bit.
READ: Final = 0
WRITE: Final = 1
NEEDS_FREE: Final = 2  # whether it can run depends on the subject (acquire, join, get, begin)
FREES: Final = 4  # others may be able to run because of it (release, put, set, start)
SURELY: Final = (
    8  # what needs the subject free cannot have run right before (a held lock's release)
)
KILLS: Final = 16  # the subject is a task: all (other) tasks of its process end where they are
ACQUIRE: Final = WRITE | NEEDS_FREE
RELEASE: Final = WRITE | FREES
UNLOCK: Final = RELEASE | SURELY


Footprint: TypeAlias = tuple[object, object, int]
"""(subject, key, mode). `key` None means the whole subject; else an attribute or an item."""

Operation: TypeAlias = "tuple[Task, str, object, object, int, tuple[Footprint, ...]]"
"""(task, kind, subject, key, mode, further footprints). A tuple, because one is made per step."""

TASK, KIND, SUBJECT, KEY, MODE, ALSO = range(6)


def footprints(op: Operation) -> tuple[Footprint, ...]:
    """All that `op` touches."""
    _, _, subject, key, mode, also = op
    return ((subject, key, mode), *also)


def with_more(op: Operation, also: tuple[Footprint, ...]) -> Operation:
    """`op` with `also` as its further footprints."""
    task, kind, subject, key, mode, _ = op
    return (task, kind, subject, key, mode, also)


def touch_conflict(
    subject: object, key: object, mode: int, subject2: object, key2: object, mode2: int
) -> bool:
    """Whether two footprints do not commute."""
    return (
        subject is subject2
        and subject is not None
        and bool((mode | mode2) & WRITE)
        and (key is None or key2 is None or key == key2)
    )


def conflict(a: Operation, b: Operation) -> bool:
    """Whether two operations of different tasks do not commute (a symmetric relation)."""
    if (a[4] | b[4]) & KILLS and (kills(a, b[0]) or kills(b, a[0])):
        return True
    if not a[ALSO] and not b[ALSO]:
        return touch_conflict(a[2], a[3], a[4], b[2], b[3], b[4])
    return any(touch_conflict(*one, *other) for one in footprints(a) for other in footprints(b))


def kills(op: Operation, task: Task) -> bool:
    """Whether `op` ends `task` by ending its process."""
    if not op[4] & KILLS or op[0] is task:
        return False
    victim = op[2]
    return getattr(victim, "process", None) is task.process


def co_enabled(mode: int, later: int) -> bool:
    """Whether a footprint with `later` could have come first, in place of one with `mode`.

    Only an operation that says `SURELY` rules it out: a task that needs a lock cannot run right
    before the release of that lock. A semaphore, a queue or an event may have been free before.
    """
    return not (mode & SURELY and later & NEEDS_FREE)


def is_exclusion(op: Operation) -> bool:
    """Whether `op` took or gave back a lock: together these two change nothing that lasts."""
    return op[KIND] in ("acquire", "try-acquire", "release") and hasattr(op[SUBJECT], "_exclusive_")
