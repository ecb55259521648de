"""`match`: what a pattern looks at is announced like the same access in an expression."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.engine import runtime
from grader.engine.containers import is_container, key_of, reading
from grader.engine.operation import READ
from grader.source.hooks.dynamic import dynamic_get
from grader.source.hooks.items import get_item
from grader.source.matching import MISSING, Subject


class AnnouncedSubject(Subject):
    """A value that is matched, and that other tasks may have as well."""

    __slots__ = ()

    def attribute(self, name: str) -> Any:
        """An attribute; names of `__match_args__` may be made at run time, as for `getattr`."""
        return dynamic_get(self.value, name)

    def item(self, index: int) -> Any:
        """An item."""
        return get_item(self.value, index)

    def equals(self, other: Any) -> Any:
        """`==`, which reads both sides as a whole."""
        return reading(self.value) == reading(other)

    def reading(self) -> None:
        """The whole container."""
        reading(self.value)

    def reading_key(self, key: Any) -> None:
        """One key, for `get`: where that is a student's, it announces itself."""
        value, execution = self.value, runtime.now.execution
        assert execution is not None
        if execution.solo and execution.recorder is None:
            return
        if is_container(value, "get"):
            execution.perform("read", value, key_of(value, key), READ)

    def entry(self, get: Callable[..., Any], key: Any) -> Any:
        """What the mapping has; a built-in one has just announced it."""
        found = get(key, MISSING)
        recorder = runtime.current().recorder
        if recorder is not None and is_container(self.value, "get"):
            recorder.note(None if found is MISSING else found)
        return found
