"""A runner in a container of its own: `python -m grader.judge.sandbox.inside.contained LIMITS`, and
`real` after it for a real run.

The container has done the walls; the limits of each process, and the filter of system calls, are
put on here.
"""

from __future__ import annotations

import os
import sys

import msgspec

from grader.course.limits import Limits
from grader.judge import limits, runner
from grader.judge.sandbox.inside import keeper, privileges, seccomp


def main() -> None:
    """The process's entry."""
    limits.confine(msgspec.json.decode(sys.argv[1], type=Limits))
    privileges.drop(None)
    seccomp.filter_calls(network=True, own_files=True)
    if sys.argv[2:] == ["real"]:
        command = keeper.real_command()
        os.execv(command[0], command)  # noqa: S606 - our own words
    runner.main()


if __name__ == "__main__":
    main()
