"""The stand-in of `dataclasses`: CPython's, but what reads an object for a student is seen."""

from __future__ import annotations

import dataclasses as _real
from typing import Any

from grader.engine.containers import reads_records


def asdict(obj: Any, **options: Any) -> Any:
    """As in CPython, as one operation."""
    reads_records(obj)
    return _real.asdict(obj, **options)


def astuple(obj: Any, **options: Any) -> Any:
    """As in CPython, as one operation."""
    reads_records(obj)
    return _real.astuple(obj, **options)


def replace(obj: Any, /, **changes: Any) -> Any:
    """As in CPython; what is not replaced is read."""
    reads_records(obj)
    return _real.replace(obj, **changes)


def public() -> dict[str, Any]:
    """The names of the module."""
    names = {name: getattr(_real, name) for name in _real.__all__}
    return {**names, "asdict": asdict, "astuple": astuple, "replace": replace}
