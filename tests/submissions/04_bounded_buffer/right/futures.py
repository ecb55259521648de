from collections import deque
from concurrent.futures import Future
from threading import Lock


class Closed(Exception):
    pass


class BoundedBuffer:
    """Direct hand-over: who waits has left a Future, and gets its item or its place by it."""

    def __init__(self, capacity):
        self.capacity = capacity
        self.lock = Lock()
        self.inside = deque()
        self.waiting_puts = deque()
        self.waiting_gets = deque()
        self.closed = False

    def put(self, item):
        with self.lock:
            if self.closed:
                raise Closed
            if self.waiting_gets:
                self.waiting_gets.popleft().set_result(item)
                return
            if len(self.inside) < self.capacity:
                self.inside.append(item)
                return
            admitted = Future()
            self.waiting_puts.append((item, admitted))
        admitted.result()

    def get(self):
        with self.lock:
            if self.inside:
                item = self.inside.popleft()
                if self.waiting_puts:
                    waiting, admitted = self.waiting_puts.popleft()
                    self.inside.append(waiting)
                    admitted.set_result(None)
                return item
            if self.closed:
                raise Closed
            coming = Future()
            self.waiting_gets.append(coming)
        return coming.result()

    def close(self):
        with self.lock:
            if self.closed:
                return
            self.closed = True
            for _, admitted in self.waiting_puts:
                admitted.set_exception(Closed())
            for coming in self.waiting_gets:
                coming.set_exception(Closed())
            self.waiting_puts.clear()
            self.waiting_gets.clear()

    def __len__(self):
        with self.lock:
            return len(self.inside)
