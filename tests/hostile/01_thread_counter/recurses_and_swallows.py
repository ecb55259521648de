# attack: ending
# verdict: fail exception
# score: 1
# Recurses without end and swallows the error at every level, which would make it an exponential one.


def deep(n):
    try:
        return deep(n + 1)
    except RecursionError:
        pass
    return deep(n + 1)


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        return deep(by)

    value = property(lambda self: self._value)

    def reset(self):
        return 0
