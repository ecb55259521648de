"""Keys for the sides of a stand-in. The stand-ins derive from it: it is never compiled."""

from __future__ import annotations


class Part:
    """A key that stands for one side of a stand-in (a queue's items, one waiter of a condition):
    it narrows what an operation touches, and is not shown to people.
    """

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text
