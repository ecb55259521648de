"""Why calls that overlapped cannot have happened one after another: the orders that were tried."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from grader.explain.picture import LONG, Orders, short
from grader.explain.say import say, told

MOST_ORDERS: Final = 12
_MOST_TASKS: Final = 40


class Tried(NamedTuple):
    """An order of calls as far as it comes: `call` would be next, and `gives` is its result then
    (None: it would have to wait), which is not what it returned.
    """

    done: Sequence[str]
    call: str
    gives: str | None

    @property
    def sentence(self) -> str:
        """What came of it."""
        first = ", ".join(self.done)
        if first and self.gives is None:
            return say("First {calls}: then {call} has to wait.", calls=first, call=self.call)
        if first:
            return say(
                "First {calls}: then {call} gives {value}.",
                calls=first, call=self.call, value=self.gives,
            )  # fmt: skip
        if self.gives is None:
            return say("First of all, {call} has to wait.", call=self.call)
        return say("First of all, {call} gives {value}.", call=self.call, value=self.gives)


def more_of_them(count: int) -> str:
    """That these are not all."""
    if count == 1:
        return say("1 more order ends likewise.")
    return say("{count} more orders end likewise.", count=count)


def orders(
    calls: Sequence[Sequence[str]], tried: Sequence[Tried], count: int, language: str = "en"
) -> Orders:
    """As a part of a picture. `calls` are those of each task, with what they returned; `tried` are
    the orders that come farthest first, of `count` in all.
    """
    made = [
        say("thread {number}: {calls}", number=number, calls=", ".join(mine))
        for number, mine in enumerate(calls, 1)
    ]
    shown = [each.sentence for each in tried[:MOST_ORDERS]]
    if count > len(shown):
        shown.append(more_of_them(count - len(shown)))
    return Orders(
        [short(told(text, language), LONG) for text in made[:_MOST_TASKS]],
        [short(told(text, language), LONG) for text in shown],
    )
