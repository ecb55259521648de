"""`socket`: the same program text on Linux's loopback and under control."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.standins.multiprocessing import harness

CASES = Path(__file__).with_name("cases_sockets.py")
CLOSED = Path(__file__).with_name("cases_sockets_closed.py")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="it is Linux that is modelled")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What CPython does on this machine."""
    return harness.with_cpython(CASES, tmp_path_factory.mktemp("sockets"))


@pytest.mark.parametrize("case", harness.cases(CASES))
def test_it_does_as_on_linux(case: str, real: dict[str, str]) -> None:
    """Results, error types and messages are those of CPython on Linux."""
    assert real[case] == harness.under_control(CASES, case)


@pytest.fixture(scope="module")
def real_closed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The same for what one thread does to another."""
    return harness.with_cpython(CLOSED, tmp_path_factory.mktemp("closed"))


@pytest.mark.parametrize("case", harness.cases(CLOSED))
def test_what_linux_does_is_among_the_outcomes(case: str, real_closed: dict[str, str]) -> None:
    """Whether a thread waits in its call already when another one closes the socket is explored
    both ways.
    """
    text = CLOSED.read_text("utf-8")
    found = harness.every_outcome(text, lambda module: repr(getattr(module, case)()))
    assert found.exhausted
    assert json.dumps(real_closed[case]) in found.outcomes
