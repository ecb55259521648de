"""Linearizability: whether calls that overlapped could have happened one after another.

A history is right when its calls can be put in one order, such that each has its effect at some
moment between its call and its return, and the model gives in that order what was observed.
Herlihy and Wing, "Linearizability: a correctness condition for concurrent objects" (TOPLAS 1990);
the search is that of Wing and Gong, "Testing and verifying concurrent objects" (JPDC 1993).
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from msgspec import UNSET, UnsetType

from grader.explain.orders import Tried, more_of_them, orders
from grader.explain.picture import Orders
from grader.explorer.observation import Plain, canonical, contracted, observe

_WIDTH = 60
_ORDERS_SHOWN = 3


class NotAHistory(Exception):
    """A scenario returned something else than calls; the text says what is missing."""


class Blocked(Exception):
    """Raised by a model: this call cannot return now, another one has to come first."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a history. `before`: how many calls of each thread had returned when it began."""

    thread: int
    name: str
    arguments: tuple[Any, ...]
    result: Plain
    before: tuple[int, ...]

    def __str__(self) -> str:
        return f"{self.made} → {_brief(self.result)}"

    @property
    def made(self) -> str:
        """The call without its result."""
        return f"{self.name}({', '.join(_brief(each) for each in self.arguments)})"


class Dead(NamedTuple):
    """An order as far as it comes, the call that would be next, and what the model gives there, or
    None if it would have to wait.
    """

    order: list[Call]
    call: Call
    gives: str | None


@dataclass(slots=True)
class Answer:
    """Whether an order explains the history: one that does, or those that were tried."""

    order: list[Call] | None
    tried: list[Dead]  # the one that comes farthest first
    count: int  # orders that were tried


def history_of(value: Plain) -> list[list[Call]]:
    """The calls of each thread, from what `grader.scenario.history` returns. Raises
    `NotAHistory` for a value of another shape.
    """
    if not isinstance(value, list):
        raise NotAHistory("a history is a list")
    calls: list[list[Call]] = []
    for thread, made in enumerate(value):
        if not isinstance(made, list):
            raise NotAHistory("a history has a list of calls for each thread")
        calls.append([_call(thread, each, len(value)) for each in made])
    return calls


def _call(thread: int, value: Plain, threads: int) -> Call:
    match value:
        case [str(name), list(arguments), result, list(before)] if len(before) == threads:
            return Call(thread, name, tuple(arguments), result, tuple(map(int, before)))  # type: ignore[arg-type]  # JSON numbers
    raise NotAHistory("a call is a name, arguments, a result, and what came before")


def linearize(history: list[list[Call]], model: Callable[[], Any]) -> Answer:
    """Looks for an order of the calls that `model` (a class, say) gives the same results in.

    Depth first. Two ways to one point with the same state of the model are one way.
    """
    answer = Answer(None, [], 0)
    seen: set[tuple[tuple[int, ...], str]] = set()

    def search(at: tuple[int, ...], state: Any, order: list[Call]) -> bool:
        if all(count == len(calls) for count, calls in zip(at, history, strict=True)):
            answer.order = order
            answer.count += 1
            return True
        wrong: Dead | None = None
        for call in _next(history, at):
            after = copy.deepcopy(state)
            given = perform(after, call.name, *call.arguments)
            if given is None or canonical(given[0]) != canonical(call.result):
                says = None if given is None else _brief(given[0])
                wrong = wrong or Dead(order, call, says)
                continue
            there = tuple(n + (thread == call.thread) for thread, n in enumerate(at))
            mark = (there, repr(vars(after)) if hasattr(after, "__dict__") else repr(after))
            if mark in seen:
                continue
            seen.add(mark)
            if search(there, after, [*order, call]):
                return True
        if wrong is not None:
            answer.count += 1
            answer.tried.append(wrong)
        return False

    search(tuple(0 for _ in history), model(), [])
    answer.tried.sort(key=lambda each: -len(each.order))
    return answer


def _next(history: list[list[Call]], at: tuple[int, ...]) -> Iterator[Call]:
    """The calls that can come next: all that had returned before them have come."""
    for calls, count in zip(history, at, strict=True):
        if count < len(calls):
            call = calls[count]
            if all(done >= needed for done, needed in zip(at, call.before, strict=True)):
                yield call


def perform(model: Any, name: str, *arguments: Any) -> tuple[Plain] | None:
    """The model's result of a call, in a tuple; None when the call cannot return now."""
    try:
        return (observe(getattr(model, name)(*arguments)),)
    except Blocked:
        return None
    except Exception as error:  # noqa: BLE001 - an exception is a result
        return ({"raised": contracted(error)},)


def in_words(history: list[list[Call]], answer: Answer) -> str:
    """The calls, and the orders that come nearest, for one who asks why none fits."""
    made = "; ".join(
        f"thread {number}: {', '.join(map(str, calls))}" for number, calls in enumerate(history, 1)
    )
    lines = [f"No order of the calls explains what they returned ({made})."]
    for order, call, gives in answer.tried[:_ORDERS_SHOWN]:
        lines.append(f"  {Tried([str(each) for each in order], call.made, gives).sentence}")
    if (more := answer.count - _ORDERS_SHOWN) > 0:
        lines.append(f"  {more_of_them(more)}")
    return "\n".join(lines)


def orders_tried(value: Plain, model: Callable[[], Any], language: str) -> Orders | UnsetType:
    """The orders in which this history was looked for in vain, for a picture; UNSET where one
    explains it, or where it is none.
    """
    try:
        history = history_of(value)
    except NotAHistory:
        return UNSET
    answer = linearize(history, model)
    if answer.order is not None:
        return UNSET
    calls = [[str(call) for call in mine] for mine in history]
    tried = [
        Tried([_whose(str(each), each) for each in order], _whose(call.made, call), gives)
        for order, call, gives in answer.tried
    ]
    return orders(calls, tried, answer.count, language)


def _whose(text: str, call: Call) -> str:
    """With the number of the thread: several may make the same call."""
    return f"{text} ({call.thread + 1})"


def _brief(value: Plain) -> str:
    match value:
        case {"raised": str(name), **rest} if not rest:
            return name
    text = repr(value)
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
