"""The hidden checks of exercise 02."""

import scenarios as s

from grader.check import Draw, Submission, points


@points(1)
def test_one_process(submission: Submission, draw: Draw) -> None:
    """With one process the counter counts and returns the new value."""
    start, amounts = draw.between(-50, 50), [draw.between(-9, 9) for _ in range(3)]
    sums = [start + sum(amounts[: i + 1]) for i in range(3)]
    submission.explore(s.sequential, start, amounts).only([sums, sums[-1], 0, 1, 1, 5])


@points(1)
def test_large_values(submission: Submission) -> None:
    """The counter holds any value between -2**60 and 2**60."""
    big = 2**60
    submission.explore(s.large).only([big - 1, big, big, -big, -big, 0])


@points(3)
def test_no_addition_is_lost(submission: Submission, draw: Draw) -> None:
    """Two processes: every addition counts, under every schedule."""
    start, by = draw.between(0, 20), draw.between(1, 3)
    plan = [[by, by], [by]]
    submission.explore(s.additions, start, plan).only(start + 3 * by, hint="lost-update")


@points(1)
def test_no_addition_of_three_is_lost(submission: Submission, draw: Draw) -> None:
    """Three processes: every addition counts, under every schedule."""
    start, plan = draw.between(0, 20), [[draw.between(1, 5)] for _ in range(3)]
    total = start + sum(each[0] for each in plan)
    submission.explore(s.additions, start, plan).only(total, hint="lost-update")


@points(2)
def test_increment_returns_its_own_number(submission: Submission, draw: Draw) -> None:
    """Each addition returns the value right after itself: no number comes twice."""
    start = draw.between(0, 20)
    submission.explore(s.numbers, start, [2, 1]).holds(
        lambda lists: sorted(n for each in lists for n in each) == [start + i for i in (1, 2, 3)],
        expected=f"the numbers {start + 1}, {start + 2} and {start + 3}, each returned once",
        hint="torn-read",
    )


@points(1)
def test_additions_and_subtractions(submission: Submission, draw: Draw) -> None:
    """Additions beside subtractions all count."""
    up, down = draw.between(1, 9), -draw.between(1, 9)
    submission.explore(s.additions, 0, [[up], [down]]).only(up + down, hint="lost-update")


@points(1)
def test_value_can_be_read_at_any_time(submission: Submission, draw: Draw) -> None:
    """Reading beside additions never blocks, and sees what some addition has left."""
    by = draw.between(2, 5)
    submission.explore(s.readings, [by, by]).holds(
        lambda seen: (
            seen[0] in (0, by, 2 * by) and seen[1] in (0, by, 2 * by) and seen[0] <= seen[1]
        ),
        expected=f"two readings out of {[0, by, 2 * by]}, the second not below the first",
        hint="torn-read",
    )


@points(1)
def test_counters_are_independent(submission: Submission, draw: Draw) -> None:
    """Two counters share nothing."""
    first, second = draw.between(0, 9), draw.between(20, 29)
    submission.explore(s.two_counters, first, second).only([first + 11, second + 11])


@points(1)
def test_an_error_blocks_nobody(submission: Submission) -> None:
    """An addition that raises changes nothing, and the others go on."""
    submission.explore(s.refused).holds(
        lambda seen: not isinstance(seen[0], dict) or seen[1] == 1,
        expected="the counter to be unchanged by an addition that raised",
    )


@points(1)
def test_threads_of_one_process(submission: Submission) -> None:
    """Threads of one process may add as well."""
    submission.explore(s.threads_too, 1).only(2, hint="lost-update")


@points(3)
def test_counts_in_processes(submission: Submission, draw: Draw) -> None:
    """Starts `workers` processes, waits for all of them and returns their total."""
    for workers, n in ((2, 1), (2, 2), (1, draw.between(2, 3))):
        submission.explore(s.counted, workers, n).only(
            [workers * n, True, 0],
            hint="order-violation",
            why="(The result, whether so many processes did the counting, and how many still run.)",
        )


@points(1)
def test_waits_for_all_however_long(submission: Submission, draw: Draw) -> None:
    """Three workers, however slow they are: a wait with a timeout is not enough."""
    n = draw.between(1, 2)
    submission.explore(s.counted, 3, 1, early_timeouts=True).only(
        [3, True, 0],
        hint="order-violation",
        why="(The result, whether three processes did the counting, and how many still run.)",
    )
    submission.explore(s.counted_twice, 2, n, schedules=2_000).only([2 * n, n])


@points(1)
def test_real_processes_forked(submission: Submission, draw: Draw) -> None:
    """Real processes, started by fork: every addition counts."""
    times = draw.between(300, 400)
    submission.runs(
        s.many, 4, times, gives=[4 * times] * 2, start_method="fork", timeout_s=40,
        hint="lost-update",
    )  # fmt: skip


@points(1)
def test_real_processes_spawned(submission: Submission, draw: Draw) -> None:
    """Real processes, started by spawn: nothing depends on what a fork inherits."""
    workers, n = 3, draw.between(200, 300)
    submission.runs(
        s.counted_for_real, workers, n, gives=workers * n, start_method="spawn", timeout_s=40,
        hint="lost-update",
    )  # fmt: skip
