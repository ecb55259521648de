"""Exceptions: in which task, at which line."""

from __future__ import annotations

from typing import Any

import pytest

from grader.scenario import call, in_threads
from tests.explain.failing import Find


def test_exception_of_a_thread_names_task_and_line(failure: Find) -> None:
    """The check raises it again in the main task; the story tells where it began."""
    source = """
        class Box:
            def __init__(self):
                self.items = [1]
            def take(self):
                n = len(self.items)
                if n:
                    return self.items.pop()
                raise ValueError("nothing left")
    """

    def scenario(module: Any) -> Any:
        box = module.Box()
        return in_threads(*[call(box.take)] * 2)

    found = failure(source, scenario)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "exception"
    text = found.text()
    assert "raises ValueError: nothing left" in text
    assert "thread-2 raises ValueError: nothing left in line 8" in text


@pytest.mark.parametrize(
    "body",
    [
        "if self.items:\n                    self.items.pop()",
        "if len(self.items) > 0:\n                    self.items.pop()",
    ],
)
def test_exception_made_by_a_race_shows_who_meddled(failure: Find, body: str) -> None:
    """The other's change is among the steps that matter, and the hint may name the race."""
    source = f"""
        class Box:
            def __init__(self):
                self.items = [1]
            def take(self):
                {body}
    """

    def scenario(module: Any) -> Any:
        box = module.Box()
        return in_threads(*[call(box.take)] * 2)

    found = failure(source, scenario)
    assert found.kind() == "exception"
    assert found.kind("check-then-act") == "check-then-act"
    assert {found.step(i).task for i in found.diagnosis().focus[:-1]} == {1, 2}


def test_exception_of_the_students_own_thread_is_found(failure: Find) -> None:
    """Nobody joins on its result, but it counts."""
    source = """
        import threading
        def work():
            {}["missing"]
        def run():
            worker = threading.Thread(target=work)
            worker.start()
            worker.join()
    """
    found = failure(source, lambda module: module.run())
    assert found.kind() == "exception"
    assert found.kind("lost-exception") == "lost-exception"
    assert "KeyError" in found.text()


def test_exception_before_any_step_still_tells_a_story(failure: Find) -> None:
    """A name that is not there: no line of the student's, no lanes to speak of."""
    found = failure("x = 1\n", lambda module: module.missing())
    assert found.kind() == "exception"
    assert "AttributeError" in found.text()


def test_exception_of_the_only_task_shows_where_its_value_came_from(failure: Find) -> None:
    """One call leaves None behind, and the next one cannot do without it."""
    source = """
        notes = []
        def end():
            global notes
            notes = None
        def note():
            if notes is None:
                raise RuntimeError("outside")
        def run():
            end()
            note()
    """
    found = failure(source, lambda module: module.run(), lambda value: True)
    focus = [found.step(index).text for index in found.diagnosis().focus[:-1]]
    assert ["notes = None", "if notes is None:"] == focus


def test_process_that_died_is_an_exception(failure: Find) -> None:
    """Its parent joins it and goes on; the result lacks its share."""
    source = """
        from multiprocessing import Process, Value
        total = None
        def work(counter):
            total.value += 1
        def run():
            counter = Value("i", 0)
            worker = Process(target=work, args=(counter,))
            worker.start()
            worker.join()
            return counter.value
    """
    found = failure(source, lambda module: module.run(), lambda value: value == 1)
    assert found.kind("lost-update") == "exception"
    assert "its parent is not told" in " ".join(found.text().split())


def test_two_readers_of_one_pipe_get_half_a_message_each(failure: Find) -> None:
    """One cannot make a value of its part, the other waits for the rest: no signal was lost."""
    source = """
        from multiprocessing import Pipe, Process
        def add(reader, writer):
            writer.send(reader.recv() + 1)
        def run():
            reader, writer = Pipe(duplex=False)
            writer.send(0)
            workers = [Process(target=add, args=(reader, writer)) for _ in range(2)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
            return reader.recv()
    """
    found = failure(source, lambda module: module.run(), lambda value: value == 2)
    assert found.kind() == "short-read"
    text = " ".join(found.text().split())
    assert "Process-2 and Process-1 read from reader at the same time." in text
    assert "has died of EOFError" in text
    assert "signal" not in text


def test_reader_that_died_is_named_where_others_wait_for_ever(failure: Find) -> None:
    """It had the whole message; what it should have sent never comes."""
    source = """
        from multiprocessing import Lock, Pipe, Process
        def add(lock, reader, writer):
            with lock:
                value = reader.recv()
            writer.send([][value])
        def run():
            reader, writer = Pipe(duplex=False)
            writer.send(0)
            lock = Lock()
            workers = [Process(target=add, args=(lock, reader, writer)) for _ in range(2)]
            for worker in workers:
                worker.start()
            for worker in workers:
                worker.join()
    """
    found = failure(source, lambda module: module.run())
    assert found.kind() == "lost-wakeup"
    text = " ".join(found.text().split())
    assert "got the last one." in text
    assert "has died of IndexError" in text


GENERATORS = {
    "send": ("by = yield self.n\n                    self.n += by", "self.gen.send(1)"),
    "next": ("self.n += 1\n                    yield self.n", "next(self.gen)"),
    "for": ("self.n += 1\n                    yield self.n", "[n for n, _ in zip(self.gen, 'a')]"),
}


@pytest.mark.parametrize("way", GENERATORS)
def test_who_is_inside_a_generator_is_told(failure: Find, way: str) -> None:
    """The other task goes on with it at the same moment: its steps are shown too."""
    body, call_it = GENERATORS[way]
    source = f"""
        class Numbers:
            def __init__(self):
                self.n = 0
                self.gen = self.run()
                {"next(self.gen)" if way == "send" else "pass"}
            def run(self):
                while True:
                    {body}
            def take(self):
                return {call_it}
    """

    def scenario(module: Any) -> Any:
        return in_threads(*[call(module.Numbers().take)] * 2)

    found = failure(source, scenario)
    assert found.kind() == "exception"
    text = " ".join(found.text().split())
    assert "thread-2 raises ValueError: generator already executing in line 11" in text
    line = 9 if way == "send" else 8
    assert f"thread-1 was inside at that moment, in line {line}:" in text
    assert {found.step(i).task for i in found.diagnosis().focus[:-1]} == {1, 2}
    lines = [row for row in found.text().splitlines() if "thread-1" in row]
    assert lines[0].split() == ["thread-1", "take()", "thread-2", "take()"]
