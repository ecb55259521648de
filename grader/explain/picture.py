"""A told run as plain data: all that the text, the Mermaid diagram and the page are drawn from.

It goes over the wire from the runner, which nobody trusts, so everything in it has a bound, and
`received` checks what a type cannot say.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Final, TypeAlias

import msgspec
from msgspec import UNSET, Meta, UnsetType

from grader.explain.plain import clean

MOST_STEPS: Final = 20_000  # of a longer run the beginning, the end and the story are kept
MOST_THINGS: Final = 60  # variables, or locks
MOST_LINES: Final = 3_000  # of one file
MOST_FILES: Final = 20
MOST_TASKS: Final = 20_000
SHORT: Final = 300  # characters of a name, a value, a line
LONG: Final = 2_000  # characters of sentences

Short: TypeAlias = Annotated[str, Meta(max_length=SHORT)]
Long: TypeAlias = Annotated[str, Meta(max_length=LONG)]
Number: TypeAlias = Annotated[int, Meta(ge=-1, le=10**9)]
"""-1: none."""
Numbers: TypeAlias = Annotated[list[Number], Meta(max_length=MOST_TASKS)]
Names: TypeAlias = Annotated[list[Long], Meta(max_length=50)]


class _Part(msgspec.Struct, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a picture: what is as always is not written."""


class Task(_Part):
    """A thread or process. `lane`: it matters for the story. `ended`: it came to its end."""

    id: Number
    name: Short  # `thread-1`
    full: Short  # `thread-1 transfer(a, b, 10)`
    process: Number = 0
    lane: bool = False
    ended: bool = False


class Step(_Part):
    """What a task did, or what it waits for at the end without ever coming to it.

    `mark` is ">" where it matters for the story and "✗" where it goes wrong; `note` says what
    goes wrong. `thing` is what was touched, as a person writes it. `skipped` steps right before
    this one are not in the picture.
    """

    at: Number  # its number in the run
    task: Number
    kind: Short
    did: Short
    line: Number = 0  # 0: not in the student's code
    file: Number = -1  # index into `Picture.sources`
    text: Short = ""  # the source line
    thing: Short = ""
    access: Short = ""  # "read", "write", "acquire", "release"
    value: Short = ""
    mark: Annotated[str, Meta(max_length=1)] = ""
    note: Short = ""
    skipped: Number = 0


class Row(_Part):
    """A row of the story: what happened at one step, or how many steps are left out (`folded`).
    Several steps: the last row of tasks that wait for ever. `again`: the source line stands in the
    row above already.
    """

    steps: Numbers = []
    folded: Number = 0
    again: bool = False


class Wait(_Part):
    """A task that cannot go on, after step `since` and until step `until` (-1: for ever).

    `lock` is an index into `Picture.locks`, where that is what it waits for; `holders` are the
    tasks that have what it wants at the end, or that it waits to see ended.
    """

    task: Number
    did: Short  # `waits for bob.lock`
    since: Number
    until: Number = -1
    line: Number = 0
    thing: Short = ""  # what another one would have to give; empty for a join
    lock: Number = -1
    holders: Numbers = []
    join: bool = False
    daemon: bool = False


class Change(_Part, array_like=True):
    """From step `at` on a variable has this value, as far as it is known."""

    at: Number
    value: Short


class Place(_Part):
    """A variable that tasks share, with its values in the order of the steps."""

    name: Short
    history: Annotated[list[Change], Meta(max_length=MOST_STEPS + 2)] = []


class Holding(_Part, array_like=True):
    """From step `at` on these tasks hold a lock."""

    at: Number
    holders: Numbers


class Lock(_Part):
    """A lock, with its holders in the order of the steps."""

    name: Short
    history: Annotated[list[Holding], Meta(max_length=MOST_STEPS + 2)] = []


class File(_Part):
    """A file of the student's."""

    name: Short
    lines: Annotated[list[Short], Meta(max_length=MOST_LINES)] = []


class Orders(_Part):
    """Of a check for linearizability, in sentences: the calls of each task with what they returned,
    and the orders of them that were tried, none of which gives the same.
    """

    calls: Names
    tried: Names


class Picture(msgspec.Struct, forbid_unknown_fields=True, tag_field="schema",
              tag="racecourse/picture/1"):  # fmt: skip
    """One schedule that failed. Steps are counted from 0 in `steps`; the numbers from
    `len(steps)` on are those of `stuck`, which all stand at one moment: the end.
    """

    label: Short
    title: Short
    kind: Short
    schedule: Annotated[str, Meta(max_length=100_000)]
    position: tuple[Number, Number] | None  # (3, 7): the third of 7; (3, -1): the third
    language: Annotated[str, Meta(max_length=8)]
    story: Short  # what the kind is called
    why: Long
    read: Short
    outcome: Short
    facts: Names
    also: Names
    ending: Short
    tasks: Annotated[list[Task], Meta(max_length=MOST_TASKS)]
    steps: Annotated[list[Step], Meta(max_length=MOST_STEPS + 100)]
    stuck: Annotated[list[Step], Meta(max_length=MOST_TASKS)]
    rows: Annotated[list[Row], Meta(max_length=100)]
    waits: Annotated[list[Wait], Meta(max_length=MOST_STEPS + MOST_TASKS)]
    cycle: Numbers
    places: Annotated[list[Place], Meta(max_length=MOST_THINGS)]
    locks: Annotated[list[Lock], Meta(max_length=MOST_THINGS)]
    sources: Annotated[list[File], Meta(max_length=MOST_FILES)]
    more_things: Number = 0  # variables and locks that are not in the picture
    whole: bool = False  # all steps are there, and not only those of the story
    orders: Orders | UnsetType = UNSET  # by the judge, which knows what should come out

    def step(self, number: int) -> Step:
        """A step, or one that never came to run, by its number."""
        count = len(self.steps)
        return self.steps[number] if number < count else self.stuck[number - count]

    def task(self, number: int) -> Task:
        """A task by its id."""
        return next(task for task in self.tasks if task.id == number)

    @property
    def lanes(self) -> list[Task]:
        """The tasks that matter, in the order in which they were started."""
        return [task for task in self.tasks if task.lane]

    @property
    def kind_shouted(self) -> str:
        """`LOST UPDATE`."""
        return self.kind.replace("-", " ").upper()


def short(text: str, most: int = SHORT) -> str:
    """The text on one line, visible, and no longer than that."""
    text = clean(text[: most + 1])
    return text if len(text) <= most else text[: most - 1] + "…"


def received(picture: Picture) -> Picture:
    """A picture that somebody else has made: made visible once more, and in itself consistent.
    Raises `ValueError` where it is not.
    """
    try:
        cleaned = msgspec.convert(_cleaned(msgspec.to_builtins(picture)), Picture)
    except msgspec.ValidationError as error:
        raise ValueError(f"The picture of the run is not one: {error}") from None
    tasks = {task.id for task in cleaned.tasks}
    count = len(cleaned.steps) + len(cleaned.stuck)
    every = [*cleaned.steps, *cleaned.stuck]
    _within(tasks, (step.task for step in every))
    _within(range(-1, len(cleaned.sources)), (step.file for step in every))
    _within(tasks, cleaned.cycle)
    for wait in cleaned.waits:
        _within(tasks, [wait.task, *wait.holders])
        _within(range(-1, len(cleaned.locks)), [wait.lock])
    for row in cleaned.rows:
        _within(range(count), row.steps)
    for lock in cleaned.locks:
        for holding in lock.history:
            _within(tasks, holding.holders)
    return cleaned


def _within(known: Any, numbers: Iterable[int]) -> None:
    if not all(number in known for number in numbers):
        raise ValueError("The picture of the run names something that is not in it.")


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return clean(value)[:100_000]
        case list() | tuple():
            return [_cleaned(each) for each in value]
        case dict():
            return {key: _cleaned(each) for key, each in value.items()}
    return value
