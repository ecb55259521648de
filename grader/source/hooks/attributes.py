"""Attributes: what is data on the object or the class is seen, the rest is code that is."""

from __future__ import annotations

from types import (
    BuiltinMethodType,
    FunctionType,
    GeneratorType,
    GetSetDescriptorType,
    MappingProxyType,
    MemberDescriptorType,
    MethodDescriptorType,
    MethodType,
    MethodWrapperType,
    ModuleType,
    WrapperDescriptorType,
)
from typing import TYPE_CHECKING, Any, Final

from grader.engine import runtime
from grader.engine.attributes import (
    CLASS_DATA,
    CODE,
    DATA,
    METHOD,
    OF_TASK,
    PLACE,
    PLAIN,
    THROUGH,
    UNSEEN,
    class_of_data,
    footprints_of_read,
    plan_for,
    plan_of_write,
)
from grader.engine.classes import mro_of
from grader.engine.containers import CONTAINERS, remember_namespace
from grader.engine.operation import READ, WRITE
from grader.engine.owned import has_place
from grader.engine.task import Abandoned
from grader.engine.wrappers import PROXIES, behind
from grader.source.hooks import guard
from grader.source.hooks.formatting import Formatting
from grader.source.hooks.identities import identities
from grader.source.hooks.items import ATOMIC, Method, Resumed, UnboundMethod
from grader.source.hooks.shared import FIXED, OPAQUE
from grader.source.hooks.ways import AnySlot, MadeAnew, Slot, State

if TYPE_CHECKING:
    from grader.engine.execution import Execution

# What Python itself does for an attribute, by way of a class, `super()` or a slot.
_RAW: Final = frozenset({"__getattribute__", "__setattr__", "__delattr__"})
_OF_SLOTS: Final = frozenset({"__get__", "__set__", "__delete__"})
_DESCRIPTORS: Final = (MemberDescriptorType, GetSetDescriptorType)
_CHANGEABLE: Final = frozenset({dict, list, set, MappingProxyType})
_RESUMES: Final = frozenset({"send", "throw", "close"})
_FORMATS: Final = frozenset({"format", "format_map"})
_DICTS: Final = frozenset({"__dict__", "__annotations__", "__kwdefaults__", "__getstate__"})
_MAKES: Final = frozenset({"__init__", "__setstate__"})
_REDUCES: Final = frozenset({"__reduce__", "__reduce_ex__"})
_WAYS: Final = ATOMIC.union(
    _DICTS, _FORMATS, _MAKES, _OF_SLOTS, _RAW, _REDUCES, _RESUMES, {"__self__"}
)


def get_attribute(obj: Any, name: str) -> Any:
    """`obj.name`."""
    execution = runtime.now.execution
    assert execution is not None
    cls = type(obj)
    plan = execution.plans.get((cls, name))
    if plan is None:
        if (name[:1] == "_" or cls in OPAQUE) and execution.state.get("guarded"):
            guard.check_read(obj, name)
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


def _get_plain(execution: Execution, obj: Any, name: str) -> Any:
    """An attribute that is no data of the object's: of a class, or a method that may be a way to
    the data of another object.
    """
    if issubclass(type(obj), type):
        return _get_class_attribute(execution, obj, name)
    guarded = execution.state.get("guarded")
    if guarded and name in _DICTS and type(obj) is FunctionType:
        guard.check_function_read(obj, name)
    value = getattr(obj, name)
    kind = type(value)
    if guarded and kind is ModuleType:
        guard.check_module(value, name)
    if kind is MethodWrapperType or kind is BuiltinMethodType:
        if name == "__getstate__":
            return State(obj, value)
        if name in _MAKES and value.__self__ is not None and _makes_anew(value):
            return MadeAnew(value)
        if name in _FORMATS and guarded:
            return Formatting(value, name)
        if name in _REDUCES and guarded:
            return guard.Reducing(value)
        if name in _RAW:
            return _Raw(name, value, (value.__self__,))
        if name in _OF_SLOTS and type(value.__self__) in _DESCRIPTORS:
            return Slot(name, value)
        if name in ATOMIC and type(obj) is super and _is_container(value.__self__):
            return Method(value.__self__, name, value)
        if name in _RESUMES and type(obj) is GeneratorType:
            return Resumed(obj, value)
    elif kind is MethodType and name in ATOMIC and type(obj) is super:
        if _is_container(value.__self__) and _is_of_container(name, value.__func__):
            return Method(value.__self__, name, value)
    elif name == "__dict__":
        if guarded:
            value = guard.namespace_to_show(obj, value)
        if type(value) is dict:
            remember_namespace(value, obj)
    return value


def _is_container(obj: Any) -> bool:
    return not CONTAINERS.isdisjoint(mro_of(type(obj)))


def _is_of_container(name: str, function: Any) -> bool:
    """Whether the function is the method of a container that is written in Python."""
    return any(cls.__dict__.get(name) is function for cls in CONTAINERS)


def _get_class_attribute(execution: Execution, cls: type, name: str) -> Any:
    guarded = execution.state.get("guarded")
    if guarded:
        guard.check_class_read(cls, name)
    value = getattr(cls, name)
    kind = type(value)
    if kind is WrapperDescriptorType or kind is MethodDescriptorType:
        if name in _RAW:
            return _Raw(name, value, ())
        if value.__objclass__ in CONTAINERS and (name in ATOMIC or name == "__init__"):
            return UnboundMethod(name, value)
        if name in _FORMATS and guarded:
            return Formatting(value, name)
        if name in _REDUCES and guarded:
            return guard.Reducing(value)
        if name in _OF_SLOTS and issubclass(cls, _DESCRIPTORS):
            return AnySlot(name)
        return value
    if guarded and (kind in _CHANGEABLE or name == "register"):
        return guard.of_class(cls, name, value)
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
    execution = runtime.now.execution
    assert execution is not None
    if type(obj) in PROXIES and (referent := behind(obj)) is not None:
        obj = referent
    if execution.solo:
        identities(execution).number(obj)
    _announce_write(execution, obj, name, value)
    setattr(obj, name, value)


def _announce_write(execution: Execution, obj: Any, name: str, value: Any) -> None:
    subject, key = obj, name
    cls = type(obj)
    plan = execution.write_plans.get((cls, name))
    if plan is None:
        plan = _plan_to_write(execution, cls, name)
    if plan != PLACE:
        place = _place_of_write(execution, obj, name, plan)
        if place is None:
            if plan == OF_TASK and execution.recorder is not None:
                execution.recorder.named(obj, name, value)
            return
        subject, key = place
    if not (execution.solo and execution.recorder is None):
        execution.access("write", subject, key, WRITE)
        if execution.recorder is not None:
            execution.recorder.named(obj, name, value)
            execution.recorder.note(value)


def _place_of_write(
    execution: Execution, obj: Any, name: str, plan: int
) -> tuple[Any, Any] | None:  # fmt: skip
    """The place that is written; None if the code of a setter says what happens, or if nobody else
    can see it. Raises TypeError or AttributeError for what is not a student's to change.
    """
    if plan == _OF_CLASS:
        execution.plans.clear()
        execution.write_plans.clear()
        if execution.state.get("guarded"):
            guard.check_write(obj, name)
        if name[:2] == "__" and name[-2:] == "__" and not execution.solo:
            _refuse_unseen(obj, name)
        return class_of_data(obj, name), name
    if plan == _OF_FUNCTION:
        if execution.state.get("guarded"):
            guard.check_write(obj, name)
        plan = plan_of_write(FunctionType, name)
    if plan == PLACE:
        return obj, name
    if plan == UNSEEN and not execution.solo:
        _refuse_unseen(obj, name)
    return None if plan in (CODE, UNSEEN, OF_TASK) else (obj, None)


# More ways to write an attribute: what is asked each time, because the object itself matters.
_OF_CLASS: Final = 10
_OF_FUNCTION: Final = 11


def _plan_to_write(execution: Execution, cls: type, name: str) -> int:
    """How the attribute is written, found out once for each class and name."""
    if issubclass(cls, type):
        return _OF_CLASS
    if cls is FunctionType:
        return _OF_FUNCTION
    if (name[:1] == "_" or cls in FIXED) and execution.state.get("guarded"):
        guard.check_instance(cls, name)
    plan = plan_of_write(cls, name)
    if plan == PLACE and plan_for(execution, cls, name) == PLAIN and cls is not ModuleType:
        # The object's value hides a method of the class, or is none of the stand-in's own.
        execution.plans[(cls, name)] = DATA
    execution.write_plans[(cls, name)] = plan
    return plan


def _refuse_unseen(obj: Any, name: str) -> None:
    runtime.current().refuse(
        runtime.NotModelled(
            f"{name} of a {type(obj).__name__} is set while there is more than one task. What "
            "looks at it cannot be put under control, so code that does this cannot be graded."
        )
    )


def delete_attribute(obj: Any, name: str) -> None:
    """`del obj.name`."""
    execution = runtime.now.execution
    assert execution is not None
    if type(obj) in PROXIES and (referent := behind(obj)) is not None:
        obj = referent
    _announce_delete(execution, obj, name)
    delattr(obj, name)


def _announce_delete(execution: Execution, obj: Any, name: str) -> None:
    plan = _plan_to_write(execution, type(obj), name)
    place = _place_of_write(execution, obj, name, plan)
    if place is not None:
        execution.perform("delete", *place, WRITE)


class _Raw:
    """`object.__setattr__` and its like: seen as the plain access that it makes."""

    __slots__ = ("_first", "_function", "_name")

    def __init__(self, name: str, function: Any, first: tuple[Any, ...]) -> None:
        self._name = name
        self._function = function
        self._first = first  # the object, where it is bound to one

    def __call__(self, *args: Any) -> Any:
        execution = runtime.now.execution
        assert execution is not None
        at = 1 - len(self._first)
        if len(args) > at and type(args[at]) is not str:
            args = (*args[:at], guard.plain_name(args[at]), *args[at + 1 :])
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


def _makes_anew(method: Any) -> bool:
    """Whether the method, written in C, sets fields of an object that nothing else shows."""
    owner = getattr(method, "__objclass__", type(method.__self__))
    return owner is not object and not isinstance(method.__self__, type)
