"""How the exhaustive search grows with threads and operations: a table, and a figure as SVG.

The program is counters.py. Threads that take one lock have as many schedules that differ as there
are orders of their operations, (t * o)! / o!**t, and no search can do with fewer; the figure shows
those as well.
"""

import argparse
import math
import time
from dataclasses import dataclass
from pathlib import Path

from contenders import machine, own_modules

FIGURE = Path(__file__).parents[1] / "build" / "bench-growth.svg"
COLOURS = {
    2: "#0072b2",
    3: "#d55e00",
    4: "#009e73",
}  # by threads; told apart by colour-blind people
WIDTH, HEIGHT, MARGIN = 640, 400, 60
DASHED = 'stroke-dasharray="4 4"'


@dataclass(frozen=True)
class Point:
    """One search to the end; None where the budget was too small for that."""

    threads: int
    operations: int
    schedules: int | None
    seconds: float

    @property
    def orders(self) -> int:
        """In how many orders the operations can happen."""
        in_all = math.factorial(self.threads * self.operations)
        return in_all // math.factorial(self.operations) ** self.threads


def exhaust(threads: int, operations: int, most: int) -> Point:
    """Search through the program with so many threads and operations, if `most` schedules do."""
    explorer, load = own_modules()
    source = load.from_file(Path(__file__).with_name("counters.py"), allowed=None)
    program = explorer.Program(
        {source.name: source}, source.name, lambda module: module.model(threads, operations)
    )
    start = time.perf_counter()
    result = explorer.explore(program, explorer.Budget(most, operations=10**9), strategy="dpor")
    seconds = time.perf_counter() - start
    if any(outcome.ending.value != "finished" for outcome in result.outcomes):
        raise AssertionError(f"the program is right, but: {result.outcomes}")
    return Point(threads, operations, result.schedules if result.exhausted else None, seconds)


def table(points: list[Point], most: int) -> str:
    """All numbers."""
    row = "{:>8}{:>12}{:>16}{:>12}{:>10}".format
    lines = [row("threads", "operations", "orders", "schedules", "seconds")]
    for point in points:
        schedules = f"> {most:,}" if point.schedules is None else f"{point.schedules:,}"
        orders, seconds = f"{point.orders:,}", f"{point.seconds:.2f}"
        lines.append(row(point.threads, point.operations, orders, schedules, seconds))
    return "\n".join(lines)


def figure(points: list[Point]) -> str:
    """The same as an SVG: schedules, on a logarithmic scale, over operations of each thread."""
    done = [point for point in points if point.schedules is not None]
    decades = math.ceil(math.log10(max(point.orders for point in done))) or 1
    most = max(point.operations for point in points)
    bottom = HEIGHT - MARGIN

    def x(operations: float) -> float:
        return MARGIN + (operations - 1) / max(most - 1, 1) * (WIDTH - 2 * MARGIN)

    def y(count: float) -> float:
        return bottom - math.log10(count) / decades * (HEIGHT - 2 * MARGIN)

    def words(at_x: float, at_y: float, text: str, anchor: str = "middle") -> str:
        return f'<text x="{at_x:.0f}" y="{at_y:.0f}" text-anchor="{anchor}">{text}</text>'

    def line(dots: list[tuple[int, int]], colour: str, more: str = "") -> str:
        path = " ".join(f"{x(operations):.1f},{y(count):.1f}" for operations, count in dots)
        return f'<polyline points="{path}" fill="none" stroke="{colour}" {more}/>'

    parts = [words(WIDTH / 2, 24, "Schedules until the exhaustive search is done (dashed: orders)")]
    for decade in range(decades + 1):
        parts.append(line([(1, 10**decade), (most, 10**decade)], "#dddddd"))
        parts.append(words(MARGIN - 8, y(10**decade) + 4, f"{10**decade:,}", "end"))
    parts += [words(x(count), bottom + 20, str(count)) for count in range(1, most + 1)]
    parts.append(words(WIDTH / 2, bottom + 40, "locked increments of each thread"))
    for threads, colour in COLOURS.items():
        mine = [point for point in done if point.threads == threads]
        if not mine:
            continue
        parts.append(line([(one.operations, one.orders) for one in mine], colour, DASHED))
        dots = [(one.operations, one.schedules or 1) for one in mine]
        parts.append(line(dots, colour, 'stroke-width="2"'))
        parts += [
            f'<circle cx="{x(a):.1f}" cy="{y(b):.1f}" r="4" fill="{colour}"/>' for a, b in dots
        ]
        parts.append(words(x(dots[-1][0]), y(dots[-1][1]) - 10, f"{threads} threads"))
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"'
    style = 'font-family="sans-serif" font-size="12"'
    background = f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>'
    return "\n".join([f"{opening} {style}>", background, *parts, "</svg>", ""])


def main() -> None:
    """Print the table and write the figure."""
    parser = argparse.ArgumentParser(description="Schedules of programs that grow.")
    parser.add_argument("--most", type=int, default=20_000, help="schedules of one search")
    parser.add_argument("--threads", type=int, default=4, choices=COLOURS, help="at most")
    parser.add_argument("--operations", type=int, default=4, help="of each thread, at most")
    options = parser.parse_args()
    points: list[Point] = []
    exhaust(2, 1, options.most)  # the first one also imports and compiles
    for threads in range(2, options.threads + 1):
        for operations in range(1, options.operations + 1):
            point = exhaust(threads, operations, options.most)
            points.append(point)
            if point.schedules is None:  # more operations take longer still
                break
    print(f"Schedules and seconds until the exhaustive search is done; {machine()}")
    print(table(points, options.most))
    FIGURE.parent.mkdir(exist_ok=True)
    FIGURE.write_text(figure(points), encoding="utf-8")
    print(f"The figure is {FIGURE.parent.name}/{FIGURE.name}.")


if __name__ == "__main__":
    main()
