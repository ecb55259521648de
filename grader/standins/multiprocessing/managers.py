"""`multiprocessing.managers`, under control: objects in a server process, and proxies of them.

Behaviour and messages are those of `Lib/multiprocessing/managers.py`. There is no network: only
this program's processes reach a server.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType, MethodType
from typing import Any, ClassVar, Self

from grader.engine import runtime
from grader.standins.missing import refuse
from grader.standins.multiprocessing import proxies
from grader.standins.multiprocessing.errors import ProcessError, require
from grader.standins.multiprocessing.lifecycle import check_not_bootstrapping
from grader.standins.multiprocessing.pickling import dumps, loads
from grader.standins.multiprocessing.processes import current_process
from grader.standins.multiprocessing.proxies import BaseProxy, Core
from grader.standins.multiprocessing.servers import RemoteError, Server
from grader.standins.multiprocessing.world import announce, created, here
from grader.standins.queue.queues import Queue
from grader.standins.threading.barrier import Barrier
from grader.standins.threading.condition import Condition
from grader.standins.threading.events import Event
from grader.standins.threading.locks import Lock, RLock
from grader.standins.threading.semaphores import BoundedSemaphore, Semaphore


class _Registered:
    """A type of object that a manager can make."""

    def __init__(self, make: Any, exposed: Sequence[str] | None, proxy: Any) -> None:
        self.make = make
        self.exposed = exposed
        self.proxy = proxy
        self.has_method = False  # other than on the class


class BaseManager:
    """Starts a server and makes objects in it."""

    _controlled_ = True
    _registry: ClassVar[Mapping[str, _Registered]] = MappingProxyType({})

    def __init__(
        self, address: Any = None, authkey: bytes | None = None, serializer: str = "pickle",
        ctx: Any = None, *, shutdown_timeout: float = 1.0,
    ) -> None:  # fmt: skip
        self._server_: Server | None = None
        self._address = address
        created(self)

    def _travel_(self, child: Any) -> Any:
        raise TypeError(
            "Pickling an AuthenticationString object is disallowed for security reasons"
        )

    def start(self, initializer: Callable[..., Any] | None = None, initargs: Any = ()) -> None:
        """As in CPython: starts the server process."""
        if self._server_ is not None:
            state = "Already started server" if self._server_.running else "Manager has shut down"
            raise ProcessError(state)
        check_not_bootstrapping(here())
        require(not current_process().daemon, "daemonic processes are not allowed to have children")
        local = here()
        local.made += 1
        self._server_ = server = Server(f"{type(self).__name__}-{local.made}")
        makers = [registered.make for registered in _known_to(type(self)).values()]
        request = dumps((initializer, initargs, makers), server.modelled)
        server.load()
        if initializer is not None:

            def initialize() -> None:
                function, args, _ = loads(request)
                function(*args)

            server.call(initialize)

    def __enter__(self) -> Self:
        if self._server_ is None:
            self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.shutdown()

    def shutdown(self) -> None:
        """As in CPython: the server ends; its objects are gone."""
        if self._server_ is not None:
            runtime.current().perform("shutdown", self._server_, None)
            self._server_.running = False

    def join(self, timeout: float | None = None) -> None:
        """As in CPython: waits for the end of the server, which comes with `shutdown`."""
        server = self._server_
        if server is not None:
            announce("join", ((server, None, 0),), lambda: not server.running, timeout)

    @property
    def address(self) -> str:
        """As in CPython; of no use here."""
        return f"/tmp/{type(self).__name__}"  # noqa: S108 - nobody opens it

    def _create_(self, typeid: str, args: Any, kwds: Any) -> Any:
        server = self._server_
        require(server is not None and server.running, "server not yet started")
        assert server is not None
        registered = _known_to(type(self))[typeid]
        request = dumps((registered.make, args, kwds))

        def make() -> Any:
            function, positional, named = loads(request)
            if function is not None:
                return function(*positional, **named)
            if named or len(positional) != 1:
                raise ValueError("Without callable, must have one non-keyword argument")
            return positional[0]

        return _proxy(server, registered, typeid, server.call(make))

    @classmethod
    def register(
        cls,
        typeid: str,
        callable: Any = None,  # noqa: A002 - CPython's name
        proxytype: Any = None,
        exposed: Any = None,
        method_to_typeid: dict[str, str] | None = None,
        create_method: bool = True,
    ) -> None:
        """As in CPython."""
        exposed = exposed or getattr(proxytype, "_exposed_", None)
        if method_to_typeid:
            refuse("multiprocessing.managers.BaseManager.register(method_to_typeid=...)")
        registered = _Registered(callable, exposed, proxytype)
        if runtime.now.execution is not None and cls in (BaseManager, SyncManager):
            # These are the same in all processes of all schedules.
            registered.has_method = create_method
            _registered_here(cls)[typeid] = registered
            return
        cls._registry = MappingProxyType({**cls._registry, typeid: registered})
        if create_method:
            setattr(cls, typeid, _maker(typeid))

    def __getattr__(self, name: str) -> Any:
        registered = _known_to(type(self)).get(name)
        if registered is None or not registered.has_method:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
        return MethodType(_maker(name), self)


def _maker(typeid: str) -> Any:
    def temp(self: BaseManager, /, *args: Any, **kwds: Any) -> Any:
        return self._create_(typeid, args, kwds)

    temp.__name__ = typeid
    return temp


def _registered_here(cls: type) -> dict[str, _Registered]:
    """What this process has registered with one of the classes of the module itself."""
    known: dict[type, dict[str, _Registered]]
    known = runtime.current().running.process.state.setdefault("managers", {})
    return known.setdefault(cls, {})


def _known_to(cls: type[BaseManager]) -> dict[str, _Registered]:
    """All types that a manager of this class can make."""
    known = dict(cls._registry)
    for base in cls.__mro__:
        if base in (BaseManager, SyncManager):
            known.update(_registered_here(base))
    return known


def _proxy(server: Server, registered: _Registered, typeid: str, referent: Any) -> Any:
    core = Core(server, typeid, referent)
    kind = registered.proxy
    if kind is None:
        exposed = registered.exposed or proxies.public_methods(referent)
        kind = proxies.make_proxy(f"AutoProxy[{typeid}]", exposed)
    proxy = kind(core)
    created(proxy)
    return proxy


class SyncManager(BaseManager):
    """A manager of the usual types."""

    _controlled_ = True


_QUEUES: dict[str, Any] = {"Queue": Queue, "JoinableQueue": Queue}
_LOCKS: dict[str, Any] = {
    "Lock": Lock, "RLock": RLock, "Semaphore": Semaphore,
    "BoundedSemaphore": BoundedSemaphore,
}  # fmt: skip
for _name, _make in _QUEUES.items():
    SyncManager.register(_name, _make)
for _name, _make in _LOCKS.items():
    SyncManager.register(_name, _make, proxies.AcquirerProxy)
SyncManager.register("Event", Event, proxies.WaitingEventProxy)
SyncManager.register("Condition", Condition, proxies.ConditionProxy)
SyncManager.register("Barrier", Barrier, proxies.BarrierProxy)
SyncManager.register("list", list, proxies.ListProxy)
SyncManager.register("dict", dict, proxies.DictProxy)
SyncManager.register("Value", proxies.Value, proxies.ValueProxy)
SyncManager.register("Array", proxies.new_array, proxies.ArrayProxy)
SyncManager.register("Namespace", proxies.Namespace, proxies.NamespaceProxy)


def Manager() -> SyncManager:  # noqa: N802 - CPython's name
    """As in CPython: a manager that has been started."""
    manager = SyncManager()
    manager.start()
    return manager


def public() -> dict[str, Any]:
    """The names of the module."""
    return {
        "BaseManager": BaseManager, "BaseProxy": BaseProxy, "Namespace": proxies.Namespace,
        "RemoteError": RemoteError, "SyncManager": SyncManager,
    }  # fmt: skip
