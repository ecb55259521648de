"""`threading`, `queue` and `time`: the same program text with CPython and under control."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.programs import outcomes
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


def test_the_calendar_is_that_of_the_virtual_clock() -> None:
    """Local time is UTC, and now is what `time` says, on every machine."""
    text = """
import time
def main():
    now = time.time()
    return [
        tuple(time.localtime()) == tuple(time.gmtime(now)), time.ctime(), time.asctime(),
        time.strftime("%H:%M:%S %Z"), time.localtime().tm_zone, time.localtime().tm_gmtoff,
        time.strftime("%Z", (2024, 1, 1, 0, 0, 0, 0, 1, 0)), time.mktime(time.localtime()) <= now,
    ]
"""
    moment = "Tue Nov 14 22:13:20 2023"
    found = [True, moment, moment, "22:13:20 UTC", "UTC", 0, "UTC", True]
    assert [found] == outcomes(text)
