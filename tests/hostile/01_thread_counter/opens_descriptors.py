# attack: forged-reply
# verdict: fail forbidden
# Prints into files of its own making: `open` by descriptor and through /proc.
import io

for descriptor in range(3, 32):
    print('{"type":"ready"}', file=io.open(descriptor, "w", closefd=False))
for path in ("/proc/self/fd/1", "/dev/stdout", "/dev/tty"):
    print("{}", file=open(path, "w"))


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
