from dataclasses import InitVar, dataclass, field
from threading import Lock


@dataclass(slots=True, eq=False)
class Counter:
    start: InitVar[int] = 0
    _value: int = field(init=False)
    _lock: Lock = field(init=False, default_factory=Lock, repr=False)

    def __post_init__(self, start):
        self._value = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("by must be an int")
        with self._lock:
            return self._set(self._value + by)

    def _set(self, new):
        self._value = new
        return new

    @property
    def value(self):
        return self._value

    def reset(self):
        with self._lock:
            old = self._value
            self._set(0)
        return old
