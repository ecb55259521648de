# attack: reflection
# verdict: fail lost-update
# score: 3
# Asks exceptions for the objects that they carry: the one without the attribute, the context, the arguments.
import threading

found = []


def collect(error, depth=0):
    for name in ("obj", "__context__", "__cause__", "args", "value", "__notes__"):
        thing = getattr(error, name, None)
        if thing is not None and depth < 4:
            found.append(thing)
            if isinstance(thing, BaseException):
                collect(thing, depth + 1)


for attempt in (
    lambda: threading.Lock().engine,
    lambda: threading.current_thread().task,
    lambda: threading.Lock().release(),
    lambda: threading.Condition().notify(),
    lambda: threading.Barrier(0),
    lambda: undefined_name,
    lambda: next(iter(())),
):
    try:
        attempt()
    except Exception as error:
        collect(error)

for thing in found:
    for name in ("perform", "access", "running", "choose", "pick", "state"):
        try:
            setattr(thing, name, lambda *args, **kwargs: 0)
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
