"""Attributes: what is data on the object or the class is seen, the rest is code that is."""

from __future__ import annotations

from types import FunctionType, MemberDescriptorType, ModuleType
from typing import Any, Final

from grader.engine import runtime
from grader.engine.containers import CONTAINERS
from grader.engine.operation import READ, WRITE
from grader.engine.task import Abandoned
from grader.source.hooks.identities import identities
from grader.source.hooks.items import Method

# How reading an attribute goes, decided once per (type, name) and execution.
_PLAIN: Final = 0  # nothing to see: methods, properties, modules, immutable values
_DATA: Final = 1  # stored on the object
_CLASS_DATA: Final = 2  # a plain value on the class: instances and class share its name
_METHOD: Final = 3  # of a built-in container: one atomic operation

_builtin_plans: dict[tuple[type, str], int] = {}


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
        return Method(obj, name, getattr(obj, name))
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
        identities(execution).number(obj)
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
