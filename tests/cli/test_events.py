"""What `grader watch` is told of: files that are really saved."""

from __future__ import annotations

import queue
from collections.abc import Iterator

import pytest
import watchfiles

from grader.cli.events import Event, Failed, Saved, saves
from tests.cli.students import Student

DEADLINE_S = 120.0  # a net under the test: what is waited for is the event


def first(events: queue.SimpleQueue[Event]) -> Event:
    """The first one that is more than a time to look."""
    while (event := events.get(timeout=DEADLINE_S)) == Saved():
        pass
    return event


@pytest.mark.parametrize("polling", ["", "true"])
def test_only_the_students_files_are_told_of(
    student: Student, monkeypatch: pytest.MonkeyPatch, polling: str
) -> None:
    """A change as well as a file that an editor puts in the place of the old one."""
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", polling)
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    with saves(student.work().course, events.put):
        assert Saved() == events.get(timeout=DEADLINE_S)  # now it watches
        beside = student.file("01").with_name("notes.txt")
        beside.write_text("mine", encoding="utf-8")
        student.file("05").write_text("# one", encoding="utf-8")
        assert Saved(frozenset({"05_bank_transfer"})) == first(events)
        beside.replace(student.file("01"))
        assert Saved(frozenset({"01_thread_counter"})) == first(events)


def test_where_nothing_tells_of_changes_the_files_are_looked_at(
    student: Student, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when all watches that the system has are taken; if not even that works, it is said."""
    asked: list[bool | None] = []

    def watch(*_: object, force_polling: bool | None, **__: object) -> Iterator[set[object]]:
        asked.append(force_polling)
        if not force_polling:
            raise OSError("OS file watch limit reached.")
        yield set()
        raise OSError("gone")

    monkeypatch.setattr(watchfiles, "watch", watch)
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    with saves(student.work().course, events.put):
        assert Saved() == events.get(timeout=DEADLINE_S)
        assert Failed("gone") == events.get(timeout=DEADLINE_S)
    assert [None, True] == asked
