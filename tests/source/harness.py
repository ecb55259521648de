"""Runs a program with and without scheduling points, and says what could be seen of each run."""

from __future__ import annotations

import ast
import re
import reprlib
import traceback
from dataclasses import dataclass
from typing import Any

from grader.source.rewrite import rewrite
from tests.source.transparent import Calls, namespace

FILENAME = "program.py"


def programs(text: str) -> list[str]:
    """Programs that stand one after the other, with `----` between them."""
    return [program.strip("\n") for program in text.split("\n----\n")]


def pairs(text: str) -> list[tuple[str, str]]:
    """Programs of which each is followed by `=>` and what it becomes."""
    halves = [program.partition("\n=>\n") for program in programs(text)]
    return [(source, expected) for source, _, expected in halves]


@dataclass(frozen=True)
class Seen:
    """What a run did: two runs that did the same are equal."""

    log: tuple[str, ...]  # what the program noted with `log(...)`, in order
    error: str | None  # the exception that ended it, as its last lines in a traceback
    lines: tuple[tuple[int, str], ...]  # of the traceback: line and function, in the program only
    result: str | None  # the value of the global `result`


class T:
    """An object that notes whatever is done to it, and answers with more of its kind."""

    def __init__(self, log: list[str], name: str) -> None:
        vars(self).update(log=log, name=name)

    def _did(self, what: str) -> None:
        self.log.append(f"{self.name}{what}")

    def _more(self, what: str) -> T:
        self._did(what)
        return T(self.log, f"{self.name}{what}")

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return self._more(f".{name}")

    def __setattr__(self, name: str, value: object) -> None:
        self._did(f".{name} = {value!r}")

    def __delattr__(self, name: str) -> None:
        self._did(f".{name} deleted")

    def __getitem__(self, key: object) -> Any:
        return self._more(f"[{key!r}]")

    def __setitem__(self, key: object, value: object) -> None:
        self._did(f"[{key!r}] = {value!r}")

    def __delitem__(self, key: object) -> None:
        self._did(f"[{key!r}] deleted")

    def __call__(self, *args: object, **kwargs: object) -> Any:
        return self._more(f"({args!r}, {kwargs!r})")

    def __iadd__(self, other: object) -> Any:
        return self._more(f" += {other!r}")

    def __add__(self, other: object) -> Any:
        return self._more(f" + {other!r}")

    def __eq__(self, other: object) -> bool:
        self._did(f" == {other!r}")
        return False

    __hash__ = None  # type: ignore[assignment]  # equality is for looking on only

    def __lt__(self, other: object) -> bool:
        self._did(f" < {other!r}")
        return True

    def __contains__(self, item: object) -> bool:
        self._did(f" contains {item!r}")
        return True

    def __bool__(self) -> bool:
        self._did(" is true")
        return True

    def __len__(self) -> int:
        self._did(" length")
        return 2

    def __iter__(self) -> Any:
        self._did(" iterated")
        return iter([T(self.log, f"{self.name}'s {n}") for n in ("first", "second")])

    def __enter__(self) -> Any:
        return self._more(" entered")

    def __exit__(self, *_: object) -> None:
        self._did(" left")

    def __repr__(self) -> str:
        return f"<{self.name}>"

    def __format__(self, spec: str) -> str:
        self._did(f" formatted {spec!r}")
        return f"formatted {self!r}"


def parsed(source: str) -> ast.Module:
    """The rewritten tree of a program."""
    return rewrite(ast.parse(source, FILENAME))


def shown(source: str) -> str:
    """A program after the rewriting, as text with hooks by their names and docstrings in quotes."""
    return re.sub(r'"""(.*?)"""', r"'\1'", ast.unparse(parsed(source)))


def seen(source: str, *, rewritten: bool, calls: Calls | None = None) -> Seen:
    """Run a program that may use `log(...)` and `T(name)`, and sets `result` if it likes.

    With `calls`, the names of the hooks that were called go into that list.
    """
    tree = parsed(source) if rewritten else ast.parse(source, FILENAME)
    code = compile(tree, FILENAME, "exec", dont_inherit=True)
    log: list[str] = []
    made = namespace("program", None if calls is None else calls.hooks())
    made.update(log=lambda *values: log.append(_short(values)), T=lambda name: T(log, name))
    error, lines = None, []
    try:
        exec(code, made)  # noqa: S102 - programs of these tests
    except Exception as caught:  # noqa: BLE001 - whatever it is, both runs must raise it
        error = "".join(traceback.format_exception_only(caught))
        for frame, line in traceback.walk_tb(caught.__traceback__):
            if frame.f_code.co_filename == FILENAME:
                lines.append((line, frame.f_code.co_name))
    result = _placeless(_short(made.get("result")))
    return Seen(tuple(map(_placeless, log)), error, tuple(lines), result)


def _short(values: object) -> str:
    """What `repr` says, without the depths of values that contain each other."""
    shortened = reprlib.Repr()
    shortened.maxlevel, shortened.maxstring, shortened.maxother = 4, 400, 400
    shortened.maxlist = shortened.maxtuple = shortened.maxdict = shortened.maxset = 9
    return shortened.repr(values)


def _placeless(text: str) -> str:
    """Text without the addresses of objects."""
    return re.sub(r" at 0x\w+", "", text)


def assert_same(source: str) -> None:
    """Check that a program does the same with and without scheduling points."""
    assert seen(source, rewritten=False) == seen(source, rewritten=True)
