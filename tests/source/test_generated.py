"""Random programs do the same with and without scheduling points."""

from __future__ import annotations

import ast
import warnings

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.source.generated import Programs
from tests.source.harness import FILENAME, assert_same

PROFILE = settings(
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=400,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@PROFILE
@given(st.data())
def test_random_programs_do_the_same(data: st.DataObject) -> None:
    """Output, results, exceptions and the lines of their tracebacks agree."""
    program = Programs(data).program()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # `1()`, `1 is 2` and their like
        try:
            compile(program, FILENAME, "exec")
        except SyntaxError:  # a `global` of a name used before, say
            assume(False)  # noqa: FBT003 - hypothesis has no other way to say it
        ast.parse(program)
        assert_same(program)
