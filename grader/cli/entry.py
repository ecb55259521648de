"""What the command `grader` does: one of its commands, and one sentence where that goes wrong."""

from __future__ import annotations

import sys
from typing import Any

import typer

from grader.cli import commands
from grader.cli.files import Interrupted, UsageError
from grader.course.exercise import CourseError
from grader.judge.sandbox import NoSandbox

# typer brings its own copy of click, and gives its errors no public name of their own.
_WrongCall: Any = typer.BadParameter.__mro__[2]

_INTERRUPTED = 130  # 128 + SIGINT, as shells have it


def run() -> int:
    """The exit status. Raises `SystemExit` where a signal ends the command."""
    command = typer.main.get_command(commands.app)
    try:
        status = command.main(standalone_mode=False)
    except _WrongCall as error:
        if message := error.format_message().replace("\n", " "):
            _complain(message)
        status = 2
    except (UsageError, CourseError) as error:
        _complain(str(error))
        status = 2
    except Interrupted as error:
        _complain(str(error))
        return _INTERRUPTED
    except NoSandbox as error:
        _complain(str(error))
        status = 4
    except (typer.Abort, KeyboardInterrupt):
        status = _INTERRUPTED
    if status == _INTERRUPTED:  # from there, or what typer itself makes of Ctrl-C
        _complain("interrupted; nothing was written.")
    return status if isinstance(status, int) else 0


def _complain(text: str) -> None:
    sys.stderr.write(f"grader: {text}\n")
