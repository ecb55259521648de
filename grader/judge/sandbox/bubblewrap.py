"""bubblewrap: the template sees a small read-only system, and every check has namespaces of its
own in there.

The walls are built twice. bubblewrap puts the template into a system that holds the interpreter,
its libraries and this package, and nothing else: no home, no hidden checks, no other process, no
network. That costs once. Each check is a fork of the template into new namespaces
(`grader.judge.sandbox.inside.namespaces`), which costs milliseconds.
"""

from __future__ import annotations

import os
import shutil
import sys
import threading
from pathlib import Path

from grader.judge.sandbox import paths
from grader.judge.sandbox.forking import COMMAND, Forking, environment
from grader.judge.sandbox.inside import keeper, namespaces, privileges
from grader.judge.sandbox.interface import Unavailable

_DEVICES = ("null", "zero", "full", "random", "urandom")
_FOR_THE_TEMPLATE = ("CAP_SYS_ADMIN", "CAP_NET_ADMIN", "CAP_SETUID", "CAP_SETGID", "CAP_SETPCAP")
"""What the superuser's template keeps, to make namespaces and another user for each check."""


class Bubblewrap(Forking):
    """See above. An ordinary user needs user namespaces, the superuser does not."""

    name = "bubblewrap"
    description = (
        "own processes, files, network, shared memory and user for every check; "
        "memory over all processes is watched, not capped"
    )
    _kind = keeper.NAMESPACES

    def _command(self) -> list[str]:
        program = shutil.which("bwrap")
        if program is None:
            raise Unavailable("the program bwrap is not installed")
        return [program, *arguments(root=os.geteuid() == 0), sys.executable, *COMMAND]

    def _uid(self) -> int | None:
        return privileges.fresh_uid()

    def _folder(self, uid: int | None) -> Path | None:
        return None


def arguments(*, root: bool) -> list[str]:
    """Bubblewrap's arguments: what the template finds. `root`: the superuser calls it."""
    seen = paths.visible()
    found = ["--unshare-pid", "--unshare-ipc", "--unshare-net", "--unshare-uts"]
    found += ["--unshare-cgroup-try", "--hostname", "racecourse"]
    found += ["--new-session", "--cap-drop", "ALL"]
    if threading.current_thread() is threading.main_thread():
        # It dies with the thread that has started it. Without this, too, the template ends when
        # the judge's end of its channel is closed, and everything else with it.
        found += ["--die-with-parent"]
    if root:
        found += [word for each in _FOR_THE_TEMPLATE for word in ("--cap-add", each)]
    else:
        found += ["--unshare-user"]
    found += ["--clearenv"]
    for name, value in environment("/").items():
        found += ["--setenv", name, value]
    for folder in _parents(seen):
        found += ["--dir", str(folder)]
    for folder in seen.folders:
        found += ["--ro-bind", str(folder), str(folder)]
    for file in seen.files:
        found += ["--ro-bind-try", str(file), str(file)]
    for place, says in seen.links:
        found += ["--symlink", says, str(place)]
    found += ["--tmpfs", str(paths.HIDDEN), "--remount-ro", str(paths.HIDDEN)]
    for file in paths.ETC_FILES:
        found += ["--ro-bind", str(paths.ETC / file.name), str(file)]
    for name in _DEVICES:
        found += ["--dev-bind", f"/dev/{name}", f"/dev/{name}"]
    found += ["--proc", "/proc"]
    return [*found, "--remount-ro", "/", "--chdir", "/", "--"]


def _parents(seen: paths.Visible) -> list[Path]:
    """The folders on the way, and mount points. bubblewrap would make them itself, but readable
    for the superuser only, and a check runs as somebody else.
    """
    places = [*seen.folders, *seen.files, *(place for place, _ in seen.links), *paths.ETC_FILES]
    on_the_way = {parent for place in places for parent in place.parents if parent != Path("/")}
    inside = {Path(each) for each in ("/dev", namespaces.SCRATCH, namespaces.SHARED)}
    return sorted(on_the_way | inside)
