"""Without a lock: a log whose entries are claimed with dict.setdefault, which is atomic."""


class Counter:
    def __init__(self, start=0):
        self._log = {0: (object(), start)}

    def _append(self, step):
        me = object()
        while True:
            n = len(self._log)
            old = self._log[n - 1][1]
            entry = (me, step(old))
            if self._log.setdefault(n, entry) is entry:
                return old, entry[1]

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError
        return self._append(lambda v, by=by: v + by)[1]

    @property
    def value(self):
        return self._log[len(self._log) - 1][1]

    def reset(self):
        return self._append(lambda v: 0)[0]
