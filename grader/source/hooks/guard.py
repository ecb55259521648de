"""Whose things are whose: what a student's code may get at, asked at run time.

The policy of the source sees names that are written out. These are the rules for what a name leads
to, however it was found: a student's program has a world of its own, which is made anew for every
schedule, and what all worlds share (CPython's modules, the stand-ins, the grader) is there to be
used and cannot be changed. They hold where a list says what may be imported; code that its reader
explores on his own machine is not bound (`Program.allowed`).
"""

from __future__ import annotations

import enum
from abc import ABCMeta
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from types import FunctionType, MappingProxyType, MethodType, ModuleType
from typing import Any, Final

from grader.engine import runtime
from grader.engine.classes import STAND_INS, mro_of, namespace_of
from grader.source.hooks.shared import CONSTANT, OPAQUE, OWN, home_of, is_of_grader, is_shared
from grader.source.policy import INSIDE, SHARED, forbidden_attribute

# What CPython documents although it begins with "_".
_DOCUMENTED: Final = frozenset(
    {"_callmethod", "_exposed_", "_get", "_getvalue", "_identity", "_init", "_mapping_",
     "_method_to_typeid_", "_put", "_qsize"}
)  # fmt: skip
_OF_ALL_CLASSES: Final = frozenset(
    {"__bases__", "__class__", "__doc__", "__module__", "__mro__", "__name__", "__qualname__"}
)
_DICTS_OF_ENUMS: Final = frozenset(
    {"_hashable_values_", "_member_map_", "_member_names_", "_unhashable_values_",
     "_unhashable_values_map_", "_value2member_map_"}
)  # fmt: skip
# What functions that are not the student's do not show: dicts that all worlds share.
_DICTS_OF_FUNCTIONS: Final = frozenset({"__annotations__", "__dict__", "__kwdefaults__"})
# What a class shows in its `__dict__`: what is written in C, or could be changed, it does not.
_PLAIN: Final = (FunctionType, property, type, str, bytes, int, float, tuple, frozenset, type(None))
_COPIED: Final = (dict, list, set)


def is_own_function(function: Any) -> bool:
    """Whether a student's module has made this function."""
    return "@g" in (_builtins_of(function.__globals__) or ())


def _builtins_of(namespace: Mapping[str, Any]) -> Any:
    found = namespace.get("__builtins__")
    return found if type(found) is dict else None


def plain_name(name: Any) -> Any:
    """A name as what it is: that of a subclass of `str` could compare and hash as it likes."""
    if type(name) is str or not issubclass(type(name), str):
        return name
    return str.__getitem__(name, slice(None))


def check_name(name: str) -> None:
    """Raises AttributeError if a name must not be used for an attribute."""
    why = forbidden_attribute(name)
    if why is not None:
        raise AttributeError(why)


def is_hidden(name: Any) -> bool:
    """Whether `dir` leaves the name out."""
    name = plain_name(name)
    return type(name) is str and forbidden_attribute(name) is not None


def check_field(name: str) -> None:
    """Likewise for a field of a format, in which CPython itself looks the attribute up."""
    check_name(name)
    if _is_sunder(name) and name not in _DOCUMENTED:
        raise AttributeError(_inside(name))


# -- reading -------------------------------------------------------------------------------------


def check_read(obj: object, name: str) -> None:
    """Raises AttributeError if the object does not show this attribute to a student: in the words
    of CPython, if it has none of this name.
    """
    cls = type(obj)
    if _is_private_of(cls, name) and not _exists(obj, name):
        raise AttributeError(f"{cls.__name__!r} object has no attribute {name!r}")
    check_name_of(cls, name)


def check_name_of(cls: type, name: str) -> None:
    """Raises AttributeError if no object of the class shows this attribute to a student."""
    if cls in OPAQUE or (cls is super and _is_sunder(name) and not hasattr(enum.Enum, name)):
        raise AttributeError(_inside(name))
    if _is_private_of(cls, name) or (cls in CONSTANT and name in _DICTS_OF_ENUMS):
        raise AttributeError(_inside(name))


def _is_private_of(cls: type, name: str) -> bool:
    return name[:1] == "_" and name not in _DOCUMENTED and _is_private(cls, name)


def _exists(obj: object, name: str) -> bool:
    if any(name in namespace_of(base) for base in mro_of(type(obj))):
        return True
    try:
        return name in object.__getattribute__(obj, "__dict__")
    except AttributeError:
        return False


def _is_sunder(name: str) -> bool:
    return name[:1] == name[-1:] == "_" and len(name) > 2 and name[:2] != "__"


def _is_private(cls: type, name: str) -> bool:
    if name.startswith("__") and name.endswith("__"):
        return False
    ours = [base for base in mro_of(cls) if is_shared(base) and is_of_grader(base)]
    if not ours:
        return False
    # What a student's class has itself is the student's, whatever it is called.
    if _is_sunder(name):
        return not any(name in namespace_of(base) for base in mro_of(cls) if base not in ours)
    return ours[0] is cls and home_of(cls).startswith(OWN)


def check_class_read(cls: type, name: str) -> None:
    """Raises AttributeError if the class itself does not show this attribute."""
    if cls in OPAQUE and name not in _OF_ALL_CLASSES:
        raise AttributeError(_inside(name))
    if name[:1] != "_" or name in _DOCUMENTED or (name[:2] == "__" and name[-2:] == "__"):
        return
    if is_shared(cls) and is_of_grader(cls):
        raise AttributeError(_inside(name))


def namespace_to_show(obj: Any, namespace: Any) -> Any:
    """What a student gets for `vars(obj)` or `obj.__dict__`.

    Of a module nothing: its dict has all that the interpreter needs. Of a class that all worlds
    share, what it defines in Python. Of everything else, what there is.
    """
    if isinstance(obj, ModuleType):
        why = "because it goes around the scheduling points of the variables themselves"
        what = "the names of a module cannot be had as a dict"
        raise AttributeError(f"{what}, {why}; use getattr.")  # noqa: TRY004 - there is none
    if isinstance(obj, type) and is_shared(obj):
        return MappingProxyType(
            {
                name: _unchangeable(value)
                for name, value in namespace.items()
                if isinstance(value, (*_PLAIN, *_COPIED)) and _is_shown(obj, name)
            }
        )
    if type(obj) in CONSTANT:
        return MappingProxyType(namespace)
    if type(obj) is FunctionType and not is_own_function(obj):
        raise AttributeError(_inside("__dict__"))
    if home_of(type(obj)).startswith(OWN):
        raise AttributeError(_inside("__dict__"))
    if STAND_INS.isdisjoint(mro_of(type(obj))):
        return namespace
    return Attributes(obj, namespace)


class Attributes(MutableMapping[str, Any]):
    """The dict of an object that is a stand-in, or is derived from one, without what the stand-in
    has there for itself.
    """

    __slots__ = ("_names", "_obj")

    def __init__(self, obj: Any, names: dict[str, Any]) -> None:
        self._obj = obj
        self._names = names

    def _is_there(self, name: Any) -> bool:
        return name in self._names and not _is_sunder(name)

    def __getitem__(self, name: str) -> Any:
        if not self._is_there(name):
            raise KeyError(name)
        return self._hook("getattr")(self._obj, name)

    def __setitem__(self, name: str, value: Any) -> None:
        self._hook("setattr")(self._obj, name, value)

    def __delitem__(self, name: str) -> None:
        if not self._is_there(name):
            raise KeyError(name)
        self._hook("delattr")(self._obj, name)

    @staticmethod
    def _hook(name: str) -> Any:
        return runtime.current().state["builtins"][name]

    def __iter__(self) -> Iterator[str]:
        return iter([name for name in self._names if not _is_sunder(name)])

    def __len__(self) -> int:
        return len(list(iter(self)))

    def copy(self) -> dict[str, Any]:
        """As of a dict."""
        return dict(self)

    def __or__(self, other: Any) -> dict[str, Any]:
        return {**self, **other}

    def __repr__(self) -> str:
        return repr(dict(self))


def _is_shown(cls: type, name: str) -> bool:
    try:
        check_name(name)
        check_class_read(cls, name)
    except AttributeError:
        return False
    return True


def check_function_read(function: Any, name: str) -> None:
    """Raises AttributeError for a dict of a function that is not the student's."""
    if name in _DICTS_OF_FUNCTIONS and not is_own_function(function):
        raise AttributeError(_inside(name))


def check_module(module: ModuleType, name: str) -> None:
    """Raises AttributeError for a module that an object of another one leads to: `len.__self__` is
    the module `builtins`.
    """
    if not callable(module.__dict__.get("__getattr__")):
        raise AttributeError(_inside(name))  # noqa: TRY004 - there is none


def of_class(cls: type, name: str, value: Any) -> Any:
    """An attribute of the class for a student. If all worlds share the class, what can be changed
    is a copy, and `register` of an abstract class takes only classes of the student's.
    """
    if name == "__dict__":
        return namespace_to_show(cls, value)
    if not is_shared(cls):
        return value
    if name == "register":
        return _Register(value) if issubclass(cls, ABCMeta) or isinstance(cls, ABCMeta) else value
    return _unchangeable(value)


def _unchangeable(value: Any) -> Any:
    """What a class shows, or a copy of it if it could be changed."""
    return type(value)(value) if type(value) in _COPIED else value


class Reducing:
    """`__reduce__` of an object written in C. Its result may name builtins (`getattr`, for a bound
    method): those are the student's, whoever makes the call.
    """

    __slots__ = ("_function",)

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __get__(self, obj: Any, cls: type | None = None) -> Any:
        return self if obj is None else Reducing(self._function.__get__(obj))

    def __call__(self, *args: Any) -> Any:
        """As in CPython."""
        found = self._function(*args)
        if type(found) is not tuple or not found:
            return found
        first = runtime.current().state["builtins"]["getattr"] if found[0] is getattr else found[0]
        return (first, *(dict(each) if type(each) is dict else each for each in found[1:]))


class _Register:
    """`cls.register`, for a student's classes only."""

    __slots__ = ("_method",)

    def __init__(self, method: Callable[..., Any]) -> None:
        self._method = method

    def __call__(self, *classes: Any) -> Any:
        """As in CPython."""
        bound: Any = getattr(self._method, "__self__", None)
        named = [each for each in (bound, *classes) if isinstance(each, type)]
        if len(named) == 2 and is_shared(named[0]) and is_shared(named[1]):
            raise TypeError(_no_change(named[1], "registered"))
        return self._method(*classes)


# -- writing -------------------------------------------------------------------------------------


def check_write(obj: Any, name: str) -> None:
    """Raises TypeError if setting or deleting this attribute would change what all worlds share.

    For classes and functions; what instances allow depends on their class (`check_instance`).
    """
    if isinstance(obj, type):
        if is_shared(obj):
            raise TypeError(_no_change(obj, f"given another {name!r}"))
        bases = STAND_INS.intersection(mro_of(obj)) if _is_sunder(name) else ()
        if any(name in namespace_of(base) for base in bases):
            why = "because what it is derived from needs that name inside"
            raise TypeError(
                f"the class {_name(obj)!r} cannot be given a {name!r}, {why}; use another name."
            )
    elif type(obj) is FunctionType:
        if not is_own_function(obj):
            raise TypeError(_no_change(obj, f"given another {name!r}"))
    elif type(obj) is MethodType:
        raise AttributeError(f"'method' object has no attribute {name!r}")


def check_instance(cls: type, name: str) -> None:
    """Raises an error if attributes of the class's instances must not be changed."""
    if name[:1] == "_" or cls in OPAQUE:
        check_name_of(cls, name)
    if cls in CONSTANT:
        raise TypeError(f"{_name(cls)!r} objects cannot be changed, {SHARED}; use an own object.")


def _name(thing: Any) -> str:
    return str(getattr(thing, "__qualname__", "") or type(thing).__name__)


def _no_change(thing: Any, how: str) -> str:
    what = "class" if isinstance(thing, type) else "function"
    instead = "make a subclass" if what == "class" else "write a function of your own"
    return f"the {what} {_name(thing)!r} cannot be {how}, {SHARED}; {instead}."


def _inside(name: str) -> str:
    return f"the attribute {name!r} cannot be used, {INSIDE}; use what the documentation names."
