"""What the hidden checks of exercise 05 put a bank through."""

from __future__ import annotations

import random
from typing import Any

from grader.scenario import attempt, call, in_threads, read

_NAMES = ("alice", "bob", "carol", "dan")


def _accounts(module: Any, balances: list[int]) -> list[Any]:
    return [module.Account(name, amount) for name, amount in zip(_NAMES, balances, strict=False)]


def _balances(accounts: list[Any]) -> list[Any]:
    return [account.balance for account in accounts]


def sequential(module: Any, first: int, second: int, amount: int) -> Any:
    """One thread: names, defaults, a transfer, one that is too large, totals."""
    a, b = _accounts(module, [first, second])
    empty = module.Account("empty")
    done = [
        module.transfer(a, b, amount),
        module.transfer(a, b, first - amount),
        module.transfer(a, b, 1),
        module.transfer(empty, a, 1),
    ]
    totals = [module.total([a, b, empty]), module.total([b])]
    return [done, _balances([a, b, empty]), totals, a.name, empty.name]


def refused(module: Any, amount: int) -> Any:
    """An amount that is not positive, beside a proper transfer, and a transfer afterwards."""
    a, b = _accounts(module, [10, 10])

    def bad() -> Any:
        return attempt(module.transfer, a, b, amount)

    results = in_threads(bad, call(module.transfer, b, a, 4))
    return [results, attempt(module.transfer, a, a, amount), module.transfer(a, b, 1),
            _balances([a, b]), module.total([a, b])]  # fmt: skip


def same_account(module: Any, balance: int, amount: int) -> Any:
    """From an account to itself, alone."""
    (a,) = _accounts(module, [balance])
    return [module.transfer(a, a, amount), a.balance, module.transfer(a, a, balance + 1),
            a.balance, module.total([a])]  # fmt: skip


def same_account_beside(module: Any, amount: int) -> Any:
    """From an account to itself, beside transfers out of it and into it."""
    a, b = _accounts(module, [10, 10])
    results = in_threads(
        call(module.transfer, a, a, amount),
        call(module.transfer, a, b, 1),
    )
    return [results, _balances([a, b])]


def opposite(module: Any, there: int, back: int) -> Any:
    """Two transfers between two accounts, in opposite directions."""
    a, b = _accounts(module, [100, 100])
    results = in_threads(call(module.transfer, a, b, there), call(module.transfer, b, a, back))
    return [results, _balances([a, b])]


def opposite_apart(module: Any, gap: int, there: int, back: int) -> Any:
    """The same between two accounts that were not made one right after the other."""
    a = module.Account("alice", 100)
    others = [module.Account("other", 0) for _ in range(gap)]
    b = module.Account("bob", 100)
    results = in_threads(call(module.transfer, a, b, there), call(module.transfer, b, a, back))
    return [results, _balances([a, b]), module.total([a, *others, b])]


def opposite_namesakes(module: Any, there: int, back: int) -> Any:
    """The same between two accounts of one name and one balance."""
    a, b = module.Account("kim", 50), module.Account("kim", 50)
    results = in_threads(call(module.transfer, a, b, there), call(module.transfer, b, a, back))
    return [results, _balances([a, b]), module.total([a, b])]


def back_and_forth(module: Any, first: int, second: int, back: int) -> Any:
    """Three transfers between two accounts, of which the first one changes who has more."""
    a, b = _accounts(module, [60, 50])
    results = in_threads(
        call(module.transfer, a, b, first),
        call(module.transfer, a, b, second),
        call(module.transfer, b, a, back),
    )
    return [results, _balances([a, b])]


def ring(module: Any, amounts: list[int]) -> Any:
    """Three transfers in a ring of three accounts."""
    a, b, c = _accounts(module, [50, 50, 50])
    results = in_threads(
        call(module.transfer, a, b, amounts[0]),
        call(module.transfer, b, c, amounts[1]),
        call(module.transfer, c, a, amounts[2]),
    )
    return [results, _balances([a, b, c])]


def same_direction(module: Any, first: int, second: int) -> Any:
    """Two transfers from one account to another at once."""
    a, b = _accounts(module, [100, 0])
    results = in_threads(call(module.transfer, a, b, first), call(module.transfer, a, b, second))
    return [results, _balances([a, b])]


def into_one(module: Any, first: int, second: int) -> Any:
    """Two transfers from different accounts into one."""
    a, b, c = _accounts(module, [40, 40, 0])
    results = in_threads(call(module.transfer, a, c, first), call(module.transfer, b, c, second))
    return [results, _balances([a, b, c])]


def overdrawn(module: Any, balance: int, amount: int) -> Any:
    """Two transfers out of an account that has enough for one of them only."""
    a, b, c = _accounts(module, [balance, 0, 0])
    results = in_threads(call(module.transfer, a, b, amount), call(module.transfer, a, c, amount))
    seen = [sorted(results), sorted(_balances([a, b, c]))]
    # What was refused has let go of everything: the rest of the bank goes on.
    return [*seen, module.total([a, b, c]), module.transfer(b, c, 3 * balance)]


def totals(module: Any, amount: int, backwards: bool) -> Any:
    """`total` beside a transfer between the accounts that it sums."""
    a, b = _accounts(module, [30, 20])
    listed = [b, a] if backwards else [a, b]
    results = in_threads(call(module.transfer, a, b, amount), call(module.total, listed))
    return [results[1], _balances([a, b])]


def totals_of_three(module: Any, src: int, dst: int, amount: int) -> Any:
    """`total` of three accounts beside a transfer between two of them, and then once more."""
    a, b, c = accounts = _accounts(module, [30, 20, 10])
    results = in_threads(
        call(module.transfer, accounts[src], accounts[dst], amount), call(module.total, [a, b, c])
    )
    return [results[1], module.total([c, b, a])]


def totals_each_way(module: Any) -> Any:
    """Two `total`s of the same accounts in different orders, at once."""
    a, b = _accounts(module, [30, 20])
    return in_threads(call(module.total, [a, b]), call(module.total, [b, a]))


def readings(module: Any, amount: int) -> Any:
    """Reading a balance beside a transfer."""
    a, b = _accounts(module, [30, 20])

    def look() -> list[Any]:
        return [read(a, "balance"), read(b, "balance")]

    return in_threads(call(module.transfer, a, b, amount), look)[1]


def reading_beside_refusal(module: Any, balance: int) -> Any:
    """Reading a balance beside a transfer that is larger than it."""
    a, b = _accounts(module, [balance, 0])

    def look() -> list[Any]:
        return [read(a, "balance"), read(b, "balance")]

    return in_threads(call(module.transfer, a, b, balance + 1), look)


def many(module: Any, threads: int, times: int, seed: int) -> Any:
    """Many transfers by real threads, and totals beside them."""
    accounts = _accounts(module, [1_000, 1_000, 1_000, 1_000])

    def work(number: int) -> set[Any]:
        drawn = random.Random(seed + number)
        seen = set()
        for _ in range(times):
            src, dst = drawn.choice(accounts), drawn.choice(accounts)
            module.transfer(src, dst, drawn.randint(1, 50))
        seen.add(module.total(accounts))
        return seen

    seen = in_threads(*[call(work, number) for number in range(threads)])
    return [
        sorted(set().union(*seen)), module.total(accounts),
        all(account.balance >= 0 for account in accounts),
    ]  # fmt: skip
