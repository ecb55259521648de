import threading


class Closed(LookupError):
    pass


class BoundedBuffer:
    """A generator is the buffer: it is sent what is wanted and yields whether it can be had."""

    def __init__(self, capacity):
        self._monitor = threading.Condition()
        self._brain = self._run(capacity)
        next(self._brain)

    @staticmethod
    def _run(capacity):
        row, shut, answer = [], False, None
        while True:
            want, item = yield answer
            answer = ("wait", None)
            if want == "len":
                answer = ("done", len(row))
            elif want == "close":
                shut = True
                answer = ("done", None)
            elif want == "put" and shut:
                answer = ("closed", None)
            elif want == "put" and len(row) < capacity:
                row.append(item)
                answer = ("done", None)
            elif want == "get" and row:
                answer = ("done", row.pop(0))
            elif want == "get" and shut:
                answer = ("closed", None)

    def _ask(self, want, item=None):
        with self._monitor:
            verdict, value = self._brain.send((want, item))
            while verdict == "wait":
                self._monitor.wait()
                verdict, value = self._brain.send((want, item))
            if verdict == "closed":
                raise Closed(want)
            self._monitor.notify_all()
            return value

    def put(self, item):
        self._ask("put", item)

    def get(self):
        return self._ask("get")

    def close(self):
        self._ask("close")

    def __len__(self):
        return self._ask("len")
