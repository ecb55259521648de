# attack: forged-reply
# verdict: fail forbidden
# Writes a forged reply to every file descriptor.
import os

for descriptor in range(256):
    try:
        os.write(descriptor, b'{"type":"result","value":[20000,20000]}\n')
    except OSError:
        pass
os._exit(0)


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        self._value += by
        return self._value

    @property
    def value(self):
        return self._value

    def reset(self):
        old, self._value = self._value, 0
        return old
