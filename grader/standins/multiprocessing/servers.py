"""A manager's server process, without a task of its own.

A call of a proxy is made by the calling task, while it is in the server's process: there it finds
the server's copies of the student's modules. That is what a server does that has one thread for
each of its clients. Arguments and results are pickled as on their way through a connection.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from types import FunctionType
from typing import Any, Final

from grader.engine import runtime
from grader.engine.classes import mark_of
from grader.engine.operation import READ, WRITE, Footprint
from grader.engine.process import Process as Modelled
from grader.standins.multiprocessing.pickling import dumps, loads
from grader.standins.multiprocessing.world import note


class RemoteError(Exception):
    """As in CPython: what the server answers when it cannot send its result."""

    def __str__(self) -> str:
        line = "-" * 75
        return f"\n{line}\n{self.args[0]}\n{line}"


class Server:
    """The process that holds the shared objects."""

    _controlled_ = True

    def __init__(self, name: str) -> None:
        execution = runtime.current()
        self.modelled: Modelled = execution.new_process(name, execution.running.process)
        self.modelled.daemon = True
        self.running = True
        self.loaded = False

    def call(self, function: Callable[[], Any]) -> Any:
        """Calls `function` inside of the server's process."""
        task = runtime.current().running
        home, task.process = task.process, self.modelled
        try:
            return function()
        finally:
            task.process = home

    def load(self) -> None:
        """Executes the student's module in the server, as spawn does."""
        if not self.loaded:
            self.loaded = True
            execution = runtime.current()
            program = execution.state.get("program")
            if program is not None:
                self.call(lambda: program.load(execution, self.modelled, program.main))

    def check(self) -> None:
        """Raises what a proxy gets from a server that has been shut down."""
        if not self.running:
            raise BrokenPipeError(errno.EPIPE, "Broken pipe")


def announces_itself(server: Server, referent: Any, method: str) -> bool:
    """Whether the method's own code has scheduling points: a stand-in's, or the student's. All
    else is one visible operation.
    """
    kind = type(referent)
    if mark_of(kind, "_controlled_"):
        return not mark_of(kind, "_silent_")
    function = getattr(kind, method, None)
    spaces = [vars(module) for module in server.modelled.modules.values()]
    return isinstance(function, FunctionType) and any(
        function.__globals__ is space for space in spaces
    )


def remote(server: Server, referent: Any, method: str, args: Any, kwargs: Any) -> Any:
    """One call of a method of an object in the server."""
    footprint: Footprint | None = None
    if not announces_itself(server, referent, method):
        footprint = touches(referent, method, args)
    request = dumps((args, kwargs))
    server.check()
    execution = runtime.current()
    if footprint is not None:
        subject, key, mode = footprint
        execution.perform(method.strip("_"), subject, key, mode)

    def serve() -> tuple[bool, bytes]:
        positional, named = loads(request)
        try:
            result = getattr(referent, method)(*positional, **named)
            good = True
        except Exception as error:
            if execution.is_end(error):
                raise
            result, good = error, False
        try:
            return good, dumps(plain(result))
        except Exception as error:  # noqa: BLE001 - likewise
            text = f"Unserializable message: {type(error).__name__}: {error}"
            return False, dumps(RemoteError(text))

    good, answer = server.call(serve)
    result = loads(answer)
    if not good:
        raise result
    if footprint is not None:
        note(args[0] if footprint[2] & WRITE and args else result)
    return result


def plain(result: Any) -> Any:
    """Views of a dict travel as lists."""
    if isinstance(result, _VIEWS):
        view: Any = result
        return list(view)
    return result


_VIEWS: Final[tuple[type, ...]] = (type({}.keys()), type({}.values()), type({}.items()))

READING = frozenset(
    [
        "__contains__",
        "__getitem__",
        "__len__",
        "__iter__",
        "__add__",
        "__mul__",
        "__rmul__",
        "__reversed__",
        "__or__",
        "__ror__",
        "__str__",
        "count",
        "index",
        "copy",
        "get",
        "items",
        "keys",
        "values",
        "__getattribute__",
    ]
)
KEYED = frozenset(
    [
        "__getitem__",
        "__setitem__",
        "__delitem__",
        "__contains__",
        "get",
        "pop",
        "setdefault",
        "__getattribute__",
        "__setattr__",
        "__delattr__",
    ]
)


def touches(referent: Any, method: str, args: Any) -> Footprint:
    """What a method of a built-in object touches: one item where that is plain, else the whole."""
    key = None
    if method in KEYED and args and isinstance(args[0], (str, int)):
        moves = method in {"pop", "__delitem__"}  # all that stands behind it in a list
        in_list = isinstance(referent, list)
        if not in_list or (not moves and type(args[0]) is int and args[0] >= 0):
            key = ("item", args[0])
    return (referent, key, READ if method in READING else WRITE)
