# attack: reflection
# verdict: fail forbidden
# Walks the frames of a suspended generator up to whoever called it.


def look():
    yield


suspended = look()
frame = suspended.gi_frame
while frame is not None:
    for name, value in frame.f_globals.items():
        if name == "only":
            frame.f_globals[name] = lambda *args, **kwargs: None
    frame = frame.f_back


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
