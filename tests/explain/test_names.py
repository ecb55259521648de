"""What things are called in stories: by names that the student has written."""

from __future__ import annotations

from typing import Any

import pytest

from grader.scenario import call, in_processes, in_threads
from tests.explain.failing import Find

DATACLASS = """
    import threading
    from dataclasses import dataclass, field
    @dataclass{options}
    class Account:
        {name}: str
        lock: threading.Lock = field(default_factory=threading.Lock)
    def transfer(one, other):
        with one.lock, other.lock:
            pass
"""


@pytest.mark.parametrize(
    ("name", "options", "called"),
    [
        ("name", "", "alice.lock"),
        ("owner", "", "account1.lock"),
        ("name", "(frozen=True)", "alice.lock"),
    ],
)
def test_lock_of_a_dataclass_is_called_by_the_way_to_it(
    failure: Find, name: str, options: str, called: str
) -> None:
    """Nobody has written the line that sets it: the first look at it tells where it is."""
    source = DATACLASS.format(name=name, options=options)

    def scenario(module: Any) -> Any:
        a, b = module.Account("alice"), module.Account("bob")
        in_threads(call(module.transfer, a, b), call(module.transfer, b, a))

    found = failure(source, scenario)
    assert found.kind() == "deadlock"
    assert f"thread-1 holds {called}, waits for " in found.text()


def test_lock_of_a_value_is_called_by_the_variable_of_the_value(failure: Find) -> None:
    """Also where the value itself is never touched."""
    source = """
        from multiprocessing import Lock, Value
        def make():
            return Value("q", 0, lock=Lock())
        def add(counter):
            with counter.get_lock():
                with counter.get_lock():
                    counter.value += 1
    """

    def scenario(module: Any) -> Any:
        counter = module.make()
        in_processes(module, (add, counter), (add, counter))

    text = failure(source, scenario).text()
    assert "acquires counter.get_lock()" in text
    assert "raw" not in text


def add(module: Any, counter: Any) -> None:
    """Called in each process."""
    module.add(counter)


def test_value_without_a_name_is_called_value(failure: Find) -> None:
    """Not by the name of a class that students never see."""
    source = """
        from multiprocessing import Lock, Value
        def add(cells):
            with cells[0].get_lock():
                with cells[0].get_lock():
                    pass
        def run():
            add([Value("q", 0, lock=Lock())])
    """
    text = failure(source, lambda module: module.run()).text()
    assert "acquires value.get_lock()" in text or "acquires cells[0].get_lock()" in text
    assert "raw" not in text


def test_cached_function_keeps_what_it_returned(failure: Find) -> None:
    """It has no method `keep`."""
    source = """
        import threading
        from functools import lru_cache
        @lru_cache(maxsize=None)
        def the_lock():
            return threading.Lock()
        class Counter:
            value = 0
            def increment(self):
                with the_lock():
                    self.value += 1
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        in_threads(*[call(counter.increment)] * 2)
        return counter.value

    text = " ".join(failure(source, scenario, lambda value: value == 2).text(width=120).split())
    assert "keeps what the_lock has returned" in text
    assert ".keep(" not in text
