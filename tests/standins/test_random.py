"""Random numbers: the same in every run of one schedule, and any that could come."""

from __future__ import annotations

import random

import pytest

from grader.engine.schedule import Schedule
from grader.explain.report import explain
from grader.explorer import Exploration, Program, explore
from grader.explorer.search import replay
from grader.source.load import from_text
from tests.programs import outcomes

HEAD = """
import random, threading, time
def together(*functions):
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
"""


def program(text: str) -> Program:
    """A program whose `main` is called."""
    allowed = frozenset({"random", "threading", "time"})
    source = from_text(HEAD + text, name="p", filename="p.py", allowed=allowed)
    return Program({"p": source}, "p", lambda module: module.main(), (), allowed)


def explored(text: str) -> Exploration:
    """All that is found with the default settings."""
    return explore(program(text))


@pytest.mark.parametrize(
    "draw",
    ["random.random()", "random.gauss(0, 1)", "random.randrange(10**9)", "random.choice(range(99))",
     "random.Random().uniform(0, 9)", "random.sample(range(99), 3)", "random.expovariate(1)"],
)  # fmt: skip
def test_no_task_takes_the_numbers_of_another(draw: str) -> None:
    """So what it draws does not depend on who comes first: there is one outcome."""
    text = f"""
def main():
    drawn = {{}}
    together(*[lambda n=n: drawn.setdefault(n, [{draw}, {draw}]) for n in range(2)])
    assert drawn[0] != drawn[1], drawn
    return sorted(drawn.items())
"""
    found = explore(program(text), strategy="dpor")
    assert found.exhausted
    assert 1 == len(found.outcomes)


@pytest.mark.parametrize(
    "draw", ["random.random()", "random.gauss(0, 1)", "random.getrandbits(30)"]
)
def test_numbers_of_a_seed_are_given_out_in_order(draw: str) -> None:
    """Who comes first gets the first one, as in CPython; and which numbers they are."""
    text = f"""
def main():
    random.seed(7)
    drawn = {{}}
    together(*[lambda n=n: drawn.setdefault(n, {draw}) for n in range(2)])
    return drawn[0], drawn[1]
"""
    draws = {"random": random.Random(7)}
    numbers = [eval(draw, draws), eval(draw, draws)]  # noqa: S307 - our own words
    assert sorted([numbers, numbers[::-1]]) == sorted(outcomes(HEAD + text))


def test_a_state_can_be_gone_back_to() -> None:
    """Also to one that nobody has given a seed for."""
    text = """
def main():
    state = random.getstate()
    first = [random.random(), random.randrange(100)]
    random.setstate(state)
    return first == [random.random(), random.randrange(100)]
"""
    assert [True] == outcomes(HEAD + text)


RARE = """
class Counter:
    def __init__(self): self.value, self.lock = 0, threading.Lock()
    def increment(self):
        if {common}:
            with self.lock: self.value += 1
        else:
            self.value += 1
def main():
    counter = Counter()
    together(counter.increment, counter.increment)
    return counter.value
"""


@pytest.mark.parametrize(
    ("common", "sign"),
    [("random.random() < 0.999999", "+"), ("random.random() > 0.000001", "-"),
     ("random.randrange(2**16) != 2**16 - 1", "+"), ("random.randint(1, 10**4) > 1", "-"),
     ("random.uniform(0, 1) < 0.999 or time.time_ns() % 10", "+")],
)  # fmt: skip
def test_what_happens_once_in_a_million_times_happens(common: str, sign: str) -> None:
    """The first numbers of each task are low in some schedules, and high in others."""
    found = explored(RARE.format(common=common))
    assert {1, 2} == {outcome.value for outcome in found.outcomes}
    (lost,) = (outcome for outcome in found.outcomes if outcome.value == 1)
    text = str(lost.schedule)
    assert f"x:{sign}" == text[:3]
    run, _ = replay(program(RARE.format(common=common)), Schedule.parse(text))
    assert 1 == run.value


@pytest.mark.parametrize(
    "draw",
    ["random.random()", "random.getrandbits(64)", "random.randrange(10**6)",
     "random.SystemRandom().randint(1, 2**32)", "random.uniform(0, 1)"],
)  # fmt: skip
def test_names_that_are_drawn_differ(draw: str) -> None:
    """Numbers of a wide range serve as the names of owners: two that are the same are bad luck that
    nobody has, and no reason to fail.
    """
    text = f"""
def main():
    names = []
    together(*[lambda: names.extend([{draw}, {draw}]) for _ in range(3)])
    return len(set(names))
"""
    assert {6} == {outcome.value for outcome in explored(text).outcomes}


def test_a_story_says_that_numbers_are_extreme() -> None:
    """A reader would wonder at what happens."""
    text = RARE.format(common="random.random() < 0.9")
    (lost,) = (outcome for outcome in explored(text).outcomes if outcome.value == 1)
    run, trace = replay(program(text), lost.schedule)
    story = explain(run, trace, label="x", schedule=lost.schedule)
    assert "the first random numbers of each task are as high as they can be" in " ".join(
        story.text.split()
    )


def test_a_loop_that_waits_for_other_numbers_ends() -> None:
    """Only the first numbers are so low, or so high."""
    text = """
def wait():
    while random.random() < 0.5: time.sleep(0.1)
    while random.random() > 0.5: time.sleep(0.1)
    while random.choice([0, 1, 2]) == 2: pass
def main():
    together(wait, wait)
    return random.sample([1, 2, 3], 3)[0] > 0
"""
    found = explored(text)
    assert [True] == [outcome.value for outcome in found.outcomes]
