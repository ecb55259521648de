"""What the hidden checks of exercise 02 put a process counter through."""

from __future__ import annotations

from typing import Any

from grader.scenario import attempt, in_processes, in_threads, still_running, work_of_processes


def _add(module: Any, counter: Any, amounts: list[int]) -> list[Any]:
    return [module.increment(counter, amount) for amount in amounts]


def _add_one(module: Any, counter: Any, times: int) -> list[Any]:
    return [module.increment(counter) for _ in range(times)]


def _add_to_both(module: Any, one: Any, other: Any) -> None:
    module.increment(one, 1)
    module.increment(other, 10)


def _read(module: Any, counter: Any) -> list[Any]:
    return [module.get(counter), module.get(counter)]


def sequential(module: Any, start: int, amounts: list[int]) -> Any:
    """One process, no other: start, additions, readings."""
    counter = module.make_counter(start)
    returned = [module.increment(counter, amount) for amount in amounts]
    default = module.make_counter()
    return [
        returned, module.get(counter), module.get(default), module.increment(default),
        module.get(default), module.get(module.make_counter(start=5)),
    ]  # fmt: skip


def large(module: Any) -> Any:
    """Values near the ends of the range."""
    high = module.make_counter(2**60 - 2)
    low = module.make_counter(-(2**60) + 2)
    return [
        module.increment(high), module.increment(high, by=1), module.get(high),
        module.increment(low, -2), module.get(low), module.increment(low, 2**60),
    ]  # fmt: skip


def additions(module: Any, start: int, plan: list[list[int]]) -> Any:
    """One process per list in `plan` adds its amounts: the final value."""
    counter = module.make_counter(start)
    in_processes(module, *[(_add, counter, amounts) for amounts in plan])
    return module.get(counter)


def numbers(module: Any, start: int, plan: list[int]) -> Any:
    """One process per number in `plan` adds 1 so many times: what each addition returned."""
    counter = module.make_counter(start)
    return in_processes(module, *[(_add_one, counter, times) for times in plan])


def readings(module: Any, amounts: list[int]) -> Any:
    """One process adds the amounts while another one reads."""
    counter = module.make_counter()
    return in_processes(module, (_add, counter, amounts), (_read, counter))[1]


def two_counters(module: Any, first: int, second: int) -> Any:
    """Two counters, used by two processes each way round."""
    one, other = module.make_counter(first), module.make_counter(second)
    in_processes(module, (_add_to_both, one, other), (_add_to_both, other, one))
    return [module.get(one), module.get(other)]


def refused(module: Any) -> Any:
    """Adding what is no int, and then 1 from another process."""
    counter = module.make_counter()
    before = attempt(module.increment, counter, None)
    in_processes(module, (_add_one, counter, 1))
    return [before, module.get(counter)]


def threads_too(module: Any, times: int) -> Any:
    """Two threads of one process add to one counter."""
    counter = module.make_counter()
    in_threads(*[lambda: [module.increment(counter) for _ in range(times)]] * 2)
    return module.get(counter)


def counted(module: Any, workers: int, n: int) -> Any:
    """`count_in_processes`: its result, whether `workers` processes did something, as much as so
    many additions need at least, and how many of them are alive when it returns.
    """
    result = module.count_in_processes(workers, n)
    work = work_of_processes()
    return [result, len(work) >= workers and sum(work) >= workers * n, still_running()]


def counted_twice(module: Any, workers: int, n: int) -> Any:
    """`count_in_processes`, twice: each call makes a new counter."""
    return [module.count_in_processes(workers, n), module.count_in_processes(1, n)]


def counted_for_real(module: Any, workers: int, n: int) -> Any:
    """`count_in_processes` with real processes."""
    return module.count_in_processes(workers, n)


def many(module: Any, processes: int, times: int) -> Any:
    """Many additions by real processes: the value, and how many different numbers came back."""
    counter = module.make_counter()
    returned = in_processes(module, *[(_add_one, counter, times)] * processes)
    return [module.get(counter), len({number for each in returned for number in each})]
