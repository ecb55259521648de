"""Submissions that are odd as files, made where they are wanted: a repository cannot hold them."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

RIGHT: Final = (
    Path(__file__).resolve().parents[2] / "solutions" / "01_thread_counter" / "counter.py"
)
_TEXT: Final = RIGHT.read_bytes()
_MANY: Final = b"x = 1\n" * 100_000


@dataclass(frozen=True, slots=True)
class Oddity:
    """A submission for exercise 01. `make` puts it into a folder; there may be a secret's file."""

    name: str
    make: Callable[[Path, Path], None]
    verdict: str
    kind: str | None = None


def _content(data: bytes) -> Callable[[Path, Path], None]:
    def make(folder: Path, secret: Path) -> None:
        (folder / "counter.py").write_bytes(data)

    return make


def _link_to_the_secret(folder: Path, secret: Path) -> None:
    (folder / "counter.py").symlink_to(secret)


def _link_to_the_solution(folder: Path, secret: Path) -> None:
    (folder / "counter.py").symlink_to(os.path.relpath(RIGHT, folder))


def _link_to_itself(folder: Path, secret: Path) -> None:
    (folder / "counter.py").symlink_to("counter.py")


def _link_to_an_endless_device(folder: Path, secret: Path) -> None:
    (folder / "counter.py").symlink_to("/dev/zero")


def _pipe(folder: Path, secret: Path) -> None:
    os.mkfifo(folder / "counter.py")


def _folder(folder: Path, secret: Path) -> None:
    (folder / "counter.py").mkdir()
    (folder / "counter.py" / "__init__.py").write_bytes(_TEXT)


def _shadows(folder: Path, secret: Path) -> None:
    """A right file among others with the names of modules, of settings and of hooks."""
    (folder / "counter.py").write_bytes(_TEXT)
    evil = "raise SystemExit('racecourse-hostile: a file of the submission was imported')\n"
    for name in (
        "threading.py", "queue.py", "json.py", "pytest.py", "conftest.py", "sitecustomize.py",
        "usercustomize.py", "scenarios.py", "msgspec.py", "multiprocessing.py", "test_counter.py",
    ):  # fmt: skip
        (folder / name).write_text(evil)
    for name in ("grader", "greenlet", "exercises"):
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(evil)
    (folder / "pytest.ini").write_text("[pytest]\naddopts = --collect-only -p conftest\n")
    (folder / "evil.pth").write_text("import conftest\n")
    (folder / "pyvenv.cfg").write_text("home = .\n")


def _nested(opening: bytes, closing: bytes) -> bytes:
    return b"x = " + opening * 5_000 + b"1" + closing * 5_000 + b"\n" + _TEXT


ODDITIES: Final = [
    Oddity("a link to a file of the judge's", _link_to_the_secret, "fail", "import-error"),
    Oddity("a link to the solution", _link_to_the_solution, "fail", "import-error"),
    Oddity("a link to itself", _link_to_itself, "fail", "import-error"),
    Oddity("a link to an endless device", _link_to_an_endless_device, "fail", "import-error"),
    Oddity("a pipe that nobody writes to", _pipe, "fail", "import-error"),
    Oddity("a folder in place of a file", _folder, "fail", "import-error"),
    Oddity("files that shadow modules", _shadows, "pass"),
    Oddity("nothing", _content(b""), "fail", "missing-name"),
    Oddity("only comments", _content(b"# Counter\n" * 1_000), "fail", "missing-name"),
    Oddity("NUL bytes", _content(_TEXT + b"\0" * 100), "fail", "import-error"),
    Oddity("random bytes", _content(bytes(range(256)) * 400), "fail", "import-error"),
    Oddity("UTF-16", _content(codecs.BOM_UTF16_LE + _TEXT.decode().encode("utf-16-le")), "fail",
           "import-error"),
    Oddity("UTF-8 with its mark", _content(codecs.BOM_UTF8 + _TEXT), "pass"),
    Oddity("an encoding of its own", _content(b"# coding: latin-1\n# \xe9\xff\n" + _TEXT), "pass"),
    Oddity("an encoding that is none", _content(b"# coding: rot13\n" + _TEXT), "fail",
           "import-error"),
    Oddity("an encoding that hides code",
           _content(b"# coding: utf-7\n# +AAo-import os+AAo-\n" + _TEXT.replace(
               b"+", b"+-")), "fail", "forbidden"),
    Oddity("lines that end as on Windows", _content(_TEXT.replace(b"\n", b"\r\n")), "pass"),
    Oddity("form feeds and no last line end", _content(b"\x0c\n" + _TEXT.replace(
        b"\n\n\n", b"\n\x0c\n\n").rstrip()), "pass"),
    Oddity("100,000 statements", _content(_MANY + _TEXT), "fail", "livelock"),
    Oddity("100,000 empty lines", _content(b"\n" * 100_000 + _TEXT), "pass"),
    Oddity("more than is read", _content(_TEXT + b"#" * 1_000_001), "fail", "import-error"),
    Oddity("one line of 900,000 characters", _content(_TEXT + b"y = '" + b"z" * 900_000 + b"'\n"),
           "pass"),
    Oddity("5,000 parentheses", _content(_nested(b"(", b")")), "fail", "import-error"),
    Oddity("5,000 lists", _content(_nested(b"[", b"]")), "fail", "import-error"),
    Oddity("5,000 signs", _content(_nested(b"-", b"")), "fail", "import-error"),
    Oddity("a chain of 5,000 attributes", _content(b"x = y" + b".z" * 5_000 + b"\n" + _TEXT),
           "fail", "import-error"),
    Oddity("a sum of 5,000 numbers", _content(b"x = 1" + b" + 1" * 5_000 + b"\n" + _TEXT), "fail",
           "import-error"),
    Oddity("a number of a million digits", _content(b"x = " + b"9" * 900_000 + b"\n" + _TEXT),
           "fail", "import-error"),
    Oddity("a power that compilers may fold", _content(b"x = lambda: 9**9**9**9\n" + _TEXT),
           "pass"),
]  # fmt: skip
