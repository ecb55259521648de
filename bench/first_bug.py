"""Time to the first bug on the classic programs, ours beside two other libraries: `make bench`.

Every contender looks for the bug of every program in a process of its own, with its defaults, up to
a number of schedules and seconds; the median of three times counts. What is called, and what the
numbers mean, is in README.md beside this file; the programs are in classics/.
"""

import argparse
import functools
import importlib
import inspect
import json
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

from catalogue import CLASSICS, FOLDER, Classic, program
from contenders import NotAvailableError, apart, machine, median, own_modules

MOST = 20_000  # schedules: our default budget, for all
WARM_UP = CLASSICS[0]  # a few schedules of it, which are not counted: imports and first calls


@dataclass(frozen=True)
class Search:
    """One search for a bug."""

    found: bool
    schedules: int
    reason: str | None = None  # why it gave up, if it did


class OutOfTimeError(Exception):
    """Ends a search that has no limit of its own."""


def ours(classic: Classic, _round: int, most: int, _seconds: float) -> Search:
    """Search with this repository's explorer, as `grader explore` does: from the file on."""
    explorer, _ = own_modules()
    result = explorer.explore(program(classic, "bug"), explorer.Budget(most), fail_fast=True)
    failed = any(outcome.ending.value != "finished" for outcome in result.outcomes)
    return Search(failed, result.schedules)


def interleave_test(classic: Classic, number: int, most: int, seconds: float) -> Search:
    """Search with interleave-test; it draws schedules, and each round has its own seed."""
    library = importlib.import_module("interleave_test")
    bug = importlib.import_module(classic.module).bug
    end = time.perf_counter() + seconds

    def model() -> None:
        if time.perf_counter() > end:
            raise OutOfTimeError
        bug(*classic.parameters)

    result = library.explore(model, iterations=most, seed=number, raise_on_failure=False)
    failure = result.failure
    found = failure is not None and not isinstance(failure.exception, OutOfTimeError)
    return Search(found, result.schedules_run)


def frontrun(classic: Classic, _round: int, most: int, seconds: float) -> Search:
    """Search with frontrun, which starts the threads itself and checks afterwards."""
    library = importlib.import_module("frontrun")
    module = importlib.import_module(classic.module)
    arguments = inspect.signature(module.bug).bind(*classic.parameters)
    arguments.apply_defaults()
    parts = len(module.Bug(*arguments.args).threads())
    states, raised = [], []

    def setup() -> Any:
        states.append(None)
        return module.Bug(*arguments.args)

    def work(state: Any, part: int) -> None:
        try:
            state.threads()[part]()
        except Exception as error:
            raised.append(error)
            raise

    def holds(state: Any) -> bool:
        try:
            state.check()
        except AssertionError:
            return False
        return True

    try:
        result = library.explore(
            setup=setup,
            workers=[functools.partial(work, part=part) for part in range(parts)],
            invariant=holds,
            max_executions=most,
            total_timeout=seconds,
            reproduce_on_failure=0,  # what comes after the first bug is not counted
        )
    except Exception as error:  # it lets an exception of a worker through, and tells no number
        if error not in raised:
            raise
        return Search(found=True, schedules=len(states))
    gave_up = None if result.property_holds else result.inconclusive_reason
    return Search(result.property_holds is False, result.num_explored, gave_up)


OURS = "racecourse"
CONTENDERS: dict[str, Callable[[Classic, int, int, float], Search]] = {
    OURS: ours,
    "interleave-test": interleave_test,
    "frontrun": frontrun,
}


def search(contender: str, classic: Classic, options: argparse.Namespace) -> None:
    """Search some times in this process, and print each result as it comes."""
    look = CONTENDERS[contender]
    sys.path.insert(0, str(FOLDER))
    look(WARM_UP, 0, 3, options.seconds)
    left = options.seconds
    for number in range(1, options.rounds + 1):
        start = time.perf_counter()
        result = look(classic, number, options.most, left)
        seconds = time.perf_counter() - start
        print(json.dumps({**asdict(result), "seconds": seconds}), flush=True)
        left -= seconds
        if left <= 0 or not result.found:
            return


def search_apart(contender: str, classic: Classic, options: argparse.Namespace) -> dict[str, Any]:
    """The median of the searches in a process of their own; "cell" is how that is written."""
    results = apart(
        __file__, contender, "--only", contender, "--program", str(classic),
        "--most", str(options.most), "--seconds", str(options.seconds),
        "--rounds", str(options.rounds), timeout_s=2 * options.seconds + 10,  # if it hangs
    )  # fmt: skip
    found = [result for result in results if result.get("found")]
    if found and all("unavailable" not in result for result in results):
        schedules, seconds = median(found, "schedules"), median(found, "seconds")
        cell = f"{schedules:,.0f}{seconds * 1000:>12,.0f}"
        return {"found": True, "seconds": seconds, "schedules": schedules, "cell": cell}
    if not results:
        return {"found": False, "cell": f"> {2 * options.seconds + 10:g} s, stopped"}
    if "unavailable" in results[-1]:
        return {"found": False, "cell": "n/a", "reason": results[-1]["unavailable"]}
    last = results[-1]
    cell = f"> {last['schedules']:,}{last['seconds'] * 1000:>12,.0f}"
    return {"found": False, "cell": cell, "reason": last["reason"]}


def summary(rows: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    """How many bugs each found; the totals where all did, and how ours compares."""
    lines = []
    for name in CONTENDERS:
        found = sum(row[name]["found"] for row in rows.values())
        lines.append(f"{name} finds {found} of {len(rows)} bugs.")
    lines += compared("all", list(CONTENDERS), rows)
    for name in CONTENDERS:
        if name != OURS:
            lines += compared("both", [OURS, name], rows)
    return lines


def compared(who: str, names: list[str], rows: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    """The totals over the bugs that these find, and how ours compares with the faster other."""
    common = [row for row in rows.values() if all(row[name]["found"] for name in names)]
    if not common:
        return []
    totals = {name: sum(row[name]["seconds"] for row in common) for name in names}
    told = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in totals.items())
    seconds, name = min((totals[name], name) for name in names if name != OURS)
    ratio = f"{name} takes {seconds / totals[OURS]:.1f} times as long as ours"
    return [f"Where {who} do ({len(common)} bugs): {told}; {ratio}."]


def main() -> None:
    """Print the table, or with --only what one contender does with one program, as JSON."""
    parser = argparse.ArgumentParser(description="Time to the first bug, beside other libraries.")
    parser.add_argument("--only", choices=CONTENDERS, help="this one, in this process")
    parser.add_argument("--program", help="such as 'reorder(5)'; with or without --only")
    parser.add_argument("--most", type=int, default=MOST, help="schedules of one search")
    parser.add_argument("--seconds", type=float, default=60.0, help="of one search")
    parser.add_argument("--rounds", type=int, default=3, help="how many times, the median counts")
    options = parser.parse_args()
    classics = [one for one in CLASSICS if options.program in (None, str(one))]
    if options.only:
        try:
            search(options.only, classics[0], options)
        except (NotAvailableError, ModuleNotFoundError) as reason:
            sys.exit(str(reason))
        return
    print(f"Schedules and milliseconds to the first bug, Python {platform.python_version()}")
    print(f"median of {options.rounds} searches; {machine()}")
    print(f"{'':26}" + "".join(f"{name:>26}" for name in CONTENDERS))
    rows: dict[str, dict[str, dict[str, Any]]] = {}
    reasons: dict[str, list[str]] = {}
    for classic in classics:
        row = {name: search_apart(name, classic, options) for name in CONTENDERS}
        rows[str(classic)] = row
        print(f"{classic!s:26}" + "".join(f"{one['cell']:>26}" for one in row.values()), flush=True)
        for name, one in row.items():
            if one.get("reason"):
                reasons.setdefault(one["reason"], []).append(f"{name} on {classic}")
    print("\n".join(summary(rows)))
    for reason, where in reasons.items():
        print(f"{', '.join(where)}: {reason}")


if __name__ == "__main__":
    main()
