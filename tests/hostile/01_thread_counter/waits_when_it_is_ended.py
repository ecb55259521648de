# attack: ending
# verdict: fail lost-wakeup
# Waits for ever, and when it is ended waits again in `except`, in `finally` and in `__del__`.
import threading

never = threading.Event()


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        try:
            never.wait()
        except BaseException:
            never.wait()
        finally:
            never.wait()

    value = property(lambda self: self._value)

    def reset(self):
        return 0

    def __del__(self):
        never.wait()
