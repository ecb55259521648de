"""The tests of this folder again, where root runs them: as an ordinary user, and as the superuser
with an interpreter that anybody can read.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
# Folders that are closed to others, as root's home is, are replaced in mounts of its own by empty
# ones, which hold nothing but what is needed.
WORLD = """
set -eu
shelter=$1; user=$2; closed=$3; needed=$4; shift 4
for each in $needed; do mkdir -p "$shelter$each"; mount --bind "$each" "$shelter$each"; done
for each in $closed; do mount -t tmpfs -o mode=755 tmpfs "$each"; done
for each in $needed; do mkdir -p "$each"; mount --bind "$shelter$each" "$each"; done
exec setpriv --reuid "$user" --regid "$user" --clear-groups env HOME="$shelter" "$@"
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(os.geteuid() != 0, reason="Only root can become another user."),
    pytest.mark.skipif(
        not all(map(shutil.which, ("unshare", "setpriv"))), reason="util-linux is not installed."
    ),
]


@pytest.fixture
def shelter() -> Iterator[Path]:
    """A folder that anybody may write to."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def closed(path: Path) -> Path | None:
    """The first folder on the way there that others may not enter."""
    for parent in reversed(path.parents):
        if not parent.stat().st_mode & 0o001:
            return parent
    return None


@pytest.mark.parametrize("user", [54_321, 0], ids=["ordinary", "superuser"])
def test_all_of_it_holds_for_another_user(user: int, shelter: Path) -> None:
    """Nothing is skipped that works, and nothing fails."""
    needed = [path for path in (Path(sys.base_prefix), ROOT) if closed(path) is not None]
    places = {str(closed(path)) for path in needed}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider",
               f"--basetemp={shelter}/pytest", f"--ignore={__file__}", str(HERE)]  # fmt: skip
    done = subprocess.run(
        ["unshare", "-m", "--propagation", "private", "sh", "-c", WORLD, "sh",  # noqa: S607
         str(shelter), str(user), " ".join(places), " ".join(map(str, needed)), *command],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert 0 == done.returncode, done.stdout[-3000:] + done.stderr[-1000:]
