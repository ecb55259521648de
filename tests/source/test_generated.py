"""Random programs do the same with and without scheduling points."""

from __future__ import annotations

import warnings

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.source.generated import Programs
from tests.source.harness import FILENAME, assert_same


def compiles(program: str) -> bool:
    """Whether a program is valid: its `global` statements may come too late, say."""
    try:
        compile(program, FILENAME, "exec")
    except SyntaxError:
        return False
    return True


@settings(deadline=None, derandomize=True, database=None, max_examples=200)
@given(st.integers(0, 2**64))
def test_random_programs_do_the_same(seed: int) -> None:
    """Output, results, exceptions and the lines of their tracebacks agree."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `1()`, `1 is 2` and their like
        program = Programs(seed).program()
        if compiles(program):
            assert_same(program)
