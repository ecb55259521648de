"""Ways around a name: what a method written in C reads or writes of an object, announced."""

from __future__ import annotations

from typing import Any, Final

from grader.engine import runtime
from grader.engine.classes import STAND_INS, mro_of
from grader.engine.containers import remember_namespace
from grader.engine.operation import READ, WRITE
from grader.source.hooks import guard


class MadeAnew:
    """`error.__init__`, say: it changes the object as a whole."""

    __slots__ = ("__self__", "_function")

    def __init__(self, function: Any) -> None:
        self.__self__ = function.__self__
        self._function = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """One operation: a write of the whole object."""
        execution = runtime.now.execution
        assert execution is not None
        if not execution.solo:
            execution.perform("write", self.__self__, None, WRITE)
        return self._function(*args, **kwargs)


class State:
    """`obj.__getstate__`, whose result may be the dict of the object's attributes."""

    __slots__ = ("__self__", "_function")

    def __init__(self, obj: Any, function: Any) -> None:
        self.__self__ = obj
        self._function = function

    def __call__(self, *args: Any) -> Any:
        """The state; that of a stand-in without what it keeps for itself."""
        state = self._function(*args)
        if type(state) is dict:
            ours = not STAND_INS.isdisjoint(mro_of(type(self.__self__)))
            if ours and runtime.current().state.get("guarded"):
                return dict(guard.namespace_to_show(self.__self__, state))
            remember_namespace(state, self.__self__)
        return state


class Slot:
    """`A.x.__get__` and its like, of one of the `__slots__`."""

    __slots__ = ("_function", "_name")

    def __init__(self, name: str, function: Any) -> None:
        self._name = name
        self._function = function

    def __call__(self, *args: Any) -> Any:
        """The call."""
        execution = runtime.now.execution
        assert execution is not None
        if args and args[0] is not None and not execution.solo:
            kind, mode = _SLOT_KINDS[self._name]
            execution.perform(kind, args[0], self._function.__self__.__name__, mode)
        found = self._function(*args)
        if type(found) is dict and self._function.__self__.__name__ == "__dict__":
            remember_namespace(found, args[0])
        return found


class AnySlot:
    """`__get__` and its like by way of the type of a slot: it gets the slot first."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, slot: Any, *args: Any) -> Any:
        """The call."""
        return Slot(self._name, getattr(slot, self._name))(*args)


_SLOT_KINDS: Final = {
    "__get__": ("read", READ), "__set__": ("write", WRITE), "__delete__": ("delete", WRITE),
}  # fmt: skip
