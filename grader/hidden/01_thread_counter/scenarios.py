"""What the hidden checks of exercise 01 put a counter through."""

from __future__ import annotations

from typing import Any

from grader.scenario import attempt, call, in_threads, read


def sequential(module: Any, start: int, amounts: list[int]) -> Any:
    """One thread: start, additions, a reset, and what it takes."""
    counter = module.Counter(start)
    returned = [counter.increment(amount) for amount in amounts]
    value = counter.value
    taken = counter.reset()
    after = [counter.value, counter.increment(), counter.increment(by=-3), counter.reset()]
    return [returned, value, taken, after, module.Counter().value, module.Counter(start=7).value]


def read_only(module: Any) -> Any:
    """Assigning to `value`."""
    counter = module.Counter(3)

    def assign() -> str:
        counter.value = 9
        return "assigned"

    return [attempt(assign), counter.value]


def additions(module: Any, start: int, threads: int, times: int, by: int) -> Any:
    """`threads` threads add `by` to one counter `times` times each: the final value."""
    counter = module.Counter(start)

    def work() -> None:
        for _ in range(times):
            counter.increment(by)

    in_threads(*[work] * threads)
    return counter.value


def numbers(module: Any, start: int, plan: list[list[int]]) -> Any:
    """One thread per list in `plan` adds its amounts: what each addition returned."""
    counter = module.Counter(start)

    def work(amounts: list[int]) -> list[Any]:
        return [counter.increment(amount) for amount in amounts]

    return in_threads(*[call(work, amounts) for amounts in plan])


def resets(module: Any, threads: int, times: int, resetting: int) -> Any:
    """Threads that add 1, beside threads that reset: what the resets took, and what is left."""
    counter = module.Counter()

    def add() -> list[Any]:
        return [counter.increment() for _ in range(times)]

    def take() -> Any:
        return counter.reset()

    results = in_threads(*[add] * threads, *[take] * resetting)
    return [results[:threads], results[threads:], counter.value]


def numbers_after_reset(module: Any, start: int) -> Any:
    """A reset, and then two threads that add 1: what the additions returned."""
    counter = module.Counter(start)
    counter.reset()
    return [sorted(in_threads(counter.increment, counter.increment)), counter.value]


def additions_after_reset(module: Any) -> Any:
    """A thread that resets and adds, beside one that adds twice: taken, returned, left."""
    counter = module.Counter(10)

    def reset_and_add() -> list[Any]:
        return [counter.reset(), counter.increment()]

    def add_twice() -> list[Any]:
        return [counter.increment(), counter.increment()]

    return [*in_threads(reset_and_add, add_twice), counter.value]


def readings(module: Any, start: int, amounts: list[int]) -> Any:
    """One thread adds the amounts while another one reads twice."""
    counter = module.Counter(start)

    def add() -> list[Any]:
        return [counter.increment(amount) for amount in amounts]

    def look() -> list[Any]:
        return [read(counter, "value"), read(counter, "value")]

    return in_threads(add, look)


def two_readers(module: Any, start: int) -> Any:
    """Two threads that only read."""
    counter = module.Counter(start)

    def look() -> Any:
        return read(counter, "value")

    return [in_threads(look, look), counter.value]


def refused(module: Any, wrong: list[Any]) -> Any:
    """A thread adds things that are no ints, while another one adds 1; then both add 1."""
    counter = module.Counter()

    def bad() -> Any:
        before = [attempt(counter.increment, each) for each in wrong]
        counter.increment()
        return before

    def good() -> None:
        counter.increment()
        counter.increment()

    return [in_threads(bad, good)[0], counter.value, counter.reset(), counter.value]


def refused_alone(module: Any, wrong: list[Any]) -> Any:
    """Adds things that are no ints to a counter at 3, one after the other: value after each."""
    counter = module.Counter(3)
    return [[attempt(counter.increment, each), counter.value] for each in wrong]


def two_counters(module: Any, first: int, second: int) -> Any:
    """Two counters, used by two threads each way round."""
    one, other = module.Counter(first), module.Counter(second)

    def work(a: Any, b: Any) -> None:
        a.increment(1)
        b.increment(10)

    in_threads(call(work, one, other), call(work, other, one))
    return [one.value, other.value, one.reset(), other.value]


def many(module: Any, threads: int, times: int) -> Any:
    """Many additions by real threads: the value, and how many different numbers came back."""
    counter = module.Counter()

    def work() -> list[Any]:
        return [counter.increment() for _ in range(times)]

    returned = in_threads(*[work] * threads)
    return [counter.value, len({number for each in returned for number in each})]
