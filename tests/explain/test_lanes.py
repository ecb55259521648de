"""Lanes: columns that line up, steps that are folded, and nothing hostile on the terminal."""

from __future__ import annotations

from typing import Any

from grader.explain.lanes import folded
from grader.explain.plain import width_of
from grader.scenario import call, in_threads
from tests.explain.failing import Failure, Find, find_failure


def _increments(module: Any) -> Any:
    counter = module.Counter()
    in_threads(*[call(counter.increment)] * 2)
    return counter.value


def _failing(source: str) -> Failure:
    return find_failure(source, _increments, lambda value: value == 2)


def test_columns_line_up_with_wide_characters() -> None:
    """Hangul and emoji before the second lane do not push it aside."""
    found = _failing("""
        class Counter:
            def __init__(self):
                self.잔액 = 0
            def increment(self):
                self.잔액 += 1  # 🎉
            value = property(lambda self: self.잔액)
    """)
    lines = found.text().splitlines()
    head = next(line for line in lines if "thread-2" in line)
    second = width_of(head.split("thread-2")[0])
    rows = [line for line in lines if line.strip().startswith("5") and "잔액" in line]
    assert {width_of(line) - width_of(line.lstrip()) for line in rows} == {3, second}


def test_long_runs_are_folded_around_the_steps_that_matter() -> None:
    """Dozens of steps in between are counted, not shown."""
    found = _failing("""
        class Counter:
            def __init__(self):
                self.value = 0
                self.noise = []
            def increment(self):
                old = self.value
                for _ in range(9):
                    self.noise.append(len(self.noise))
                self.value = old + 1
    """)
    text = found.text()
    assert len(text.splitlines()) < 30
    assert "steps that do not matter here" in text
    assert text.count("✗") == 1


def test_one_left_out_step_is_counted_in_the_singular() -> None:
    """Small things, read at night."""
    assert folded(1, "en") == "… 1 step that does not matter here"
    assert folded(12_000, "en") == "… 12,000 steps that do not matter here"


def test_steps_before_the_threads_start_are_not_shown() -> None:
    """Building the objects is no part of the story."""
    found = _failing("""
        class Counter:
            def __init__(self):
                self.a = self.b = self.c = self.value = 0
            def increment(self):
                self.value += 1
    """)
    assert "self.a" not in found.text()


def test_hostile_text_stays_text(failure: Find) -> None:
    """Escape sequences in names, values and source lines do not reach the terminal."""
    source = (
        "class Account:\n"
        "    def __init__(self):\n"
        "        self.name = 'a\\x1b[2J\\u202e\\n'\n"
        "        self.value = '\\x1b]0;owned\\x07'\n"
        "        self.count = 0\n"
        "    def increment(self):\n"
        "        old = self.count; self.value = '\\x1b[31m'  # \u202e \x1b[5m\n"
        "        self.count = old + 1\n"
    )

    def scenario(module: Any) -> Any:
        account = module.Account()
        in_threads(*[call(account.increment)] * 2)
        return account.count

    found = failure(source, scenario, lambda value: value == 2)
    text = found.text(width=160, title="\x1b[1mtitle\u202e", expected="\x1b[0m2", got="1\n\n2")
    assert all(character == "\n" or character.isprintable() for character in text)
    assert "\\x1b[5m" in text


def test_locks_held_are_shown_where_they_matter() -> None:
    """Who holds what can be seen from the rows: acquires come before what they guard."""
    found = _failing("""
        import threading
        class Counter:
            def __init__(self):
                self.mine = threading.local()
                self.value = 0
            def increment(self):
                lock = threading.Lock()
                with lock:
                    self.value += 1
    """)
    text = found.text()
    assert "acquires lock#1" in text
    assert "acquires lock#2" in text


def test_threads_of_equal_names_are_told_apart(failure: Find) -> None:
    """Two workers that the student gave one name."""
    source = """
        import threading
        class Sum:
            value = 0
            def add(self):
                self.value += 1
        def run():
            total = Sum()
            threads = [threading.Thread(target=total.add, name="worker") for _ in range(2)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return total.value
    """
    found = failure(source, lambda module: module.run(), lambda value: value == 2)
    assert "overwrites what worker#" in found.text()
