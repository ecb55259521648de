"""Footprints of what is handed over in order: messages in a pipe, places in a bounded queue.

Giving and taking commute whenever both are possible; what does not commute is the n-th giving with
the n-th taking (or with a look whether it is there). So each token has a number, and an operation
that has run touches just the tokens that it gave and took: partial-order reduction then sees one
order where a conflict on the whole would make it try them all. While an operation is only
announced, the number is not known yet; its key finds it out at each comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

from grader.engine.operation import FREES, NEEDS_FREE, READ, SURELY, WRITE, Footprint
from grader.engine.part import Part

_NUMBERED: Final = 2  # the parts of a key: (tokens, number)


class _Next(Part):
    """The token that the next giving (or taking) will be about."""

    __slots__ = ("_giving", "_tokens")

    def __init__(self, tokens: Tokens, *, giving: bool) -> None:
        super().__init__("next")
        self._tokens = tokens
        self._giving = giving

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        number = self._tokens.given if self._giving else self._tokens.taken
        return (
            type(other) is tuple
            and len(other) == _NUMBERED
            and other[0] is self._tokens
            and other[1] == number
        )

    __hash__ = Part.__hash__


class When(Part):
    """Another key, as long as a condition holds: for an operation that is announced but waits for
    something else yet.
    """

    __slots__ = ("_condition", "_key")

    def __init__(self, key: object, condition: Callable[[], bool]) -> None:
        super().__init__("when")
        self._key = key
        self._condition = condition

    def __eq__(self, other: object) -> bool:
        return self is other or (self._condition() and bool(self._key == other))

    __hash__ = Part.__hash__


def only_when(
    condition: Callable[[], bool], footprints: Iterable[Footprint]
) -> tuple[Footprint, ...]:
    """These footprints, as long as the condition holds."""
    return tuple((subject, When(key, condition), mode) for subject, key, mode in footprints)


class Tokens:
    """The tokens of one subject: how many were given and taken, and what that touches."""

    __slots__ = ("_given_next", "_giving", "_subject", "_taken_next", "_taking", "given", "taken")

    def __init__(self, subject: object, given: int = 0) -> None:
        self.given = given
        self.taken = 0
        self._subject = subject
        self._giving = Part("giving")
        self._taking = Part("taking")
        self._given_next = _Next(self, giving=True)
        self._taken_next = _Next(self, giving=False)

    def __bool__(self) -> bool:
        """Whether there is one to take."""
        return self.given > self.taken

    def will_give(self) -> tuple[Footprint, ...]:
        """What an announced giving may touch."""
        return (
            (self._subject, self._giving, WRITE | FREES),
            (self._subject, self._given_next, WRITE | FREES),
        )

    def give(self) -> tuple[Footprint, ...]:
        """Gives one; what that touches."""
        number = self.given
        self.given += 1
        return (
            (self._subject, self._giving, WRITE | FREES),
            (self._subject, (self, number), WRITE | FREES | SURELY),
        )

    def will_take(self) -> tuple[Footprint, ...]:
        """What an announced taking may touch."""
        return (
            (self._subject, self._taking, WRITE),
            (self._subject, self._taken_next, READ | NEEDS_FREE),
        )

    def take(self, *, waited: bool = True) -> tuple[Footprint, ...]:
        """Takes one; what that touches. `waited`: it would have waited for the token."""
        number = self.taken
        self.taken += 1
        return (
            (self._subject, self._taking, WRITE),
            (self._subject, (self, number), READ | NEEDS_FREE if waited else READ),
        )

    def look(self) -> tuple[Footprint, ...]:
        """What a look whether there is one touches, announced or done."""
        return (
            (self._subject, self._taking, READ),
            (self._subject, (self, self.taken), READ),
        )

    def will_look(self) -> tuple[Footprint, ...]:
        """What an announced look may touch."""
        return ((self._subject, self._taking, READ), (self._subject, self._taken_next, READ))
