"""Over-synchronisation: the story shows who was kept out, by what, and until when."""

from __future__ import annotations

from typing import Any

from grader.scenario import in_threads, threading_here
from tests.explain.failing import Find

ONE_AT_A_TIME = """
    import threading

    class Door:
        def __init__(self):
            self.places = threading.Lock()
        def through(self, job):
            with self.places:
                return job()
"""


def _meet(module: Any) -> list[bool]:
    door, meeting = module.Door(), threading_here().Barrier(2)

    def job() -> bool:
        try:
            meeting.wait(10)
        except threading_here().BrokenBarrierError:
            return False
        return True

    return in_threads(*[lambda: door.through(job)] * 2)


def test_who_comes_in_too_late_is_marked(failure: Find) -> None:
    """The lock, the wait in vain under it, and the one who gets the lock only afterwards."""
    found = failure(ONE_AT_A_TIME, _meet, all)
    diagnosis = found.diagnosis("over-synchronised")
    late = found.step(diagnosis.wrong_at)
    assert ("acquire", "with self.places:") == (late.kind, late.text)
    assert [("acquire", False), ("wait", True), ("acquire", False)] == [
        (found.step(index).kind, found.step(index).expired) for index in diagnosis.focus
    ]
    assert "thread-2 could not come in before thread-1 had given it back" in diagnosis.facts[0]


def test_without_a_lock_in_the_way_nothing_is_marked(failure: Find) -> None:
    """Who waits in vain for somebody who never comes has kept nobody out."""
    found = failure(ONE_AT_A_TIME, lambda module: in_threads(lambda: _meet(module))[0], all)
    alone = failure(
        ONE_AT_A_TIME,
        lambda module: module.Door().through(lambda: threading_here().Event().wait(10)),
        bool,
    )
    assert found.diagnosis("over-synchronised").wrong_at is not None
    assert alone.diagnosis("over-synchronised").wrong_at is None
