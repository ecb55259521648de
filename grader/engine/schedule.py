"""A schedule: every choice that one execution made, as a frozen value that prints and parses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TOKEN = re.compile(r"(\d*)(z*)([a-y])")
_LETTERS = "abcdefghijklmnopqrstuvwxy"


class ScheduleError(ValueError):
    """The text is not a schedule; the message says what a schedule looks like."""


@dataclass(frozen=True, slots=True, order=True)
class Manner:
    """What is different in an execution beside the order of its tasks. `impatient`: tasks that
    sleep are fast, and the others slow (`Limits.patience`). `luck`: the first random numbers of
    each task are as low (1) or as high (2) as they can be (`Limits.luck`).
    """

    impatient: bool = False
    luck: int = 0

    def __str__(self) -> str:
        return "!" * self.impatient + ("", "-", "+")[self.luck]


USUAL = Manner()
MANNERS = (USUAL, Manner(impatient=True), Manner(luck=1), Manner(luck=2))
_BY_SIGN = {str(manner): manner for manner in MANNERS}


@dataclass(frozen=True, slots=True)
class Schedule:
    """The choices of one execution.

    `choices[i]` is the alternative taken at the i-th decision (a state in which more than one
    task could run, or a point where the program itself has a choice, such as which waiter a
    `notify` wakes). Alternative 0 is always "go on with the same task", or, where that task
    cannot run, "the next task in turn"; so most choices are 0 and the text stays short: each
    choice that is not 0 is a letter (a = 1, b = 2, ...), with the number of zeros skipped before
    it. `05:3ab` reads: exercise 05; three times the default, then alternative 1, then 2, and the
    default from there on. A sign before them is the manner: `05:!3ab` is impatient, the luck of
    `05:-3ab` is low and that of `05:+3ab` high.
    """

    label: str
    choices: tuple[int, ...]
    manner: Manner = USUAL

    @classmethod
    def of(cls, label: str, choices: Iterable[int], manner: Manner = USUAL) -> Schedule:
        """The schedule in its normal form: trailing default choices do not count."""
        kept = list(choices)
        while kept and kept[-1] == 0:
            kept.pop()
        return cls(label, tuple(kept), manner)

    def __str__(self) -> str:
        parts: list[str] = []
        gap = 0
        for choice in self.choices:
            if choice == 0:
                gap += 1
                continue
            parts.append(str(gap) if gap else "")
            gap = 0
            more, last = divmod(choice - 1, len(_LETTERS))
            parts.append("z" * more + _LETTERS[last])
        return f"{self.label}:{self.manner}{''.join(parts) or '0'}"

    @classmethod
    def parse(cls, text: str) -> Schedule:
        """The schedule that prints as `text`; raises `ScheduleError` for anything else."""
        label, colon, body = text.strip().rpartition(":")
        if not colon or not body:
            raise ScheduleError(
                f"{text!r} is not a schedule: one looks like 05:3ab (a label, a colon, choices)"
            )
        manner = _BY_SIGN.get(body[0], USUAL)
        body = body.removeprefix(str(manner))
        choices: list[int] = []
        at = 0
        while body != "0" and at < len(body):
            token = _TOKEN.match(body, at)
            if token is None or len(token[1]) > 6 or len(token[2]) > 40:
                raise ScheduleError(
                    f"{text!r} is not a schedule: {body[at : at + 10]!r} is no choice"
                )
            choices.extend([0] * int(token[1] or 0))
            choices.append(len(token[2]) * len(_LETTERS) + _LETTERS.index(token[3]) + 1)
            at = token.end()
        return cls.of(label, choices, manner)
