"""Counters under a lock: each update is right by itself, so that none of them is to blame for what
goes wrong around them.
"""

from __future__ import annotations

from typing import Any

import pytest

from grader.scenario import Together, call, in_threads, read
from tests.explain.failing import Find

_GATE = """
    import threading
    class Gate:
        def __init__(self):
            self.lock = threading.Lock()
            self.places = threading.Semaphore(2)
            self.active = self.peak = 0
            self.free = 1
        def run(self, job):
            {around}:
                with self.lock:
                    {first}
                    self.active += 1
                    {then}
                job()
                with self.lock:
                    {last}
                    self.active -= 1
                    self.free += 1
"""
UPDATES = {
    "counts in and out": ("if True", "pass", "self.peak = max(self.peak, self.active)", "pass"),
    "keeps nobody out": (
        "with self.places", "pass", "self.peak = max(self.peak, self.active)", "pass",
    ),
    "acts on a check at once": ("if True", "if self.free < 0: return", "self.free -= 1", "pass"),
    "looks for another counter": (
        "with self.places", "if self.active == 0: self.peak = 0", "self.peak = self.active", "pass",
    ),
    "reads its own write": (
        "if True", "pass", "self.peak = max(self.peak, self.active)",
        "self.active += 0; self.peak = max(self.peak, self.active)",
    ),
}  # fmt: skip


@pytest.mark.parametrize("hint", ["wrong-result", "order-violation"])
@pytest.mark.parametrize("way", UPDATES)
def test_no_update_is_blamed_for_letting_two_in(failure: Find, way: str, hint: str) -> None:
    """Both jobs run at once, and every counter is changed under its lock."""
    around, first, then, last = UPDATES[way]

    def scenario(module: Any) -> Any:
        gate, together = module.Gate(), Together()

        def job() -> None:
            with together:
                pass

        in_threads(*[call(gate.run, job)] * 2)
        return together.most

    source = _GATE.format(around=around, first=first, then=then, last=last)
    diagnosis = failure(source, scenario, lambda value: value == 1).diagnosis(hint)
    assert (hint, None) == (diagnosis.kind, diagnosis.wrong_at)


def test_what_a_job_of_the_check_reads_is_no_check_of_the_code(failure: Find) -> None:
    """Each job reads a counter while it runs: the line that calls it decides nothing by that."""
    source = _GATE.format(around="with self.places", first="pass", then="pass", last="pass")

    def scenario(module: Any) -> Any:
        gate = module.Gate()
        seen: list[int] = []

        def job() -> None:
            seen.append(read(gate, "active"))

        in_threads(*[call(gate.run, job)] * 2)
        return seen

    diagnosis = failure(source, scenario, lambda value: value == [1, 1]).diagnosis("wrong-result")
    assert ("wrong-result", None) == (diagnosis.kind, diagnosis.wrong_at)


def test_count_that_is_read_between_two_updates_is_left_to_the_check(failure: Find) -> None:
    """It goes up and down again, and is there to be read meanwhile: what is wrong may be another
    thing. A check that says that this is torn is believed.
    """
    source = _GATE.format(around="with self.places", first="pass", then="pass", last="pass")

    def scenario(module: Any) -> Any:
        gate = module.Gate()
        return in_threads(call(gate.run, int), lambda: read(gate, "active"))[1]

    found = failure(source, scenario, lambda value: value == 0)
    assert ["wrong-result", "torn-read"] == [found.kind("wrong-result"), found.kind("torn-read")]
