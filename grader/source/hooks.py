"""What rewritten code calls: each visible access announces itself, then does what Python does.

The hooks are builtins of the student's module, under names that cannot be typed. Accesses that
no other task can see (before a second task was started) announce nothing but cost a look.
"""

from __future__ import annotations

import builtins
import operator
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from types import FunctionType, MemberDescriptorType, ModuleType
from typing import Any, Final

from grader.engine import runtime
from grader.engine.containers import (
    CONTAINERS,
    VIEWS,
    is_container,
    iterate,
    key_of,
    reading,
    remember_view,
)
from grader.engine.operation import READ, WRITE
from grader.engine.task import Abandoned

_READERS: Final = frozenset(
    [
        "copy",
        "count",
        "index",
        "get",
        "keys",
        "values",
        "items",
        "union",
        "intersection",
        "difference",
        "symmetric_difference",
        "issubset",
        "issuperset",
        "isdisjoint",
        "most_common",
        "elements",
        "total",
        "__len__",
        "__contains__",
        "__iter__",
        "__getitem__",
        "__reversed__",
        "__eq__",
        "find",
        "startswith",
        "endswith",
        "decode",
        "hex",
    ]
)
_KEYED: Final = frozenset(
    ["get", "pop", "setdefault", "__getitem__", "__setitem__", "__delitem__", "__contains__"]
)
# Whether these changed anything can be seen by the length.
_MAY_CHANGE_NOTHING: Final = frozenset({"setdefault", "pop", "add", "discard"})
_TAKERS: Final = frozenset(["pop", "popleft", "popitem", "setdefault"])

# How reading an attribute goes, decided once per (type, name) and execution.
_PLAIN: Final = 0  # nothing to see: methods, properties, modules, immutable values
_DATA: Final = 1  # stored on the object
_CLASS_DATA: Final = 2  # a plain value on the class: instances and class share its name
_METHOD: Final = 3  # of a built-in container: one atomic operation

_builtin_plans: dict[tuple[type, str], int] = {}


def _execution() -> Any:
    return runtime.execution


# -- attributes ----------------------------------------------------------------------------


def _plan(cls: type, name: str) -> int:
    """How attribute `name` of instances of `cls` is read and written."""
    if issubclass(cls, (ModuleType, type)) or "_controlled_" in cls.__dict__:
        return _PLAIN
    if (
        cls.__module__ == "builtins"
        and cls not in CONTAINERS
        and cls is not FunctionType
        and not issubclass(cls, BaseException)
    ):
        return _PLAIN
    if name.startswith("__") and name.endswith("__") and cls not in CONTAINERS:
        return _PLAIN
    for base in cls.__mro__:
        if name in base.__dict__:
            found = base.__dict__[name]
            if base in CONTAINERS:
                return _METHOD if callable(found) else _PLAIN
            if isinstance(found, MemberDescriptorType):  # __slots__
                return _DATA
            if hasattr(type(found), "__get__"):
                return _PLAIN
            return _CLASS_DATA
    return _DATA


def _plan_for(execution: Any, cls: type, name: str) -> int:
    key = (cls, name)
    plan: int | None = execution.plans.get(key)
    if plan is None:
        plan = _builtin_plans.get(key)
        if plan is None:
            plan = _plan(cls, name)
            if cls is ModuleType or "_controlled_" in cls.__dict__ or cls in CONTAINERS:
                _builtin_plans[key] = plan  # of a class that every execution has
        execution.plans[key] = plan
    return plan


def _class_of_data(cls: type, name: str) -> type:
    """The class that stores plain value `name`: what its readers and writers share."""
    for base in cls.__mro__:
        if name in base.__dict__:
            return base
    return cls


def get_attribute(obj: Any, name: str) -> Any:
    """`obj.name`."""
    execution = runtime.execution
    cls = type(obj)
    plan = _plan_for(execution, cls, name)
    if plan == _PLAIN:
        if isinstance(obj, type):
            return _get_class_attribute(execution, obj, name)
        return getattr(obj, name)
    if plan == _METHOD:
        return _Method(obj, name, getattr(obj, name))
    assert execution is not None
    subject = obj if plan == _DATA else _class_of_data(cls, name)
    if execution.solo and execution.recorder is None:
        if execution.over:
            raise Abandoned
        return getattr(obj, name)
    execution.perform("read", subject, name, READ)
    value = getattr(obj, name)
    if execution.recorder is not None:
        execution.recorder.note(value)
    return value


def _get_class_attribute(execution: Any, cls: type, name: str) -> Any:
    value = getattr(cls, name)
    if name.startswith("__") or hasattr(type(value), "__get__") or isinstance(value, type):
        return value
    owner = _class_of_data(cls, name)
    if execution.solo or owner.__module__ == "enum" or name not in owner.__dict__:
        return value
    execution.perform("read", owner, name, READ)
    value = getattr(cls, name)
    if execution.recorder is not None:
        execution.recorder.note(value)
    return value


def set_attribute(value: Any, obj: Any, name: str) -> None:
    """`obj.name = value`."""
    execution = runtime.execution
    assert execution is not None
    if execution.solo:
        _identities(execution).number(obj)
    if isinstance(obj, type):
        execution.plans.clear()
        subject: Any = _class_of_data(obj, name)
        visible = True
    else:
        plan = _plan_for(execution, type(obj), name)
        visible = plan != _PLAIN or not _has_setter(type(obj), name)
        subject = obj if plan != _CLASS_DATA else _class_of_data(type(obj), name)
    if visible and not (execution.solo and execution.recorder is None):
        execution.perform("write", subject, name, WRITE)
        if execution.recorder is not None:
            execution.recorder.named(obj, name, value)
            execution.recorder.note(value)
    setattr(obj, name, value)


def _has_setter(cls: type, name: str) -> bool:
    """Whether a descriptor (a property, say) takes the assignment: then its code is the visible
    part.
    """
    for base in cls.__mro__:
        if name in base.__dict__:
            return hasattr(type(base.__dict__[name]), "__set__")
    return False


def delete_attribute(obj: Any, name: str) -> None:
    """`del obj.name`."""
    execution = runtime.execution
    assert execution is not None
    if isinstance(obj, type) or not _has_setter(type(obj), name):
        execution.perform("delete", obj, name, WRITE)
    delattr(obj, name)


class _Method:
    """A bound method of a built-in container; calling it is one atomic operation."""

    __slots__ = ("__self__", "_bound", "_name")

    def __init__(self, obj: Any, name: str, bound: Callable[..., Any]) -> None:
        self.__self__ = obj
        self._name = name
        self._bound = bound

    @property
    def __name__(self) -> str:
        return self._name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Method) and bool(self._bound == other._bound)

    def __hash__(self) -> int:
        return hash(self._bound)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        execution = runtime.execution
        assert execution is not None
        obj, name = self.__self__, self._name
        if execution.solo and execution.recorder is None:
            result = self._bound(*args, **kwargs)
        else:
            key = key_of(obj, args[0]) if args and name in _KEYED else None
            mode = READ if name in _READERS and type(obj) is not defaultdict else WRITE
            if name == "get":
                mode = READ
            execution.perform(name, obj, key, mode)
            result = self._take_effect(execution, mode, args, kwargs)
            if execution.recorder is not None:
                given = mode and len(args) == 1 and name not in _TAKERS
                execution.recorder.note(args[0] if given else result)
        if isinstance(result, VIEWS):
            remember_view(result, obj)
        return result

    def _take_effect(self, execution: Any, mode: int, args: Any, kwargs: Any) -> Any:
        """Calls the method; says so when it turned out to change nothing."""
        before = len(self.__self__)
        try:
            result = self._bound(*args, **kwargs)
        except BaseException:
            if mode & WRITE and len(self.__self__) == before:
                execution.turned_out(READ)
            raise
        if mode & WRITE and self._name in _MAY_CHANGE_NOTHING and len(self.__self__) == before:
            execution.turned_out(READ)
        return result


# -- items ---------------------------------------------------------------------------------


def get_item(obj: Any, key: Any) -> Any:
    """`obj[key]`."""
    execution = runtime.execution
    assert execution is not None
    if (execution.solo and execution.recorder is None) or not is_container(obj, "__getitem__"):
        return obj[key]
    creates = isinstance(obj, defaultdict)
    execution.perform("read", obj, key_of(obj, key), WRITE if creates else READ)
    value = obj[key]
    if execution.recorder is not None:
        execution.recorder.note(value)
    return value


def set_item(value: Any, obj: Any, key: Any) -> None:
    """`obj[key] = value`."""
    execution = runtime.execution
    assert execution is not None
    seen = not execution.solo or execution.recorder is not None
    if seen and is_container(obj, "__setitem__"):
        execution.perform("write", obj, key_of(obj, key), WRITE)
        if execution.recorder is not None:
            if type(key) in (str, int):
                execution.recorder.named(obj, f"[{key!r}]", value)
            execution.recorder.note(value)
    obj[key] = value


def delete_item(obj: Any, key: Any) -> None:
    """`del obj[key]`."""
    execution = runtime.execution
    assert execution is not None
    if is_container(obj, "__delitem__"):
        execution.perform("delete", obj, None, WRITE)
    del obj[key]


# -- references: augmented assignment and unusual targets ------------------------------------


class _Reference:
    """A place that can be read and written; `old` is what `ref_*` read."""

    __slots__ = ("key", "obj", "old")

    def __init__(self, obj: Any, key: Any, old: Any = None) -> None:
        self.obj = obj
        self.key = key
        self.old = old

    def write(self, value: Any) -> None:
        raise AssertionError

    v = property(None, lambda self, value: self.write(value), lambda self: self.erase())

    def erase(self) -> None:
        raise AssertionError


class _AttributeReference(_Reference):
    __slots__ = ()

    def write(self, value: Any) -> None:
        set_attribute(value, self.obj, self.key)

    def erase(self) -> None:
        delete_attribute(self.obj, self.key)


class _ItemReference(_Reference):
    __slots__ = ()

    def write(self, value: Any) -> None:
        set_item(value, self.obj, self.key)

    def erase(self) -> None:
        delete_item(self.obj, self.key)


class _GlobalReference(_Reference):
    __slots__ = ()

    def write(self, value: Any) -> None:
        store_global(self.obj, self.key, value)

    def erase(self) -> None:
        delete_global(self.obj, self.key)


def ref_attribute(obj: Any, name: str) -> _Reference:
    """`obj.name` as the left side of an augmented assignment: evaluated once, read now."""
    return _AttributeReference(obj, name, get_attribute(obj, name))


def ref_item(obj: Any, key: Any) -> _Reference:
    """`obj[key]` likewise."""
    return _ItemReference(obj, key, get_item(obj, key))


def ref_global(namespace: dict[str, Any], name: str) -> _Reference:
    """A module global likewise."""
    return _GlobalReference(namespace, name, load_global(namespace, name))


_OPERATORS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "+=": operator.iadd, "-=": operator.isub, "*=": operator.imul, "/=": operator.itruediv,
    "//=": operator.ifloordiv, "%=": operator.imod, "**=": operator.ipow, "@=": operator.imatmul,
    "<<=": operator.ilshift, ">>=": operator.irshift, "&=": operator.iand, "|=": operator.ior,
    "^=": operator.ixor,
}  # fmt: skip


def inplace(op: str, old: Any, value: Any) -> Any:
    """`old op value`, such as `+=`; a built-in container changes in place, visibly."""
    execution = runtime.execution
    assert execution is not None
    if type(value) in CONTAINERS:
        reading(value)
    if type(old) in CONTAINERS and not execution.solo:
        execution.perform(op, old, None, WRITE)
        if execution.recorder is not None:
            execution.recorder.note(value)
    return _OPERATORS[op](old, value)


def inplace_set(ref: _Reference, op: str, value: Any) -> None:
    """`target op= value`: the operator, then the write."""
    ref.write(inplace(op, ref.old, value))


# -- globals -------------------------------------------------------------------------------


def load_global(namespace: dict[str, Any], name: str) -> Any:
    """A module global that is bound more than once."""
    execution = runtime.execution
    assert execution is not None
    execution.perform("read", namespace, name, READ)
    try:
        value = namespace[name]
    except KeyError:
        try:
            value = namespace["__builtins__"][name]
        except KeyError:
            raise NameError(f"name {name!r} is not defined", name=name) from None
    if execution.recorder is not None:
        execution.recorder.note(value)
    return value


def store_global(namespace: dict[str, Any], name: str, value: Any) -> None:
    """Binds a module global."""
    execution = runtime.execution
    assert execution is not None
    execution.perform("write", namespace, name, WRITE)
    if execution.recorder is not None:
        execution.recorder.named(None, name, value)
        execution.recorder.note(value)
    namespace[name] = value


def delete_global(namespace: dict[str, Any], name: str) -> None:
    """`del name` of a module global."""
    _execution().perform("delete", namespace, name, WRITE)
    try:
        del namespace[name]
    except KeyError:
        raise NameError(f"name {name!r} is not defined", name=name) from None


# -- closure cells ---------------------------------------------------------------------------


class _Cells:
    """Stands for the closure cells of one call of a function."""

    __slots__ = ()


def new_cells() -> _Cells:
    """At the start of a function whose variables inner functions share."""
    return _Cells()


def read_cell(cells: _Cells, name: str) -> None:
    """Before a closure variable is read."""
    _execution().perform("read", cells, name, READ)


def cell_value(value: Any) -> Any:
    """The closure variable just read."""
    execution = runtime.execution
    assert execution is not None
    if execution.recorder is not None:
        execution.recorder.note(value)
    return value


def write_cell(cells: _Cells, name: str, value: Any) -> Any:
    """Before `name = value` of a closure variable; returns the value."""
    execution = runtime.execution
    assert execution is not None
    execution.perform("write", cells, name, WRITE)
    if execution.recorder is not None:
        execution.recorder.named(None, name, value)
        execution.recorder.note(value)
    return value


def write_cell_each(cells: _Cells, name: str, iterable: Iterable[Any]) -> Iterator[Any]:
    """The values of a `for` loop whose variable is a closure variable."""
    for value in iterate(iterable):
        yield write_cell(cells, name, value)


# -- control -------------------------------------------------------------------------------


def step() -> None:
    """At the start of a loop body."""
    _execution().tick()


def begin_round() -> None:
    """At the start of the body of a `while` loop, which may be waiting for another task."""
    _execution().tick(waiting=True)


def tick() -> bool:
    """In a comprehension's loop; True."""
    _execution().tick()
    return True


def alive() -> None:
    """At the start of a handler: a task whose execution is over does not run on."""
    if runtime.execution is None or runtime.execution.over:
        raise Abandoned


def show(*values: object, sep: str | None = " ", end: str | None = "\n", file: Any = None,
         flush: bool = False) -> None:  # fmt: skip
    """`print`: one visible operation; the text goes to the execution's output."""
    execution = runtime.execution
    assert execution is not None
    text = (" " if sep is None else sep).join(map(str, values)) + ("\n" if end is None else end)
    if file is not None:
        file.write(text)
        return
    execution.perform("print", None, None, READ)
    if execution.recorder is not None:
        execution.recorder.note(text.rstrip("\n"))
    if len(execution.output) < 10_000:
        execution.output.append(text[:10_000])


class _Identities:
    """The numbers that `id` gives out in one execution."""

    __slots__ = ("kept", "numbers")

    def __init__(self) -> None:
        self.numbers: dict[int, int] = {}
        self.kept: list[object] = []  # no other object gets the address of one that has a number

    def number(self, obj: object) -> int:
        """The object's number, the next one if it has none yet."""
        known = self.numbers.get(id(obj))
        if known is None:
            known = self.numbers[id(obj)] = 0x7F00_0000_0000 + 64 * len(self.kept)
            self.kept.append(obj)
        return known


def _identities(execution: Any) -> _Identities:
    known: _Identities | None = execution.state.get("identities")
    if known is None:
        known = execution.state["identities"] = _Identities()
    return known


def identity(obj: Any, /) -> int:
    """`id`: a number that is the same in every run of one schedule. Objects that were made before
    there was a second task are numbered in the order in which they got their first attribute;
    which of two others has the smaller number is open, as in life: they are numbered when they
    are first asked for it, which is an operation that the explorer orders both ways.
    """
    execution = _execution()
    known = _identities(execution)
    if not execution.solo and id(obj) not in known.numbers:
        execution.perform("id", known, None, WRITE)
    return known.number(obj)


def hash_of(obj: Any, /) -> int:
    """`hash`; of an object that is hashed by its identity, from `id`."""
    own: object = type(obj).__hash__
    if own is object.__hash__:
        return identity(obj) >> 4
    return hash(obj)


def dynamic_get(obj: Any, name: Any, *default: Any) -> Any:
    """`getattr`, with the same rules as an attribute in the source."""
    from grader.source.policy import forbidden_attribute

    why = forbidden_attribute(name) if isinstance(name, str) else None
    if why is not None:
        raise AttributeError(why)
    if not default:
        return get_attribute(obj, name)
    try:
        return get_attribute(obj, name)
    except AttributeError:
        return default[0]


def dynamic_has(obj: Any, name: str) -> bool:
    """`hasattr`."""
    missing = object()
    return dynamic_get(obj, name, missing) is not missing


def dynamic_set(obj: Any, name: str, value: Any) -> None:
    """`setattr`."""
    set_attribute(value, obj, name)


HOOKS: Final[dict[str, Any]] = {
    "@getattr": get_attribute, "@getitem": get_item, "@slice": builtins.slice,
    "@setattr": set_attribute, "@setitem": set_item,
    "@attr_target": _AttributeReference, "@item_target": _ItemReference,
    "@global_target": _GlobalReference,
    "@delattr": delete_attribute, "@delitem": delete_item, "@gdel": delete_global,
    "@ref_attr": ref_attribute, "@ref_item": ref_item, "@ref_global": ref_global,
    "@iop_set": inplace_set, "@iop": inplace,
    "@gload": load_global, "@gstore": store_global,
    "@newcells": new_cells, "@cread": read_cell, "@cvalue": cell_value, "@cwrite": write_cell,
    "@cwriting": write_cell_each,
    "@truth": reading, "@reading": reading, "@iterate": iterate,
    "@step": step, "@round": begin_round, "@tick": tick, "@alive": alive,
}  # fmt: skip
