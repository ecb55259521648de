"""A real run: the student's module as it is, on plain CPython, with real threads and processes.

Run as `python -m grader.judge.real` in a process of its own, with an empty folder to work in. On
standard input come the mark that every reply has to bear, one setup and one request. Processes that
are spawned import this file again, and need nothing of ours: what only the first one needs is
imported where it is used.
"""

from __future__ import annotations

import errno
import importlib
import multiprocessing
import os
import sys
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from grader.judge import protocol

_FORKS = ("popen_fork.py", "popen_forkserver.py", "subprocess.py", "util.py")
_SCENARIOS = "grader_scenarios"
# Of a thread: a quarter of what is usual, so that the addresses of hundreds of them fit into the
# limit of memory. Python's own recursion limit is reached long before.
_STACK_BYTES = 2 * 1024 * 1024


def perform(setup: protocol.Setup, request: protocol.RealRun) -> protocol.Reply:
    """Imports the student's module for real and runs the scenario once."""
    from grader.explorer.observation import observe
    from grader.explorer.outcome import summary_of_error
    from grader.judge import bound, protocol

    if request.start_method is not None:
        multiprocessing.set_start_method(request.start_method)
    here = Path.cwd()
    (here / f"{setup.module}.py").write_bytes(setup.content)
    (here / f"{_SCENARIOS}.py").write_text(setup.scenarios, encoding="utf-8")
    sys.path.insert(0, str(here))
    scenario: Any = getattr(importlib.import_module(_SCENARIOS), request.scenario)
    try:
        allowed = setup.may_import
        if allowed is None:
            module = importlib.import_module(setup.module)
        else:
            module = bound.load(setup.module, allowed)
        value = observe(scenario(module, *request.parameters))  # a thread may still change it
    except BaseException as error:  # noqa: BLE001 - the student's code may raise anything
        told = summary_of_error("", error).removeprefix(": ").replace(f"{here}/", "")
        return protocol.RealResult(error=told, limit=_limit_of(error))
    return protocol.RealResult(value)


def _limit_of(error: BaseException) -> protocol.Limit | None:
    """The limit that has raised this; None for all other exceptions."""
    if isinstance(error, MemoryError):
        return "memory"
    if isinstance(error, RuntimeError) and str(error) == "can't start new thread":
        return "processes"
    of_errno: dict[int | None, protocol.Limit] = {
        errno.ENOMEM: "memory", errno.EFBIG: "file", errno.ENOSPC: "files",
        errno.EMFILE: "open-files",
    }  # fmt: skip
    if not isinstance(error, OSError):
        return None
    if error.errno == errno.EAGAIN and error.__traceback__ is not None:
        # A socket that would have to wait raises the same error as a fork that may not be.
        *_, (frame, _) = traceback.walk_tb(error.__traceback__)
        return "processes" if Path(frame.f_code.co_filename).name in _FORKS else None
    return of_errno.get(error.errno)


def main() -> None:
    """The process's entry. It ends at once after its reply: threads or processes that the
    student's code has left behind are none of its business (the judge kills them).
    """
    from grader.judge import protocol
    from grader.judge.runner import Replies, private_output

    channel = private_output()
    requests = sys.stdin.buffer
    replies = Replies(channel, requests.readline())
    replies.say(protocol.Ready())
    setup = protocol.decode_request(requests.readline())
    request = protocol.decode_request(requests.readline())
    assert isinstance(setup, protocol.Setup)
    assert isinstance(request, protocol.RealRun)
    threading.stack_size(_STACK_BYTES)
    replies.say(perform(setup, request))
    os._exit(0)


if __name__ == "__main__":
    main()
