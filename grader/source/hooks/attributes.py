"""Attributes: what is data on the object or the class is seen, the rest is code that is."""

from __future__ import annotations

from types import (
    BuiltinMethodType,
    FunctionType,
    GeneratorType,
    MemberDescriptorType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    WrapperDescriptorType,
)
from typing import Any, Final

from grader.engine import runtime
from grader.engine.attributes import (
    CLASS_DATA,
    DATA,
    METHOD,
    PLAIN,
    THROUGH,
    class_of_data,
    footprints_of_read,
    plan_for,
)
from grader.engine.containers import CONTAINERS, remember_namespace
from grader.engine.operation import READ, WRITE
from grader.engine.owned import has_place
from grader.engine.task import Abandoned
from grader.engine.wrappers import PROXIES, behind
from grader.source.hooks.identities import identities
from grader.source.hooks.items import ATOMIC, Method, Resumed, UnboundMethod

# What Python itself does for an attribute, by way of a class, `super()` or a slot.
_RAW: Final = frozenset({"__getattribute__", "__setattr__", "__delattr__"})
_OF_SLOTS: Final = frozenset({"__get__", "__set__", "__delete__"})
_RESUMES: Final = frozenset({"send", "throw", "close"})
_WAYS: Final = _RAW | _OF_SLOTS | _RESUMES | ATOMIC | {"__dict__"}


def get_attribute(obj: Any, name: str) -> Any:
    """`obj.name`."""
    execution = runtime.execution
    assert execution is not None
    cls = type(obj)
    plan = execution.plans.get((cls, name))
    if plan is None:
        plan = plan_for(execution, cls, name)
    if plan == PLAIN:
        if name in _WAYS or issubclass(cls, type):
            return _get_plain(execution, obj, name)
        return getattr(obj, name)
    if plan == DATA and execution.plain:
        execution.access("read", obj, name, READ)
        return getattr(obj, name)
    if plan == METHOD:
        return Method(obj, name, getattr(obj, name))
    if plan == THROUGH:
        referent = behind(obj)
        return getattr(obj, name) if referent is None else get_attribute(referent, name)
    if execution.solo and execution.recorder is None:
        if execution.over:
            raise Abandoned
        return getattr(obj, name)
    if plan == CLASS_DATA:
        also = ((class_of_data(cls, name), name, READ),)
        execution.perform("read", obj, name, READ, also=also)
    else:
        execution.perform("read", obj, name, READ)
    value = getattr(obj, name)
    if execution.recorder is not None:
        execution.recorder.note(value)
        if plan == DATA and has_place(value):  # code that is not the student's may have put it
            execution.recorder.named(obj, name, value)  # there: a dataclass's `__init__`
    return value


def _get_plain(execution: Any, obj: Any, name: str) -> Any:
    """An attribute that is no data of the object's: of a class, or a method that may be a way to
    the data of another object.
    """
    if issubclass(type(obj), type):
        return _get_class_attribute(execution, obj, name)
    value = getattr(obj, name)
    kind = type(value)
    if kind is MethodWrapperType or kind is BuiltinMethodType:
        if name in _RAW:
            return _Raw(name, value, (value.__self__,))
        if name in _OF_SLOTS and type(value.__self__) is MemberDescriptorType:
            return _Slot(name, value)
        if name in ATOMIC and type(obj) is super and _is_container(value.__self__):
            return Method(value.__self__, name, value)
        if name in _RESUMES and type(obj) is GeneratorType:
            return Resumed(obj, value)
    elif kind is MethodType and name in ATOMIC and type(obj) is super:
        if _is_container(value.__self__) and _is_of_container(name, value.__func__):
            return Method(value.__self__, name, value)
    elif name == "__dict__" and type(value) is dict:
        remember_namespace(value, obj)
    return value


def _is_container(obj: Any) -> bool:
    return not CONTAINERS.isdisjoint(type(obj).__mro__)


def _is_of_container(name: str, function: Any) -> bool:
    """Whether the function is the method of a container that is written in Python."""
    return any(cls.__dict__.get(name) is function for cls in CONTAINERS)


def _get_class_attribute(execution: Any, cls: type, name: str) -> Any:
    value = getattr(cls, name)
    kind = type(value)
    if kind is WrapperDescriptorType or kind is MethodDescriptorType:
        if name in _RAW:
            return _Raw(name, value, ())
        if name in ATOMIC and value.__objclass__ in CONTAINERS:
            return UnboundMethod(name, value)
        return value
    if kind is FunctionType and name in ATOMIC and _is_of_container(name, value):
        return UnboundMethod(name, value)
    places = footprints_of_read(execution, cls, name)
    if not places or execution.solo:
        return value
    execution.perform("read", places[0][0], name, READ)
    value = getattr(cls, name)
    if execution.recorder is not None:
        execution.recorder.note(value)
    return value


def set_attribute(value: Any, obj: Any, name: str) -> None:
    """`obj.name = value`."""
    execution = runtime.execution
    assert execution is not None
    if type(obj) in PROXIES and (referent := behind(obj)) is not None:
        obj = referent
    if execution.solo:
        identities(execution).number(obj)
    _announce_write(execution, obj, name, value)
    setattr(obj, name, value)


def _announce_write(execution: Any, obj: Any, name: str, value: Any) -> None:
    if issubclass(type(obj), type):
        execution.plans.clear()
        subject: Any = class_of_data(obj, name)
    else:
        plan = plan_for(execution, type(obj), name)
        if plan == PLAIN and _has_setter(type(obj), name):
            return
        subject = obj
    if not (execution.solo and execution.recorder is None):
        execution.access("write", subject, name, WRITE)
        if execution.recorder is not None:
            execution.recorder.named(obj, name, value)
            execution.recorder.note(value)


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
    if type(obj) in PROXIES and (referent := behind(obj)) is not None:
        obj = referent
    _announce_delete(execution, obj, name)
    delattr(obj, name)


def _announce_delete(execution: Any, obj: Any, name: str) -> None:
    if issubclass(type(obj), type) or not _has_setter(type(obj), name):
        execution.perform("delete", obj, name, WRITE)


class _Raw:
    """`object.__setattr__` and its like: seen as the plain access that it makes."""

    __slots__ = ("_first", "_function", "_name")

    def __init__(self, name: str, function: Any, first: tuple[Any, ...]) -> None:
        self._name = name
        self._function = function
        self._first = first  # the object, where it is bound to one

    def __call__(self, *args: Any) -> Any:
        execution = runtime.execution
        assert execution is not None
        match (*self._first, *args):
            case (obj, str(name)) if self._name == "__getattribute__":
                if not execution.solo:
                    places = footprints_of_read(execution, obj, name)
                    if places:
                        execution.perform("read", *places[0], also=places[1:])
            case (obj, str(name)) if self._name == "__delattr__":
                _announce_delete(execution, obj, name)
            case (obj, str(name), value) if self._name == "__setattr__":
                _announce_write(execution, obj, name, value)
        return self._function(*args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._function, name)


class _Slot:
    """`A.x.__get__` and its like, of one of the `__slots__`."""

    __slots__ = ("_function", "_name")

    def __init__(self, name: str, function: Any) -> None:
        self._name = name
        self._function = function

    def __call__(self, *args: Any) -> Any:
        execution = runtime.execution
        assert execution is not None
        if args and args[0] is not None and not execution.solo:
            kind, mode = _SLOT_KINDS[self._name]
            execution.perform(kind, args[0], self._function.__self__.__name__, mode)
        return self._function(*args)


_SLOT_KINDS: Final = {
    "__get__": ("read", READ), "__set__": ("write", WRITE), "__delete__": ("delete", WRITE),
}  # fmt: skip
