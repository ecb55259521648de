import threading
from collections import deque


class Gate:
    """First come, first served: whoever leaves hands the place over to the one who waits longest.
    """

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit < 1")
        self.__mutex = threading.Lock()
        self.__queue = deque()
        self.__free = limit
        self.__active = 0
        self.__peak = 0
        self.__done = 0

    def run(self, job):
        self.__enter()
        try:
            with self.__mutex:
                self.__active += 1
                self.__peak = max(self.__peak, self.__active)
            try:
                return job()
            finally:
                with self.__mutex:
                    self.__active -= 1
                    self.__done += 1
        finally:
            self.__leave()

    def __enter(self):
        with self.__mutex:
            if self.__free > 0:
                self.__free -= 1
                return
            mine = threading.Lock()
            mine.acquire()
            self.__queue.append(mine)
        mine.acquire()  # until somebody opens it who leaves

    def __leave(self):
        with self.__mutex:
            if self.__queue:
                self.__queue.popleft().release()
            else:
                self.__free += 1

    @property
    def active(self):
        return self.__active

    @property
    def peak(self):
        return self.__peak

    @property
    def done(self):
        return self.__done
