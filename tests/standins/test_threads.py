"""`threading`, `queue` and `time`: the same program text with CPython and under control."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.standins.multiprocessing import harness

CASES = Path(__file__).with_name("cases_threads.py")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What CPython does."""
    return harness.with_cpython(CASES, tmp_path_factory.mktemp("threads"))


@pytest.mark.parametrize("case", harness.cases(CASES))
def test_it_does_as_in_cpython(case: str, real: dict[str, str]) -> None:
    """Results, error types and messages are CPython's."""
    assert real[case] == harness.under_control(CASES, case)
