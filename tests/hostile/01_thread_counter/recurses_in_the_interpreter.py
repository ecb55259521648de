# attack: bomb
# verdict: fail exception
# score: 1
# Recurses through what the interpreter calls by itself: comparison, hashing, formatting, attributes.


class Deep:
    def __getattr__(self, name):
        return getattr(self, name + "x")

    def __eq__(self, other):
        return other == self

    def __hash__(self):
        return hash((self,))

    def __repr__(self):
        return f"{self!r}{self!r}"


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        return [Deep() == Deep(), {Deep(): 1}, repr(Deep()), Deep().x]

    value = property(lambda self: self._value)

    def reset(self):
        return 0
