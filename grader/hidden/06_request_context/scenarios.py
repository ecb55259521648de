"""What the hidden checks of exercise 06 put the requests of several threads through."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

from grader.scenario import Journal, attempt, call, history, in_threads, threading_here

ERRORS = (
    ValueError, KeyError, IndexError, AttributeError, LookupError, RuntimeError, Exception,
    SystemExit, KeyboardInterrupt,
)  # fmt: skip


def _outside(module: Any) -> list[Any]:
    """What is to be seen outside of any request."""
    return [module.current_user(), module.notes(), attempt(module.note, "lost")]


def _noting(module: Any, texts: list[str]) -> Callable[[], list[Any]]:
    """Work that makes notes; whose request it was in at its beginning and end, and the notes."""

    def work() -> list[Any]:
        user = module.current_user()
        for text in texts:
            module.note(text)
        return [user, module.notes(), module.current_user()]

    return work


def _raising(module: Any, error: BaseException) -> Callable[[], None]:
    """Work that makes a note and raises."""

    def work() -> None:
        module.note("before the error")
        raise error

    return work


def _nothing() -> None:
    """Work that does nothing."""


def _caught(module: Any, user: Any, error: BaseException) -> bool:
    """A request whose work raises `error`: whether exactly this exception arrives."""
    try:
        module.handle(user, _raising(module, error))
    except BaseException as arrived:  # noqa: BLE001 - which one it is is what is asked
        return arrived is error
    return False


def sequential(module: Any, user: int, texts: list[str]) -> Any:
    """One thread: before, in, between and after two requests."""
    before = _outside(module)
    first = module.handle(user, _noting(module, texts))
    between = _outside(module)
    second = module.handle("kim", _noting(module, []))
    return [before, first, between, second, _outside(module)]


def results(module: Any, values: list[Any]) -> Any:
    """What `handle` returns of what the work returns, how often it was called, and where."""
    calls: list[bool] = []
    here = threading_here().get_ident()

    def work(value: Any) -> Any:
        calls.append(threading_here().get_ident() == here)
        return value

    return [[module.handle("kim", call(work, value)) for value in values], calls]


def users(module: Any, values: list[Any]) -> Any:
    """Requests of each of these users, one after another."""
    return [module.handle(user, _noting(module, ["x"])) for user in values]


def copies(module: Any, first: str, second: str) -> Any:
    """Changing the list that `notes` has returned, and noting the same text twice."""

    def work() -> list[Any]:
        module.note(first)
        early = module.notes()
        module.note(second)
        module.note(first)
        module.notes().clear()
        late = module.notes()
        late.append("mine")
        return [early, module.notes(), late]

    inside = module.handle("kim", work)
    module.notes().append("mine")
    return [inside, module.notes()]


def nested(module: Any, chain: list[Any]) -> Any:
    """Requests of these users, each handled inside the one before; notes before and after."""
    seen = []

    def work(level: int) -> None:
        module.note(f"down {level}")
        seen.append([module.current_user(), module.notes()])
        if level + 1 < len(chain):
            module.handle(chain[level + 1], call(work, level + 1))
        module.note(f"up {level}")
        seen.append([module.current_user(), module.notes()])

    module.handle(chain[0], call(work, 0))
    return [seen, _outside(module), module.handled_count()]


def errors(module: Any, first: int, last: int) -> Any:
    """Requests whose work raises, with some of `ERRORS`: whether the exception arrives, and what is
    left of the request; then how many were counted, and one more.
    """
    arrived = [
        [_caught(module, "kim", kind("no")), _outside(module)] for kind in ERRORS[first:last]
    ]
    return [arrived, module.handled_count(), module.handle("lee", _noting(module, ["after"]))]


def errors_inside(module: Any, outer: int, inner: int, first: int, last: int) -> Any:
    """Requests inside another one whose work raises, with some of `ERRORS`: what the outer one sees
    after each.
    """

    def work() -> list[Any]:
        module.note("before")
        seen = []
        for kind in ERRORS[first:last]:
            ended = _caught(module, inner, kind("no"))
            seen.append([ended, module.current_user(), module.notes()])
        module.note("after")
        return [seen, module.notes()]

    return [module.handle(outer, work), _outside(module)]


def two_users(module: Any, users: list[Any], name: str | None) -> Any:
    """A thread with a request for each user: whose it is at its beginning, at its end, after it."""

    def work() -> list[Any]:
        return [module.current_user(), module.current_user()]

    def request(user: Any) -> list[Any]:
        return [*module.handle(user, work), module.current_user()]

    return in_threads(*[call(request, user) for user in users], name=name)


def two_notes(module: Any, first: list[Any], second: list[Any], name: str | None) -> Any:
    """Two threads with a request each, `[user, *texts]`: the notes in it and after it."""

    def work(texts: tuple[str, ...]) -> Any:
        for text in texts:
            module.note(text)
        return module.notes()

    def request(user: Any, *texts: str) -> list[Any]:
        return [module.handle(user, call(work, texts)), module.notes()]

    return in_threads(call(request, *first), call(request, *second), name=name)


def three_users(module: Any, users: list[Any]) -> Any:
    """Three threads with a request each: whose it is for them."""

    def request(user: Any) -> Any:
        return module.handle(user, module.current_user)

    return in_threads(*[call(request, user) for user in users])


def nested_users(module: Any, outer: int, inner: int, other: int) -> Any:
    """A thread with a request inside another one, beside a thread with a request: whose it is."""

    def work() -> list[Any]:
        return [module.handle(inner, module.current_user), module.current_user()]

    def request(user: int, work: Callable[[], Any]) -> Any:
        return module.handle(user, work)

    return in_threads(call(request, outer, work), call(request, other, module.current_user))


def nested_notes(module: Any, outer: int, inner: int, other: int) -> Any:
    """A thread with a request inside another one, beside a thread with a request: the notes."""

    def within() -> None:
        module.note("inner")

    def work() -> Any:
        module.note("outer")
        module.handle(inner, within)
        return module.notes()

    def simple() -> Any:
        module.note("other")
        return module.notes()

    def request(user: int, work: Callable[[], Any]) -> Any:
        return module.handle(user, work)

    return in_threads(call(request, outer, work), call(request, other, simple))


def error_beside(module: Any, failing: int, other: int) -> Any:
    """A thread whose request raises and that has one more, beside a thread with a request."""

    def fail() -> list[Any]:
        ended = _caught(module, failing, ValueError("no"))
        return [ended, module.current_user(), module.handle(other, module.current_user)]

    def request(user: int) -> Any:
        return module.handle(user, module.current_user)

    return [in_threads(fail, call(request, other)), _outside(module), module.handled_count()]


def bystander(module: Any, user: int) -> Any:
    """A thread outside of any request, beside one with a request."""

    def request(user: int) -> Any:
        return module.handle(user, call(module.note, "x"))

    def look() -> list[Any]:
        return _outside(module)

    return in_threads(call(request, user), look)[1]


def later_threads(module: Any, rounds: int, name: str | None) -> Any:
    """One thread after the other, with a request each: what it sees before and in it, and the count
    after it.
    """

    def request(user: int) -> list[Any]:
        return [_outside(module), module.handle(user, _noting(module, ["x"]))]

    return [
        [in_threads(call(request, user), name=name)[0], module.handled_count()]
        for user in range(rounds)
    ]


def counts(module: Any, plan: list[list[Any]], name: str | None) -> Any:
    """A thread for each list, with a request of each of the users in it; the count afterwards, by
    this thread and by another one.
    """

    def requests(*users: Any) -> None:
        for user in users:
            module.handle(user, _nothing)

    in_threads(*[call(requests, *users) for users in plan], name=name)
    return [module.handled_count(), in_threads(module.handled_count)[0]]


def counts_of_errors(module: Any) -> Any:
    """Two threads, of whose requests one returns and one raises; the count afterwards."""

    def fail() -> bool:
        return _caught(module, 1, ValueError("no"))

    def request() -> Any:
        return module.handle(2, module.current_user)

    return [in_threads(fail, request), module.handled_count()]


def count_inside(module: Any) -> Any:
    """The count before, inside and after a request, and inside and after one in another."""

    def outer() -> list[int]:
        begun = module.handled_count()
        within = module.handle("lee", module.handled_count)
        return [begun, within, module.handled_count()]

    return [module.handled_count(), module.handle("kim", outer), module.handled_count()]


class _Service:
    """Requests and the count, as calls of one object."""

    def __init__(self, module: Any) -> None:
        self._module = module

    def request(self, user: int) -> Any:
        return self._module.handle(user, self._module.current_user)

    def ended(self) -> Any:
        return self._module.handled_count()


def counting_history(module: Any, *plans: list[list[Any]]) -> Any:
    """Requests, and looks at the count beside them."""
    return history(_Service(module), *plans)


def overlap(module: Any, users: list[int]) -> Any:
    """A thread with a request for each user: how many had begun, as each sees at its end."""
    journal = Journal()

    def work() -> int:
        journal.write("begins its work")
        return len(journal.lines())

    def request(user: int) -> Any:
        return module.handle(user, work)

    return in_threads(*[call(request, user) for user in users])


def short_beside_long(module: Any, long: int, short: int) -> Any:
    """What a long request sees, at its beginning and end, of a short one of another thread."""
    journal = Journal()

    def work() -> list[Any]:
        return [journal.lines(), journal.lines()]

    def request_long() -> Any:
        return module.handle(long, work)

    def work_short() -> None:
        journal.write("in")

    def request_short() -> None:
        module.handle(short, work_short)
        journal.write("back")

    return in_threads(request_long, request_short)[0]


def count_beside_long(module: Any, user: int) -> Any:
    """Whether the count can be asked for, from first to last, while a request is handled."""
    journal = Journal()

    def work() -> list[Any]:
        return [journal.lines(), journal.lines()]

    def ask() -> None:
        journal.write("asks")
        module.handled_count()
        journal.write("knows")

    return in_threads(call(module.handle, user, work), ask)[0]


def many(module: Any, threads: int, times: int, rounds: int) -> Any:
    """Many requests of real threads, some inside others, and new threads after them. All threads
    are in their first requests at once.
    """
    all_are_in = threading.Barrier(threads)

    def inner() -> list[Any]:
        module.note("inner")
        time.sleep(0.000_1)  # so that the others go on meanwhile
        return [module.current_user(), module.notes()]

    def request(user: int, turn: int) -> bool:
        def work() -> bool:
            module.note("first")
            if turn == 0:
                all_are_in.wait()
            within = module.handle(-user, inner)
            module.note("second")
            mine = [module.current_user(), module.notes()]
            return within == [-user, ["inner"]] and mine == [user, ["first", "second"]]

        right = module.handle(user, work)
        return bool(right) and module.current_user() is None and [] == module.notes()

    def requests(number: int) -> int:
        wrong = int(module.current_user() is not None)
        for turn in range(times):
            wrong += not request(1 + turn * threads + number, turn)
        return wrong

    before = module.handled_count()
    wrong = [
        sum(in_threads(*[call(requests, number) for number in range(threads)], name="worker"))
        for _ in range(rounds)
    ]
    return [wrong, module.handled_count() - before]
