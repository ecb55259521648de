import queue
import threading


class Once:
    """A thread of its own runs func, for one caller after the other."""

    def __init__(self, func):
        self._func = func
        self._letters = queue.SimpleQueue()
        self._ready = False
        self._owner = threading.Thread(target=self._serve, daemon=True)
        self._owner.start()

    def _serve(self):
        while True:
            answer = self._letters.get()
            if not self._ready:
                try:
                    self._value = self._func()
                    self._ready = True
                except BaseException as error:
                    answer.put(error)
                    continue
            answer.put(None)

    def get(self):
        if threading.current_thread() is self._owner:
            raise RuntimeError("func called get()")
        answer = queue.SimpleQueue()
        self._letters.put(answer)
        error = answer.get()
        if error is not None:
            raise error
        return self._value

    @property
    def done(self):
        return self._ready
