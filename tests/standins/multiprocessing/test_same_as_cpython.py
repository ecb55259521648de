"""The same program text with CPython's own module and under control."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.standins.multiprocessing import harness

ALONE = Path(__file__).with_name("cases_alone.py")
CHILDREN = Path(__file__).with_name("cases_with_children.py")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What CPython says to the programs of one process."""
    return harness.with_cpython(ALONE, tmp_path_factory.mktemp("alone"))


@pytest.fixture(scope="module")
def children(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What CPython says to the programs with child processes."""
    return harness.with_cpython(CHILDREN, tmp_path_factory.mktemp("children"))


@pytest.mark.parametrize("case", harness.cases(ALONE))
def test_one_process_does_as_in_cpython(case: str, alone: dict[str, str]) -> None:
    """Results, error types and messages are CPython's."""
    assert alone[case] == harness.under_control(ALONE, case)


@pytest.mark.slow
@pytest.mark.parametrize("case", harness.cases(CHILDREN))
def test_child_processes_do_as_in_cpython(case: str, children: dict[str, str]) -> None:
    """What a child does, and what its parent sees of it, is as under CPython's spawn."""
    assert children[case] == harness.under_control(CHILDREN, case)
