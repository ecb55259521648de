# attack: bomb
# verdict: fail timeout
# score: 1
# A regular expression that tries 2 ** 60 ways, in one operation of the interpreter.
import re


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        return len(re.findall("(a|a)*b", "a" * 60)) + by

    value = property(lambda self: self._value)

    def reset(self):
        return 0
