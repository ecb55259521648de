"""The hidden checks of exercise 01."""

from scenarios import (
    additions,
    additions_after_reset,
    many,
    numbers,
    numbers_after_reset,
    read_only,
    readings,
    refused,
    refused_alone,
    resets,
    sequential,
    two_counters,
    two_readers,
)

from grader.check import Draw, Submission, points
from grader.judge.models import sequentially_consistent


def _counter(value: int, call: tuple[str, int]) -> tuple[int, int]:
    """The reference model: the next value, and what the call returns."""
    name, by = call
    return (0, value) if name == "reset" else (value + by, value + by)


@points(1)
def test_one_thread(submission: Submission, draw: Draw) -> None:
    """With one thread the counter counts, returns the new value, and resets."""
    start, amounts = draw.between(-50, 50), [draw.between(-9, 9) for _ in range(4)]
    sums = [start + sum(amounts[: i + 1]) for i in range(4)]
    submission.explore(sequential, start, amounts).only(
        [sums, sums[-1], sums[-1], [0, 1, -2, -2], 0, 7]
    )


@points(1)
def test_value_is_read_only(submission: Submission) -> None:
    """`value` cannot be assigned to."""
    submission.explore(read_only).only([{"raised": "AttributeError"}, 3])


@points(2)
def test_no_addition_is_lost(submission: Submission, draw: Draw) -> None:
    """Two threads: every addition counts, under every schedule."""
    start, times, by = draw.between(0, 20), 2, draw.between(1, 5)
    submission.explore(additions, start, 2, times, by).only(
        start + 2 * times * by, hint="lost-update"
    )


@points(1)
def test_no_addition_of_three_is_lost(submission: Submission, draw: Draw) -> None:
    """Three threads: every addition counts, under every schedule."""
    start, by = draw.between(0, 20), -draw.between(1, 3)
    submission.explore(additions, start, 3, 1, by).only(start + 3 * by, hint="lost-update")


@points(2)
def test_increment_returns_its_own_number(submission: Submission, draw: Draw) -> None:
    """Each addition returns the value right after itself: no number comes twice."""
    start, plan = draw.between(0, 20), [[1, 1], [1]]
    observed = submission.explore(numbers, start, plan)
    observed.holds(
        lambda lists: sorted(n for each in lists for n in each) == [start + i for i in (1, 2, 3)],
        expected=f"the numbers {start + 1}, {start + 2} and {start + 3}, each returned once",
        hint="torn-read",
    )


@points(1)
def test_returned_numbers_fit_one_order(submission: Submission, draw: Draw) -> None:
    """With different amounts the returned numbers are those of some order of the additions."""
    start, one, other = draw.between(0, 9), draw.between(2, 9), -draw.between(12, 30)
    calls = [[("increment", one)], [("increment", other)]]

    def fits(lists: list[list[int]]) -> bool:
        return sequentially_consistent(
            [list(zip(c, r, strict=True)) for c, r in zip(calls, lists, strict=True)],
            _counter,
            start,
        )

    submission.explore(numbers, start, [[one], [other]]).holds(
        fits, expected="the numbers of one order of the two additions", hint="torn-read"
    )


@points(2)
def test_reset_takes_every_addition_once(submission: Submission) -> None:
    """Every addition is in what one reset took or in what is left, never in both or neither."""
    for threads, times, resetting in ((1, 2, 1), (2, 1, 1), (1, 1, 2)):
        total = threads * times

        def fits(seen: list[list[list[int]] | list[int] | int], total: int = total) -> bool:
            added, taken, left = seen
            assert isinstance(added, list)
            assert isinstance(taken, list)
            histories = [
                *([(("increment", 1), n) for n in each] for each in added),
                *([(("reset", 0), n)] for n in taken),
            ]
            return sum(taken) + left == total and sequentially_consistent(histories, _counter, 0)

        submission.explore(resets, threads, times, resetting).holds(
            fits, expected=f"each of the {total} additions counted exactly once", hint="lost-update"
        )


@points(1)
def test_counting_goes_on_after_reset(submission: Submission, draw: Draw) -> None:
    """Additions after a reset, and beside one, are as safe as those before."""
    submission.explore(numbers_after_reset, draw.between(1, 9)).only(
        [[1, 2], 2], hint="lost-update"
    )

    def fits(seen: list[list[int] | int]) -> bool:
        reset_and_add, add_twice, left = seen
        assert isinstance(reset_and_add, list)
        assert isinstance(add_twice, list)
        taken, returned = reset_and_add
        histories = [
            [(("reset", 0), taken), (("increment", 1), returned)],
            [(("increment", 1), n) for n in add_twice],
        ]
        return taken + left == 13 and sequentially_consistent(histories, _counter, 10)

    submission.explore(additions_after_reset).holds(
        fits, expected="each of 10 and three additions counted exactly once", hint="lost-update"
    )


@points(1)
def test_value_can_be_read_at_any_time(submission: Submission, draw: Draw) -> None:
    """Reading beside additions never blocks, and sees what some addition has left."""
    start, by = draw.between(5, 9), draw.between(2, 4)
    for amounts in ([by, by], [by, -by]):
        sums = [start, start + by, start + by + amounts[1]]

        def fits(results: list[list[int]], sums: list[int] = sums) -> bool:
            returned, (first, second) = results
            places = [(i, j) for i in range(3) for j in range(i, 3)]
            return returned == sums[1:] and (first, second) in [
                (sums[i], sums[j]) for i, j in places
            ]

        submission.explore(readings, start, amounts).holds(
            fits, expected=f"two readings out of {sums}, in this order", hint="torn-read"
        )
    submission.explore(two_readers, start).only([[start, start], start], hint="torn-read")


@points(1)
def test_no_wait_gives_up(submission: Submission) -> None:
    """However long others take, an addition waits for its turn."""
    submission.explore(additions, 0, 2, 1, 1, early_timeouts=True).only(2, hint="lost-update")
    submission.explore(numbers, 0, [[1], [1]], early_timeouts=True).only(
        [[1], [2]], [[2], [1]], hint="torn-read"
    )


@points(2)
def test_wrong_type_changes_nothing(submission: Submission) -> None:
    """Adding what is no int raises TypeError, changes nothing, and the counter goes on."""
    error = {"raised": "TypeError"}
    wrong = ["1", 1.5, 2.0, None, [1]]
    submission.explore(refused_alone, wrong).only([[error, 3] for _ in wrong])
    for each in ("1", 1.5):
        submission.explore(refused, [each]).only([[error], 3, 3, 0])


@points(1)
def test_counters_are_independent(submission: Submission, draw: Draw) -> None:
    """Two counters share nothing."""
    first, second = draw.between(0, 9), draw.between(20, 29)
    submission.explore(two_counters, first, second).only(
        [first + 11, second + 11, first + 11, second + 11]
    )


@points(1)
def test_real_threads(submission: Submission) -> None:
    """8 real threads with 2,500 additions each end at 20,000, each number returned once."""
    submission.runs(many, 8, 2_500, timeout_s=30, gives=[20_000, 20_000], hint="lost-update")
