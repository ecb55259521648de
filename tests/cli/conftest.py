"""A student, for the tests of what students type."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.students import Student


@pytest.fixture
def student(tmp_path: Path) -> Student:
    """With a fresh copy of the exercises, and nothing remembered."""
    return Student.in_folder(tmp_path)
