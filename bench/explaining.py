"""What explaining costs runs that pass: schedules a second with it, and with it taken out.

Seconds are those of the processor, which other programs disturb less.

Two processes explore the same right programs in turns, a short while each. One is the grader as it
is. The other is the same with every branch for a recorder taken out of it (without_recording.py)
and without `grader.explain`: what runs would cost if nobody had thought of explaining them.
"""

import argparse
import importlib
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from contenders import machine, own_modules

HERE = Path(__file__).resolve().parent
PROGRAMS = (
    ("program", "model"),
    ("classics/work_stealing", "fixed"),
    ("classics/string_buffer", "fixed"),
)
MODULES = frozenset({"threading", "in_threads"})
SIDES = ("with", "without")
BAR_PERCENT = 5.0


def serve(side: str) -> None:
    """Explores for as long as each line of the input says; prints schedules and seconds."""
    taken_out: dict[str, int] = {}
    if side == "without":
        taken_out = importlib.import_module("without_recording").branches
    explorer, load = own_modules()
    if side == "with":
        importlib.import_module("grader.explain.report")
    shared = load.from_file(HERE / "classics" / "in_threads.py", allowed=MODULES)
    programs = []
    for name, function in PROGRAMS:
        source = load.from_file(HERE / f"{name}.py", allowed=MODULES)
        sources = {each.name: each for each in (source, shared)}
        programs.append(explorer.Program(sources, source.name, _calling(function)))
    for program in programs:
        _explore(explorer, program)  # imports, compiles
    loaded = any(name.startswith("grader.explain") for name in sys.modules)
    print(json.dumps({"explain": loaded, "branches": sum(taken_out.values())}), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        schedules, began = 0, time.process_time()
        while (seconds := time.process_time() - began) < order["seconds"]:
            schedules += _explore(explorer, programs[order["program"]])
        print(json.dumps({"schedules": schedules, "seconds": seconds}), flush=True)


def _calling(function: str) -> Any:
    return lambda module: getattr(module, function)()


def _explore(explorer: Any, program: Any) -> int:
    found = explorer.explore(program, explorer.Budget(400), strategy="dpor")
    if any(outcome.errors for outcome in found.outcomes):
        raise AssertionError(f"the program is right, but: {found.outcomes}")
    count: int = found.schedules
    return count


class Side:
    """A process that explores when it is told to."""

    def __init__(self, side: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__, "--serve", side],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.said = self._read()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("a process of the bench has ended before its time.")
        said: dict[str, Any] = json.loads(line)
        return said

    def explore(self, program: int, seconds: float) -> float:
        """Schedules a CPU second."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"program": program, "seconds": seconds}) + "\n")
        self._process.stdin.flush()
        told = self._read()
        rate: float = told["schedules"] / told["seconds"]
        return rate

    def close(self) -> None:
        """Ends it."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait()


def main() -> None:
    """Print a line for each program; the exit status is 1 if the bar is missed."""
    parser = argparse.ArgumentParser(description="What explaining costs runs that pass.")
    parser.add_argument("--rounds", type=int, default=24, help="of each program and side")
    parser.add_argument("--seconds", type=float, default=0.5, help="of each round")
    parser.add_argument("--serve", choices=SIDES, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    sides = {side: Side(side) for side in SIDES}
    print(f"{options.rounds} rounds of {options.seconds:g} s each, in turns; {machine()}")
    print(f"taken out: {sides['without'].said['branches']} questions for a recorder")
    print(f"{'by CPU second, median':<26}{'with':>10}{'without':>10}{'with / without':>16}")
    ratios = []
    for number, (name, function) in enumerate(PROGRAMS):
        rates: dict[str, list[float]] = {side: [] for side in SIDES}
        for at in range(options.rounds):
            for side in SIDES if at % 2 else reversed(SIDES):
                rates[side].append(sides[side].explore(number, options.seconds))
        pairs = zip(rates["with"], rates["without"], strict=True)
        ratios.append(statistics.median(one / other for one, other in pairs))
        middle = [statistics.median(rates[side]) for side in SIDES]
        label = f"{name.rpartition('/')[2]}.{function}"
        print(f"{label:<26}{middle[0]:>10,.0f}{middle[1]:>10,.0f}{ratios[-1]:>16.3f}")
    for side in sides.values():
        side.close()
    all_of_it = statistics.geometric_mean(ratios)
    kept = all_of_it >= 1 - BAR_PERCENT / 100
    print(f"all programs together: {all_of_it:.3f}")
    print(f"The bar: within {BAR_PERCENT:g} %. It is {'kept' if kept else 'missed'}.")
    sys.exit(not kept or bool(sides["without"].said["explain"]))


if __name__ == "__main__":
    main()
