"""`threading`, `queue` and `time`: the same program text with CPython and under control."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.explorer import Budget, Program, explore
from grader.source.load import from_text
from tests.programs import outcomes
from tests.standins.multiprocessing import harness

CASES = Path(__file__).with_name("cases_threads.py")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What CPython does."""
    return harness.with_cpython(CASES, tmp_path_factory.mktemp("threads"))


@pytest.mark.parametrize("case", harness.cases(CASES))
def test_it_does_as_in_cpython(case: str, real: dict[str, str]) -> None:
    """Results, error types and messages are CPython's."""
    assert real[case] == harness.under_control(CASES, case)


def test_the_calendar_is_that_of_the_virtual_clock() -> None:
    """Local time is UTC, and now is what `time` says, on every machine."""
    text = """
import time
def main():
    now = time.time()
    return [
        tuple(time.localtime()) == tuple(time.gmtime(now)), time.ctime(), time.asctime(),
        time.strftime("%H:%M:%S %Z"), time.localtime().tm_zone, time.localtime().tm_gmtoff,
        time.strftime("%Z", (2024, 1, 1, 0, 0, 0, 0, 1, 0)), time.mktime(time.localtime()) <= now,
    ]
"""
    moment = "Tue Nov 14 22:13:20 2023"
    found = [True, moment, moment, "22:13:20 UTC", "UTC", 0, "UTC", True]
    assert [found] == outcomes(text)


_LOCAL = """
import threading
class Own(threading.local):
    many = 0
    def __init__(self):
        self.n = 0
        self.seen = []
own, plain = Own(), threading.local()
def work():
    for _ in range(4):
        own.n += 1
        own.seen.append(own.n)
        plain.n = getattr(plain, "n", 0) + own.n
        vars(plain)["twice"] = 2 * vars(plain)["n"]
    found.append((own.n, own.seen, plain.n, plain.twice))
found = []
def main():
    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return found
"""


def test_what_is_local_to_a_thread_is_no_step() -> None:
    """Three threads that use thread-local data, however often, meet only at their results."""
    source = from_text(_LOCAL, name="program", filename="program.py", allowed=None)
    program = Program({"program": source}, "program", lambda module: module.main())
    found = explore(program, Budget(100))
    assert [[[4, [1, 2, 3, 4], 10, 20]] * 3] == [outcome.value for outcome in found.outcomes]
    assert found.exhausted


def test_what_a_local_has_in_its_class_or_in_slots_is_shared() -> None:
    """Two threads that count in the class, or in a slot, of a thread-local object lose a count."""
    for head, count in (("many = 0", "Own.many = own.many + 1"),
                        ("__slots__ = ('many',)", "own.many += 1")):  # fmt: skip
        text = f"""
import threading
class Own(threading.local):
    {head}
own = Own()
def work():
    {count}
def main():
    {"Own" if head == "many = 0" else "own"}.many = 0
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return own.many
"""
        assert [1, 2] == outcomes(text)


def test_what_is_local_dies_with_its_thread() -> None:
    """What only an ended thread has kept is gone, and what somebody else has too is not."""
    text = """
import threading, weakref
class Thing:
    pass
own = threading.local()
refs, kept = [], []
def work(keep):
    own.thing = Thing()
    refs.append(weakref.ref(own.thing))
    if keep:
        kept.append(own.thing)
def main():
    for keep in (False, True):
        thread = threading.Thread(target=work, args=[keep])
        thread.start()
        thread.join()
    return [ref() is None for ref in refs]
"""
    assert [[True, False]] == outcomes(text)


def test_the_ident_of_a_joined_thread_is_given_again() -> None:
    """Threads that are alive at once have different idents; the next one gets one of those."""
    text = """
import threading
def idents(count):
    found = []
    def work():
        found.append(threading.get_ident())
        barrier.wait()
    barrier = threading.Barrier(count)
    threads = [threading.Thread(target=work) for _ in range(count)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    assert set(found) == {thread.ident for thread in threads}
    return set(found)
def main():
    first, second, third = idents(2), idents(3), idents(1)
    mine = threading.get_ident() in first | second
    return [len(first), len(second), len(first & second), len(second & third), mine]
"""
    assert [[2, 3, 2, 1, False]] == outcomes(text)


def test_an_ident_is_not_given_again_before_the_thread_was_joined() -> None:
    """A thread whose end nobody has waited for keeps its ident, and so does one of another's."""
    text = """
import threading
def inner():
    pass
def main():
    found = []
    def outer():
        thread = threading.Thread(target=inner)
        thread.start()
        found.append(thread)
    starter = threading.Thread(target=outer)
    starter.start()
    starter.join()
    found[0].join()
    later = [threading.Thread(target=inner) for _ in range(2)]
    for thread in later: thread.start()
    return [thread.ident in (starter.ident, found[0].ident) for thread in later]
"""
    assert [[True, False]] == outcomes(text)
