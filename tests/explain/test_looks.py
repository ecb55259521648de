"""What is no check-then-act, though a task has looked at something that another one changed."""

from __future__ import annotations

from typing import Any

from grader.scenario import Together, in_threads
from tests.explain.failing import Find

HALL = """
    import threading

    class Hall:
        def __init__(self):
            self.lock = threading.Lock()
            self.free = 2
        def enter(self, job):
            with self.lock:
                if self.free < 1:
                    return
                self.free -= 1
            job()
"""


def _most(module: Any) -> int:
    hall, together = module.Hall(), Together()

    def job() -> None:
        with together:
            pass

    in_threads(*[lambda: hall.enter(job)] * 2)
    return together.most


def test_end_of_a_job_is_no_deed(failure: Find) -> None:
    """That a job of the scenario is over is nothing that its task does because of what it saw."""
    found = failure(HALL, _most, lambda most: most < 2)
    assert "wrong-result" == found.kind("wrong-result")
