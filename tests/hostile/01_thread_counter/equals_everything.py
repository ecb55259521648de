# attack: lying-value
# verdict: fail wrong-result
# score: 0
# Returns one object that equals everything, is every number, and hides its class.


class Joker:
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    def __lt__(self, other):
        return True

    __gt__ = __le__ = __ge__ = __lt__

    def __hash__(self):
        return 0

    def __int__(self):
        return 1

    __index__ = __trunc__ = __int__

    def __add__(self, other):
        return self

    __radd__ = __sub__ = __rsub__ = __add__

    def __repr__(self):
        return "20000"

    def __reduce__(self):
        return (int, ("20000",))

    def __len__(self):
        return 2

    def __iter__(self):
        return iter([self, self])

    def __contains__(self, item):
        return True

    def __bool__(self):
        return True

    @property
    def __class__(self):
        return int


class Counter:
    def __init__(self, start=0):
        pass

    def increment(self, by=1):
        return Joker()

    value = property(lambda self: Joker())

    def reset(self):
        return Joker()
