"""Sleeping loops: nobody who can run is passed over for ever, and what comes after them is seen."""

from __future__ import annotations

import pytest

from grader.explorer import Budget, Exploration, Program, explore
from grader.source.load import from_text

COUNTS_ITS_TRIES = """
import threading, time

def run():
    lock, state = threading.Lock(), {"ready": False, "looked": 0}
    def wait():
        while True:
            with lock:
                state["looked"] += 1
                if state["ready"]:
                    return
            time.sleep(0.001)
    def tell():
        with lock:
            state["ready"] = True
    threads = [threading.Thread(target=wait) for _ in range(WAITERS)]
    threads.append(threading.Thread(target=tell))
    for each in threads: each.start()
    for each in threads: each.join()
"""
NOBODY_TELLS = COUNTS_ITS_TRIES.replace('state["ready"] = True', "pass")
SLOW_START = """
import threading, time

class Total:
    step = 1
    total = 0

def run():
    shared = Total()
    def work():
        for _ in range(6):
            shared.step
            time.sleep(0.01)
        shared.total += 1
    threads = [threading.Thread(target=work) for _ in range(2)]
    for each in threads: each.start()
    for each in threads: each.join()
    return shared.total
"""
OWN_PROGRESS = SLOW_START.replace("shared.step\n", "mine[threading.get_ident()] += 1\n").replace(
    "shared = Total()", "shared, mine = Total(), collections.Counter()"
).replace("import threading", "import collections, threading")  # fmt: skip


def _explored(text: str) -> Exploration:
    source = from_text(text, name="m", filename="m.py", allowed=None)
    return explore(Program({"m": source}, "m", lambda module: module.run()), Budget(600))


@pytest.mark.parametrize("waiters", [1, 2])
def test_who_counts_its_tries_lets_others_run(waiters: int) -> None:
    """Each try changes something, and is no step towards the end all the same: two that wait may
    not take turns for ever either, while the third one could run.
    """
    found = _explored(COUNTS_ITS_TRIES.replace("WAITERS", str(waiters)))
    assert ["finished"] == [outcome.ending.value for outcome in found.outcomes]


def test_who_waits_for_nothing_waits_for_ever() -> None:
    """Fair turns change nothing about a loop that no schedule ends."""
    found = _explored(NOBODY_TELLS.replace("WAITERS", "1"))
    assert ["step-bound"] == [outcome.ending.value for outcome in found.outcomes]


@pytest.mark.parametrize("text", [SLOW_START, OWN_PROGRESS])
def test_a_race_after_many_sleeps_is_found(text: str) -> None:
    """A task that has slept in vain before is not left without choices for what it does next."""
    assert {1, 2} == {outcome.value for outcome in _explored(text).outcomes}
