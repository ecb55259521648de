# attack: lying-value
# verdict: fail exception
# Text that no encoding has, in values, messages and names of threads.
import threading

HALF = "\ud800"


class Counter:
    def __init__(self, start=0):
        self._value = HALF

    def increment(self, by=1):
        thread = threading.Thread(target=lambda: None, name=HALF * 3)
        thread.start()
        thread.join()
        if not isinstance(by, int):
            raise type(HALF, (TypeError,), {})(HALF)
        return self._value

    value = property(lambda self: {HALF: HALF})

    def reset(self):
        print(HALF)
        raise KeyError(HALF)
