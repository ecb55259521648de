"""Whether this engine is compiled is known, and it is the one that was asked for."""

import os
from types import FunctionType

from grader.engine import is_compiled
from grader.engine.execution import Execution


def test_it_is_known_whether_the_engine_is_compiled() -> None:
    """A compiled engine says so, and one of pure Python that it is none."""
    assert is_compiled() is not isinstance(Execution.run, FunctionType)


def test_these_tests_are_of_the_engine_that_was_asked_for() -> None:
    """`make compiled` tests the compiled engine, and everything else that of pure Python."""
    assert os.environ.get("RACECOURSE_ENGINE", "pure") == ("compiled" if is_compiled() else "pure")
