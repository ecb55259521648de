"""What reads the objects of a dataclass is seen, also where no code of the student's reads them."""

from __future__ import annotations

from typing import Any

import pytest

from grader.explorer import Budget, Program, explore
from grader.explorer.outcome import Exploration
from grader.source.load import from_text

TEXT = """
import dataclasses, threading
from dataclasses import dataclass, field

@dataclass(order=True, slots=SLOTS)
class Record:
    n: int = 0
    items: list = field(default_factory=list)

def main():
    a, b, seen = Record(1), Record(2), []
    def write():
        a.n = 3
        a.n = 0
    def look():
        seen.append(LOOK)
    threads = [threading.Thread(target=target) for target in (write, look)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen
"""


def _values(found: Exploration) -> list[Any]:
    return [outcome.value for outcome in found.outcomes]


# What is looked at, and all that may be seen.
LOOKS: dict[str, list[Any]] = {
    "a == Record(1)": [False, True],
    "a < b": [False, True],
    "max([a, b]) is a": [False, True],
    "Record(3) in [a]": [False, True],
    "[one.n for one in sorted([b, a])]": [[0, 2], [1, 2], [2, 0], [2, 3], [3, 2]],
    "repr(a)": [f"Record(n={n}, items=[])" for n in (0, 1, 3)],
    "str([a])": [f"[Record(n={n}, items=[])]" for n in (0, 1, 3)],
    "dataclasses.asdict(a)['n']": [0, 1, 3],
    "dataclasses.astuple(a)[0]": [0, 1, 3],
    "dataclasses.replace(a, items=[]).n": [0, 1, 3],
}


@pytest.mark.parametrize("slots", [False, True])
@pytest.mark.parametrize("look", LOOKS)
def test_a_look_at_a_record_is_seen(look: str, slots: bool) -> None:
    """The search that only turns round what it sees finds every outcome."""
    text = TEXT.replace("SLOTS", str(slots)).replace("LOOK", look)
    source = from_text(text, name="program", filename="program.py", allowed=None)
    program = Program({"program": source}, "program", lambda module: module.main())
    found = explore(program, Budget(2_000), strategy="dpor")
    assert found.exhausted
    assert [[each] for each in LOOKS[look]] == sorted(_values(found), key=repr)


def test_what_is_in_a_record_is_read_with_it() -> None:
    """A list, when two records are compared."""
    text = TEXT.replace("SLOTS", "False").replace("a.n = 3", "a.items.append(3)")
    text = text.replace("a.n = 0", "a.items.clear()").replace("LOOK", "a == Record(1)")
    source = from_text(text, name="program", filename="program.py", allowed=None)
    program = Program({"program": source}, "program", lambda module: module.main())
    found = explore(program, Budget(2_000), strategy="dpor")
    assert [[False], [True]] == sorted(_values(found), key=repr)


def test_a_record_can_be_compared_when_no_schedule_runs() -> None:
    """As by one who keeps what a run returned."""
    text = "from dataclasses import dataclass\n@dataclass\nclass Record:\n n: int = 0\n"
    source = from_text(text, name="program", filename="program.py", allowed=None)
    kept: list[Any] = []
    explore(Program({"program": source}, "program", lambda module: kept.append(module.Record())))
    assert kept[0] == type(kept[0])(0)
    assert repr(kept[0]) == "Record(n=0)"
