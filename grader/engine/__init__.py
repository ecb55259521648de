"""One controlled execution. Knows no strategy and no stand-in."""

from importlib.util import find_spec


def is_compiled() -> bool:
    """Whether the engine in use was compiled with mypyc (see docs/engine.md), and is not the pure
    Python that it is by default.
    """
    spec = find_spec("grader.engine.execution")
    return spec is not None and spec.origin is not None and not spec.origin.endswith(".py")
