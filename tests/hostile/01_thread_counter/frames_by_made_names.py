# attack: reflection
# verdict: fail lost-update
# score: 3
# The same by names that are made at run time, with `attrgetter`: looks for the one who decides who runs next, and lets
# nobody be interrupted.
import operator


def names():
    try:
        raise ValueError
    except ValueError as error:
        yield error.__traceback__, "tb_"

    def suspended():
        yield

    yield suspended(), "gi_"


def get(thing, *parts):
    return operator.attrgetter("".join(parts))(thing)


def patch(frame):
    while frame is not None:
        for value in get(frame, "f_", "locals").values():
            if hasattr(type(value), "perform"):
                type(value).perform = lambda self, *args, **kwargs: True
                type(value).access = lambda self, *args, **kwargs: None
        frame = get(frame, "f_", "back")


for thing, prefix in names():
    try:
        patch(get(thing, prefix, "frame"))
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
