"""The hidden checks of exercise 03."""

import scenarios as s

from grader.check import Draw, Submission, points

_FEW = 300
"""Schedules, where all would be some thousands: what goes wrong there shows early."""


@points(1)
def test_one_thread(submission: Submission, draw: Draw) -> None:
    """With one thread: the job's result is returned, and the counts are right at any moment."""
    value = draw.between(10, 99)
    for limit in (1, draw.between(2, 5)):
        submission.explore(s.one_thread, limit, value).only(
            [[0, 0, 0], [1, 1, 0], [0, 1, 1], [value, [value]], [0, 1, 3]]
        )


@points(1)
def test_any_result(submission: Submission) -> None:
    """Whatever the job returns is returned, be it None or an exception."""
    submission.explore(s.returned, 1).only([True, None, 0, False, "", []])


@points(1)
def test_limit_below_one(submission: Submission, draw: Draw) -> None:
    """A limit below 1 raises ValueError, and 1 does not."""
    for limit in (0, -1, -draw.between(2, 9)):
        submission.explore(s.limits, limit).only({"raised": "ValueError"})
    submission.explore(s.limits, 1).only("made")


@points(3)
def test_never_more_than_limit(submission: Submission) -> None:
    """At most `limit` jobs run at the same time, and each of them once."""
    submission.explore(s.crowd, 1, 2, 2).holds(
        lambda seen: seen[:3] == [1, 4, [[0, 1], [10, 11]]],
        expected="1, 4 and the results [[0, 1], [10, 11]]",
        hint="wrong-result",
        why="(First how many of the jobs ran at the same time, then how many there were.)",
    )
    for limit, others in ((1, 2), (2, 2)):
        submission.explore(s.full_house, limit, others, schedules=_FEW).holds(
            lambda seen, limit=limit, jobs=limit + others: seen[0] <= limit and seen[1] == jobs,
            expected=f"at most {limit}, and {limit + others}",
            hint="wrong-result",
            why="(First how many of the jobs ran at the same time, then how many there were.)",
        )


@points(3)
def test_side_by_side(submission: Submission) -> None:
    """With `limit` callers, `limit` jobs run side by side."""
    submission.explore(s.side_by_side, 2).only(
        [True] * 2,
        hint="over-synchronised",
        why="(True: the job has met the other one while it ran.)",
    )
    submission.explore(s.filled, 3).holds(
        lambda seen: seen[0] == [True] * 3,
        expected="that all three callers get in",
        hint="over-synchronised",
        why="(True: this caller got in while the ones before were inside.)",
    )


@points(2)
def test_free_place_is_taken(submission: Submission) -> None:
    """While one job takes its time, the other place is used again and again."""
    submission.explore(s.one_stays, 2, 2).holds(
        lambda seen: seen[0] is True,
        expected="that both others came in and left while the first job was still running",
        hint="over-synchronised",
    )


@points(3)
def test_counts_are_exact(submission: Submission) -> None:
    """When all is over nobody is active, every job is in `done`, and `peak` is within bounds."""
    for limit in (2, 1):
        submission.explore(s.crowd, limit, 2, 1).holds(
            lambda seen, limit=limit: seen[0] <= seen[3][1] <= limit and seen[3][::2] == [0, 2],
            expected=f"in the end active 0, peak at most {limit} and not below the number that "
            "ran together, done 2",
            hint="order-violation",
            why="(First how many of the jobs really ran together, last active, peak and done.)",
        )
    submission.explore(s.one_stays, 2, 2).holds(
        lambda seen: seen[1] <= seen[2][1] <= 2 and seen[2][::2] == [0, 3],
        expected="in the end active 0, peak at most 2 and not below the number that ran together, "
        "done 3",
        hint="order-violation",
        why="(First whether the others came in, then how many ran together, then the counts.)",
    )


@points(1)
def test_counts_step_by_step(submission: Submission) -> None:
    """After each job that begins or ends the counts are right, and `peak` never goes back."""
    counts = [*([n, n, 0] for n in (1, 2, 3)), *([3 - n, 3, n] for n in (1, 2, 3))]
    submission.explore(s.filled, 3).holds(
        lambda seen: not all(seen[0]) or seen[1] == [*counts, [1, 3, 3], [0, 3, 4]],
        expected=f"active, peak and done after each step to be {[*counts, [1, 3, 3], [0, 3, 4]]}",
        hint="wrong-result",
    )


@points(2)
def test_counts_of_running_jobs(submission: Submission) -> None:
    """While jobs run, each of them is counted in `active` and `peak`, and not yet in `done`."""
    submission.explore(s.counted_inside, 2).holds(
        lambda seen: "alone" in seen or seen == [[2, 2, 0]] * 2,
        expected="active 2, peak 2, done 0 for both jobs while they run together",
        hint="wrong-result",
    )


@points(1)
def test_counts_after_run(submission: Submission) -> None:
    """When `run` has returned, its job is no longer in `active`, but in `done`."""
    submission.explore(s.read_after, 1, 1).only([[0, 1]], hint="order-violation")
    submission.explore(s.read_after, 2, 2).holds(
        lambda seen: (
            all(active in (0, 1) and done in (1, 2) for active, done in seen) and [0, 2] in seen
        ),
        expected="active 0 or 1 and done 1 or 2 for each, and 0 and 2 for the last one",
        hint="order-violation",
    )


@points(2)
def test_reading_never_waits(submission: Submission) -> None:
    """Reading the counts does not wait for a job to end."""
    for limit in (1, 2):
        submission.explore(s.read_beside, limit).holds(
            lambda seen: seen[0] is True and max(seen[1][:2]) <= 1 and seen[1][2] == 0,
            expected="that the counts were read before the job ended (True), with done 0",
            hint="over-synchronised",
        )


@points(3)
def test_place_comes_back_after_an_error(submission: Submission, draw: Draw) -> None:
    """When a job raises, its place is free again, and the job is counted as ended."""
    for limit in (1, draw.between(2, 3)):
        submission.explore(s.failing, limit, "ValueError").only(
            [["raised"] * limit, "place", [0, 1, limit + 1]]
        )


@points(1)
def test_exception_reaches_the_caller(submission: Submission) -> None:
    """Whatever the job raises, SystemExit too, reaches the caller and frees the place."""
    for kind in ("JobFailed", "StopIteration", "SystemExit", "KeyboardInterrupt"):
        submission.explore(s.failing, 1, kind).only([["raised"], "place", [0, 1, 2]])
    submission.explore(s.calls_of_failing).only(
        ["raised", 1], why="(The second number is how often the job was called.)"
    )


@points(2)
def test_error_beside_others(submission: Submission) -> None:
    """A job that raises disturbs no other, and lets in who waits for its place."""
    for limit, others in ((1, 1), (2, 1), (1, 2)):
        fine = ["fine"] * others
        submission.explore(s.failing_beside, limit, "JobFailed", others).only(
            [["raised", *fine], 0, others + 1], hint="lost-update"
        )


@points(1)
def test_limit_after_an_error(submission: Submission) -> None:
    """After a job that raised there are as many places as before."""
    submission.explore(s.crowd_after_error, 1).only(["raised", 1, 3], hint="wrong-result")


@points(2)
def test_gates_are_independent(submission: Submission, draw: Draw) -> None:
    """Two gates have their own places and their own counts."""
    value = draw.between(10, 99)
    once = [0, 1, 1]
    submission.explore(s.nested, value).only([[[1, 1, 0, 1, 1, 0, value]], once, once, [0, 0, 0]])
    submission.explore(s.two_gates).only([[True, True], once, once], hint="over-synchronised")


@points(1)
def test_waits_however_long_it_takes(submission: Submission) -> None:
    """Whoever finds no free place waits for one, however long the jobs take."""
    submission.explore(s.crowd, 1, 2, 1, early_timeouts=True).holds(
        lambda seen: seen[:3] == [1, 2, [[0], [10]]],
        expected="1, 2 and the results [[0], [10]]",
        hint="wrong-result",
        why="(First how many of the jobs ran at the same time, then how many there were.)",
    )


@points(1)
def test_real_threads(submission: Submission) -> None:
    """8 real threads with 500 jobs each and 3 places: the counts are exact."""
    submission.runs(
        s.many, 3, 8, 500, gives=[4_000, True, 0, 4_000, 4_000], timeout_s=30, hint="lost-update"
    )


@points(1)
def test_real_threads_side_by_side(submission: Submission) -> None:
    """4 real threads and 4 places: all jobs run at the same time."""
    submission.runs(
        s.meet_for_real, 4, gives=[True, [[4, 4, 0]] * 4], timeout_s=30,
        hint="over-synchronised",
    )  # fmt: skip
