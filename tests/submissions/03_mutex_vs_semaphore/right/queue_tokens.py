import queue
import threading


class Gate:
    """Who wants in takes a token out of the box, and puts it back afterwards."""

    def __init__(self, limit):
        if limit < 1:
            raise ValueError(f"no gate for {limit} jobs")
        self._box = queue.Queue()
        for token in range(limit):
            self._box.put(token)
        self._numbers = {"active": 0, "peak": 0, "done": 0}
        self._mutex = threading.Lock()

    def run(self, job):
        token = self._box.get()
        self._mutex.acquire()
        self._numbers["active"] += 1
        self._numbers["peak"] = max(self._numbers["peak"], self._numbers["active"])
        self._mutex.release()
        try:
            result = job()
        except BaseException:
            self._out(token)
            raise
        self._out(token)
        return result

    def _out(self, token):
        self._mutex.acquire()
        self._numbers["active"] -= 1
        self._numbers["done"] += 1
        self._mutex.release()
        self._box.put(token)

    active = property(lambda self: self._numbers["active"])
    peak = property(lambda self: self._numbers["peak"])
    done = property(lambda self: self._numbers["done"])
