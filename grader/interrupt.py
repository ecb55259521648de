"""Ctrl-C, also where code that is running would catch it.

Python raises KeyboardInterrupt wherever it happens to be. That may be inside of the code under
exploration, which can swallow it, or to which it looks like an exception of its own; or in a
callback of the garbage collector, where Python prints it and forgets it. So it is noted as well,
and held back until the schedule, or whatever else is not to be cut through, is over.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

_pressed = False
_held = 0  # how many are to be waited for, one inside of the other


def _press(_signal: int, _frame: FrameType | None) -> None:
    global _pressed
    again, _pressed = _pressed, True
    if again or not _held:
        raise KeyboardInterrupt


@contextlib.contextmanager
def noted() -> Iterator[None]:
    """Notes Ctrl-C in here. Changes nothing where somebody else handles it, as in a thread."""
    global _pressed, _held
    ours = threading.current_thread() is threading.main_thread() and (
        signal.getsignal(signal.SIGINT) is signal.default_int_handler
    )
    before = _pressed, _held
    _pressed, _held = False, 0
    if ours:
        signal.signal(signal.SIGINT, _press)
    try:
        yield
    finally:
        _pressed, _held = before
        if ours:
            signal.signal(signal.SIGINT, signal.default_int_handler)


def hold_back() -> None:
    """From here to `let_go`, Ctrl-C is only noted. Who presses it twice does not want to wait."""
    global _held  # noqa: PLW0603 - as above
    _held += 1


def let_go() -> None:
    """Raises KeyboardInterrupt if Ctrl-C has been pressed since `noted` was entered, also inside of
    another part that holds it back: each is a place to stop.
    """
    global _held  # noqa: PLW0603 - as above
    _held -= 1
    if _pressed:
        raise KeyboardInterrupt


@contextlib.contextmanager
def held_back() -> Iterator[None]:
    """Nothing in here is cut through by Ctrl-C: KeyboardInterrupt is raised at its end."""
    hold_back()
    try:
        yield
    finally:
        let_go()
