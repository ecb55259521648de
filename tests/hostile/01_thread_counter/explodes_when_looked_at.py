# attack: lying-value
# verdict: cannot-grade not-modelled
# Values that explode when they are looked at: class, name, length, repr, hash, comparison.


class Meta(type):
    @property
    def __name__(cls):
        raise SystemExit("name")

    @property
    def __mro__(cls):
        raise SystemExit("mro")

    def __subclasscheck__(cls, other):
        raise SystemExit("subclass")

    def __instancecheck__(cls, other):
        raise SystemExit("instance")

    def __hash__(cls):
        raise SystemExit("hash of the class")

    def __eq__(cls, other):
        raise SystemExit("comparison of the class")


class Bomb(metaclass=Meta):
    def boom(self, *args):
        raise SystemExit("boom")

    __repr__ = __str__ = __eq__ = __hash__ = __len__ = __iter__ = __format__ = __bool__ = __reduce__ = boom
    __getattr__ = __int__ = __index__ = __lt__ = __del__ = boom
    __class__ = property(boom)


class Counter:
    def __init__(self, start=0):
        pass

    def increment(self, by=1):
        return Bomb()

    value = property(lambda self: Bomb())

    def reset(self):
        return Bomb()
