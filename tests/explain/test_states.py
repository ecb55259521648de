"""Values, locks and waits between the steps of a run."""

from __future__ import annotations

from typing import Any

from grader.explain.picture import Picture
from grader.scenario import call, in_threads
from tests.explain.failing import Find
from tests.explain.test_picture import failing


def value_at(picture: Picture, name: str, at: int) -> str:
    """The value of a variable after a step, as the page looks it up."""
    (place,) = [each for each in picture.places if each.name == name]
    known = [change.value for change in place.history if change.at <= at]
    return known[-1] if known else "?"


def holders_at(picture: Picture, name: str, at: int) -> list[int]:
    """Who holds a lock after a step."""
    (lock,) = [each for each in picture.locks if each.name == name]
    known = [holding.holders for holding in lock.history if holding.at <= at]
    return known[-1] if known else []


def story(picture: Picture) -> list[int]:
    """The numbers of the steps of the story."""
    return [at for row in picture.rows for at in row.steps]


def test_values_follow_reads_and_writes() -> None:
    """Each story step with the value after it: both read 0, both write 1."""
    _, picture = failing("counter_of_threads")
    (name,) = [place.name for place in picture.places]
    values = [value_at(picture, name, at) for at in story(picture)]
    assert ["0", "0", "1", "1", "1"] == values


def test_what_is_only_read_has_been_so_from_the_start() -> None:
    """The first read tells what nobody has written under control."""
    _, picture = failing("counter_of_processes")
    assert "0" == value_at(picture, "counter.value", 0)
    assert ["0", "1"] == [change.value for change in picture.places[0].history][:2]


def test_method_of_a_container_is_shown_until_it_is_read_again() -> None:
    """What `append` has made of a list is known when somebody looks."""
    _, picture = failing("made_twice")
    assert [
        "[]", "'made' added", "['made']", "'made' added",
    ] == [change.value for change in picture.places[1].history]  # fmt: skip


def test_locks_are_held_from_acquire_to_release() -> None:
    """And given back by a wait on their condition."""
    _, picture = failing("late_wait")
    by_kind = {step.kind: at for at, step in enumerate(picture.steps)}
    assert [] == holders_at(picture, "self.changed", by_kind["wait"])
    assert [2] == holders_at(picture, "self.changed", by_kind["wait"] - 1)
    assert [1] == holders_at(picture, "self.changed", by_kind["notify"])
    assert [] == holders_at(picture, "self.changed", by_kind["release"])


def test_deadlock_has_its_circle_and_its_waits() -> None:
    """Each lock held by the one, wanted by the other, for ever."""
    _, picture = failing("opposite_transfers")
    assert [1, 2] == sorted(picture.cycle)
    last = {wait.task: wait for wait in picture.waits if wait.until < 0}
    assert ["bob.lock", "alice.lock"] == [picture.locks[last[task].lock].name for task in (1, 2)]
    assert [[2], [1]] == [last[1].holders, last[2].holders]
    assert [1] == last[0].holders
    assert last[0].join


def test_task_waits_for_a_lock_until_it_gets_it() -> None:
    """From when another one has it, to the step at which it is acquired."""
    _, picture = failing("late_wait")
    acquires = [at for at, step in enumerate(picture.steps) if step.kind == "acquire"]
    (wait,) = [wait for wait in picture.waits if wait.until >= 0]
    assert (acquires[0], acquires[1]) == (wait.since, wait.until)
    assert "waits for self.changed" == wait.did


def test_things_of_one_name_are_told_apart(failure: Find) -> None:
    """Two locks that are both `self.lock` get numbers."""
    found = failure(
        """
        import threading
        class Gate:
            def __init__(self):
                self.lock = threading.Lock()
            def through(self, other):
                with self.lock:
                    with other.lock:
                        pass
        """,
        _gates,
    )  # fmt: skip
    names = [lock.name for lock in found.picture().locks]
    assert len(set(names)) == len(names) == 2


def _gates(module: Any) -> Any:
    gates = [module.Gate(), module.Gate()]
    return in_threads(call(gates[0].through, gates[1]), call(gates[1].through, gates[0]))
