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
from typing import Any

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


@dataclass(slots=True)
class Answer:
    """Whether an order explains the history: one that does, or those that were tried."""

    order: list[Call] | None
    tried: list[tuple[list[Call], str]]  # how far each came, and what the model says next
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
        wrong = ""
        for call in _next(history, at):
            after = copy.deepcopy(state)
            given = _perform(after, call)
            if given is None or canonical(given[0]) != canonical(call.result):
                says = "has to wait" if given is None else f"gives {_brief(given[0])}"
                wrong = wrong or f"then {call.made} {says}"
                continue
            there = tuple(n + (thread == call.thread) for thread, n in enumerate(at))
            mark = (there, repr(vars(after)) if hasattr(after, "__dict__") else repr(after))
            if mark in seen:
                continue
            seen.add(mark)
            if search(there, after, [*order, call]):
                return True
        if wrong:
            answer.count += 1
            answer.tried.append((order, wrong))
        return False

    search(tuple(0 for _ in history), model(), [])
    answer.tried.sort(key=lambda each: -len(each[0]))
    return answer


def _next(history: list[list[Call]], at: tuple[int, ...]) -> Iterator[Call]:
    """The calls that can come next: all that had returned before them have come."""
    for calls, count in zip(history, at, strict=True):
        if count < len(calls):
            call = calls[count]
            if all(done >= needed for done, needed in zip(at, call.before, strict=True)):
                yield call


def _perform(model: Any, call: Call) -> tuple[Plain] | None:
    """The model's result, in a tuple; None when the call cannot return."""
    try:
        return (observe(getattr(model, call.name)(*call.arguments)),)
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
    for order, wrong in answer.tried[:_ORDERS_SHOWN]:
        first = ", ".join(map(str, order)) or "nothing"
        lines.append(f"  First {first}: {wrong}.")
    if (more := answer.count - _ORDERS_SHOWN) > 0:
        lines.append(f"  {more} more {'order' if more == 1 else 'orders'} end likewise.")
    return "\n".join(lines)


def _brief(value: Plain) -> str:
    match value:
        case {"raised": str(name), **rest} if not rest:
            return name
    text = repr(value)
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
