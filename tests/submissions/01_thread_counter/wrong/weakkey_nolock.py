import weakref

_numbers = weakref.WeakKeyDictionary()


class Counter:
    def __init__(self, start=0):
        _numbers[self] = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError(by)
        _numbers[self] += by
        return _numbers[self]

    @property
    def value(self):
        return _numbers[self]

    def reset(self):
        old = _numbers[self]
        _numbers[self] = 0
        return old
