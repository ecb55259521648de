"""The sandbox: back ends that lock up the processes which hold a student's code, and their choice.

A back end is chosen by a trial run, never by what seems to be installed.
"""

from __future__ import annotations

import atexit
import os
import sys
from typing import Final

from grader.course.limits import Limits
from grader.judge.sandbox.bubblewrap import Bubblewrap
from grader.judge.sandbox.docker import Docker
from grader.judge.sandbox.interface import Child, Ended, Sandbox, Start, Unavailable
from grader.judge.sandbox.landlock import Landlock
from grader.judge.sandbox.trial import trial
from grader.judge.sandbox.unconfined import Unconfined

AUTO: Final = "auto"
VARIABLE: Final = "RACECOURSE_SANDBOX"
BACKENDS: Final[dict[str, type[Sandbox]]] = {
    each.name: each for each in (Bubblewrap, Landlock, Docker, Unconfined)
}
_BY_ITSELF = ("bubblewrap", "landlock")  # what `auto` tries, the strongest first

_made: dict[str, Sandbox] = {}
_tried: dict[tuple[int, str], str | None] = {}  # by process and name: why it does not work, or None


class NoSandbox(Exception):
    """Nothing can be graded; the message is one sentence that says what to do."""


def sandbox(name: str) -> Sandbox:
    """The back end of this name, not tried."""
    if name not in _made:
        _made[name] = BACKENDS[name]()
    return _made[name]


def fault(name: str) -> str | None:
    """Why the back end does not work here, by a trial run; None if it does."""
    key = (os.getpid(), name)
    if key not in _tried:
        try:
            trial(sandbox(name))
            _tried[key] = None
        except Unavailable as error:
            _tried[key] = str(error)
    return _tried[key]


def choose(name: str | None = None) -> Sandbox:
    """The back end to use: the one of this name, or for `auto` (None: what the environment says,
    else `auto`) the strongest that works. Raises `NoSandbox`.
    """
    wanted = name or os.environ.get(VARIABLE) or AUTO
    if wanted != AUTO and wanted not in BACKENDS:
        raise NoSandbox(f"There is no sandbox {wanted!r}: {AUTO}, {', '.join(BACKENDS)}.")
    if wanted == Unconfined.name:
        return sandbox(wanted)
    for each in _BY_ITSELF if wanted == AUTO else (wanted,):
        if fault(each) is None:
            return sandbox(each)
    if wanted != AUTO:
        raise NoSandbox(
            f"The sandbox {wanted} does not work here ({fault(wanted)}): "
            "`grader doctor` says what does, and what to do."
        )
    raise NoSandbox(_nothing_works())


def _nothing_works() -> str:
    if sys.platform != "linux":
        return (
            "There is no sandbox on this system, so nothing was graded: grade on Linux, with "
            "--sandbox docker, or code that you trust with --sandbox none."
        )
    return (
        "No sandbox works here, so nothing was graded: `grader doctor` says why and how to get one "
        "(on Debian and Ubuntu, `apt install bubblewrap` may be all), and --sandbox none grades "
        "code that you trust without one."
    )


@atexit.register
def close() -> None:
    """Ends what the back ends keep running."""
    for each in _made.values():
        each.close()


__all__ = [
    "AUTO", "BACKENDS", "VARIABLE", "Child", "Ended", "Limits", "NoSandbox", "Sandbox", "Start",
    "Unavailable", "choose", "close", "fault", "sandbox",
]  # fmt: skip
