"""What a check can ask of a submission, and what a real run is worth."""

from __future__ import annotations

from typing import Any

import pytest

from grader.judge import protocol
from grader.judge.failed import CheckFailed
from grader.judge.launch import Tripped
from grader.judge.results import CheckResult, check_result
from grader.judge.submission import Submission


class Answers:
    """A backend that gives prepared replies, and counts real runs."""

    def __init__(self, *replies: protocol.Reply) -> None:
        self.replies = list(replies)
        self.asked: list[protocol.Request] = []
        self.real_runs = 0

    def begin_check(self) -> None:
        """Nothing."""

    def end_check(self) -> None:
        """Nothing."""

    def load(self) -> protocol.Reply:
        """Always fine."""
        return protocol.Ready()

    def ask(self, request: protocol.Request) -> protocol.Reply:
        """The next reply."""
        self.asked.append(request)
        return self.replies.pop(0)

    def run(self, request: protocol.RealRun, timeout_s: float) -> protocol.Reply:
        """The next reply."""
        self.real_runs += 1
        return self.replies.pop(0)


def scenario(module: Any) -> None:
    """A scenario's name is all that a request carries."""


def submission(backend: Answers, earlier: CheckResult | None = None) -> Submission:
    """A submission with this backend."""
    return Submission(backend, label="01.1", title="01 check", earlier=earlier)


def explored(*values: Any, exhausted: bool = True) -> protocol.Explored:
    """One reply with these outcomes."""
    outcomes = [
        protocol.FoundOutcome("finished", value, [], "01.1:ab", str(at), 0)
        for at, value in enumerate(values)
    ]
    return protocol.Explored(outcomes, 10, exhausted, True)


STORY = protocol.Story("torn-read", "the story", "01.1:ab")


def test_only_accepts_the_allowed_values() -> None:
    """All outcomes allowed: nothing is raised; one that is not: the story is told."""
    submission(Answers(explored(1, 2))).explore(scenario).only(1, 2)
    with pytest.raises(CheckFailed) as failed:
        submission(Answers(explored(1, 3), STORY)).explore(scenario).only(1, 2)
    assert "torn-read" == failed.value.kind
    assert failed.value.message.startswith("expected 1 or 2, but one schedule gives 3.")
    assert "the story" in failed.value.text


def test_never_refuses_what_is_given() -> None:
    """No schedule may give one of the values."""
    submission(Answers(explored(1, 2))).explore(scenario).never(3, 4)
    with pytest.raises(CheckFailed) as failed:
        submission(Answers(explored(1, 3), STORY)).explore(scenario).never(3, 4, why="Not so.")
    message = "expected anything but 3 or 4, but one schedule gives 3. Not so."
    assert failed.value.message.startswith(message)


@pytest.mark.parametrize(("values", "right"), [((3, 1), True), ((3, 4), False)])
def test_the_story_is_told_whether_another_schedule_is_right(values: Any, right: bool) -> None:
    """Only then may it say that the schedule does not matter."""
    backend = Answers(explored(*values), STORY)
    with pytest.raises(CheckFailed):
        submission(backend).explore(scenario).only(1, 2)
    request = backend.asked[-1]
    assert isinstance(request, protocol.Explain)
    assert right is request.right


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("main: ValueError: no", "One schedule ends with an exception: ValueError: no."),
        (
            "work-1: ValueError: no",
            "One schedule ends with an exception in work-1: ValueError: no.",
        ),
    ],
)
def test_an_exception_is_not_said_to_be_of_the_main_task(error: str, told: str) -> None:
    """A scenario raises there what one of its threads has raised: the story knows which."""
    outcome = protocol.FoundOutcome("exception", None, [error], "01.1:ab", "0", 0)
    reply = protocol.Explored([outcome], 10, True, True)
    with pytest.raises(CheckFailed) as failed:
        submission(Answers(reply, STORY)).explore(scenario).ends()
    assert told == failed.value.message


class Register:
    """What a register is, one call after another."""

    def __init__(self) -> None:
        self.value = 0

    def set(self, value: int) -> None:
        """Keeps it."""
        self.value = value

    def get(self) -> int:
        """What was kept last."""
        return self.value


def history(seen: int, before: int) -> list[Any]:
    """A `set(1)` and a `get` that saw `seen`, after `before` calls of the other thread."""
    return [[["set", [1], None, [0, 0]]], [["get", [], seen, [before, 0]]]]


def test_linearizable_wants_an_order_that_explains_each_history() -> None:
    """The story of a history that has none says which orders were tried."""
    right = explored(history(0, 0), history(1, 0), history(1, 1))
    submission(Answers(right)).explore(scenario).linearizable(Register)
    wrong = explored(history(1, 1), history(0, 1))
    story = protocol.Story("not-linearizable", "the story", "01.1:ab")
    with pytest.raises(CheckFailed) as failed:
        submission(Answers(wrong, story)).explore(scenario).linearizable(Register)
    assert "not-linearizable" == failed.value.kind
    assert "First set(1) → None: then get() gives 1." in failed.value.message


def test_can_reach_says_nothing_of_what_was_not_covered() -> None:
    """A value that no schedule gives is an error only if every schedule was covered."""
    submission(Answers(explored(1, exhausted=False))).explore(scenario).can_reach(2, why="no")
    with pytest.raises(CheckFailed) as failed:
        submission(Answers(explored(1))).explore(scenario).can_reach(2, why="locks too much")
    assert "over-synchronised" == failed.value.kind


def test_a_real_run_follows_only_what_is_right() -> None:
    """After a failed check a real run would be luck: it is not made, and gives no points."""
    failed_before = check_result("test_a", "It counts.", 1.0, kind="lost-update")
    backend = Answers(protocol.RealResult(5))
    with pytest.raises(CheckFailed) as failed:
        submission(backend, failed_before).runs(scenario, gives=5)
    assert ("lost-update", 0) == (failed.value.kind, backend.real_runs)
    assert "It counts." in failed.value.message
    submission(backend).runs(scenario, gives=5)
    assert 1 == backend.real_runs


def test_a_real_run_that_gives_something_else_fails() -> None:
    """With the kind that the check names."""
    backend = Answers(protocol.RealResult(4))
    with pytest.raises(CheckFailed) as failed:
        submission(backend).runs(scenario, gives=5, hint="lost-update")
    assert "lost-update" == failed.value.kind
    assert "expected 5, but it gave 4" in failed.value.message


class Stops(Answers):
    """A backend that ends every check at its limit of time."""

    def ask(self, request: protocol.Request) -> protocol.Reply:
        """Never comes to an answer."""
        self.asked.append(request)
        raise Tripped("timeout", "too long")


def test_a_check_that_is_stopped_says_so() -> None:
    """Of checks that fail by themselves it does not."""
    with pytest.raises(CheckFailed, match="too long") as failed:
        submission(Stops()).explore(scenario).ends()
    assert failed.value.stopped
    with pytest.raises(CheckFailed) as failed:
        submission(Answers(protocol.Refused("memory", "no"))).explore(scenario).ends()
    assert failed.value.stopped
    with pytest.raises(CheckFailed) as failed:
        submission(Answers(protocol.Refused("forbidden", "no"))).explore(scenario).ends()
    assert not failed.value.stopped


def test_after_two_stopped_checks_the_others_are_not_run() -> None:
    """Each would take its whole limit again; the message names the first one."""
    for stopped, asked in (([], 1), (["A."], 1), (["A.", "B."], 0)):
        backend = Stops()
        tried = Submission(backend, label="01.1", title="01 check", stopped=stopped)
        with pytest.raises(CheckFailed) as failed:
            tried.explore(scenario).ends()
        assert ("timeout", asked) == (failed.value.kind, len(backend.asked))
    assert failed.value.message.endswith("the first of them: A.")


def test_what_was_returned_and_not_raised_is_told() -> None:
    """A value that is the note of something else is shown in words."""
    story = protocol.Story("wrong-result", "the story", "01.1:ab")
    for value, words in (
        ({"exception": "ValueError"}, "gives a ValueError that was returned and not raised."),
        ({"raised": "ValueError"}, "gives a ValueError."),
        ({"too-much": "far too large"}, "gives a value that is far too large."),
    ):
        with pytest.raises(CheckFailed) as failed:
            submission(Answers(explored(value), story)).explore(scenario).only(1)
        assert failed.value.message.endswith(words)
