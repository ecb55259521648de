"""The stand-in of `functools`: CPython's, but for what reads containers or keeps state.

- `lru_cache` and `cache`: a look-up is one operation, so is keeping a result; in between the
  function is called, with nothing held: two tasks may both call it for the same arguments.
- `cached_property`: a read of the instance's dict, the function, a write. CPython has no lock
  there since 3.12; up to 3.11 it had, and nobody should count on it, so no version has it here.
"""

from __future__ import annotations

import functools as _real
from collections.abc import Callable
from types import BuiltinFunctionType, FunctionType, GenericAlias, MethodType
from typing import Any, NamedTuple

from grader.engine import runtime
from grader.engine.containers import iterate, reading
from grader.engine.operation import READ, WRITE
from grader.standins.containers import real_of
from grader.standins.frames import is_own
from grader.standins.students import builtin, is_bound

_MISSING = object()


class _CacheInfo(NamedTuple):
    hits: int
    misses: int
    maxsize: int | None
    currsize: int


_CacheInfo.__name__ = _CacheInfo.__qualname__ = "CacheInfo"
_CacheInfo.__module__ = "functools"


class _Cache:
    """A function with a cache. Without a bound, look-ups of different arguments commute."""

    _controlled_ = True

    def __init__(self, function: Callable[..., Any], maxsize: int | None, typed: bool) -> None:
        self._function_ = function
        self._maxsize_ = maxsize
        self._typed_ = typed
        self._known_: dict[Any, Any] = {}  # the least recently used first
        self._hits_ = self._misses_ = 0
        self.cache_parameters = lambda: {"maxsize": maxsize, "typed": typed}
        _real.update_wrapper(self, function)

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        return self if instance is None else MethodType(self, instance)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        execution = runtime.current()
        bounded = self._maxsize_ is not None
        key = None
        if self._maxsize_ != 0:
            key = _real._make_key(args, kwargs, self._typed_)
            hash(key)
            # With a bound a hit changes the order of use, so everything conflicts.
            side = None if bounded else ("item", _Key(key))
            execution.perform("look-up", self, side, WRITE if bounded else READ)
            found = self._known_.get(key, _MISSING)
            if found is not _MISSING:
                self._hits_ += 1
                if bounded:
                    self._known_[key] = self._known_.pop(key)
                return found
            execution.turned_out(READ)
        self._misses_ += 1
        result = self._function_(*args, **kwargs)
        if self._maxsize_ != 0:
            self._keep_(key, result)
        return result

    def _keep_(self, key: Any, result: Any) -> None:
        bounded = self._maxsize_ is not None
        side = None if bounded else ("item", _Key(key))
        runtime.current().perform("keep", self, side, WRITE)
        if self._maxsize_ is not None:
            if key in self._known_:
                return  # as in CPython: somebody else was faster
            if len(self._known_) >= self._maxsize_:
                del self._known_[next(iter(self._known_))]
        self._known_[key] = result

    def cache_info(self) -> _CacheInfo:
        """As in CPython."""
        runtime.current().perform("cache-info", self, None, WRITE)
        return _CacheInfo(self._hits_, self._misses_, self._maxsize_, len(self._known_))

    def cache_clear(self) -> None:
        """As in CPython."""
        runtime.current().perform("cache-clear", self, None, WRITE)
        self._known_.clear()
        self._hits_ = self._misses_ = 0

    def __copy__(self) -> _Cache:
        return self

    def __deepcopy__(self, memo: Any) -> _Cache:
        return self

    def __repr__(self) -> str:
        return f"<functools._lru_cache_wrapper object of {self._function_!r}>"


class _Key:
    """Compares as the cache compares its keys; equal ones have equal texts in a trace."""

    __slots__ = ("_key",)

    def __init__(self, key: Any) -> None:
        self._key = key

    def __eq__(self, other: object) -> bool:
        # Hashes, because comparing would call the student's code at any moment: those that are
        # equal by chance only count as a conflict that is none.
        return isinstance(other, _Key) and hash(self._key) == hash(other._key)

    def __hash__(self) -> int:
        return hash(self._key)

    def __repr__(self) -> str:
        return "…"


def lru_cache(maxsize: Any = 128, typed: bool = False) -> Any:
    """As in CPython."""
    if isinstance(maxsize, int):
        maxsize = max(maxsize, 0)
    elif callable(maxsize) and isinstance(typed, bool):
        return _Cache(maxsize, 128, typed)
    elif maxsize is not None:
        raise TypeError("Expected first argument to be an integer, a callable, or None")
    return lambda function: _Cache(function, maxsize, typed)


def cache(user_function: Callable[..., Any], /) -> Any:
    """As in CPython."""
    return _Cache(user_function, None, False)


class cached_property:  # noqa: N801 - CPython's name
    """As in CPython 3.12: nothing keeps two tasks from both computing the value.

    Unlike CPython's it takes part in every read and write of the attribute, to announce them.
    """

    def __init__(self, func: Callable[[Any], Any]) -> None:
        self.func = func
        self.attrname: str | None = None
        self.__doc__ = func.__doc__
        self.__module__ = func.__module__

    def __set_name__(self, owner: type, name: str) -> None:
        if self.attrname is None:
            self.attrname = name
        elif name != self.attrname:
            raise TypeError(
                "Cannot assign the same cached_property to two different names "
                f"({self.attrname!r} and {name!r})."
            )

    def __get__(self, instance: Any, owner: type | None = None) -> Any:
        if instance is None:
            return self
        if self.attrname is None:
            raise TypeError(
                "Cannot use cached_property instance without calling __set_name__ on it."
            )
        try:
            values = instance.__dict__
        except AttributeError:
            raise TypeError(
                f"No '__dict__' attribute on {type(instance).__name__!r} "
                f"instance to cache {self.attrname!r} property."
            ) from None
        execution = runtime.current()
        execution.perform("read", instance, self.attrname, READ)
        value = values.get(self.attrname, _MISSING)
        if value is _MISSING:
            value = self.func(instance)
            execution.perform("write", instance, self.attrname, WRITE)
            values[self.attrname] = value
        if execution.recorder is not None:
            execution.recorder.note(value)
        return value

    def __set__(self, instance: Any, value: Any) -> None:
        runtime.current().perform("write", instance, self.attrname, WRITE)
        instance.__dict__[self.attrname] = value

    def __delete__(self, instance: Any) -> None:
        runtime.current().perform("delete", instance, self.attrname, WRITE)
        if self.attrname not in instance.__dict__:
            raise AttributeError(self.attrname)
        del instance.__dict__[self.attrname]

    __class_getitem__: Any = classmethod(GenericAlias)


cached_property.__module__ = "functools"


def reduce(function: Callable[[Any, Any], Any], iterable: Any, /, *initial: Any) -> Any:
    """As in CPython: one operation if the function is written in C, else one for each value."""
    plain = isinstance(real_of(function), (BuiltinFunctionType, type))
    return _real.reduce(function, (reading if plain else iterate)(iterable), *initial)


def update_wrapper(
    wrapper: Any, wrapped: Any, assigned: Any = _real.WRAPPER_ASSIGNMENTS,
    updated: Any = _real.WRAPPER_UPDATES,
) -> Any:  # fmt: skip
    """As in CPython; where the names are a student's choice, or the wrapper is none of the
    student's functions, as the student's own code would do it.
    """
    under_control = runtime.now.execution is not None
    own = under_control and type(wrapper) is FunctionType and is_own(wrapper.__code__.co_filename)
    plain = assigned is _real.WRAPPER_ASSIGNMENTS and updated is _real.WRAPPER_UPDATES
    if not is_bound() or (own and plain):
        return _real.update_wrapper(wrapper, wrapped, assigned, updated)
    get, put = builtin("getattr"), builtin("setattr")
    for name in assigned:
        try:
            value = get(wrapped, name)
        except AttributeError:
            continue
        put(wrapper, name, value)
    for name in updated:
        get(wrapper, name).update(get(wrapped, name, {}))
    put(wrapper, "__wrapped__", wrapped)
    return wrapper


def wraps(
    wrapped: Any, assigned: Any = _real.WRAPPER_ASSIGNMENTS, updated: Any = _real.WRAPPER_UPDATES
) -> Any:
    """As in CPython."""
    return lambda wrapper: update_wrapper(wrapper, wrapped, assigned, updated)


def public() -> dict[str, Any]:
    """The names of the module."""
    names = {name: getattr(_real, name) for name in _real.__all__}
    return {
        **names, "lru_cache": lru_cache, "cache": cache, "cached_property": cached_property,
        "reduce": reduce, "update_wrapper": update_wrapper, "wraps": wraps,
    }  # fmt: skip
