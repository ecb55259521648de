"""The stand-in of `dataclasses`: CPython's, but what reads an object for a student is seen."""

from __future__ import annotations

import dataclasses as _real
import sys
from types import ModuleType
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


def know_facades() -> None:
    """Lets `@dataclass` take `"typing.ClassVar[int]"` for what it is where a student's `typing` is
    a module object of the student's world.
    """
    real: Any = _real.__dict__["_is_type"]

    def is_type(annotation: str, cls: type, module: Any, kind: Any, is_kind: Any) -> bool:
        if real(annotation, cls, module, kind, is_kind):
            return True
        prefix, dot, name = annotation.partition("[")[0].strip().rpartition(".")
        home = sys.modules.get(cls.__module__)
        found = vars(home).get(prefix) if dot and home is not None else None
        same = isinstance(found, ModuleType) and found.__name__ == module.__name__
        return same and bool(is_kind(getattr(module, name, None), module))

    _real.__dict__["_is_type"] = is_type
