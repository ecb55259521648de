"""The command line. Exit status: 0 all pass or holds, 1 something fails, 2 the call is wrong,
3 cannot grade, 4 the grader failed.
"""

from __future__ import annotations

import sys

import click
import typer

from grader.cli import commands
from grader.cli.files import UsageError
from grader.course.exercise import CourseError


def main() -> None:
    """The entry of the command `grader`."""
    command = typer.main.get_command(commands.app)
    try:
        status = command.main(standalone_mode=False)
    except click.exceptions.NoArgsIsHelpError as error:
        sys.stdout.write(error.format_message() + "\n")
        status = 2
    except click.ClickException as error:
        _complain(error.format_message())
        status = 2
    except (UsageError, CourseError) as error:
        _complain(str(error))
        status = 2
    except (click.Abort, KeyboardInterrupt):
        _complain("interrupted; nothing was written.")
        status = 130
    sys.exit(status if isinstance(status, int) else 0)


def _complain(text: str) -> None:
    sys.stderr.write(f"grader: {text}\n")


__all__ = ["main"]
