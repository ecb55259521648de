"""What the hidden checks of exercise 07 put a Once through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.scenario import attempt, call, in_threads, read, threading_here, write


class Failed(Exception):
    """What a func raises here; its argument is the number of the run."""


class Result:
    """What a func returns here: a new object for each run, equal to no other."""


class Work:
    """A func that counts its runs, of which the first `fails` raise, and sees when two overlap."""

    def __init__(self, fails: int = 0, error: type[BaseException] = Failed) -> None:
        self.fails = fails
        self.error = error
        self.running = False
        self.runs = 0
        self.inside = 0
        self.at_once = 0
        self.returned = False
        self.results: list[Result] = []
        self.during: Callable[[int], Any] | None = None  # called in each run, with its number

    def __call__(self) -> Result:
        """One run. Others can come in at its beginning and at its end."""
        write(self, "running", True)
        self.runs += 1
        number = self.runs
        self.inside += 1
        self.at_once = max(self.at_once, self.inside)
        try:
            if self.during is not None:
                self.during(number)
            write(self, "running", False)
            if number <= self.fails:
                raise self.error(number)
            result = Result()
            self.results.append(result)
            write(self, "returned", True)
            return result
        finally:
            self.inside -= 1

    def get(self, once: Any) -> Any:
        """`once.get()`, told in words: which result it gave, or which error of func."""
        try:
            result = once.get()
        except (Failed, SystemExit) as error:
            return f"error {error.args[0]}"
        for number, known in enumerate(self.results, 1):
            if known is result:
                return f"result {number}"
        return result

    def try_get(self, once: Any) -> Any:
        """The same where another exception is not the end of it all."""
        return attempt(self.get, once)

    def told(self, once: Any, got: list[Any]) -> dict[str, Any]:
        """What everybody got and how func was run; and then the object is asked once more."""
        return {
            "got": sorted(got, key=str), "done": once.done, "then": self.try_get(once),
            "runs": self.runs, "at once": self.at_once,
        }  # fmt: skip


class Equal:
    """Says that it equals everything."""

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]  # as Python itself sets it beside an `__eq__`


class Undecided:
    """Is neither true nor false, as an array with several elements is."""

    def __bool__(self) -> bool:
        raise ValueError("The truth value is ambiguous.")


RESULTS: dict[str, Callable[[], Any]] = {
    "None": lambda: None,
    "False": lambda: False,
    "zero": lambda: 0,
    "an empty text": str,
    "an empty list": list,
    "...": lambda: ...,
    "NotImplemented": lambda: NotImplemented,
    "an exception": lambda: ValueError("not raised"),
    "an exception class": lambda: StopIteration,
    "what equals everything": Equal,
    "what is neither true nor false": Undecided,
}


def sequential(module: Any, gets: int) -> Any:
    """One thread: `done` and the number of runs before the first `get`, and after each."""
    work = Work()
    once = module.Once(work)
    before = [once.done, work.runs]
    return [before, *([work.try_get(once), once.done, work.runs] for _ in range(gets))]


def any_result(module: Any, name: str) -> Any:
    """One thread, and a func that returns an odd thing: whether `get` gives just that."""
    made: list[Any] = []

    def func() -> Any:
        made.append(RESULTS[name]())
        return made[-1]

    once = module.Once(func)
    before = once.done
    first, done, second = once.get(), once.done, once.get()
    return {
        "done": [before, done, once.done],
        "very same": [first is made[0], second is made[0]],
        "runs": len(made),
    }  # fmt: skip


def any_result_for_two(module: Any, name: str) -> Any:
    """The same for two threads: what is given to each, and how often func ran."""
    made: list[Any] = []

    def func() -> Any:
        made.append(RESULTS[name]())
        return made[-1]

    once = module.Once(func)
    got = in_threads(once.get, once.get)
    return {"very same": [each is made[0] for each in got], "runs": len(made)}


def callers(module: Any, threads: int, fails: int, before: int = 0) -> Any:
    """`threads` threads call `get` once; the first `fails` runs raise. `before`: calls that the
    main thread makes first, alone.
    """
    work = Work(fails)
    once = module.Once(work)
    got = [work.get(once) for _ in range(before)]
    got += in_threads(*[call(work.get, once)] * threads)
    return work.told(once, got)


def rounds(module: Any, fails: int) -> Any:
    """One thread whose first `fails` runs raise: what it gets, and `done` after each call."""
    work = Work(fails)
    once = module.Once(work)
    return [[work.try_get(once), once.done] for _ in range(fails + 2)]


def exits(module: Any, threads: int) -> Any:
    """The first run raises SystemExit, which is no Exception."""
    work = Work(1, SystemExit)
    once = module.Once(work)
    return work.told(once, in_threads(*[call(work.get, once)] * threads))


def inner(module: Any, catches: bool, threads: int, calls: int = 1) -> Any:
    """In its first run func calls `get` itself, `calls` times; it lets the error through or
    catches it. `threads` threads call `get`.
    """
    work = Work()
    once = module.Once(work)
    inside: list[Any] = []

    def ask(number: int) -> None:
        if number > 1:
            return
        for _ in range(calls):
            if catches:
                inside.append(attempt(once.get))
            else:
                once.get()

    work.during = ask
    if threads == 1:
        return {"inside": inside, **work.told(once, [work.try_get(once)])}
    got = in_threads(*[call(work.try_get, once)] * threads)
    return {"inside": inside, **work.told(once, got)}


def inner_of_another_thread(module: Any) -> Any:
    """A func that starts a thread that calls `get`, and does not wait for it."""
    work = Work()
    once = module.Once(work)
    got: list[Any] = []
    helper = threading_here().Thread(target=lambda: got.append(work.get(once)), name="helper")
    work.during = lambda number: helper.start()
    got.append(work.get(once))
    helper.join()
    return work.told(once, got)


def namesakes(module: Any, name: str) -> Any:
    """Two threads of one name call `get`."""
    work = Work()
    once = module.Once(work)
    got: list[Any] = []
    errors: list[Exception] = []

    def use() -> None:
        try:
            got.append(work.get(once))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not to get lost
            errors.append(error)

    threads = [threading_here().Thread(target=use, name=name) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors:
        raise error
    return work.told(once, got)


def done_inside(module: Any, fails: int) -> Any:
    """A func that looks at `done` in each of its runs."""
    work = Work(fails)
    once = module.Once(work)
    inside: list[Any] = []
    work.during = lambda number: inside.append(once.done)
    got = [work.try_get(once) for _ in range(fails + 1)]
    return {"inside": inside, **work.told(once, got)}


def done_beside(module: Any, fails: int) -> Any:
    """A thread looks at `done` and at whether func has returned, while others call `get`: what
    it saw, and `done` after a `get` of its own.
    """
    work = Work(fails)
    once = module.Once(work)

    def look() -> list[Any]:
        done = read(once, "done")
        seen = [done, read(work, "returned")]
        return [seen, work.get(once), read(once, "done")]

    got, looked = in_threads(call(work.get, once), look)
    return {"got": got, "looked": looked, "runs": work.runs}


def done_during_run(module: Any) -> Any:
    """A thread looks at `done` beside a run: whether func was running before, `done`, whether it
    was after.
    """
    work = Work()
    once = module.Once(work)

    def look() -> list[Any]:
        return [read(work, "running"), read(once, "done"), read(work, "running")]

    return in_threads(call(work.get, once), look)


def done_without_waiting(module: Any) -> Any:
    """A func that goes on only when another thread has looked at `done`."""
    work = Work()
    once = module.Once(work)
    begun, looked = threading_here().Event(), threading_here().Event()

    def wait(number: int) -> None:
        begun.set()
        looked.wait()

    def look() -> Any:
        begun.wait()
        seen = read(once, "done")
        looked.set()
        return seen

    work.during = wait
    got, seen = in_threads(call(work.get, once), look)
    return {"looked": seen, **work.told(once, [got])}


def two_at_once(module: Any) -> Any:
    """Two objects, each used by a thread: how many of the two funcs ran at once."""
    busy = Work()
    one, other = module.Once(busy), module.Once(busy)
    got = in_threads(call(busy.get, one), call(busy.get, other))
    return {"got": sorted(got, key=str), "at once": busy.at_once}


def other_goes_on(module: Any) -> Any:
    """The func of one object goes on only when another thread has the result of another one."""
    one_work, other_work = Work(), Work()
    one, other = module.Once(one_work), module.Once(other_work)
    begun, had = threading_here().Event(), threading_here().Event()

    def wait(number: int) -> None:
        begun.set()
        had.wait()

    def use_other() -> Any:
        begun.wait()
        got = other_work.get(other)
        had.set()
        return got

    one_work.during = wait
    got = in_threads(call(one_work.get, one), use_other)
    return [got, [one_work.runs, other_work.runs], [one.done, other.done]]


def other_inside(module: Any, used_before: bool, fails: int) -> Any:
    """The func of one object uses another one, and then calls `get` of its own."""
    one_work, other_work = Work(), Work(fails)
    one, other = module.Once(one_work), module.Once(other_work)
    before = [other_work.get(other)] if used_before else []
    inside: list[Any] = []

    def use_other(number: int) -> None:
        inside.extend([other_work.try_get(other), attempt(one.get)])

    one_work.during = use_other
    got, beside = in_threads(call(one_work.get, one), call(other_work.get, other))
    other_got = sorted([*before, inside[0], beside], key=str)
    return {"one": got, "other": other_got, "inside": inside[1:],
            "runs": [one_work.runs, other_work.runs]}  # fmt: skip


def circle(module: Any) -> Any:
    """The func of one object uses another one, whose func calls `get` of the first one. Where that
    is in the same thread, the call may not wait.
    """
    one_work, other_work = Work(), Work()
    one, other = module.Once(one_work), module.Once(other_work)
    here: list[Any] = []
    inside: list[Any] = []

    def use_other(number: int) -> None:
        here.append(threading_here().get_ident())
        inside.append(other_work.try_get(other))

    def use_first(number: int) -> None:
        if here == [threading_here().get_ident()]:
            inside.append(attempt(one.get))

    one_work.during, other_work.during = use_other, use_first
    return [one_work.try_get(one), inside, one.done, other.done]


def many(module: Any, threads: int, objects: int) -> Any:
    """Many objects, each wanted by real threads at once; the first run of every other one raises.
    How often func ran in all, how many runs overlapped, and what all calls gave.
    """
    works = [Work(number % 2) for number in range(objects)]
    onces = [module.Once(work) for work in works]

    def use_all() -> list[Any]:
        return [work.get(once) for work, once in zip(works, onces, strict=True)]

    got = [each for all_of_one in in_threads(*[use_all] * threads) for each in all_of_one]
    return {
        "runs": sum(work.runs for work in works),
        "at once": max(work.at_once for work in works),
        "errors": got.count("error 1"), "results": got.count("result 1"),
    }  # fmt: skip
