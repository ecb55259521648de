import shutil
from pathlib import Path

import pytest

from grader.course.exercise import CourseError, load
from grader.course.limits import Limits

ROOT = Path(__file__).resolve().parents[2]


def exercise(tmp_path: Path, more: str) -> Path:
    """A copy of exercise 01 with this at the end of its metadata."""
    folder = tmp_path / "01_thread_counter"
    folder.mkdir(parents=True)
    source = ROOT / "exercises" / folder.name / "exercise.toml"
    shutil.copy(source, folder)
    with (folder / source.name).open("a", encoding="utf-8") as file:
        file.write(more)
    return folder


def test_an_exercise_without_limits_has_the_usual_ones(tmp_path: Path) -> None:
    """What is not said is as elsewhere."""
    assert Limits() == load(exercise(tmp_path, "")).metadata.limits
    found = load(exercise(tmp_path / "other", "\n[limits]\ncpu_s = 5\n")).metadata.limits
    assert Limits(cpu_s=5) == found


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("memory = 5", "unknown field `memory`.*It may have: wall_s, cpu_s, memory_mb, processes"),
        ("cpu_s = 0", ">= 1"),
        ('wall_s = "long"', "Expected `float`"),
    ],
)
def test_a_wrong_limit_names_the_file_and_the_fix(tmp_path: Path, line: str, told: str) -> None:
    """An unknown one, one that allows nothing, one that is no number."""
    with pytest.raises(CourseError, match=rf"exercise.toml is not right: .*{told}"):
        load(exercise(tmp_path, f"\n[limits]\n{line}\n"))
