import queue
import threading
from collections import deque


class Closed(Exception):
    pass


class _Answer:
    def __init__(self):
        self._there = threading.Event()
        self._value = None
        self._error = None

    def give(self, value=None, error=None):
        self._value, self._error = value, error
        self._there.set()

    def wait(self):
        self._there.wait()
        if self._error is not None:
            raise self._error
        return self._value


class BoundedBuffer:
    """One thread owns everything. The others send it letters and wait for the answers."""

    def __init__(self, capacity):
        self._letters = queue.SimpleQueue()
        threading.Thread(target=self._own, args=(capacity,), daemon=True).start()

    def _own(self, capacity):
        items, putters, getters = deque(), deque(), deque()
        closed = False
        while True:
            what, answer, item = self._letters.get()
            if what == "len":
                answer.give(len(items))
            elif what == "close":
                closed = True
                answer.give()
            elif what == "put":
                putters.append((answer, item))
            else:
                getters.append(answer)
            while closed and putters:
                putters.popleft()[0].give(error=Closed())
            while (putters and len(items) < capacity) or (getters and items):
                if putters and len(items) < capacity:
                    waiting, new = putters.popleft()
                    items.append(new)
                    waiting.give()
                if getters and items:
                    getters.popleft().give(items.popleft())
            while closed and getters:
                getters.popleft().give(error=Closed())

    def _ask(self, what, item=None):
        answer = _Answer()
        self._letters.put((what, answer, item))
        return answer.wait()

    def put(self, item):
        self._ask("put", item)

    def get(self):
        return self._ask("get")

    def close(self):
        self._ask("close")

    def __len__(self):
        return self._ask("len")
