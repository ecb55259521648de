"""The command line. Exit status: 0 all pass or holds, 1 something fails, 2 the call is wrong,
3 cannot grade, 4 the grader failed or has no sandbox.
"""

from __future__ import annotations

import sys

from grader import interrupt


def main() -> None:
    """The entry of the command `grader`. Ctrl-C is one sentence from the first moment on, while all
    that the commands need is still being imported.
    """
    try:
        with interrupt.noted():
            with interrupt.held_back():
                from grader.cli.entry import run
            status = run()
    except KeyboardInterrupt:
        sys.stderr.write("grader: interrupted; nothing was written.\n")
        status = 130
    sys.exit(status)


__all__ = ["main"]
