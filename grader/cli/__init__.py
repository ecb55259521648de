"""The command line. Exit status: 0 all pass or holds, 1 something fails, 2 the call is wrong,
3 cannot grade, 4 the grader failed or has no sandbox.
"""

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


def main() -> None:
    """The entry of the command `grader`."""
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
        status = 130
    except NoSandbox as error:
        _complain(str(error))
        status = 4
    except (typer.Abort, KeyboardInterrupt):
        _complain("interrupted; nothing was written.")
        status = 130
    sys.exit(status if isinstance(status, int) else 0)


def _complain(text: str) -> None:
    sys.stderr.write(f"grader: {text}\n")


__all__ = ["main"]
