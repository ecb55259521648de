"""The hidden checks of exercise 04."""

from __future__ import annotations

from collections import deque

import scenarios as s

from grader.check import Blocked, Draw, Submission, points
from grader.judge.models import outcomes

_CLOSED = {"raised": "Closed"}
_ALONE = 100  # schedules, where one thread makes all calls: more for who has threads of its own


class Closed(Exception):
    """What the model raises where the contract says Closed."""


class Buffer:
    """The reference model. Subclasses say how large it is, and what is inside at the beginning."""

    capacity = 1
    inside: tuple[int, ...] = ()

    def __init__(self) -> None:
        self.items = deque(self.inside)
        self.closed = False

    def put(self, item: int) -> None:
        """Blocked where a put waits."""
        if self.closed:
            raise Closed
        if len(self.items) >= self.capacity:
            raise Blocked
        self.items.append(item)

    def get(self) -> int:
        """Blocked where a get waits."""
        if self.items:
            return self.items.popleft()
        raise Closed if self.closed else Blocked

    def close(self) -> None:
        """Never blocked."""
        self.closed = True

    def len(self) -> int:
        """How many items are inside."""
        return len(self.items)


Plans = list[list[list[object]]]


def _beside(
    submission: Submission,
    capacity: int,
    inside: list[int],
    plans: Plans,
    after: list[list[object]],
    hint: str = "wrong-result",
    early_timeouts: bool = False,
) -> None:
    """Every schedule gives what some order of the calls gives on the model."""
    model = type("Model", (Buffer,), {"capacity": capacity, "inside": tuple(inside)})
    submission.explore(
        s.beside, capacity, inside, plans, after, early_timeouts=early_timeouts, schedules=2_000
    ).only(*outcomes(model, plans, after), hint=hint)


@points(1)
def test_one_thread(submission: Submission, draw: Draw) -> None:
    """With one thread the buffer takes as many items as it has places, and hands out the oldest."""
    for capacity in (1, 2, 3):
        items = [draw.between(10, 99) for _ in range(capacity)]
        up_and_down = [*range(1, capacity + 1), *range(capacity - 1, 0, -1)]
        sizes = [0, *up_and_down, *up_and_down]
        submission.explore(s.sequential, capacity, items, schedules=_ALONE).only([items * 2, sizes])


@points(1)
def test_closed_buffer(submission: Submission, draw: Draw) -> None:
    """A closed buffer takes nothing, hands out what is inside, and then says Closed, every time."""
    for count in (0, 1, 2):
        items = [draw.between(10, 99) for _ in range(count)]
        submission.explore(s.closing, items, schedules=_ALONE).only(
            [[None, _CLOSED, count, None, _CLOSED], [*items, _CLOSED, _CLOSED], 0, _CLOSED, None]
        )


@points(1)
def test_any_objects(submission: Submission) -> None:
    """Items may be any objects: None, 0, equal ones, ones that cannot be hashed."""
    for which, count in (("false", 5), ("equal", 7), ("classes", 4), ("not hashable", 6)):
        submission.explore(s.objects, which, schedules=_ALONE).only([count, [True] * count, 0])
    for which in ("None", "equals all"):
        submission.explore(s.objects_handed_over, which).only([True, 0])


@points(3)
def test_nobody_waits_for_what_is_there(submission: Submission, draw: Draw) -> None:
    """With an item inside no get waits for ever, and with a free place no put does."""
    a, b = draw.between(10, 19), draw.between(20, 29)
    for capacity in (1, 2):
        _beside(
            submission, capacity, [], [[["get"]], [["get"]], [["put", a], ["put", b]]], [["len"]],
            hint="check-then-act",
        )  # fmt: skip


@points(3)
def test_never_more_than_capacity(submission: Submission, draw: Draw) -> None:
    """A put into a full buffer waits until there is a place that nobody else has taken."""
    a, b, c = (draw.between(10 * n, 10 * n + 9) for n in (1, 2, 3))
    _beside(submission, 1, [c], [[["put", a]], [["get"]]], [["len"]])
    _beside(
        submission, 1, [c], [[["put", a]], [["put", b]], [["get"], ["len"], ["get"]]], [["get"]],
        hint="check-then-act",
    )  # fmt: skip


@points(2)
def test_first_in_first_out(submission: Submission, draw: Draw) -> None:
    """Every item is got once, the oldest one first, however many go through."""
    a, b, c = (draw.between(10 * n, 10 * n + 9) for n in (1, 2, 3))
    _beside(submission, 2, [a, b], [[["get"], ["get"]], [["put", c]]], [["get"]])
    _beside(submission, 1, [], [[["put", a], ["put", b], ["put", c]], [["get"], ["get"]]],
            [["get"], ["len"]])  # fmt: skip


@points(2)
def test_close_wakes_those_who_get(submission: Submission) -> None:
    """close() ends the waiting of every get, with Closed."""
    _beside(submission, 1, [], [[["get"]], [["get"]], [["close"]]], [["get"]])


@points(2)
def test_close_wakes_those_who_put(submission: Submission, draw: Draw) -> None:
    """close() ends the waiting of every put, with Closed, and nothing is added."""
    a, b, c = (draw.between(10 * n, 10 * n + 9) for n in (1, 2, 3))
    _beside(
        submission, 1, [c], [[["put", a]], [["put", b]], [["close"]]], [["get"], ["get"]],
        hint="check-then-act",
    )  # fmt: skip


@points(2)
def test_last_items_are_handed_out(submission: Submission, draw: Draw) -> None:
    """What was put before close() is got, and only those for whom nothing is left get Closed."""
    a = draw.between(10, 19)
    plan: list[list[object]] = [["put", a], ["close"]]
    _beside(submission, 1, [], [[["get"], ["get"]], plan], [["len"]])
    _beside(submission, 1, [], [[["get"]], [["get"]], plan], [], hint="check-then-act")


@points(2)
def test_put_beside_close(submission: Submission, draw: Draw) -> None:
    """A put beside close() adds its item before it, or raises Closed and adds nothing."""
    a, b = draw.between(10, 19), draw.between(20, 29)
    for inside, plans in (
        ([], [[["put", a]], [["close"], ["get"]]]),
        ([b], [[["put", a]], [["get"], ["close"], ["get"]]]),
    ):
        _beside(submission, 1, inside, plans, [["get"]], hint="check-then-act")


@points(1)
def test_len_is_exact(submission: Submission, draw: Draw) -> None:
    """len() is how many items are inside, whoever asks, and never waits for anybody."""
    a, b = draw.between(10, 19), draw.between(20, 29)
    plans: Plans
    for inside, plans in (
        ([], [[["put", a], ["get"]], [["len"], ["len"]]]),
        ([a], [[["put", b]], [["len"], ["close"]]]),
    ):
        _beside(submission, 1, inside, plans, [["len"]], hint="torn-read")


@points(1)
def test_no_wait_gives_up(submission: Submission, draw: Draw) -> None:
    """However long it takes, a get waits for an item and a put for a place."""
    a, b = draw.between(10, 19), draw.between(20, 29)
    for inside, plans in (([], [[["get"]], [["put", a]]]), ([b], [[["put", a]], [["get"]]])):
        _beside(submission, 1, inside, plans, [["len"]], early_timeouts=True)


@points(1)
def test_buffers_are_independent(submission: Submission, draw: Draw) -> None:
    """Two buffers share nothing; closing one does not close the other."""
    a, b = draw.between(10, 19), draw.between(20, 29)
    submission.explore(s.next_to_each_other, a, schedules=_ALONE).only(
        [None, 0, None, 1, a, None, _CLOSED, 1, 0]
    )
    submission.explore(s.two_buffers, a, b).only(
        [[[a, 1, _CLOSED], [None, None, None]], b, None, 1, _CLOSED]
    )


@points(1)
def test_real_threads(submission: Submission) -> None:
    """2,000 items of 4 real threads reach 4 others, each once and in order."""
    submission.runs(s.many, 10, 4, 4, 500, gives=[2_000, 2_000, 0, 0, 0], timeout_s=60)
