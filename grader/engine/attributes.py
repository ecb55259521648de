"""Attributes: which are data that tasks share, and what a look at one touches.

The hooks of rewritten code and the stand-ins of modules written in C (`operator.attrgetter`) both
come here, so that two ways to one value touch the same place.
"""

from __future__ import annotations

import enum
from types import FunctionType, GetSetDescriptorType, MemberDescriptorType, ModuleType
from typing import TYPE_CHECKING, Any, Final

from grader.engine import runtime
from grader.engine.classes import IMMUTABLE, flags_of, mark_of, mro_of, namespace_of
from grader.engine.containers import CONTAINERS
from grader.engine.operation import READ, Footprint
from grader.engine.wrappers import PROXIES, behind

if TYPE_CHECKING:
    from grader.engine.execution import Execution

# How reading an attribute goes, decided once per (type, name) and execution.
PLAIN: Final = 0  # nothing to see: methods, properties, modules, immutable values
DATA: Final = 1  # stored on the object
CLASS_DATA: Final = 2  # likewise, and the class has a plain value for those that have none
METHOD: Final = 3  # of a built-in container: one atomic operation
THROUGH: Final = 4  # of a weak proxy: what it is a proxy of has the attribute

# How writing one goes.
PLACE: Final = 0  # a place of its own, which is announced
CODE: Final = 1  # a setter takes it (a property, say): what its code does is the visible part
WHOLE: Final = 2  # all that the object has
UNSEEN: Final = 3  # an interpreter's own field, which is looked at without anybody's noticing
OF_TASK: Final = 4  # of the running task alone: nobody else can ever look at it

# The classes of stand-ins, whose methods announce what they do. A set and no mark on the class: a
# student's class could bear the mark as well, and would hide all that it has.
CONTROLLED: Final[set[type]] = set()

_CLASSES_OF_ENUM: Final = frozenset(each for each in vars(enum).values() if isinstance(each, type))
_builtin_plans: dict[tuple[type, str], int] = {}
# What is looked at by other ways than by its name: by calls, or by items of a dict.
_SEEN_BY_OTHERS: Final = frozenset(
    {"__annotations__", "__class__", "__code__", "__defaults__", "__dict__", "__kwdefaults__",
     "__weakref__"}
)  # fmt: skip


def _plan(cls: type, name: str) -> int:
    """How attribute `name` of instances of `cls` is read and written."""
    if cls in PROXIES:
        return THROUGH
    if issubclass(cls, (ModuleType, type)) or cls in CONTROLLED:
        return PLAIN
    of_python = bool(flags_of(cls) & IMMUTABLE) and cls.__module__ == "builtins"
    if (
        of_python
        and cls not in CONTAINERS
        and cls is not FunctionType
        and not issubclass(cls, BaseException)
    ):
        return PLAIN
    for base in mro_of(cls):
        if name in namespace_of(base):
            found = namespace_of(base)[name]
            if isinstance(found, MemberDescriptorType):  # __slots__
                return _check_slot(found, name)
            if base in CONTAINERS:
                return METHOD if callable(found) else PLAIN
            if isinstance(found, GetSetDescriptorType) and name not in _SEEN_BY_OTHERS:
                return DATA if base is FunctionType or issubclass(base, BaseException) else PLAIN
            return PLAIN if hasattr(type(found), "__get__") else CLASS_DATA
    return PLAIN if is_of_each_task(cls) else DATA


def is_of_each_task(cls: type) -> bool:
    """Whether each task has attributes of its own in objects of this class (`threading.local`).
    Slots, and what stands in the class, are one for all of them, as in CPython.
    """
    return bool(mark_of(cls, "_of_each_task_"))


def _check_slot(slot: MemberDescriptorType, name: str) -> int:
    """DATA; not modelled is a slot by another name than its own: it would be two places."""
    if slot.__name__ != name and not flags_of(slot.__objclass__) & IMMUTABLE:
        runtime.current().refuse(
            runtime.NotModelled(
                f"The slot {slot.__name__} is also called {name}, which cannot be put under "
                "control yet, so code that uses it cannot be graded."
            )
        )
    return DATA


def plan_of_write(cls: type, name: str) -> int:
    """How attribute `name` of instances of `cls` is written and deleted."""
    for base in mro_of(cls):
        if name in namespace_of(base):
            found = namespace_of(base)[name]
            if not hasattr(type(found), "__set__"):
                break
            if isinstance(found, MemberDescriptorType):
                if flags_of(base) & IMMUTABLE and cls is FunctionType:
                    return PLACE if name == "__doc__" else UNSEEN
                _check_slot(found, name)
                return PLACE
            if not isinstance(found, GetSetDescriptorType):
                return CODE
            if name == "__dict__":
                return WHOLE
            return PLACE if _plan(cls, name) == DATA else UNSEEN
    return OF_TASK if is_of_each_task(cls) else PLACE


def plan_for(execution: Execution, cls: type, name: str) -> int:
    """`_plan`, remembered for this execution."""
    key = (cls, name)
    plan: int | None = execution.plans.get(key)
    if plan is None:
        plan = _builtin_plans.get(key)
        if plan is None:
            plan = _plan(cls, name)
            if cls is ModuleType or cls in CONTROLLED or cls in CONTAINERS:
                _builtin_plans[key] = plan  # of a class that every execution has
        execution.plans[key] = plan
    return plan


def class_of_data(cls: type, name: str) -> type:
    """The class that stores plain value `name`."""
    for base in mro_of(cls):
        if name in namespace_of(base):
            return base
    return cls


def footprints_of_read(execution: Execution, obj: Any, name: str) -> tuple[Footprint, ...]:
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
    if name.startswith("__") or name not in namespace_of(owner):
        return False
    if owner in _CLASSES_OF_ENUM:
        return False
    value = namespace_of(owner)[name]
    return not hasattr(type(value), "__get__") and not isinstance(value, type)
