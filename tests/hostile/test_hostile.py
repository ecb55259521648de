"""Hostile submissions: each gets its verdict, earns what it is worth, and changes nothing else."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course.exercise import Course
from grader.judge.grade import HIDDEN
from tests.hostile.declared import ATTACKS, Declared, declared
from tests.hostile.oddities import ODDITIES, RIGHT, Oddity
from tests.hostile.scene import GRADER, ROOT, Scene, course, orphans

pytestmark = [pytest.mark.hostile, pytest.mark.timeout(900)]

HERE = Path(__file__).resolve().parent
FILES = sorted(HERE.glob("[0-9][0-9]_*/*.py"))
COURSE = Course(ROOT)
NONE = "none"


BACK_ENDS = ("bubblewrap", "landlock", NONE)  # whether one works here, `options` finds out


@functools.cache
def options(back_end: str) -> list[str]:
    """The options that choose the back end; skips the test if it does not work here."""
    chosen = ["--sandbox", back_end]
    tried = _grade(RIGHT, *chosen)
    if tried.returncode != 0:
        pytest.skip(f"{back_end} does not work here: {tried.stderr.strip() or tried.stdout[-200:]}")
    return chosen


@functools.cache
def as_always(back_end: str, *, thorough: bool = False) -> dict[str, Any]:
    """The result of the right file when nothing hostile was graded before."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "result.json"
        _grade(RIGHT, "--json", path, *options(back_end), thorough=thorough)
        result: dict[str, Any] = json.loads(path.read_text())
    return result


def _grade(*arguments: object, thorough: bool = False) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*GRADER, "grade", *map(str, arguments)],
        cwd=course(thorough=thorough), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


@pytest.fixture(params=BACK_ENDS)
def back_end(request: pytest.FixtureRequest) -> str:
    """The name of the sandbox, for every test that uses one."""
    name: str = request.param
    return name


@pytest.fixture
def scene(back_end: str, tmp_path: Path) -> Iterator[Scene]:
    """What there is to steal, and what chooses the back end."""
    made = Scene(tmp_path, options(back_end))
    with made.open():
        yield made


def check(scene: Scene, back_end: str, path: Path, exercise: str, wanted: Declared) -> None:
    """Grades the hostile file and then a right one, and looks around."""
    with orphans() as survivors:
        # What is wrong only by chance is found by some of the later schedules.
        chance = wanted.attack == "luck"
        graded = scene.grade(path, RIGHT, imports=wanted.imports, thorough=chance)
    left = scene.left_behind()
    hostile, right = graded.results
    full = sum(each["max_points"] for each in hostile["checks"])
    kind = first_kind(hostile)
    declared = (wanted.verdict, wanted.kind, full if wanted.score is None else wanted.score)
    got = (hostile["verdict"], wanted.kind if wanted.is_met_by(kind) else kind, hostile["score"])
    if wanted.open is None:
        assert declared == got, told(hostile)
        assert {"pass": 0, "fail": 1, "cannot-grade": 3}[wanted.verdict] == graded.status
    else:
        assert declared != got, f"it is as declared now, so the line has to go: {wanted.open}"
    assert full == hostile["max_score"]
    assert as_always(back_end, thorough=chance) == right
    source = path.read_text(errors="replace") if path.is_file() else ""
    assert [] == scene.leaks(graded, exercise, source)
    assert ([], []) == (survivors, left)


def first_kind(result: dict[str, Any]) -> str | None:
    """The kind of the first check that is not passed."""
    return next((each["kind"] for each in result["checks"] if each["kind"] is not None), None)


def told(result: dict[str, Any]) -> str:
    """What a failing test says of a result."""
    return "\n".join(
        f"{each['points']:g}/{each['max_points']:g} {each['name']} {each['kind']}: "
        f"{each['message'][:300]}"
        for each in result["checks"]
    )


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def _handed_in(file: Path, folder: Path) -> Path:
    """The file as a student hands it in: by the name of the exercise's stub."""
    exercise = COURSE.find(file.parent.name)
    return Path(shutil.copy(file, folder / exercise.metadata.stub))


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_hostile_file(path: Path, scene: Scene, back_end: str, tmp_path: Path) -> None:
    """It gets its verdict and its points, sees nothing, leaves nothing, and harms nobody."""
    wanted = declared(path)
    if wanted.needs_sandbox and back_end == NONE:
        pytest.skip("only a sandbox can stop this")
    check(scene, back_end, _handed_in(path, tmp_path), path.parent.name, wanted)


@pytest.mark.parametrize("oddity", ODDITIES, ids=lambda oddity: oddity.name)
def test_an_odd_file(oddity: Oddity, scene: Scene, back_end: str, tmp_path: Path) -> None:
    """What is no file of Python fails by itself, and what only looks strange passes."""
    folder = tmp_path / "submission"
    folder.mkdir()
    oddity.make(folder, scene.file)
    score = None if oddity.verdict == "pass" else 0.0
    wanted = Declared("file", oddity.verdict, oddity.kind, score, oddity.name)
    path = folder / "counter.py"
    check(scene, back_end, folder if path.is_file() else path, "01_thread_counter", wanted)


@pytest.mark.parametrize("path", [p for p in FILES if declared(p).attack == "luck"], ids=_name)
def test_trying_again_is_no_use(path: Path, scene: Scene, tmp_path: Path) -> None:
    """The same file gets the same result, to the byte."""
    file = _handed_in(path, tmp_path)
    results = [scene.grade(file).outputs["result"] for _ in range(3)]
    assert 1 == len(set(results))


def test_every_attack_has_files() -> None:
    """Each attack that is known is tried by at least one file."""
    tried = {declared(path).attack for path in FILES} | {"file", "shadowing"}
    assert tried == ATTACKS
    assert len(FILES) >= 60


def test_every_file_belongs_to_an_exercise() -> None:
    """A folder of hostile files has the name of an exercise with hidden checks."""
    assert {path.parent.name for path in FILES} <= {
        path.parent.name for path in HIDDEN.glob("*/*.py")
    }
