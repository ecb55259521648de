from dataclasses import dataclass, field
from threading import RLock
from typing import Any, Callable


@dataclass(eq=False)
class Once:
    """An RLock lets the same thread in again; the flag tells that this has happened."""

    func: Callable[[], Any]
    done: bool = field(default=False, init=False)
    _running: bool = field(default=False, init=False)
    _lock: Any = field(default_factory=RLock, init=False, repr=False)

    def get(self):
        with self._lock:
            if self._running:
                raise RuntimeError("get() inside func")
            if self.done:
                return self._result
            self._running = True
            try:
                self._result = self.func()
                self.done = True
                return self._result
            finally:
                self._running = False
