"""A function that is run when its result is first needed, and only once."""

import threading
from collections.abc import Callable
from typing import Any


class Once:
    """The result of ``func``, which is run when it is first needed, and only once.

    Any number of threads may use the object at any time. Different objects know nothing of each
    other: while one is running its ``func``, the others can be used by any thread, from inside
    that ``func`` too.
    """

    def __init__(self, func: Callable[[], Any]) -> None:
        self._func = func
        self._lock = threading.Lock()
        self._runner: int | None = None  # the thread that is inside func
        self._result: Any = None
        self._done = False

    def get(self) -> Any:
        """Return the result of ``func()``: the very same one for every caller.

        The first caller runs ``func``; callers that come while it runs wait for it to end. Once
        ``func`` has returned it is never run again. Any result counts, None too.

        If ``func`` raises, the exception reaches the caller that ran it, nothing is kept, and the
        next caller (also one that was already waiting) runs ``func`` again. Two runs never overlap.

        If ``func`` itself calls ``get`` of the same object (in the same thread), that inner call
        raises ``RuntimeError`` at once; callers in other threads still wait as usual. Whether
        ``func`` lets that error through or catches it and returns, the object stays usable.
        """
        # No other thread ever writes my number there, so I need no lock to know whether it is me.
        if self._runner == threading.get_ident():
            raise RuntimeError("func has called get() of the Once that is running it")
        with self._lock:
            if not self._done:
                self._runner = threading.get_ident()
                try:
                    self._result = self._func()
                    self._done = True
                finally:
                    self._runner = None
            return self._result

    @property
    def done(self) -> bool:
        """Whether a result is there. It can be read at any time and never waits."""
        return self._done
