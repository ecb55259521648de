"""Schedules a second on one program, ours beside two other libraries, in one run: `make bench`.

Every contender runs in a process of its own (the peers patch `threading` for the whole process),
in turns, three times; the median counts. What each is asked to do, and what its numbers mean, is
in README.md beside this file; the program is program.py.
"""

import argparse
import functools
import importlib
import json
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import program
from contenders import NotAvailableError, apart, machine, median, own_modules


@dataclass(frozen=True)
class Exploration:
    """What one exploration of the program did."""

    schedules: int
    finished: bool  # whether the search ended by itself, with nothing left that it wanted to try
    orders: int | None = None  # distinct orders of the six increments; None if not recorded


@functools.cache
def own_explorer() -> tuple[ModuleType, Any]:
    """Our explorer, and the program's file compiled for it: once, as a check does."""
    explorer, load = own_modules()
    return explorer, load.from_file(program.__file__, allowed=frozenset({"threading"}))


def ours(recorded: bool, strategy: str) -> Exploration:
    """Explore with this repository's explorer, as the grader does: the file is the program."""
    explorer, source = own_explorer()
    explored = explorer.Program(
        sources={source.name: source},
        main=source.name,
        scenario=lambda module: module.recorded_model() if recorded else module.model(),
        allowed=frozenset({"threading"}),
    )
    result = explorer.explore(explored, explorer.Budget(schedules=5000), strategy=strategy)
    if any(outcome.errors or outcome.ending.value != "finished" for outcome in result.outcomes):
        raise AssertionError(f"the program is right, but: {result.outcomes}")
    return Exploration(
        result.schedules, result.exhausted, len(result.outcomes) if recorded else None
    )


def compiled(recorded: bool, strategy: str) -> Exploration:
    """The same with the engine compiled: in an environment where it is."""
    if not importlib.import_module("grader.engine").is_compiled():
        raise NotAvailableError("the engine was not compiled: is there a C compiler?")
    return ours(recorded, strategy)


def interleave_test(recorded: bool, **options: Any) -> Exploration:
    """Explore with interleave-test, whose model starts its own threads."""
    library = importlib.import_module("interleave_test")
    orders = set()

    def recorded_model() -> None:
        orders.add(program.recorded_model())

    result = library.explore(recorded_model if recorded else program.model, **options)
    return Exploration(result.schedules_run, result.exhausted, len(orders) if recorded else None)


def frontrun(recorded: bool, **options: Any) -> Exploration:
    """Explore with frontrun, which starts the threads: it does not see those of the program."""
    library = importlib.import_module("frontrun")
    orders = set()

    def is_right(counter: Any) -> bool:
        if recorded:
            orders.add(counter.order)
        return counter.value == 6

    if recorded:
        setup, workers = program.Recorder, [program.three_as_a, program.three_as_b]
    else:
        setup, workers = program.Counter, [program.three_increments] * 2
    result = library.explore(setup=setup, workers=workers, invariant=is_right, **options)
    result.assert_holds()
    finished = options.get("strategy") != "random"  # DPOR went on until it had nothing to reverse
    return Exploration(result.num_explored, finished, len(orders) if recorded else None)


Contender = Callable[[bool], Exploration]
OURS = "racecourse, dpor"  # the two that the ratios are of
COMPILED = "racecourse, dpor, compiled"
CONTENDERS: dict[str, Contender] = {
    OURS: lambda recorded: ours(recorded, strategy="dpor"),
    COMPILED: lambda recorded: compiled(recorded, strategy="dpor"),
    "racecourse, preemption bounds": lambda recorded: ours(recorded, strategy="bounded"),
    "interleave-test, dfs, 2 preemptions": lambda recorded: interleave_test(
        recorded, strategy="dfs", max_preemptions=2, iterations=500
    ),
    "interleave-test, dfs, 1 preemption": lambda recorded: interleave_test(
        recorded, strategy="dfs", max_preemptions=1, iterations=100_000
    ),
    "interleave-test, random": lambda recorded: interleave_test(
        recorded, strategy="random", iterations=200, seed=1
    ),
    "frontrun, dpor, 2 preemptions": lambda recorded: frontrun(
        recorded, strategy="dpor", preemption_bound=2, stop_on_first=False
    ),
    "frontrun, dpor, unbounded": lambda recorded: frontrun(
        recorded, strategy="dpor", preemption_bound=None, stop_on_first=False
    ),
    "frontrun, random": lambda recorded: frontrun(
        recorded, strategy="random", max_attempts=200, seed=1
    ),
}


def measure(contender: Contender, at_least_s: float) -> dict[str, Any]:
    """Explore until `at_least_s` seconds have passed; then, untimed, once more for the orders."""
    exploration = contender(False)  # the first one also imports and compiles
    schedules = 0
    start, start_cpu = time.perf_counter(), time.process_time()
    while (seconds := time.perf_counter() - start) < at_least_s:
        exploration = contender(False)
        schedules += exploration.schedules
    cpu_seconds = time.process_time() - start_cpu
    orders = contender(True).orders
    rates = {"rate": schedules / seconds, "cpu_rate": schedules / cpu_seconds}
    return {**asdict(exploration), "orders": orders, **rates}


def measure_apart(name: str, at_least_s: float, compiled_python: str) -> dict[str, Any]:
    """Measure the contender in a process of its own, started as its documentation asks."""
    arguments = ("--only", name, "--seconds", str(at_least_s))
    if name != COMPILED:
        return apart(__file__, name, *arguments)[-1]
    if not Path(compiled_python).exists():
        return {"unavailable": "the engine was not compiled: is there a C compiler?"}
    return apart(__file__, name, *arguments, python=compiled_python)[-1]


def table(measured: dict[str, list[dict[str, Any]]]) -> str:
    """All results, and how many times as many schedules a second ours explores, as pure Python
    and compiled.
    """
    reasons = {
        name: result["unavailable"]
        for name, results in measured.items()
        for result in results
        if "unavailable" in result
    }
    row = "{:36}{:>10}{:>9}{:>10}{:>14}{:>13}{:>15}{:>11}{:>15}".format
    heads = ("schedules", "seconds", "finished", "orders of 20", "schedules/s", "by CPU second")
    lines = [row("", *heads, "ours / it", "compiled / it")]
    for name, results in measured.items():
        if name in reasons:
            lines.append(f"{name:36} not available: {reasons[name]}")
            continue
        last, rate = results[-1], median(results, "rate")
        cells = (
            last["schedules"],
            f"{last['schedules'] / rate:.2f}",
            "yes" if last["finished"] else "no",
            last["orders"],
            f"{rate:,.0f}",
            f"{median(results, 'cpu_rate'):,.0f}",
            *(
                "-" if own in reasons else f"{median(measured[own], 'rate') / rate:.1f}"
                for own in (OURS, COMPILED)
            ),
        )
        lines.append(row(name, *cells))
    return "\n".join(lines)


def main() -> None:
    """Print the table, or with --only one contender's measurement as JSON."""
    parser = argparse.ArgumentParser(description="Schedules a second, beside other libraries.")
    parser.add_argument("--only", choices=CONTENDERS, help="measure this one, in this process")
    parser.add_argument("--seconds", type=float, default=2.0, help="how long each time")
    parser.add_argument("--compiled", default="", help="a Python with our engine compiled")
    parser.add_argument("--rounds", type=int, default=3, help="how many times, the median counts")
    options = parser.parse_args()
    if options.only:
        try:
            print(json.dumps(measure(CONTENDERS[options.only], options.seconds)))
        except (NotAvailableError, ModuleNotFoundError) as reason:
            sys.exit(str(reason))
        return
    measured: dict[str, list[dict[str, Any]]] = {name: [] for name in CONTENDERS}
    for _ in range(options.rounds):
        for name, results in measured.items():
            results.append(measure_apart(name, options.seconds, options.compiled))
    print(f"2 threads x 3 locked increments, Python {platform.python_version()}")
    print(f"median of {options.rounds} rounds of {options.seconds:g} s each", end="; ")
    print(machine())
    print(table(measured))


if __name__ == "__main__":
    main()
