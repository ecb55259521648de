# attack: reflection
# verdict: fail lost-update
# score: 3
# Class patterns read attributes: `__match_args__` names them at run time, and the metaclass lets everything match.


class Anything(type):
    def __instancecheck__(cls, thing):
        return True


class Wanted(metaclass=Anything):
    __match_args__ = ("globals".join(["__", "__"]),)


def look(thing):
    match thing:
        case Wanted(space):
            return space
    return None


try:
    space = look(look) or {}
    space["builtins".join(["__", "__"])]["print"] = None
    space["isinstance"] = lambda *args: True
except Exception:
    pass


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
