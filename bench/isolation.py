"""What isolation costs: from the start of a check's processes to their first reply.

For each back end of the sandbox that works here: the median, over many checks in turns, of the
milliseconds from the order to start a runner until it has answered its first request (it has loaded
a small file), and of those until all of it is gone. Then the memory of a runner after it has
explored: PSS, in which pages that it shares with the template are divided. `none` is the same
without isolation, and what the others are compared with.
"""

import argparse
import statistics
import sys
import time
from pathlib import Path

from grader.course.exercise import Course
from grader.course.limits import Limits
from grader.judge import protocol, sandbox
from grader.judge.grade import HIDDEN, setup_for
from grader.judge.launch import RunnerProcess

BAR_MS = 60.0  # over `none`, at the median
BAR_MB = 150.0  # of a runner
_MEGABYTE = 1_000_000


def check(locked_up: sandbox.Sandbox, setup: protocol.Setup) -> tuple[float, float]:
    """Milliseconds until the first reply, and of the end."""
    begun = time.perf_counter()
    process = RunnerProcess(Limits(), locked_up, network=False)
    process.ask(setup)
    replied = time.perf_counter()
    process.close()
    return (replied - begun) * 1000, (time.perf_counter() - replied) * 1000


def memory(locked_up: sandbox.Sandbox, setup: protocol.Setup) -> float | None:
    """Megabytes (PSS) of keeper and runner after an exploration; None where nobody tells."""
    with RunnerProcess(Limits(), locked_up, network=False) as process:
        process.ask(setup)
        process.ask(protocol.Explore("additions", [0, 2, 2, 1], 400, "x"))
        used = process.memory()
    return used / _MEGABYTE if used else None


def main() -> None:
    """Print a line for each back end; the exit status is 1 if a bar is missed."""
    parser = argparse.ArgumentParser(description="What isolation costs for each check.")
    parser.add_argument("--checks", type=int, default=40, help="of each back end")
    options = parser.parse_args()
    course = Course(Path(__file__).resolve().parents[1])
    exercise = course.exercises[0]
    content = (course.root / "solutions" / exercise.name / exercise.metadata.stub).read_bytes()
    setup = setup_for(exercise, content, HIDDEN / exercise.name / "scenarios.py")
    faults = {name: sandbox.fault(name) for name in sandbox.BACKENDS}
    working = [name for name, fault in faults.items() if fault is None]
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in working}
    for _ in range(options.checks):
        for name in working:  # in turns: what else the machine does hits all alike
            times[name].append(check(sandbox.sandbox(name), setup))
    plain = statistics.median(start for start, _ in times["none"])
    print("milliseconds at the median, memory in MB")
    print(f"{'':<12}{'first reply':>12}{'over none':>11}{'end':>8}{'PSS':>8}")
    missed = []
    for name in working:
        start, end = (statistics.median(column) for column in zip(*times[name], strict=True))
        used = memory(sandbox.sandbox(name), setup)
        shown = f"{used:>8.1f}" if used is not None else f"{'?':>8}"
        print(f"{name:<12}{start:>12.1f}{start - plain:>11.1f}{end:>8.1f}{shown}")
        if start - plain > BAR_MS:
            missed.append(f"{name} takes {start - plain:.0f} ms more than none")
        if used is not None and used > BAR_MB:
            missed.append(f"a runner in {name} has {used:.0f} MB")
    for name, fault in faults.items():
        if fault is not None:
            print(f"{name:<12} not measured: {fault}")
    print(f"The bar: {BAR_MS:g} ms over none, {BAR_MB:g} MB. {'; '.join(missed) or 'It is kept.'}")
    sys.exit(bool(missed))


if __name__ == "__main__":
    main()
