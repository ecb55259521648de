"""The hidden checks of exercise 05."""

import scenarios as s

from grader.check import Draw, Submission, points


@points(1)
def test_one_thread(submission: Submission, draw: Draw) -> None:
    """With one thread: transfers move money, too large ones do not, totals add up."""
    first, second = draw.between(20, 50), draw.between(0, 9)
    amount = draw.between(1, 19)
    everything = first + second
    submission.explore(s.sequential, first, second, amount).only(
        [
            [True, True, False, False],
            [0, everything, 0],
            [everything, everything],
            "alice",
            "empty",
        ]
    )


@points(1)
def test_amount_must_be_positive(submission: Submission, draw: Draw) -> None:
    """An amount that is not positive raises ValueError, moves nothing, and locks nothing."""
    error = {"raised": "ValueError"}
    for amount in (0, -1, -draw.between(2, 9)):
        submission.explore(s.refused, amount).only([[error, True], error, True, [13, 7], 20])


@points(1)
def test_same_account(submission: Submission, draw: Draw) -> None:
    """From an account to itself nothing changes, and nothing hangs."""
    balance = draw.between(5, 20)
    submission.explore(s.same_account, balance, draw.between(1, balance)).only(
        [True, balance, False, balance, balance]
    )
    submission.explore(s.same_account_beside, draw.between(1, 5)).only([[True, True], [9, 11]])


@points(3)
def test_opposite_transfers_finish(submission: Submission, draw: Draw) -> None:
    """Transfers in opposite directions both happen; nobody waits for ever."""
    there, back = draw.between(1, 50), draw.between(51, 99)
    submission.explore(s.opposite, there, back).only(
        [[True, True], [100 - there + back, 100 + there - back]], hint="lost-update"
    )


@points(1)
def test_namesakes(submission: Submission, draw: Draw) -> None:
    """Two accounts of one name and one balance are two accounts."""
    there, back = draw.between(1, 20), draw.between(21, 50)
    submission.explore(s.opposite_namesakes, there, back).only(
        [[True, True], [50 - there + back, 50 + there - back], 100], hint="lost-update"
    )


@points(1)
def test_any_two_accounts(submission: Submission, draw: Draw) -> None:
    """The order in which accounts were made does not matter, nor does who has more."""
    there, back = draw.between(1, 50), draw.between(51, 99)
    for gap in (1, draw.between(2, 3), 7):
        submission.explore(s.opposite_apart, gap, there, back).only(
            [[True, True], [100 - there + back, 100 + there - back], 200], hint="lost-update"
        )
    first, second, third = draw.between(11, 30), draw.between(1, 30), draw.between(1, 30)
    submission.explore(s.back_and_forth, first, second, third).only(
        [[True] * 3, [60 - first - second + third, 50 + first + second - third]],
        hint="lost-update",
    )


@points(1)
def test_ring_of_three(submission: Submission, draw: Draw) -> None:
    """Three transfers in a ring all happen."""
    x, y, z = (draw.between(1, 50) for _ in range(3))
    submission.explore(s.ring, [x, y, z]).only(
        [[True, True, True], [50 - x + z, 50 - y + x, 50 - z + y]], hint="lost-update"
    )


@points(2)
def test_no_money_is_lost(submission: Submission, draw: Draw) -> None:
    """Transfers that share an account all count."""
    x, y = draw.between(1, 40), draw.between(1, 40)
    submission.explore(s.same_direction, x, y).only(
        [[True, True], [100 - x - y, x + y]], hint="lost-update"
    )
    submission.explore(s.into_one, x, y).only(
        [[True, True], [40 - x, 40 - y, x + y]], hint="lost-update"
    )


@points(2)
def test_never_overdrawn(submission: Submission, draw: Draw) -> None:
    """Of two transfers out of an account with money for one, exactly one happens."""
    balance = draw.between(10, 20)
    amount = draw.between(balance // 2 + 1, balance)
    submission.explore(s.overdrawn, balance, amount).only(
        [[False, True], sorted([balance - amount, amount, 0]), balance, False],
        hint="check-then-act",
    )


@points(1)
def test_false_only_for_lack_of_money(submission: Submission, draw: Draw) -> None:
    """However long a lock takes, a transfer that can be made is made."""
    there, back = draw.between(1, 50), draw.between(51, 99)
    submission.explore(s.opposite, there, back, early_timeouts=True).only(
        [[True, True], [100 - there + back, 100 + there - back]], hint="wrong-result"
    )


@points(2)
def test_total_is_of_one_moment(submission: Submission, draw: Draw) -> None:
    """While transfers go on among the accounts, the total is always the same."""
    amount = draw.between(1, 10)
    for backwards in (False, True):
        submission.explore(s.totals, amount, backwards).only(
            [50, [30 - amount, 20 + amount]], hint="torn-read"
        )
    for src, dst in ((2, 0), (1, 2), (0, 1)):
        submission.explore(s.totals_of_three, src, dst, amount).only([60, 60], hint="torn-read")


@points(1)
def test_totals_do_not_wait_for_each_other(submission: Submission) -> None:
    """Totals of the same accounts in different orders both come to their end."""
    submission.explore(s.totals_each_way).only([50, 50])


@points(1)
def test_balance_can_be_read_at_any_time(submission: Submission, draw: Draw) -> None:
    """Reading a balance beside a transfer gives the old or the new one."""
    amount = draw.between(1, 30)
    old, new = [30, 20], [30 - amount, 20 + amount]
    submission.explore(s.readings, amount).holds(
        lambda seen: seen[0] in (old[0], new[0]) and seen[1] in (old[1], new[1]),
        expected=f"{old[0]} or {new[0]}, and {old[1]} or {new[1]}",
        hint="torn-read",
    )
    submission.explore(s.reading_beside_refusal, amount).only(
        [False, [amount, 0]], hint="torn-read", why="(No balance is ever negative.)"
    )


@points(1)
def test_real_threads(submission: Submission, draw: Draw) -> None:
    """8 real threads with 1,000 transfers each: the money adds up."""
    submission.runs(
        s.many, 8, 1_000, draw.between(0, 999), gives=[[4_000], 4_000, True], timeout_s=30,
        hint="lost-update",
    )  # fmt: skip
