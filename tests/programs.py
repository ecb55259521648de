"""Programs given as texts, and what they can do."""

from __future__ import annotations

from typing import Any

from grader.explorer import Budget, Program, explore
from grader.source.load import from_text


def outcomes(
    text: str, name: str = "program", *, allowed: frozenset[str] | None = None
) -> list[Any]:
    """What `main()` returns, or the errors with which a run ends, over all schedules."""
    source = from_text(text, name=name, filename=f"{name}.py", allowed=allowed)
    program = Program({name: source}, name, lambda module: module.main(), allowed=allowed)
    found = explore(program, Budget(3_000))
    assert found.exhausted or found.stopped_by == "failure", found
    return sorted((outcome.errors or outcome.value for outcome in found.outcomes), key=repr)
