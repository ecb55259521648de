"""The back ends that isolate."""

import os
import sys

import pytest

from grader.judge.sandbox import Sandbox
from grader.judge.sandbox.inside import landlock
from tests.judge.conftest import working

if sys.platform != "linux":
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(params=["bubblewrap", "landlock"])
def isolated(request: pytest.FixtureRequest) -> Sandbox:
    """Each back end that isolates and works here."""
    return working(request.param)


@pytest.fixture
def scoped(isolated: Sandbox) -> Sandbox:
    """One in which nobody outside can be signalled."""
    if isolated.name == "landlock" and os.geteuid() != 0 and landlock.version() < 6:
        pytest.skip(
            "This kernel's Landlock does not restrict signals (it does from Linux 6.12 on)."
        )
    return isolated


@pytest.fixture
def namespaced() -> Sandbox:
    """The one that has namespaces."""
    return working("bubblewrap")
