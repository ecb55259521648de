"""Attributes: which are data that tasks share, and what a look at one touches.

The hooks of rewritten code and the stand-ins of modules written in C (`operator.attrgetter`) both
come here, so that two ways to one value touch the same place.
"""

from __future__ import annotations

from types import FunctionType, MemberDescriptorType, ModuleType
from typing import Any, Final

from grader.engine.containers import CONTAINERS
from grader.engine.operation import READ, Footprint
from grader.engine.wrappers import PROXIES, behind

# How reading an attribute goes, decided once per (type, name) and execution.
PLAIN: Final = 0  # nothing to see: methods, properties, modules, immutable values
DATA: Final = 1  # stored on the object
CLASS_DATA: Final = 2  # likewise, and the class has a plain value for those that have none
METHOD: Final = 3  # of a built-in container: one atomic operation
THROUGH: Final = 4  # of a weak proxy: what it is a proxy of has the attribute

_builtin_plans: dict[tuple[type, str], int] = {}


def _plan(cls: type, name: str) -> int:
    """How attribute `name` of instances of `cls` is read and written."""
    if cls in PROXIES:
        return THROUGH
    if issubclass(cls, (ModuleType, type)) or "_controlled_" in cls.__dict__:
        return PLAIN
    if (
        cls.__module__ == "builtins"
        and cls not in CONTAINERS
        and cls is not FunctionType
        and not issubclass(cls, BaseException)
    ):
        return PLAIN
    dunder = name.startswith("__") and name.endswith("__")
    for base in cls.__mro__:
        if name in base.__dict__:
            found = base.__dict__[name]
            if base in CONTAINERS:
                return METHOD if callable(found) else PLAIN
            if isinstance(found, MemberDescriptorType):  # __slots__
                return PLAIN if dunder else DATA
            if hasattr(type(found), "__get__"):
                return PLAIN
            return PLAIN if dunder else CLASS_DATA
    return DATA


def plan_for(execution: Any, cls: type, name: str) -> int:
    """`_plan`, remembered for this execution."""
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


def class_of_data(cls: type, name: str) -> type:
    """The class that stores plain value `name`."""
    for base in cls.__mro__:
        if name in base.__dict__:
            return base
    return cls


def footprints_of_read(execution: Any, obj: Any, name: str) -> tuple[Footprint, ...]:
    """What `obj.name` looks at; nothing where that is no data."""
    if type(obj) in PROXIES:
        obj = behind(obj)
    cls = type(obj)
    if issubclass(type(obj), type):
        owner = class_of_data(obj, name)
        return ((owner, name, READ),) if is_class_data(owner, name) else ()
    plan = plan_for(execution, cls, name)
    if plan == DATA:
        return ((obj, name, READ),)
    if plan == CLASS_DATA:
        return ((obj, name, READ), (class_of_data(cls, name), name, READ))
    return ()


def is_class_data(owner: type, name: str) -> bool:
    """Whether the class has a plain value `name` of its own that tasks may share."""
    if name.startswith("__") or owner.__module__ == "enum" or name not in owner.__dict__:
        return False
    value = owner.__dict__[name]
    return not hasattr(type(value), "__get__") and not isinstance(value, type)
