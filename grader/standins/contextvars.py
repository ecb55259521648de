"""The stand-in of `contextvars`: CPython's variables, of which every task has a context of its own,
as every thread has one (greenlets keep them apart).

What a task reads and writes in its own context nobody else can see. A `Context` object, though, can
be handed to another task, so running in it and reading it are visible.
"""

from __future__ import annotations

import contextvars as _real
from collections.abc import Callable, ItemsView, Iterator, KeysView, ValuesView
from typing import Any

from grader.engine import runtime
from grader.engine.operation import READ, WRITE


class Context:
    """As in CPython; its variables come in the order of their names."""

    _controlled_ = True

    def __init__(self) -> None:
        self._context_ = _real.Context()

    def _look_(self) -> dict[_real.ContextVar[Any], Any]:
        runtime.current().perform("read", self, None, READ)
        return dict(sorted(self._context_.items(), key=lambda item: item[0].name))

    def run(self, callable: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: A002
        """As in CPython: an error while another task is in it."""
        execution = runtime.current()
        execution.perform("enter", self, None, WRITE)
        begun = len(execution.log)

        def call() -> Any:
            try:
                return callable(*args, **kwargs)
            finally:
                if len(execution.log) != begun and not execution.over:
                    execution.perform("leave", self, None, WRITE)

        try:
            return self._context_.run(call)
        except RuntimeError as error:
            # Its text names the context by its address.
            if str(error).startswith("cannot enter context"):
                raise RuntimeError("cannot enter context: it is already entered") from None
            raise

    def copy(self) -> Context:
        """As in CPython."""
        runtime.current().perform("read", self, None, READ)
        return _holding(self._context_.copy())

    def get(self, var: _real.ContextVar[Any], default: Any = None, /) -> Any:
        """As in CPython."""
        return self._look_().get(var, default)

    def keys(self) -> KeysView[_real.ContextVar[Any]]:
        """As in CPython."""
        return self._look_().keys()

    def values(self) -> ValuesView[Any]:
        """As in CPython."""
        return self._look_().values()

    def items(self) -> ItemsView[_real.ContextVar[Any], Any]:
        """As in CPython."""
        return self._look_().items()

    def __getitem__(self, var: _real.ContextVar[Any]) -> Any:
        return self._look_()[var]

    def __contains__(self, var: object) -> bool:
        return var in self._look_()

    def __iter__(self) -> Iterator[_real.ContextVar[Any]]:
        return iter(self._look_())

    def __len__(self) -> int:
        return len(self._look_())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Context) and self._look_() == other._look_()

    __hash__ = None  # type: ignore[assignment]  # as in CPython


Context.__module__ = "contextvars"


def _holding(real: _real.Context) -> Context:
    made = Context()
    made._context_ = real
    return made


def copy_context() -> Context:
    """As in CPython: of the running task."""
    return _holding(_real.copy_context())


def public() -> dict[str, Any]:
    """The names of the module."""
    return {
        "Context": Context, "ContextVar": _real.ContextVar, "Token": _real.Token,
        "copy_context": copy_context,
    }  # fmt: skip
