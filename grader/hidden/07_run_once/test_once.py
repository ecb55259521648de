"""The hidden checks of exercise 07."""

from typing import Any

import scenarios as s

from grader.check import Draw, Submission, points
from grader.judge.observed import Observed

RUNTIME_ERROR = {"raised": "RuntimeError"}


def _told(threads: int, fails: int) -> dict[str, Any]:
    """What has to come out when so many calls are made and the first `fails` runs raise. A call
    that is made afterwards runs func once more only if there is no result yet.
    """
    failed = min(threads, fails)
    results = threads - failed
    there = results > 0
    then = "result 1" if there or fails == threads else f"error {threads + 1}"
    return {
        "got": [f"error {number + 1}" for number in range(failed)] + ["result 1"] * results,
        "done": there,
        "then": then,
        "runs": failed + 1,
        "at once": 1,
    }


def _once_for_all(observed: Observed, told: dict[str, Any]) -> None:
    """Every schedule gives what is `told`. What is wrong otherwise has different names."""
    observed.holds(
        lambda seen: seen["runs"] <= told["runs"] and seen["at once"] <= 1,
        expected=str(told),
        hint="check-then-act",
    ).holds(
        lambda seen: all(got is not None for got in seen["got"]),
        expected=str(told),
        hint="order-violation",
    ).only(told, hint="wrong-result")


def _raised(got: Any) -> bool:
    """Whether a call has raised, whatever it was."""
    return isinstance(got, dict) or str(got).startswith("error")


@points(1)
def test_one_thread(submission: Submission, draw: Draw) -> None:
    """In one thread func runs in the first get only, and done tells when a result is there."""
    gets = draw.between(2, 4)
    submission.explore(s.sequential, gets).only([[False, 0], *[["result 1", True, 1]] * gets])


@points(3)
def test_func_runs_once(submission: Submission) -> None:
    """Two threads that call get at the same time get one result of one run."""
    _once_for_all(submission.explore(s.callers, 2, 0), _told(2, 0))


@points(1)
def test_func_runs_once_for_three(submission: Submission) -> None:
    """So do three threads, and none of them waits for ever."""
    _once_for_all(submission.explore(s.callers, 3, 0), _told(3, 0))


@points(2)
def test_any_result_counts(submission: Submission) -> None:
    """Whatever func returns is the result, None too, and every caller gets this very object."""
    for name in s.RESULTS:
        submission.explore(s.any_result, name).only(
            {"done": [False, True, True], "very same": [True, True], "runs": 1},
            why=f"(func returns {name}.)",
        )
    submission.explore(s.any_result_for_two, "None").only(
        {"very same": [True, True], "runs": 1}, hint="check-then-act"
    )


@points(2)
def test_next_caller_tries_again(submission: Submission, draw: Draw) -> None:
    """When func raises, one caller gets the exception and the next one runs func again."""
    fails = draw.between(2, 4)
    submission.explore(s.rounds, fails).holds(
        lambda seen: _raised(seen[0][0]),
        expected="an exception from the first call",
        hint="lost-exception",
    ).only(
        [[f"error {number}", False] for number in range(1, fails + 1)] + [["result 1", True]] * 2
    )
    for fails in (1, 2):
        _once_for_all(submission.explore(s.callers, 2, fails), _told(2, fails))


@points(2)
def test_those_who_waited_try_again(submission: Submission) -> None:
    """After a run that raised, those who waited for it go on: one runs func, the others wait."""
    _once_for_all(submission.explore(s.callers, 3, 1), _told(3, 1))
    # Not only after the first run that raised.
    for fails in (1, 2):
        _once_for_all(submission.explore(s.callers, 2, fails, 1), _told(3, fails))


@points(1)
def test_every_exception_counts(submission: Submission) -> None:
    """SystemExit from func is an exception like any other: it reaches the caller, nobody hangs."""
    for threads in (1, 2):
        _once_for_all(submission.explore(s.exits, threads), _told(threads, 1))


@points(2)
def test_inner_call_raises(submission: Submission, draw: Draw) -> None:
    """If func calls get itself, that call raises RuntimeError, and the object stays usable."""
    calls = draw.between(1, 3)
    submission.explore(s.inner, True, 1, calls).only(
        {"inside": [RUNTIME_ERROR] * calls, **_told(1, 0)}
    )
    submission.explore(s.inner, False, 1).only(
        {"inside": [], "got": [RUNTIME_ERROR], "done": False, "then": "result 1", "runs": 2,
         "at once": 1},
    )  # fmt: skip


@points(2)
def test_others_wait_while_func_calls_get(submission: Submission) -> None:
    """While func calls get itself, callers in other threads wait as usual."""
    submission.explore(s.inner, True, 2).only(
        {"inside": [RUNTIME_ERROR], **_told(2, 0)}, hint="check-then-act"
    )
    submission.explore(s.inner, False, 2).only(
        {"inside": [], "got": [RUNTIME_ERROR, "result 1"], "done": True, "then": "result 1",
         "runs": 2, "at once": 1},
        hint="check-then-act",
    )  # fmt: skip
    _once_for_all(submission.explore(s.inner_of_another_thread), _told(2, 0))


@points(1)
def test_threads_are_not_their_names(submission: Submission) -> None:
    """Two threads of one name are two threads."""
    submission.explore(s.namesakes, "worker").only(_told(2, 0))


@points(1)
def test_done_never_waits(submission: Submission) -> None:
    """While func runs, done can be read, by func itself too, and is False."""
    for fails in (0, 1):
        submission.explore(s.done_inside, fails).only(
            {"inside": [False] * (fails + 1), **_told(fails + 1, fails)}
        )
    submission.explore(s.done_during_run).holds(
        lambda seen: seen[0] == "result 1", expected="the result of one run"
    ).can_reach(
        why="done is never read while func runs: whoever reads it waits for the end of func.",
        predicate=lambda seen: seen[1] == [True, False, True],
    )
    submission.explore(s.done_without_waiting).only({"looked": False, **_told(1, 0)})


@points(1)
def test_done_tells_the_truth(submission: Submission) -> None:
    """Before func has returned, done is not True; when a get has given the result, it is."""
    submission.explore(s.done_beside, 0).holds(
        lambda seen: (
            [seen["got"], seen["runs"]] == ["result 1", 1]
            and seen["looked"][0] != [True, False]
            and seen["looked"][1:] == ["result 1", True]
        ),
        expected="done only after func has returned, and one result of one run",
        hint="order-violation",
    )
    submission.explore(s.done_beside, 2).only(
        {"got": "error 1", "looked": [[False, False], "error 2", False], "runs": 2},
        {"got": "error 2", "looked": [[False, False], "error 1", False], "runs": 2},
        hint="order-violation",
    )


@points(2)
def test_objects_are_independent(submission: Submission) -> None:
    """While one object runs its func, others can be used, from inside that func too."""
    submission.explore(s.two_at_once).holds(
        lambda seen: seen["got"] == ["result 1", "result 2"], expected="a result for each object"
    ).can_reach(
        why="The funcs of two different objects never run at the same time: one object makes the "
        "users of the other one wait.",
        predicate=lambda seen: seen["at once"] == 2,
    )
    submission.explore(s.other_goes_on).only([["result 1"] * 2, [1, 1], [True, True]])
    for used_before in (False, True):
        submission.explore(s.other_inside, used_before, 0).only(
            {"one": "result 1", "other": ["result 1"] * (2 + used_before),
             "inside": [RUNTIME_ERROR], "runs": [1, 1]},
        )  # fmt: skip
    submission.explore(s.other_inside, False, 1).only(
        {"one": "result 1", "other": ["error 1", "result 1"], "inside": [RUNTIME_ERROR],
         "runs": [1, 2]},
    )  # fmt: skip


@points(1)
def test_call_in_a_circle_raises(submission: Submission) -> None:
    """A func that comes back to its own object by way of another one gets RuntimeError, too."""
    submission.explore(s.circle).only(
        ["result 1", [RUNTIME_ERROR, "result 1"], True, True],
        ["result 1", ["result 1"], True, True],
    )


@points(1)
def test_no_wait_gives_up(submission: Submission) -> None:
    """However long func takes, callers wait for its end."""
    for fails in (0, 1):
        observed = submission.explore(s.callers, 2, fails, early_timeouts=True, schedules=1_000)
        _once_for_all(observed, _told(2, fails))


@points(1)
def test_real_threads(submission: Submission) -> None:
    """8 real threads and 40 objects: 60 runs, of which 20 raise, and nobody hangs."""
    submission.runs(
        s.many, 8, 40, timeout_s=30, hint="check-then-act",
        gives={"runs": 60, "at once": 1, "errors": 20, "results": 300},
    )  # fmt: skip
