import time
from contextlib import contextmanager


class Closed(Exception):
    pass


class BoundedBuffer:
    """Nothing from threading at all: dict.setdefault decides who may go in, the others sleep."""

    def __init__(self, capacity):
        self.slots = {}
        self.oldest = 0
        self.newest = 0
        self.capacity = capacity
        self.shut = False
        self.door = {}

    @contextmanager
    def inside(self):
        me = object()
        while self.door.setdefault("in", me) is not me:
            time.sleep(0)
        try:
            yield
        finally:
            del self.door["in"]

    def put(self, item):
        while True:
            with self.inside():
                if self.shut:
                    raise Closed
                if self.newest - self.oldest < self.capacity:
                    self.slots[self.newest] = item
                    self.newest += 1
                    return
            time.sleep(0)

    def get(self):
        while True:
            with self.inside():
                if self.oldest < self.newest:
                    self.oldest += 1
                    return self.slots.pop(self.oldest - 1)
                if self.shut:
                    raise Closed
            time.sleep(0)

    def close(self):
        with self.inside():
            self.shut = True

    def __len__(self):
        with self.inside():
            return len(self.slots)
