"""Ctrl-C while code is explored."""

from __future__ import annotations

import gc
import signal

import pytest

from grader import interrupt
from grader.explorer import Budget, Program, explore
from grader.source.load import from_text

SWALLOWS = """
import threading

def run(press):
    def work():
        try:
            press()
        except BaseException:
            pass
    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
"""
DIES = """
import threading

def run(press):
    thread = threading.Thread(target=press)
    thread.start()
    thread.join()
"""


def press() -> None:
    """What the terminal does at Ctrl-C."""
    signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("text", [SWALLOWS, DIES])
def test_code_under_exploration_cannot_keep_it(text: str) -> None:
    """Whoever catches it, and in whatever thread it arrives, the exploration is over."""
    source = from_text(text, name="program", filename="program.py", allowed=None)
    program = Program({"program": source}, "program", lambda module: module.run(press))
    before = signal.getsignal(signal.SIGINT)
    with interrupt.noted(), pytest.raises(KeyboardInterrupt, match=r"^$"):
        explore(program, Budget(10), label="00")
    assert before is signal.getsignal(signal.SIGINT)
    with interrupt.held_back():
        pass  # and it is over outside


def test_an_exception_of_the_same_name_is_the_codes_own() -> None:
    """What code raises by itself is an ending like any other."""
    text = "def run():\n    raise KeyboardInterrupt('mine')\n"
    source = from_text(text, name="program", filename="program.py", allowed=None)
    program = Program({"program": source}, "program", lambda module: module.run())
    with interrupt.noted():
        (outcome,) = explore(program, Budget(10), label="00").outcomes
    assert "exception" == outcome.ending.value


def test_what_holds_it_back_is_not_cut_through() -> None:
    """Each end of what is held back is a place to stop, be it inside of another one."""
    done: list[str] = []

    def work() -> None:
        with interrupt.held_back():
            with interrupt.held_back():
                press()
                done.append("as if nothing had happened")
            done.append("never")

    with interrupt.noted(), pytest.raises(KeyboardInterrupt, match=r"^$"):
        work()
    assert ["as if nothing had happened"] == done


def test_who_presses_twice_does_not_wait() -> None:
    """What is held back may take long."""
    done: list[str] = []

    def work() -> None:
        with interrupt.held_back():
            press()
            done.append("once")
            press()
            done.append("never")

    with interrupt.noted(), pytest.raises(KeyboardInterrupt, match=r"^$"):
        work()
    assert ["once"] == done


def test_garbage_collector_cannot_swallow_it(capsys: pytest.CaptureFixture[str]) -> None:
    """Python would print what a callback of the collector raises, and go on."""

    def callback(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            press()

    def work() -> None:
        with interrupt.held_back():
            gc.collect()

    gc.callbacks.append(callback)
    try:
        with interrupt.noted(), pytest.raises(KeyboardInterrupt, match=r"^$"):
            work()
    finally:
        gc.callbacks.remove(callback)
    assert "" == capsys.readouterr().err
