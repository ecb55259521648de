"""Programs that a list of imports binds, and what came of them."""

from __future__ import annotations

import sys
from typing import Any

from grader.explorer import Budget, NotModelled, Program, explore
from grader.source.imports import DEFAULT_IMPORTS, PICKLE_IMPORTS, PROCESS_IMPORTS
from grader.source.load import SourceError, from_text

ALLOWED = DEFAULT_IMPORTS | PROCESS_IMPORTS | PICKLE_IMPORTS
REFUSED = "refused"  # before it ran, or as what cannot be graded

RACE = """
def main():
    import threading
    tasks = [threading.Thread(target=work) for _ in range(2)]
    for each in tasks: each.start()
    for each in tasks: each.join()
    return now()
"""


def cases(text: str) -> list[Any]:
    """Programs with `----` between them, each with a comment that says what it tries; those that
    need a newer Python say so in it: `(3.12)`.
    """
    found = []
    for each in text.strip("\n").split("\n----\n"):
        title, _, program = each.partition("\n")
        title = title.lstrip("# ")
        if "(3.12)" not in title or sys.version_info >= (3, 12):
            found.append((title, program))
    return found


def results(program: str, *, strategy: str | None = None) -> list[Any]:
    """What `main()` returned, over all schedules, or the text of the first error of a run; or
    `[REFUSED]`.
    """
    name = "program"
    try:
        source = from_text(program, name=name, filename=f"{name}.py", allowed=ALLOWED)
        bound = Program({name: source}, name, lambda module: module.main(), (), ALLOWED)
        found = explore(bound, Budget(2_000), strategy=strategy or "auto")
    except (SourceError, NotModelled):
        return [REFUSED]
    told = {
        outcome.key: outcome.errors[0] if outcome.errors else outcome.value
        for outcome in found.outcomes
    }
    return sorted(told.values(), key=repr)
