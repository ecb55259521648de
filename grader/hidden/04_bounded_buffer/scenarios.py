"""What the hidden checks of exercise 04 put a buffer through."""

from __future__ import annotations

from typing import Any

from grader.scenario import call, in_threads, permitting


class Tried:
    """A buffer whose put and get return the `Closed` that they would raise."""

    def __init__(self, module: Any, capacity: int, inside: list[Any] | None = None) -> None:
        self.buffer = module.BoundedBuffer(capacity)
        self._own = {"Closed": module.Closed}
        for item in inside or []:
            self.put(item)

    def put(self, item: Any) -> Any:
        """Puts the item."""

        def put() -> None:
            self.buffer.put(item)  # what it returns is not laid down

        return permitting(self._own, put)

    def get(self) -> Any:
        """The item that it gives."""
        return permitting(self._own, self.buffer.get)

    def close(self) -> None:
        """Closes it."""
        self.buffer.close()

    def len(self) -> int:
        """How many are inside."""
        return len(self.buffer)


def sequential(module: Any, capacity: int, items: list[int]) -> Any:
    """One thread: fill it, empty it, and once more half."""
    buffer = Tried(module, capacity)
    sizes = [buffer.len()]
    got = []
    for _ in range(2):
        for item in items[:capacity]:
            buffer.put(item)
            sizes.append(buffer.len())
        for _ in range(capacity - 1):
            got.append(buffer.get())
            sizes.append(buffer.len())
        got.append(buffer.get())
    return [got, sizes]


def closing(module: Any, items: list[int]) -> Any:
    """One thread: close a buffer with items inside, and go on using it."""
    buffer = Tried(module, len(items) + 1, items)
    done = [buffer.close(), buffer.put(1), buffer.len(), buffer.close(), buffer.put(1)]
    got = [buffer.get() for _ in range(len(items) + 2)]
    return [done, got, buffer.len(), buffer.put(1), buffer.close()]


class EqualsAll:
    """Says that it is equal to everything, and cannot be hashed."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]  # what Python says of it, too


def objects(module: Any, which: str) -> Any:
    """One thread: all kinds of objects come out as the very objects that went in."""
    strange = EqualsAll()
    items: list[Any] = {
        "false": [None, 0, "", False, ()],
        "equal": [1, True, 1.0, "a", "a", None, None],
        "classes": [module.Closed, module.Closed(), ValueError, object()],
        "not hashable": [[], {}, [], strange, [1], strange],
    }[which]
    buffer = Tried(module, len(items))
    for item in items:
        buffer.put(item)
    inside = buffer.len()
    return [inside, [buffer.get() is item for item in items[:inside]], buffer.len()]


def objects_handed_over(module: Any, which: str) -> Any:
    """One thread puts a special object and then another one, and a get waits for each."""
    item = None if which == "None" else EqualsAll()
    buffer = Tried(module, 1)

    def get() -> bool:
        return buffer.get() is item

    return [in_threads(get, call(buffer.put, item))[0], buffer.len()]


def beside(
    module: Any,
    capacity: int,
    inside: list[int],
    plans: list[list[list[Any]]],
    after: list[list[Any]],
) -> Any:
    """A thread for each plan, which makes its calls `[name, *arguments]` one after another; then
    one makes those of `after`. What each call gave.
    """
    buffer = Tried(module, capacity, inside)
    results = in_threads(*[_calls(buffer, plan) for plan in plans])
    return [*results, _make(buffer, after)]


def _make(buffer: Tried, plan: list[list[Any]]) -> list[Any]:
    return [getattr(buffer, name)(*arguments) for name, *arguments in plan]


def _calls(buffer: Tried, plan: list[list[Any]]) -> Any:
    """The calls of the plan, by a name that says in a story what the thread does."""

    def make(*_: Any) -> list[Any]:
        return _make(buffer, plan)

    *before, (name, *arguments) = plan
    make.__name__ = "".join(f"{first}({', '.join(map(str, rest))}), " for first, *rest in before)
    make.__name__ += name
    return call(make, *arguments)


def next_to_each_other(module: Any, item: int) -> Any:
    """One thread: what one buffer is given does not show in another one."""
    one, other = Tried(module, 1), Tried(module, 2)
    done = [one.put(item), other.len(), other.close(), one.len(), one.get(), one.put(item)]
    return [*done, other.put(item), one.len(), other.len()]


def two_buffers(module: Any, first: int, second: int) -> Any:
    """Two buffers, used by two threads; one of them is closed."""
    one, other = Tried(module, 1), Tried(module, 1)

    def take() -> list[Any]:
        return [one.get(), other.len(), one.get()]

    def give() -> list[Any]:
        return [other.put(second), one.put(first), one.close()]

    results = in_threads(take, give)
    return [results, other.get(), other.put(first), other.len(), one.put(1)]


def many(module: Any, capacity: int, putters: int, getters: int, times: int) -> Any:
    """Many items go through a buffer of real threads, which is closed at the end: how many were
    got, how many different ones, how often one came before an earlier one of the same putter, and
    how often the size was out of bounds.
    """
    buffer = module.BoundedBuffer(capacity)
    out_of_bounds = [0] * getters

    def put(number: int) -> None:
        for at in range(times):
            buffer.put((number, at))

    def put_all_and_close() -> None:
        in_threads(*[call(put, number) for number in range(putters)])
        buffer.close()

    def get(number: int) -> list[tuple[int, int]]:
        got = []
        while True:
            try:
                got.append(buffer.get())
            except module.Closed:
                return got
            out_of_bounds[number] += not 0 <= len(buffer) <= capacity

    got = in_threads(*[call(get, number) for number in range(getters)], put_all_and_close)[:-1]
    overtaken = 0
    for each in got:
        last = [-1] * putters
        for number, at in each:
            overtaken += at < last[number]
            last[number] = at
    items = [item for each in got for item in each]
    return [len(items), len(set(items)), overtaken, sum(out_of_bounds), len(buffer)]
