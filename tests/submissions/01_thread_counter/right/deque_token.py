import time
from collections import deque
from contextlib import contextmanager


class Counter:
    def __init__(self, start=0):
        self._number = start
        self._tokens = deque(["token"])

    @contextmanager
    def _token(self):
        # deque.pop takes the token out or fails, there is nothing in between
        while True:
            try:
                token = self._tokens.pop()
                break
            except IndexError:
                time.sleep(0)
        try:
            yield
        finally:
            self._tokens.append(token)

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by: int expected")
        with self._token():
            self._number += by
            return self._number

    @property
    def value(self):
        return self._number

    def reset(self):
        with self._token():
            number, self._number = self._number, 0
        return number
