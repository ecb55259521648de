"""Variables that tasks can share: module globals, and the cells of closures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from grader.engine import runtime
from grader.engine.containers import iterate
from grader.engine.operation import READ, WRITE


def load_global(namespace: dict[str, Any], name: str) -> Any:
    """A module global that is bound more than once."""
    execution = runtime.now.execution
    assert execution is not None
    execution.access("read", namespace, name, READ)
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
    execution = runtime.now.execution
    assert execution is not None
    execution.access("write", namespace, name, WRITE)
    if execution.recorder is not None:
        execution.recorder.named(None, name, value)
        execution.recorder.note(value)
    namespace[name] = value


def delete_global(namespace: dict[str, Any], name: str) -> None:
    """`del name` of a module global."""
    runtime.current().access("delete", namespace, name, WRITE)
    try:
        del namespace[name]
    except KeyError:
        raise NameError(f"name {name!r} is not defined", name=name) from None


class _Cells:
    """Stands for the closure cells of one call of a function."""

    __slots__ = ()


def new_cells() -> _Cells:
    """At the start of a function whose variables inner functions share."""
    return _Cells()


def read_cell(cells: object, name: str) -> None:
    """Before a closure variable is read."""
    runtime.current().access("read", cells, name, READ)


def cell_value(value: Any) -> Any:
    """The closure variable just read."""
    execution = runtime.now.execution
    assert execution is not None
    if execution.recorder is not None:
        execution.recorder.note(value)
    return value


def write_cell(cells: object, name: str, value: Any) -> Any:
    """Before `name = value` of a closure variable; returns the value."""
    execution = runtime.now.execution
    assert execution is not None
    execution.access("write", cells, name, WRITE)
    if execution.recorder is not None:
        execution.recorder.named(None, name, value)
        execution.recorder.note(value)
    return value


def write_cell_each(cells: object, name: str, iterable: Iterable[Any]) -> Iterator[Any]:
    """The values of a `for` loop whose variable is a closure variable."""
    for value in iterate(iterable):
        yield write_cell(cells, name, value)


def cell_writer(cells: object, name: str) -> Callable[[Any], Any]:
    """A decorator for what a statement binds to a variable: before Python does."""
    return lambda value: write_cell(cells, name, value)


def delete_cell(cells: object, name: str) -> None:
    """Before `del name` of a closure variable, or the end of `except ... as name`."""
    runtime.current().access("delete", cells, name, WRITE)
