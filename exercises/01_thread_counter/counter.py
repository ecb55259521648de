"""A counter that many threads share."""


class Counter:
    """A counter that starts at ``start``.

    Any number of threads may call any of its methods at any time. Counters are independent
    objects: two counters do not share their values.
    """

    def __init__(self, start: int = 0) -> None:
        self._value = start

    def increment(self, by: int = 1) -> int:
        """Add ``by`` and return the value of the counter right after this very addition.

        ``by`` is an int and may be negative. No addition is ever lost, and while the counter only
        grows no two calls return the same number. If ``by`` is not an int, raises ``TypeError``,
        changes nothing, and the counter goes on working for everybody.
        """
        if not isinstance(by, int):
            raise TypeError(f"by must be an int, not {type(by).__name__}")
        self._value += by
        return self._value

    @property
    def value(self) -> int:
        """The value now."""
        return self._value

    def reset(self) -> int:
        """Set the counter to 0 and return the value it had, as one step.

        Every increment is either in the number that one reset returns or in what is left
        afterwards, never in both and never in neither.
        """
        old = self._value
        self._value = 0
        return old
