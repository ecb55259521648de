"""Runs one program text with CPython's own `multiprocessing`, and under control."""

from __future__ import annotations

import functools
import json
import random
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.engine.endings import Ending
from grader.engine.execution import Execution
from grader.engine.run import Limits, Run
from grader.engine.task import Task
from grader.explorer import Program
from grader.source import load
from grader.source.imports import (
    DEFAULT_IMPORTS,
    PICKLE_IMPORTS,
    PROCESS_IMPORTS,
    SOCKET_IMPORTS,
)
from grader.strategies.base import Strategy
from grader.strategies.dpor import Dpor

ALLOWED = DEFAULT_IMPORTS | PROCESS_IMPORTS | PICKLE_IMPORTS | SOCKET_IMPORTS
CASE = "_case_"

_RUNNER = """
import json, multiprocessing, sys
sys.path.insert(0, sys.argv[1])
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    import cases
    found = {}
    for name, function in list(vars(cases).items()):
        if name.startswith("_case_"):
            try:
                found[name] = repr(function())
            except Exception as error:
                found[name] = f"{type(error).__name__}: {error}"
    print(json.dumps(found))
"""


def plain(text: str) -> str:
    """Without what differs from run to run, or between versions of CPython."""
    text = re.sub(r" at 0x[0-9a-f]+", "", text)
    text = re.sub(r"psm_[0-9a-f]+", "psm", text)
    text = text.replace("'weakref' object", "'weakref.ReferenceType' object")
    return text.replace("Can't get local object", "Can't pickle local object")


def with_cpython(path: Path, folder: Path) -> dict[str, str]:
    """What each case of the file does with the real module."""
    (folder / "cases.py").write_text(path.read_text("utf-8"), "utf-8")
    (folder / "run.py").write_text(_RUNNER, "utf-8")
    command = [sys.executable, "-W", "ignore", str(folder / "run.py"), str(folder)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=50)
    found: dict[str, str] = json.loads(done.stdout.splitlines()[-1])
    return {name: plain(text) for name, text in found.items()}


@functools.cache
def _source(path: Path) -> load.Source:
    return load.from_text(
        path.read_text("utf-8"), name="cases", filename="cases.py", allowed=ALLOWED
    )


def under_control(path: Path, case: str) -> str:
    """What one case does under control, in the first schedule."""

    def scenario(module: Any) -> str:
        try:
            return repr(getattr(module, case)())
        except Exception as error:  # noqa: BLE001 - it is the result
            return f"{type(error).__name__}: {error}"

    run = Execution().run(Program({"cases": _source(path)}, "cases", scenario, (), ALLOWED))
    return plain(str(run.value if run.ending.value == "finished" else run.ending.value))


def cases(path: Path) -> list[str]:
    """The names of the cases in a file."""
    return re.findall(rf"^def ({CASE}\w+)", path.read_text("utf-8"), re.MULTILINE)


@dataclass(frozen=True)
class Found:
    """What a search found: each distinct outcome as text."""

    outcomes: frozenset[str]
    exhausted: bool
    count: int  # schedules that were run


def program(text: str, scenario: Callable[[Any], Any] | None = None) -> Program:
    """The program, whose scenario is its function `go` unless another one is given."""
    source = load.from_text(text, name="m", filename="m.py", allowed=ALLOWED)
    return Program({"m": source}, "m", scenario or (lambda module: module.go()), (), ALLOWED)


def every_outcome(
    text: str,
    scenario: Callable[[Any], Any] | None = None,
    *,
    strategy: Strategy | None = None,
    schedules: int = 20_000,
    early: bool = False,
) -> Found:
    """All outcomes of a program: its value as JSON, else its errors, else its ending. Goes on
    after a failure, unlike the explorer.
    """
    search = strategy or Dpor()
    subject = program(text, scenario)
    texts: set[str] = set()
    count = 0
    while count < schedules and (prefix := search.next()) is not None:
        run = Execution(prefix, search.picker, Limits(early_timeouts=early)).run(subject)
        search.learn(run)
        count += 1
        if run.ending is not Ending.REDUNDANT:
            texts.add(_text(run))
    return Found(frozenset(texts), search.exhausted, count)


class Dice:
    """Takes every choice at random, from a fixed seed: a search that knows no equivalence."""

    def __init__(self, runs: int) -> None:
        self.exhausted = False
        self.picker = self
        self.track = None
        self._left = runs
        self._random = random.Random(20_231)

    def next(self) -> Sequence[int] | None:
        """Nothing is fixed from the start."""
        self._left -= 1
        return [] if self._left >= 0 else None

    def learn(self, run: Run) -> None:
        """Nothing is learned."""

    def pick(self, execution: Execution, enabled: list[Task]) -> int:
        """Any of them."""
        return self._random.randrange(len(enabled))

    def choose(self, execution: Execution, alternatives: int) -> int:
        """Any of them."""
        return self._random.randrange(alternatives)


def _text(run: Run) -> str:
    if run.ending is Ending.FINISHED:
        return json.dumps(run.value)
    errors = (f"{type(error).__name__}: {error}" for _, error in run.errors)
    return "; ".join(errors) or run.ending.value
