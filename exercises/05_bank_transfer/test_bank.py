"""The visible checks of exercise 05. The hidden ones ask more, and in other numbers."""

from grader.check import Submission, points
from grader.scenario import call, in_threads


def opposite_transfers(module):
    """Two transfers between two accounts, in opposite directions."""
    a, b = module.Account("alice", 100), module.Account("bob", 100)
    results = in_threads(call(module.transfer, a, b, 10), call(module.transfer, b, a, 20))
    return [results, a.balance, b.balance]


def same_account(module):
    """From an account to itself."""
    a = module.Account("alice", 10)
    return [module.transfer(a, a, 3), module.transfer(a, a, 11), a.balance]


def enough_for_one(module):
    """Two transfers out of an account that has enough for one of them only."""
    a, b = module.Account("alice", 10), module.Account("bob")
    return [sorted(in_threads(*[call(module.transfer, a, b, 6)] * 2)), a.balance, b.balance]


def total_beside_transfer(module):
    """`total` beside a transfer between the accounts that it sums."""
    a, b = module.Account("alice", 30), module.Account("bob", 20)
    return in_threads(call(module.total, [a, b]), call(module.transfer, a, b, 10))[0]


@points(1)
def test_opposite_transfers_finish(submission: Submission) -> None:
    """Transfers in opposite directions both happen; nobody waits for ever."""
    submission.explore(opposite_transfers).only([[True, True], 110, 90], hint="lost-update")


@points(1)
def test_same_account(submission: Submission) -> None:
    """From an account to itself nothing changes, and nothing hangs."""
    submission.explore(same_account).only([True, False, 10])


@points(1)
def test_never_overdrawn(submission: Submission) -> None:
    """Of two transfers of 6 out of an account with 10, exactly one happens."""
    submission.explore(enough_for_one).only([[False, True], 4, 6], hint="check-then-act")


@points(1)
def test_total_is_of_one_moment(submission: Submission) -> None:
    """While a transfer goes on between the accounts, their total stays the same."""
    submission.explore(total_beside_transfer).only(50, hint="torn-read")
