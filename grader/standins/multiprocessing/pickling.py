"""How objects travel between modelled processes: pickled, as under the spawn start method.

A student's functions and classes go by name and are looked up in the receiving process's own copy
of the module; instances go by their state. Handles (locks, queues, ends of pipes...) say
themselves how they travel, by a method `_travel_`. Code that is not the student's, such as the
functions of a scenario, is the same in all processes and goes as it is.
"""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, Final, TypeAlias

from grader.engine import runtime
from grader.engine.classes import mark_of
from grader.engine.process import Process as Modelled
from grader.standins.copy import set_state
from grader.standins.students import builtin, is_bound

PROTOCOL: Final = 4  # one for all versions, so that an item has one size
_PLAIN: Final = frozenset(
    {int, float, complex, bool, str, bytes, bytearray, type(None), list, tuple, dict, set,
     frozenset, type(...), type(NotImplemented)}
)  # fmt: skip
# What a pickle that was not made here may name besides the student's own things.
_LOADABLE: Final = frozenset(
    [
        "ArithmeticError",
        "AssertionError",
        "AttributeError",
        "BaseException",
        "BufferError",
        "EOFError",
        "Exception",
        "ImportError",
        "IndexError",
        "KeyError",
        "LookupError",
        "MemoryError",
        "NameError",
        "NotImplementedError",
        "OSError",
        "OverflowError",
        "RecursionError",
        "RuntimeError",
        "StopIteration",
        "TypeError",
        "ValueError",
        "ZeroDivisionError",
        "bool",
        "bytearray",
        "bytes",
        "complex",
        "dict",
        "float",
        "frozenset",
        "int",
        "list",
        "object",
        "range",
        "set",
        "slice",
        "str",
        "tuple",
    ]
)

Arrival: TypeAlias = Callable[[], Any]
"""Makes, in the receiving process, what was sent."""


class Pickler(pickle.Pickler):
    """Pickles in the process that is running. `child` is the process that is being spawned, when
    that is what the pickle is for: only then may handles be inherited.
    """

    def __init__(self, file: Any, child: Modelled | None = None) -> None:
        super().__init__(file, PROTOCOL)
        self._execution = runtime.current()
        self._child = child
        self._modules = self._execution.running.process.modules
        self._sent: dict[int, tuple[str, int]] = {}
        self._kept: list[Any] = []
        self.plain = True  # unpickling it runs no code of the student's, in whatever process

    def persistent_id(self, obj: Any) -> Any:
        """How `obj` is named in the pickle; None: it goes by its state."""
        kind = type(obj)
        if kind in _PLAIN:
            return None
        if kind is FunctionType or isinstance(obj, type):
            return self._by_name(obj)
        if isinstance(obj, ModuleType):
            name = obj.__name__
            if self._modules.get(name) is obj:
                self.plain = False
                return ("module", name)
            raise TypeError("cannot pickle 'module' object")
        if kind is BuiltinFunctionType and (
            obj.__self__ is None or isinstance(obj.__self__, ModuleType)
        ):
            return ("method",) if obj is getattr else self._as_it_is(obj)
        travel = mark_of(kind, "_travel_")
        if travel is not None:
            self.plain = False
            return self._once(obj, lambda: travel(obj, self._child))
        if mark_of(kind, "_pickles_"):
            if self._child is None:
                raise TypeError(
                    "Pickling an AuthenticationString object is disallowed for security reasons"
                )
        elif mark_of(kind, "_controlled_") and not mark_of(kind, "_silent_"):
            raise TypeError(f"cannot pickle '{_inner_name(kind)}' object")
        return None

    def reducer_override(self, obj: Any) -> Any:
        """What a student's `__reduce__` says, but that the state it names is set by code of ours:
        CPython's sets any attribute of any object.
        """
        cls: Any = type(obj)
        if cls.__reduce_ex__ is object.__reduce_ex__ and cls.__reduce__ is object.__reduce__:
            return NotImplemented
        reduced: Any = obj.__reduce_ex__(PROTOCOL)
        if type(reduced) is tuple and 3 <= len(reduced) <= 5 and type(reduced[2]) is tuple:
            return (*reduced, *[None] * (5 - len(reduced)), set_state)
        return reduced

    def _once(self, obj: Any, make: Callable[[], Arrival]) -> tuple[str, int]:
        found = self._sent.get(id(obj))
        if found is None:
            table: list[Any] = self._execution.state.setdefault("in flight", [])
            table.append(make())
            self._kept.append(obj)  # so that its id stays its own
            found = self._sent[id(obj)] = ("object", len(table) - 1)
        return found

    def _as_it_is(self, obj: Any) -> tuple[str, int]:
        known: dict[int, tuple[str, int]] = self._execution.state.setdefault("goes as it is", {})
        if id(obj) not in known:
            known[id(obj)] = self._once(obj, lambda: lambda: obj)
        return known[id(obj)]

    def _by_name(self, obj: Any) -> Any:
        module = getattr(obj, "__module__", None)
        home = self._modules.get(module) if isinstance(module, str) else None
        if home is None:
            return self._as_it_is(obj)
        name = obj.__qualname__
        what = "class" if isinstance(obj, type) else "function"
        shown = f"<{what} {obj.__name__}>"
        if "<locals>" in name:
            raise AttributeError(f"Can't pickle local object {name!r}")
        try:
            found = _resolve(home, name)
        except AttributeError:
            raise pickle.PicklingError(
                f"Can't pickle {shown}: attribute lookup {name} on {module} failed"
            ) from None
        if found is not obj:
            raise pickle.PicklingError(
                f"Can't pickle {shown}: it's not the same object as {module}.{name}"
            )
        self.plain = False
        return ("global", module, name)


class Unpickler(pickle.Unpickler):
    """Unpickles in the process that is running."""

    def __init__(self, file: Any) -> None:
        super().__init__(file)
        self._execution = runtime.current()
        self._modules = self._execution.running.process.modules
        self._arrived: dict[int, Any] = {}

    def persistent_load(self, pid: Any) -> Any:
        """The object that `Pickler.persistent_id` named."""
        if not isinstance(pid, tuple) or not pid:
            raise pickle.UnpicklingError("unsupported persistent id encountered")
        if pid[0] == "object":
            number = pid[1]
            if number not in self._arrived:
                self._arrived[number] = self._execution.state["in flight"][number]()
            return self._arrived[number]
        if pid[0] == "method":
            return _bound_method
        if pid[0] == "module":
            return self._module(pid[1])
        return self.find_class(pid[1], pid[2])

    def find_class(self, module_name: str, global_name: str) -> Any:
        """A global of one of the student's modules, or a plain built-in type."""
        if module_name == "builtins" and global_name in _LOADABLE:
            return super().find_class(module_name, global_name)
        try:
            home = self._module(module_name)
        except KeyError:
            raise pickle.UnpicklingError(f"{module_name}.{global_name} cannot be loaded") from None
        try:
            return _resolve(home, global_name)
        except AttributeError:
            raise AttributeError(
                f"Can't get attribute {global_name!r} on <module {module_name!r}>"
            ) from None

    def _module(self, name: str) -> ModuleType:
        if name not in self._modules:
            program = self._execution.state.get("program")
            if program is None or name not in program.sources:
                raise KeyError(name)
            program.load(self._execution, self._execution.running.process, name)
        return self._modules[name]


def dumps(obj: Any, child: Modelled | None = None) -> bytes:
    """`obj` as bytes that `loads` understands in any process of this execution."""
    file = io.BytesIO()
    Pickler(file, child).dump(obj)
    return file.getvalue()


def dumps_for(obj: Any) -> tuple[bytes, bool]:
    """The same, and whether it is the same in whatever process it is unpickled, and runs no code
    of the student's there.
    """
    file = io.BytesIO()
    pickler = Pickler(file)
    pickler.dump(obj)
    return file.getvalue(), pickler.plain


def loads(data: bytes | bytearray | memoryview) -> Any:
    """The object, made in the process that is running."""
    return Unpickler(io.BytesIO(data)).load()


def check_spawning(obj: object, child: Modelled | None) -> None:
    """Raises CPython's error unless a process is being spawned."""
    if child is None:
        raise RuntimeError(
            f"{type(obj).__name__} objects should only be shared between processes "
            "through inheritance"
        )


def _resolve(module: ModuleType, name: str) -> Any:
    found: Any = module
    for part in str.split(name, "."):
        if part.startswith("__") and part.endswith("__"):
            raise AttributeError(part)
        found = builtin("getattr")(found, part) if is_bound() else getattr(found, part)
    return found


def _bound_method(obj: Any, name: str) -> Any:
    """What a pickled method is made of again: `getattr`, for methods only."""
    method = getattr(obj, name)
    if getattr(method, "__self__", None) is not obj:
        raise pickle.UnpicklingError(f"{name!r} is no method of this object")
    return method


def _inner_name(kind: type) -> str:
    """The object that stops CPython's pickling of a thread's things: most have a lock inside."""
    names = {cls.__name__ for cls in kind.__mro__}
    if names & {"RLock", "Condition", "Future"}:
        return "_thread.RLock"
    if "local" in names:
        return "_thread._local"
    return "_thread.lock"
