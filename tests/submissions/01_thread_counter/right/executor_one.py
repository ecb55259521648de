from concurrent.futures import ThreadPoolExecutor


class Counter:
    def __init__(self, start=0):
        self._state = {"n": start}
        # one worker, so one change at a time
        self._pool = ThreadPoolExecutor(max_workers=1)

    @staticmethod
    def _add(state, by):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        state["n"] += by
        return state["n"]

    @staticmethod
    def _take(state):
        n = state["n"]
        state["n"] = 0
        return n

    def increment(self, by=1):
        return self._pool.submit(self._add, self._state, by).result()

    @property
    def value(self):
        return self._state["n"]

    def reset(self):
        return self._pool.submit(self._take, self._state).result()
