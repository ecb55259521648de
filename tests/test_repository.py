"""The repository's own promises: what its files say of each other is true."""

import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
LOCK_FILES = sorted((ROOT / "requirements").glob("*.txt"))

# What is not this repository's source; tests/hostile holds programs that may name any path.
NOT_OURS = {".hypothesis", ".git", "build", "dist", "hostile", "__pycache__"}


def own_files() -> Iterator[tuple[str, str]]:
    """Each text file of the repository: its path and its text."""
    folders = [ROOT]
    while folders:
        for path in sorted(folders.pop().iterdir()):
            if path.is_dir():
                generated = path.name.startswith(".venv") or path.name.endswith(
                    ("cache", ".egg-info")
                )
                if path.name not in NOT_OURS and not generated:
                    folders.append(path)
            elif path.is_file():
                yield str(path.relative_to(ROOT)), path.read_bytes().decode(errors="replace")


def canonical(name: str) -> str:
    """A distribution's name as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> dict[str, str]:
    """Name → version of each `name==version` in a requirements file or hook."""
    found = re.findall(r"([A-Za-z0-9_.-]+)==([^\s;\],]+)", text)
    return {canonical(name): version for name, version in found}


def required(requirements: list[str]) -> set[str]:
    """The names in a list of requirements such as `rich>=14,<16`."""
    names = [
        re.split(r"[^A-Za-z0-9_.-]", requirement, maxsplit=1)[0] for requirement in requirements
    ]
    return {canonical(name) for name in names}


def lock(name: str) -> dict[str, str]:
    """The pins of requirements/NAME.txt."""
    return pins((ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8"))


def test_make_targets_that_the_documents_name_exist() -> None:
    """Every `make something` in the documents and in CI is a target of the Makefile."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    places = ["README.md", "CONTRIBUTING.md", "bench/README.md", ".ci/run"]
    texts = [(ROOT / place).read_text(encoding="utf-8") for place in places]
    texts += [workflow.read_text(encoding="utf-8") for workflow in WORKFLOWS]
    named = {
        name
        for text in texts
        for name in re.findall(r"(?:`|^|run: )make ([a-z-]+)", text, re.MULTILINE)
    }
    assert {"grade", "test"} <= named
    assert set() == named - targets


def test_the_story_in_the_readme_is_what_a_student_sees() -> None:
    """The README shows what `pytest exercises/05` prints of the stub, word for word."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"```\n(deadlock: .*?)```", readme, re.DOTALL)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "exercises/05", "-k", "opposite_transfers"],
        cwd=ROOT, env=os.environ | {"COLUMNS": "100"}, capture_output=True, encoding="utf-8",
        check=False,
    )  # fmt: skip
    assert shown in run.stdout


def test_a_long_option_is_no_path() -> None:
    """`pytest -k` takes an expression of any length."""
    names = " or ".join(f"test_number_{number}" for number in range(100))
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "exercises/05", "-k", names],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert pytest.ExitCode.NO_TESTS_COLLECTED == run.returncode, run.stderr


def test_links_in_the_documents_lead_somewhere() -> None:
    """Every relative link of the documents at the top leads to a file or folder."""
    broken = [
        f"{document}: {target}"
        for document in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "bench/README.md")
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / document).read_text(encoding="utf-8"))
        if not ((ROOT / document).parent / target).exists()
    ]
    assert [] == broken


def test_no_file_names_a_place_on_one_machine_or_a_registry_host() -> None:
    """Nothing in the repository depends on where it was written or where packages came from."""
    # Put together here, so that this file does not find itself.
    hosts = [rf"{name}\.{end}" for name, end in (("pypi", "org"), ("pythonhosted", "org"))]
    hosts += [rf"registry\.{name}" for name in ("npmjs", "yarnpkg")]
    places = [rf"(?<![\w.~*])/{name}/" for name in ("root", "work", r"home/\w+", r"Users/\w+")]
    pattern = re.compile("|".join(hosts + places))
    found = [
        f"{path}: {match.group()}" for path, text in own_files() if (match := pattern.search(text))
    ]
    assert [] == found


@pytest.mark.parametrize("name", ["core", "dev", "bench"])
def test_lock_files_pin_every_dependency_of_pyproject(name: str) -> None:
    """requirements/NAME.txt has a pin for everything that pyproject.toml asks for."""
    project = PYPROJECT["project"]
    extra = [] if name == "core" else project["optional-dependencies"][name]
    assert set() == required(project["dependencies"] + extra) - lock(name).keys()


def test_the_build_back_end_is_locked() -> None:
    """requirements/build.txt pins what pyproject.toml builds with."""
    assert required(PYPROJECT["build-system"]["requires"]) <= lock("build").keys()


def test_what_compiles_the_engine_is_locked() -> None:
    """requirements/compile.txt pins what the hook that compiles asks for."""
    hook = PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]["custom"]
    assert required(hook["dependencies"]) <= lock("compile").keys()


@pytest.mark.parametrize("path", LOCK_FILES, ids=lambda path: path.name)
def test_lock_files_hold_nothing_but_pins(path: Path) -> None:
    """A line of a lock file is a comment or one exact version: no option, address or range."""
    lines = path.read_text(encoding="utf-8").splitlines()
    requirements = [line for line in lines if line and not line.lstrip().startswith("#")]
    assert requirements
    assert [] == [
        line for line in requirements if not re.match(r"[a-z0-9.-]+==[0-9][\w.]*( ;|$)", line)
    ]


def test_lock_files_agree_with_each_other() -> None:
    """A package that several lock files pin has the same version in all of them."""
    versions: dict[str, set[str]] = {}
    for path in LOCK_FILES:
        for package, version in lock(path.stem).items():
            versions.setdefault(package, set()).add(version)
    assert {} == {package: found for package, found in versions.items() if len(found) > 1}


def test_hooks_use_the_locked_versions() -> None:
    """Each pin of the pre-commit hooks is the one of requirements/dev.txt."""
    hooks = pins((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert hooks
    assert {} == dict(hooks.items() - lock("dev").items())


def test_hooks_fetch_no_other_repository() -> None:
    """Every hook is local."""
    hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert {"local"} == set(re.findall(r"- repo: (.+)", hooks))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_and_jobs_get_no_rights_by_default(path: Path) -> None:
    """Actions are pinned by full commit SHA, rights start at none, and no credentials stay."""
    text = path.read_text(encoding="utf-8")
    uses = re.findall(r"uses: *(\S+)", text)
    assert [] == [action for action in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", action)]
    assert "\npermissions: {}\n" in text
    assert text.count("actions/checkout@") == text.count("persist-credentials: false")
    assert len(re.findall(r"runs-on:", text)) == len(re.findall(r"timeout-minutes:", text))


def test_the_licence_is_the_one_that_pyproject_names() -> None:
    """LICENSE is the MIT licence."""
    assert "MIT" == PYPROJECT["project"]["license"]
    assert (ROOT / "LICENSE").read_text(encoding="utf-8").startswith("MIT License\n")


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    """CHANGELOG.md has a section Unreleased."""
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
