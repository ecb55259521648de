class Cells(dict):
    def __getitem__(self, key):
        return super().__getitem__(key)

    def __setitem__(self, key, value):
        assert isinstance(key, str)
        super().__setitem__(key, value)


class Counter:
    def __init__(self, start=0):
        self._cells = Cells(n=start)

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError(by)
        self._cells["n"] += by
        return self._cells["n"]

    @property
    def value(self):
        return self._cells["n"]

    def reset(self):
        old = self._cells["n"]
        self._cells["n"] = 0
        return old
