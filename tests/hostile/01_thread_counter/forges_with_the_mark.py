# attack: forged-reply
# verdict: pass
# As `forges_the_real_run`, but by names made for `match` it would go through the frames of the process until it finds the
# mark of its replies. No pattern leads there, so it never gets hold of `os`, and what is left is right.
import threading


class Anything(type):
    def __instancecheck__(cls, thing):
        return True


class Wanted(metaclass=Anything):
    __match_args__ = ("globals".join(["__"] * 2),)


def module(name):
    try:
        match threading.Thread.run:
            case Wanted(space):
                return space["builtins".join(["__"] * 2)]["import".join(["__"] * 2)](name)
    except Exception:
        return None


class Frame(metaclass=Anything):
    __match_args__ = tuple(name.join(["f_", ""]) for name in ("back", "locals"))


def mark():
    frame = module("sys")._getframe()
    while frame is not None:
        match frame:
            case Frame(back, names):
                if "replies" in names:
                    return names["replies"]._mark
                frame = back


os = module("os")
MARK = b"" if os is None else mark()


class Counter:
    def __init__(self, start=0):
        self._value = start
        self._lock = threading.Lock()

    def increment(self, by=1):
        if os is not None:
            for descriptor in range(256):
                try:
                    os.write(descriptor, MARK + b'{"type":"result","value":[20000,20000]}\n')
                except OSError:
                    pass
            os._exit(0)
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._lock:
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
