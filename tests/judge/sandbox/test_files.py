import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.judge.sandbox import Sandbox
from grader.judge.sandbox.paths import HIDDEN
from tests.judge.sandbox import attacks

ROOT = Path(__file__).resolve().parents[3]
READS = """
def work(*paths):
    read = []
    for path in paths:
        try:
            with open(path, 'rb') as file:
                file.read()
            read.append(path)
        except OSError:
            pass
    return read
"""
WRITES = """
import os
def work(*paths):
    written = []
    for path in paths:
        for do in (lambda: open(path + '/new', 'w').close(), lambda: os.mkdir(path + '/folder'),
                   lambda: os.symlink('/etc', path + '/link')):
            try:
                do()
                written.append(path)
            except OSError:
                pass
    return written
"""


@pytest.fixture
def secret() -> Iterator[Path]:
    """A file that everybody may read, in the judge's home."""
    path = Path.home() / attacks.mark()
    path.write_text("nobody may know")
    path.chmod(0o644)
    yield path
    path.unlink()


def test_what_is_the_judges_cannot_be_read(isolated: Sandbox, secret: Path, tmp_path: Path) -> None:
    """Secrets in its home and among temporary files, hidden checks, solutions, tests, the
    machine's files, what /proc tells of processes.
    """
    temporary = tmp_path / "secret"
    temporary.write_text("nobody may know")
    paths = [
        secret, temporary, *HIDDEN.glob("*/*.py"), *ROOT.glob("solutions/*/*.py"), Path(__file__),
        ROOT / "pyproject.toml", Path("/etc/passwd"), Path("/proc/self/environ"),
        Path("/proc/1/cmdline"), Path(f"/proc/{os.getpid()}/environ"),
    ]  # fmt: skip
    assert all(path.exists() for path in paths)
    assert [] == attacks.value(isolated, READS, *map(str, paths))


def test_names_beside_the_grader_cannot_be_listed(isolated: Sandbox) -> None:
    """Neither the repository nor the home nor /tmp; scenarios come without their file."""
    code = """
import os
def work(*paths):
    seen = []
    for path in paths:
        try:
            seen += [path + ':' + name for name in os.listdir(path)]
        except OSError:
            pass
    return seen
"""
    folders = [str(ROOT / "solutions"), str(ROOT / "tests"), str(HIDDEN / "01_thread_counter")]
    seen = attacks.value(isolated, code, *folders)
    if isolated.name == "landlock":  # the package's folder can be listed, and all below it
        assert isinstance(seen, list)
        seen = [name for name in seen if "/hidden/" not in name]
    assert [] == seen


def test_nothing_outside_can_be_written(isolated: Sandbox, tmp_path: Path) -> None:
    """The grader, its tests, /tmp, the home."""
    tmp_path.chmod(0o777)
    places = [ROOT / "grader", ROOT / "tests", tmp_path, Path("/tmp"), Path.home(), Path("/etc")]
    assert [] == attacks.value(isolated, WRITES, *map(str, places))
    assert [] == list(tmp_path.iterdir())


def test_a_file_outside_is_neither_moved_nor_opened_up(isolated: Sandbox, tmp_path: Path) -> None:
    """Its name and its mode stay, even if it belongs to the same user."""
    path = tmp_path / "mine"
    path.write_text("")
    path.chmod(0o600)
    code = """
import os
def work(path):
    for do in (lambda: os.chmod(path, 0o666), lambda: os.utime(path, (1, 1)),
               lambda: os.rename(path, path + '-moved'), lambda: os.unlink(path),
               lambda: os.truncate(path, 5)):
        try:
            do()
        except OSError:
            pass
"""
    attacks.value(isolated, code, str(path))
    found = path.stat()
    assert (0o600, 0) == (found.st_mode & 0o777, found.st_size)
    assert 1 != found.st_mtime


def test_the_environment_holds_nothing_of_the_judges(
    isolated: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tokens stay where they are."""
    monkeypatch.setenv("RACECOURSE_TOKEN", "nobody may know")
    code = "import os\ndef work(): return sorted(os.environ)"
    names = attacks.value(isolated, code)
    assert isinstance(names, list)
    ours = {
        "HOME",
        "TMPDIR",
        "PATH",
        "LC_ALL",
        "MALLOC_ARENA_MAX",
        "PYTHONHASHSEED",
        "PYTHONPATH",
        "PWD",
    }
    assert set() == set(names) - ours


def test_the_working_folder_is_writable(isolated: Sandbox) -> None:
    """What a submission may do, it can: temporary files, in its own folder."""
    code = """
import tempfile
def work():
    with tempfile.TemporaryFile() as file:
        return file.write(b'x' * 100_000)
"""
    assert 100_000 == attacks.value(isolated, code)
