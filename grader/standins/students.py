"""The builtins of the student's code, for stand-ins that use names or texts that a student gives.

`getattr` there has the rules of the policy and announces what it reads; CPython's own would be a
way around both.
"""

from __future__ import annotations

import builtins
from typing import Any

from grader.engine import runtime


def builtin(name: str) -> Any:
    """What the student's code gets for this builtin."""
    return builtins_of_students()[name]


def builtins_of_students() -> dict[str, Any]:
    """All of them. Where nobody has said which they are, CPython's."""
    execution = runtime.now.execution
    known = _of_process if execution is None else execution.state.get("builtins")
    return vars(builtins) if known is None else known


def is_bound() -> bool:
    """Whether the code that is running may only do what the policy allows."""
    if runtime.now.execution is None:
        return _of_process is not None
    return bool(runtime.now.execution.state.get("guarded"))


_of_process: dict[str, Any] | None = None


def bind(names: dict[str, Any]) -> None:
    """From now on these are the builtins of all of a student's code in this process: of one that
    runs it on plain CPython, and nothing else.
    """
    global _of_process  # noqa: PLW0603 - once for the process
    _of_process = names
