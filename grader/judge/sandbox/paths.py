"""What a runner has to see of the system: the interpreter, its libraries, and this package without
the hidden checks.
"""

from __future__ import annotations

import functools
import os
import site
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grader

PACKAGE = Path(grader.__file__).parent  # as the interpreter finds it, whatever links lead there
HIDDEN = PACKAGE / "hidden"
ETC = Path(__file__).parent / "etc"
"""`hosts`, which knows localhost, and where to look names up: nowhere else."""
ETC_FILES = (Path("/etc/hosts"), Path("/etc/nsswitch.conf"))

_LIBRARIES = ("/lib", "/lib32", "/lib64", "/libx32", "/usr/lib", "/usr/lib32", "/usr/lib64")
_STORES = ("/nix/store", "/gnu/store")
_CACHE = "/etc/ld.so.cache"


@dataclass(frozen=True)
class Visible:
    """Paths, as they are named inside and outside alike."""

    folders: tuple[Path, ...]  # to be read with all that is in them, but for `HIDDEN`
    files: tuple[Path, ...]
    links: tuple[tuple[Path, str], ...]  # symbolic links: where, and what they say


@functools.cache
def visible() -> Visible:
    """What the interpreter that runs this needs to run `grader`."""
    links: list[tuple[Path, str]] = []
    files: list[Path] = []
    for name in dict.fromkeys((sys.executable, getattr(sys, "_base_executable", sys.executable))):
        path = Path(name)
        while path.is_symlink():
            says = str(path.readlink())
            links.append((path, says))
            path = path.parent / says
        files.append(Path(os.path.normpath(path)))
    files += [Path(sys.prefix) / "pyvenv.cfg", Path(_CACHE)]
    folders: list[Path] = []
    for library in map(Path, (*_LIBRARIES, *_STORES)):
        if library.is_symlink():
            links.append((library, str(library.readlink())))
        elif library.is_dir():
            folders.append(library)
    paths = sysconfig.get_paths()
    python = [paths[each] for each in ("stdlib", "platstdlib", "purelib", "platlib")]
    candidates = [*map(Path, python), *map(Path, site.getsitepackages()), PACKAGE]
    for folder in candidates:
        if folder.is_dir() and not _within(folder, folders):
            folders.append(folder)
    files += _mapped()
    there = dict.fromkeys(each for each in files if each.is_file() and not _within(each, folders))
    outside = dict.fromkeys(each for each in links if not _within(each[0], folders))
    return Visible(tuple(dict.fromkeys(folders)), tuple(there), tuple(outside))


def _within(path: Path, folders: list[Path]) -> bool:
    return any(path == folder or folder in path.parents for folder in folders)


def _mapped() -> Iterator[Path]:
    """The shared libraries that this process has loaded, from wherever they are."""
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in lines:
        name = line.partition("/")
        if name[1] and ".so" in name[2]:
            yield Path("/" + name[2])


def without_hidden(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Paths that together are `folder` without the hidden checks; True: with all that is in it,
    False: only the names in it.
    """
    if folder == HIDDEN:
        return
    if folder not in HIDDEN.parents:
        yield folder, True
        return
    yield folder, False
    for entry in sorted(folder.iterdir()):
        yield from without_hidden(entry)
