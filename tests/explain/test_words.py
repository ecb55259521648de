"""What a step did, in a few words."""

from __future__ import annotations

from typing import Any

import pytest

from grader.engine.trace import Step
from grader.explain.words import did, waits


def step(kind: str, access: str = "write", **more: Any) -> Step:
    """A step of task 1 on `box.items`."""
    given: dict[str, Any] = {"subject": "box", "key": None, "data": False, **more}
    return Step(0, 1, kind, given.pop("subject"), 1, given.pop("key"), access, 7, "f", "", **given)


DID = {
    "reads box.n → 3": step("read", "read", key="n", value="3", data=True),
    "reads box['k'] → 3": step("read", "read", key="['k']", value="3", data=True),
    "reads n → 3": step("read", "read", subject="", key="n", value="3", data=True),
    "writes box.n = 3": step("write", key="n", value="3", data=True),
    "deletes box.n": step("delete", key="n", data=True),
    "adds 1 to box": step("append", value="1", data=True),
    "takes 1 from box": step("pop", value="1", data=True),
    "box.get('k') → None": step("get", "read", key="['k']", value="None", data=True),
    "box.sort(…)": step("sort", value="None", data=True),
    "changes box += [1]": step("+=", value="[1]", data=True),
    "acquires box": step("acquire", "acquire"),
    "stops waiting: time is up": step("acquire", "acquire", expired=True),
    "tries box: it is taken": step("try-acquire", value="False"),
    "releases box": step("release", "release"),
    "notifies box: nobody is waiting": step("notify", "release", value="0"),
    "notifies box: wakes 2": step("notify", "release", value="2"),
    "waits on box": step("wait"),
    "finds box set": step("wait", "read"),
    "sees: box is not set yet": step("is-set", "read", value="False"),
    "starts thread-1": step("start", "release", subject="thread-1 transfer(a, b)"),
    "sees that thread-1 has ended": step("join", "read", subject="thread-1 transfer(a, b)"),
    "puts 5 into box": step("put", value="5"),
    "gets 5 from box": step("get", value="5"),
    "finds box empty": step("get"),
    "sleeps": step("sleep", "read", subject="", expired=True),
    "raises ValueError: no": step("raise", "read", subject="", value="ValueError: no"),
    "looks for what box has returned before": step("look-up", "read"),
    "keeps what box has returned": step("keep"),
    "looks at the cache of box": step("cache-info"),
    "empties the cache of box": step("cache-clear"),
    "something new": step("something new", "read", subject=""),
}


@pytest.mark.parametrize("words", DID)
def test_each_step_has_its_words(words: str) -> None:
    """Short words, with the value that was read or written."""
    assert words == did(DID[words])


WAITS = {
    "waits for box": step("acquire", "acquire"),
    "waits for thread-1 to end": step("join", "read", subject="thread-1 f()"),
    "waits on box to be told": step("wake", "read"),
    "waits for an item in box": step("get", "acquire"),
    "waits until somebody reads box": step("flush", "read"),
    "waits for box (something new)": step("something new", "read"),
}


@pytest.mark.parametrize("words", WAITS)
def test_each_wait_that_never_ends_has_its_words(words: str) -> None:
    """What it would take for the task to go on."""
    assert words == waits(WAITS[words])
