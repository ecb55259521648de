# attack: lying-value
# verdict: fail wrong-result
# Values that never come to an end when they are compared, printed or hashed.


class Endless:
    def loop(self, *args):
        while True:
            pass

    __repr__ = __str__ = __eq__ = __hash__ = __len__ = __iter__ = __bool__ = __lt__ = __format__ = loop


class Counter:
    def __init__(self, start=0):
        pass

    def increment(self, by=1):
        return [Endless(), {"endless": Endless()}]

    value = property(lambda self: (Endless(),))

    def reset(self):
        return Endless()
