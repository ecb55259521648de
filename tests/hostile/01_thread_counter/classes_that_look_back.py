# attack: reflection
# verdict: fail lost-update
# score: 3
# Builds a class out of `type()` whose slots, descriptors and hooks are called with whatever the grader holds.
import threading

seen = []


class Spy:
    def __set_name__(self, owner, name):
        seen.append(owner)

    def __get__(self, instance, owner=None):
        seen.append((instance, owner))
        return 0

    def __class_getitem__(cls, item):
        seen.append(item)
        return cls


class Meta(type):
    def __new__(mcs, name, bases, space, **options):
        seen.append(space)
        return super().__new__(mcs, name, bases, space)

    def __call__(cls, *args, **kwargs):
        made = super().__call__(*args, **kwargs)
        seen.append(made)
        return made


class Base:
    def __init_subclass__(cls, **options):
        seen.append(options)


Made = Meta("Made", (Base,), {"spy": Spy(), "__slots__": ("a", "b"), "__doc__": Spy[int]})


class Watching(threading.Thread):
    def __getattr__(self, name):
        seen.append(name)
        raise AttributeError(name)

    @property
    def name(self):
        seen.append(self.__dict__)
        return "watching"


Made()
for thing in seen:
    space = getattr(thing, "__dict__", thing)
    if isinstance(space, dict):
        for key in list(space):
            if key.startswith("_task") or key.startswith("@"):
                space[key] = None


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
