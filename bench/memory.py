"""Whether memory stays flat over 10,000 explorations in one process: `make memory`.

Each exploration compiles one of the programs of classics/ anew and runs a few schedules of it,
buggy and corrected ones in turns, as a process that grades one submission after another would. At
intervals, after a full garbage collection, it prints what `tracemalloc` has traced, the resident
memory of the process, and how many objects and greenlets there are.
"""

import argparse
import gc
import itertools
import os
import statistics
import subprocess
import sys
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass

import catalogue
import greenlet

from grader.engine.workers import MOST
from grader.explorer import Budget, Program, explore

WARM_UP = 0.2  # of all explorations: caches and the pool of greenlets fill up
MOST_GROWTH = 0.05  # from the first half after the warm-up to the second


@dataclass(frozen=True)
class Sample:
    """What there is after so many explorations."""

    explorations: int
    traced: int  # bytes that Python's allocators have given out, as tracemalloc sees them
    resident: int  # bytes of the process
    objects: int  # that the garbage collector tracks
    greenlets: int  # most of them idle, waiting for the next exploration's tasks


def programs() -> Iterator[Program]:
    """Small programs without end, which finish, fail and deadlock in turns."""
    small = [classic for classic in catalogue.CLASSICS if not classic.slow]
    while True:
        for classic, function in itertools.product(small, ("bug", "fixed")):
            yield catalogue.program(classic, function)


def sample(explorations: int) -> Sample:
    """What there is now."""
    gc.collect()
    objects = gc.get_objects()
    ps = ["ps", "-o", "rss=", "-p", str(os.getpid())]  # /proc is there on Linux alone
    resident = subprocess.run(ps, check=True, capture_output=True, text=True).stdout
    return Sample(
        explorations,
        tracemalloc.get_traced_memory()[0],
        int(resident) * 1024,
        len(objects),
        sum(isinstance(one, greenlet.greenlet) for one in objects),
    )


def growth(samples: list[Sample], name: str) -> float:
    """By which part the median of the second half is above that of the first."""
    values = [getattr(one, name) for one in samples]
    half = len(values) // 2
    before: float = statistics.median(values[:half])
    return statistics.median(values[half:]) / before - 1


def verdict(samples: list[Sample]) -> list[str]:
    """What is not flat after the warm-up; empty if all is."""
    warm = [one for one in samples if one.explorations >= WARM_UP * samples[-1].explorations]
    wrong = [
        f"{name}: {grown:+.1%}"
        for name in ("traced", "resident", "objects")
        if (grown := growth(warm, name)) > MOST_GROWTH
    ]
    most = max(one.greenlets for one in warm)
    if most > MOST + 1:  # the idle ones, and the one that runs this
        wrong.append(f"greenlets: {most}, where at most {MOST} wait for work")
    return wrong


def main() -> None:
    """Explore, print a line at each interval, and say whether memory is flat."""
    parser = argparse.ArgumentParser(description="Memory over many explorations in one process.")
    parser.add_argument("--explorations", type=int, default=10_000, help="how many")
    parser.add_argument("--schedules", type=int, default=4, help="of each exploration")
    options = parser.parse_args()
    row = "{:>13}{:>13}{:>15}{:>11}{:>11}".format
    print(row("explorations", "traced KiB", "resident KiB", "objects", "greenlets"))
    interval = max(options.explorations // 20, 1)
    samples = []
    tracemalloc.start()
    for number, program in enumerate(itertools.islice(programs(), options.explorations), 1):
        explore(program, Budget(options.schedules))
        if number % interval == 0:
            one = sample(number)
            samples.append(one)
            traced, resident = f"{one.traced / 1024:,.0f}", f"{one.resident / 1024:,.0f}"
            cells = (f"{number:,}", traced, resident, f"{one.objects:,}", one.greenlets)
            print(row(*cells), flush=True)
    wrong = verdict(samples)
    if wrong:
        sys.exit(f"Memory is not flat; from the first half after warming up to the second: {wrong}")
    print(f"Memory is flat: after the warm-up nothing grows by more than {MOST_GROWTH:.0%}.")


if __name__ == "__main__":
    main()
