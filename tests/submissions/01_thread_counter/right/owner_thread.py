import queue
import threading


class Counter:
    """Only one thread, the owner, ever touches the number. The others send it letters."""

    def __init__(self, start=0):
        self._letters = queue.Queue()
        self._value = start
        threading.Thread(target=self._owner, daemon=True).start()

    def _owner(self):
        while True:
            what, by, answer = self._letters.get()
            try:
                if what == "increment":
                    self._value += by
                    result = self._value
                elif what == "reset":
                    result, self._value = self._value, 0
                else:
                    result = self._value
            except Exception as error:
                answer.put((None, error))
            else:
                answer.put((result, None))

    def _ask(self, what, by=0):
        answer = queue.SimpleQueue()
        self._letters.put((what, by, answer))
        result, error = answer.get()
        if error is not None:
            raise error
        return result

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        return self._ask("increment", by)

    @property
    def value(self):
        return self._ask("value")

    def reset(self):
        return self._ask("reset")
