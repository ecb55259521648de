"""`threading.local`, under control: one set of attributes per task."""

from __future__ import annotations

from typing import Any, Self

from grader.engine import runtime


class local:  # noqa: N801 - CPython's name
    """Attributes that every thread has for itself; `__init__` runs anew in each."""

    _controlled_ = True
    _of_each_task_ = True

    def __new__(cls, /, *args: Any, **kwargs: Any) -> Self:
        """As in CPython: the arguments are kept for `__init__` in each thread."""
        if (args or kwargs) and cls.__init__ is object.__init__:
            raise TypeError("Initialization arguments are not supported")
        self = object.__new__(cls)
        object.__setattr__(self, "_arguments_", (args, kwargs))
        runtime.current().running.local[self] = {}
        return self

    def _mine_(self) -> dict[str, Any]:
        storage = runtime.current().running.local
        mine = storage.get(self)
        if mine is None:
            mine = storage[self] = {}
            args, kwargs = object.__getattribute__(self, "_arguments_")
            type(self).__init__(self, *args, **kwargs)
        found: dict[str, Any] = mine
        return found

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]  # CPython swaps it per thread
        mine: dict[str, Any] = object.__getattribute__(self, "_mine_")()
        return mine

    def __getattribute__(self, name: str) -> Any:
        if name.startswith("_") and name.endswith("_"):
            return object.__getattribute__(self, name)
        mine = object.__getattribute__(self, "_mine_")()
        if name in mine:
            return mine[name]
        return object.__getattribute__(self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "__dict__":
            raise AttributeError(
                f"{type(self).__name__!r} object attribute '__dict__' is read-only"
            )
        descriptor = getattr(type(self), name, None)
        if hasattr(type(descriptor), "__set__"):
            object.__setattr__(self, name, value)
        else:
            self._mine_()[name] = value

    def __delattr__(self, name: str) -> None:
        mine = self._mine_()
        if name not in mine:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        del mine[name]
