# attack: markup
# verdict: fail lost-update
# score: 3
# The lines of the source that a story shows hold commands, escape sequences and bidirectional text.


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._value += by  # ‮⁦::error::owned ``` <b>@everyone</b> | ‏
        return self._value; """
::error::owned
```
"""

    @property
    def value(self):
        return self._value

    def reset(self):
        old, self._value = self._value, 0
        return old
