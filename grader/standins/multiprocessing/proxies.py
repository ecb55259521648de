"""What a manager's clients hold: proxies of objects in the server, one class per kind.

Which methods each has is CPython's choice (`Lib/multiprocessing/managers.py` of 3.11).
"""

from __future__ import annotations

import array
from collections.abc import Callable, Iterator
from typing import Any, Self

from grader.engine import runtime
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.pickling import Arrival, dumps, loads
from grader.standins.multiprocessing.servers import Server, remote
from grader.standins.registry import add, making


class Core:
    """One object in a server, the same for all proxies of it."""

    _controlled_ = True

    def __init__(self, server: Server, typeid: str, referent: Any) -> None:
        self.server = server
        self.typeid = typeid
        self.referent = referent


class BaseProxy:
    """A handle of an object in the server."""

    _controlled_ = True

    def __init__(self, core: Core) -> None:
        self._core_ = core.referent  # what its operations touch
        self._target_ = core

    def _travel_(self, child: Modelled | None) -> Arrival:
        kind, core = type(self), self._target_
        return lambda: kind(core)

    def _callmethod(self, methodname: str, args: Any = (), kwds: Any = {}) -> Any:  # noqa: B006 - CPython's signature
        """As in CPython: calls a method of the object."""
        core = self._target_
        return remote(core.server, core.referent, methodname, args, kwds)

    def _getvalue(self) -> Any:
        """As in CPython: a copy of the object."""
        core = self._target_
        core.server.check()
        runtime.current().perform("copy", core.referent, None, 0)
        return loads(core.server.call(lambda: dumps(core.referent)))

    def __repr__(self) -> str:
        return f"<{type(self).__name__} object, typeid {self._target_.typeid!r}>"

    def __str__(self) -> str:
        return repr(self._getvalue())


def _method(name: str) -> Callable[..., Any]:
    def method(self: BaseProxy, /, *args: Any, **kwargs: Any) -> Any:
        return self._callmethod(name, args, kwargs)

    method.__name__ = name
    return method


def make_proxy(name: str, exposed: Any) -> type[Any]:
    """A proxy class with those methods."""
    with making():
        made = type(name, (BaseProxy,), {
            "_controlled_": True, "_exposed_": tuple(exposed),
            **{method: _method(method) for method in exposed},
        })  # fmt: skip
    return add(made)


def public_methods(obj: Any) -> list[str]:
    """What an automatic proxy exposes."""
    return [name for name in dir(obj) if callable(getattr(obj, name)) and not name.startswith("_")]


_LIST = [
    "__add__",
    "__contains__",
    "__delitem__",
    "__getitem__",
    "__len__",
    "__mul__",
    "__reversed__",
    "__rmul__",
    "__setitem__",
    "append",
    "count",
    "extend",
    "index",
    "insert",
    "pop",
    "remove",
    "reverse",
    "sort",
]
_DICT = [
    "__contains__",
    "__delitem__",
    "__getitem__",
    "__len__",
    "__setitem__",
    "clear",
    "copy",
    "get",
    "items",
    "keys",
    "pop",
    "popitem",
    "setdefault",
    "update",
    "values",
]


class ListProxy(make_proxy("BaseListProxy", _LIST)):  # type: ignore[misc]  # made above
    """A list in the server."""

    _controlled_ = True

    def __iadd__(self, value: Any) -> Self:
        self._callmethod("extend", (value,))
        return self

    def __imul__(self, value: Any) -> Self:
        self._callmethod("__imul__", (value,))
        return self


class DictProxy(make_proxy("DictProxy", _DICT)):  # type: ignore[misc]  # made above
    """A dict in the server."""

    _controlled_ = True

    def __iter__(self) -> Iterator[Any]:
        return iter(self._callmethod("keys"))


class ArrayProxy(make_proxy("ArrayProxy", ("__len__", "__getitem__", "__setitem__"))):  # type: ignore[misc]  # made above
    """An array in the server."""

    _controlled_ = True


class Value:
    """What a `ValueProxy` stands for."""

    _controlled_ = True
    _silent_ = True  # its methods announce nothing

    def __init__(self, typecode: Any, value: Any, lock: bool = True) -> None:
        self._typecode = typecode
        self._value = value

    def get(self) -> Any:
        """The value."""
        return self._value

    def set(self, value: Any) -> None:
        """Another value."""
        self._value = value

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._typecode!r}, {self._value!r})"

    value = property(get, set)  # noqa: A003 - this class's own `set`


class ValueProxy(make_proxy("ValueProxy", ("get", "set"))):  # type: ignore[misc]  # made above
    """A value in the server. Reading and writing it are two calls: no lock makes `+=` one."""

    _controlled_ = True

    @property
    def value(self) -> Any:
        """As in CPython."""
        return self._callmethod("get")

    @value.setter
    def value(self, value: Any) -> None:
        self._callmethod("set", (value,))


class Namespace:
    """What a `NamespaceProxy` stands for."""

    _controlled_ = True
    _silent_ = True

    def __init__(self, /, **kwds: Any) -> None:
        self.__dict__.update(kwds)

    def __repr__(self) -> str:
        items = (f"{name}={value!r}" for name, value in self.__dict__.items() if name[0] != "_")
        return f"{type(self).__name__}({', '.join(sorted(items))})"


class NamespaceProxy(BaseProxy):
    """A namespace in the server."""

    _controlled_ = True

    def __getattr__(self, key: str) -> Any:
        if key.startswith("_"):
            raise AttributeError(key)
        return self._callmethod("__getattribute__", (key,))

    def __setattr__(self, key: str, value: Any) -> None:
        if key.startswith("_"):
            object.__setattr__(self, key, value)
        else:
            self._callmethod("__setattr__", (key, value))

    def __delattr__(self, key: str) -> None:
        if key.startswith("_"):
            object.__delattr__(self, key)
        else:
            self._callmethod("__delattr__", (key,))


class AcquirerProxy(BaseProxy):
    """A lock or semaphore in the server."""

    _controlled_ = True

    def acquire(self, blocking: bool = True, timeout: float | None = None) -> Any:
        """As in CPython."""
        return self._callmethod("acquire", (blocking,) if timeout is None else (blocking, timeout))

    def release(self) -> Any:
        """As in CPython."""
        return self._callmethod("release")

    def __enter__(self) -> Any:
        return self._callmethod("acquire")

    def __exit__(self, *exc: object) -> Any:
        return self._callmethod("release")


class ConditionProxy(AcquirerProxy):
    """A condition in the server."""

    _controlled_ = True

    def wait(self, timeout: float | None = None) -> Any:
        """As in CPython."""
        return self._callmethod("wait", (timeout,))

    def notify(self, n: int = 1) -> Any:
        """As in CPython."""
        return self._callmethod("notify", (n,))

    def notify_all(self) -> Any:
        """As in CPython."""
        return self._callmethod("notify_all")

    def wait_for(self, predicate: Callable[[], Any], timeout: float | None = None) -> Any:
        """As in CPython: the predicate is called here."""
        execution = runtime.current()
        result = predicate()
        end = None if timeout is None else execution.clock.now + timeout
        while not result:
            left = None if end is None else end - execution.clock.now
            if left is not None and left <= 0:
                break
            self.wait(left)
            result = predicate()
        return result


EventProxy = make_proxy("EventProxy", ("is_set", "set", "clear"))
_BarrierBase: Any = make_proxy("BarrierProxy", ("abort", "reset"))


class WaitingEventProxy(EventProxy):  # type: ignore[misc, valid-type]  # made above
    """An event in the server."""

    _controlled_ = True

    def wait(self, timeout: float | None = None) -> Any:
        """As in CPython."""
        return self._callmethod("wait", (timeout,))


class BarrierProxy(_BarrierBase):  # type: ignore[misc]  # made above
    """A barrier in the server."""

    _controlled_ = True

    def wait(self, timeout: float | None = None) -> Any:
        """As in CPython."""
        return self._callmethod("wait", (timeout,))

    parties = property(lambda self: self._callmethod("__getattribute__", ("parties",)))
    n_waiting = property(lambda self: self._callmethod("__getattribute__", ("n_waiting",)))
    broken = property(lambda self: self._callmethod("__getattribute__", ("broken",)))


def new_array(typecode: str, sequence: Any) -> Any:
    """What an `ArrayProxy` stands for."""
    return array.array(typecode, sequence)
