"""What commands do with a picture: print it at once or row by row, and write it to files."""

from __future__ import annotations

import sys
from pathlib import Path

from rich.console import Console

from grader.cli import show
from grader.cli.files import Interrupted, check_writable, write
from grader.explain.mermaid import fenced, mermaid
from grader.explain.page import page
from grader.explain.picture import Picture
from grader.explain.report import parts, tell

_WIDTH = 100
_WIPE = "\x1b[1A\x1b[2K"  # the line above, on which Enter was pressed
_MARKDOWN = frozenset({".md", ".markdown"})


def check_targets(html: Path | None, diagram: Path | None) -> None:
    """Raises `UsageError` when one of the files could not be written, before any work is done."""
    check_writable(html)
    check_writable(diagram)


def write_files(picture: Picture, html: Path | None, diagram: Path | None) -> None:
    """The page and the Mermaid diagram; the latter as a block of Markdown where the file is one."""
    if html is not None:
        write(html, page(picture).encode())
    if diagram is not None:
        draw = fenced if diagram.suffix.lower() in _MARKDOWN else mermaid
        write(diagram, draw(picture).encode())


def print_story(picture: Picture, console: Console, *, step: bool) -> None:
    """The story; with `step` row by row, each after Enter. All of it at once where nobody can press
    Enter, and the rest of it when the input ends. Raises `Interrupted` at Ctrl-C.
    """
    told = parts(picture, _WIDTH) if step and sys.stdin.isatty() else [[tell(picture, _WIDTH)]]
    asks = len(told) > 1
    for number, part in enumerate(told):
        console.print(show.safe("\n".join(part)), markup=False, soft_wrap=True)
        left = len(told) - 1 - number
        if asks and left:
            try:
                asks = _enter(left)
            except KeyboardInterrupt:
                console.print()
                raise Interrupted("stopped before the end of the story.") from None


def _enter(left: int) -> bool:
    """Waits for Enter; False at the end of input. The question is gone after it."""
    rows = "row" if left == 1 else "rows"
    sys.stdout.write(f"-- Enter: on, Ctrl-C: stop ({left} more {rows}) --")
    sys.stdout.flush()
    line = sys.stdin.readline()
    sys.stdout.write(_WIPE if line.endswith("\n") else "\n")
    sys.stdout.flush()
    return bool(line)
