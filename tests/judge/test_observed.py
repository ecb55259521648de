"""Kinds that the judge names and not the trace, each on programs that are written differently."""

from __future__ import annotations

import textwrap

import pytest
from msgspec import UNSET

from grader.check import Submission
from grader.explain.page import page
from grader.explain.picture import received
from grader.explain.report import tell
from grader.judge import protocol
from grader.judge.backends import InProcess
from grader.judge.failed import CheckFailed, Replayed

SCENARIOS = """
from grader.scenario import call, history, in_threads

def looks(module):
    pair = module.Pair()
    return in_threads(pair.first, pair.second)

def thrice(module):
    counter = module.Counter()
    counter.increment()
    in_threads(counter.increment, counter.increment)
    return counter.value

def calls(module):
    return history(module.Stack(), [["push", 1], ["pop"]], [["pop"]])
"""


def submitted(
    source: str, name: str, replay: str | None = None, language: str = "en"
) -> Submission:  # fmt: skip
    """A submission that is explored right here."""
    setup = protocol.Setup(
        "it",
        "it.py",
        textwrap.dedent(source).encode(),
        ["threading", "queue", "weakref"],
        [name],
        SCENARIOS,
    )
    return Submission(
        InProcess(setup), label="01.1", title="a check", replay=replay, language=language
    )  # fmt: skip


def looks() -> None:
    """Its name counts: what is run has it in the text above."""


def calls() -> None:
    """Likewise."""


def thrice() -> None:
    """Likewise."""


TOO_MUCH = {
    "one lock around all": """
        import threading
        class Pair:
            def __init__(self):
                self.lock = threading.Lock()
                self.n = 0
            def first(self):
                with self.lock:
                    self.n += 1
                    return self.n
            def second(self):
                with self.lock:
                    self.n += 1
                    before = self.n
                    self.n += 1
                    return [before, self.n]
    """,
    "one after the other": """
        import queue
        class Pair:
            def __init__(self):
                self.turn = queue.Queue()
                self.turn.put(0)
            def first(self):
                n = self.turn.get() + 1
                self.turn.put(n)
                return n
            def second(self):
                n = self.turn.get()
                self.turn.put(n + 2)
                return [n + 1, n + 2]
    """,
    "a condition as a gate": """
        import threading
        gate, n = threading.Condition(), 0
        class Pair:
            def first(self):
                global n
                gate.acquire()
                n = n + 1
                mine = n
                gate.release()
                return mine
            def second(self):
                return [self.first(), self.first()] if gate is None else self.both()
            def both(self):
                global n
                with gate:
                    n = n + 2
                    return [n - 1, n]
    """,
}


@pytest.mark.parametrize("way", TOO_MUCH)
def test_what_locks_too_much_is_over_synchronised(way: str) -> None:
    """The first call never comes between the two halves of the second one."""
    observed = submitted(TOO_MUCH[way], "Pair").explore(looks)
    observed.only([1, [2, 3]], [3, [1, 2]], [2, [1, 3]])
    with pytest.raises(CheckFailed, match="never in between") as failed:
        observed.can_reach([2, [1, 3]], why="The first is never in between.")
    assert "over-synchronised" == failed.value.kind


class Stack:
    """What a stack is, one call after another."""

    def __init__(self) -> None:
        self.items: list[int] = []

    def push(self, item: int) -> None:
        """Puts it on top."""
        self.items.append(item)

    def pop(self) -> int | None:
        """Takes what is on top."""
        return self.items.pop() if self.items else None


APART = {
    "look, then take": """
        class Stack:
            def __init__(self):
                self.items = []
            def push(self, item):
                self.items.append(item)
            def pop(self):
                if not self.items:
                    return None
                top = self.items[-1]
                self.items = self.items[:-1]
                return top
    """,
    "a list that is replaced": """
        class Stack:
            items = ()
            def push(self, item):
                self.items = (*self.items, item)
            def pop(self):
                *rest, top = self.items or (None,)
                self.items = tuple(rest)
                return top
    """,
    "a lock for each half": """
        import threading
        class Stack:
            def __init__(self):
                self.lock = threading.Lock()
                self.top = None
            def push(self, item):
                with self.lock:
                    self.top = item
            def pop(self):
                with self.lock:
                    top = self.top
                with self.lock:
                    self.top = None
                return top
    """,
}


@pytest.mark.parametrize("way", APART)
def test_not_linearizable_shows_the_orders_that_were_tried(way: str) -> None:
    """Both get the one item: no order of the calls gives that."""
    with pytest.raises(CheckFailed) as failed:
        submitted(APART[way], "Stack").explore(calls).linearizable(Stack)
    assert failed.value.kind in ("not-linearizable", "lost-update", "check-then-act", "torn-read")
    assert "No order of the calls explains what they returned" in failed.value.message
    assert "First push(1) → None, pop() → 1: then pop() gives None." in failed.value.message
    assert "✗" in failed.value.story


def test_replayed_schedule_is_told_as_its_check_does() -> None:
    """With the kind that the check expects, which the trace alone does not give."""
    found = submitted(APART["a lock for each half"], "Stack").explore(calls)
    with pytest.raises(CheckFailed) as failed:
        found.linearizable(Stack)
    again = submitted(APART["a lock for each half"], "Stack", failed.value.schedule).explore(calls)
    with pytest.raises(Replayed) as replayed:
        again.linearizable(Stack)
    assert (failed.value.kind, failed.value.line) == (
        replayed.value.story.kind, replayed.value.story.line,
    )  # fmt: skip


@pytest.mark.parametrize("way", APART)
@pytest.mark.parametrize("language", ["en", "ko"])
def test_replay_shows_the_orders_that_were_tried(way: str, language: str) -> None:
    """In the picture, the text and the page; also where the trace has a better name for it."""
    with pytest.raises(CheckFailed) as failed:
        submitted(APART[way], "Stack").explore(calls).linearizable(Stack)
    again = submitted(APART[way], "Stack", failed.value.schedule, language).explore(calls)
    with pytest.raises(Replayed) as replayed:
        again.linearizable(Stack)
    assert replayed.value.story.picture is not None
    picture = received(replayed.value.story.picture)
    assert picture.orders
    first = {
        "en": "First push(1) → None (1), pop() → 1 (2): then pop() (1) gives None.",
        "ko": "먼저 push(1) → None (1), pop() → 1 (2). 그다음 pop() (1)의 결과는 None.",
    }
    assert first[language] in picture.orders.tried
    assert 2 == len(picture.orders.calls)
    head = {"en": "No order of the calls", "ko": "호출들을 어떤 순서로"}[language]
    told = " ".join(tell(picture).split())
    for text in (head, *picture.orders.calls, *picture.orders.tried):
        assert text in told
    assert first[language] in page(picture)


def test_replay_of_a_schedule_that_is_right_shows_no_orders() -> None:
    """An order explains it; and a check that compares with no model has none to show."""
    again = submitted(APART["look, then take"], "Stack", "01.1:0").explore(calls)
    with pytest.raises(Replayed) as replayed:
        again.linearizable(Stack)
    other = submitted(APART["look, then take"], "Stack", "01.1:0").explore(calls)
    with pytest.raises(Replayed) as without:
        other.holds(lambda value: False, expected="nothing")
    pictures = [each.value.story.picture for each in (replayed, without)]
    assert [UNSET, UNSET] == [picture.orders for picture in pictures if picture is not None]


def test_run_that_is_another_one_when_it_is_recorded_says_so() -> None:
    """What keeps its steps keeps what they touch: a lock that nobody refers to lives on then."""
    source = """
        import threading, weakref
        locks = weakref.WeakValueDictionary()
        class Guard:
            def __init__(self):
                self.lock = threading.Lock()
        class Counter:
            def __init__(self):
                self.value = 0
            def increment(self):
                guard = locks.get("it")
                if guard is None:
                    guard = locks["it"] = Guard()
                with guard.lock:
                    self.value += 1
    """
    with pytest.raises(CheckFailed, match="expected 3") as failed:
        submitted(source, "Counter").explore(thrice).only(3, hint="lost-update")
    assert "does it use weak references?" in " ".join(failed.value.story.split())
    assert (None, False) == (failed.value.line, "✗" in failed.value.story)
