"""The back ends of the sandbox, for every test that asks for one."""

import os
import sys

import pytest

from grader.judge import sandbox
from grader.judge.sandbox import Sandbox

NAMES = ("bubblewrap", "landlock", "none")
# In CI, where a skipped test would go unseen: the one that the job is for, else the strongest.
MUST_WORK = os.environ.get(sandbox.VARIABLE, "bubblewrap" if sys.platform == "linux" else "none")


def working(name: str) -> Sandbox:
    """The back end of this name; the test is skipped where it does not work, but not in CI."""
    if (fault := sandbox.fault(name)) is not None:
        told = f"The sandbox {name} does not work here: {fault}. See `grader doctor`."
        if os.environ.get("CI") == "true" and name == MUST_WORK:
            pytest.fail(told)
        pytest.skip(told)
    return sandbox.sandbox(name)


@pytest.fixture(params=NAMES)
def locked_up(request: pytest.FixtureRequest) -> Sandbox:
    """Each back end that works here."""
    return working(request.param)
