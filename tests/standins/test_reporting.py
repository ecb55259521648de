"""`logging`, `warnings` and `traceback`: as in CPython, and nothing outlives a schedule."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.programs import outcomes
from tests.standins.multiprocessing import harness

CASES = Path(__file__).with_name("cases_reporting.py")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What CPython does."""
    return harness.with_cpython(CASES, tmp_path_factory.mktemp("reporting"))


@pytest.mark.parametrize("case", harness.cases(CASES))
def test_it_does_as_in_cpython(case: str, real: dict[str, str]) -> None:
    """Results, error types and messages are CPython's."""
    assert real[case] == harness.under_control(CASES, case)


def test_nothing_outlives_a_schedule() -> None:
    """Loggers, levels, handlers and filters are those of one run."""
    text = """
import logging, threading, warnings
def main():
    root = logging.getLogger()
    before = [len(root.handlers), root.level, len(warnings.filters)]
    logging.basicConfig(level=logging.ERROR)
    warnings.simplefilter("error")
    threads = [threading.Thread(target=root.error, args=("x",)) for _ in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return before[:2], before[2] < len(warnings.filters)
"""
    assert [[[0, 30], True]] == outcomes(text)


def test_a_message_is_a_scheduling_point() -> None:
    """What is logged comes in every order in which it can."""
    text = """
import logging, threading
order = []
class Kept(logging.Handler):
    def emit(self, record):
        order.append(record.getMessage())
def main():
    logger = logging.getLogger("a")
    logger.addHandler(Kept())
    threads = [threading.Thread(target=logger.error, args=(text,)) for text in "ab"]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return order
"""
    assert [["a", "b"], ["b", "a"]] == outcomes(text)


def test_a_handler_of_the_student_has_a_lock() -> None:
    """As in CPython, `emit` of one handler runs in one thread at a time."""
    text = """
import logging, threading
class Counting(logging.Handler):
    count = 0
    def emit(self, record):
        self.count += 1
def main():
    counting = Counting()
    logger = logging.getLogger("a")
    logger.addHandler(counting)
    threads = [threading.Thread(target=logger.error, args=("x",)) for _ in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return counting.count
"""
    assert [2] == outcomes(text)


def test_files_are_not_written() -> None:
    """A handler that writes to a file says that it cannot."""
    text = """
import logging
def main():
    try:
        logging.FileHandler("log.txt")
    except OSError as error:
        return str(error)
"""
    assert ["files cannot be opened in a controlled run"] == outcomes(text)


def test_tracebacks_show_the_students_frames_alone() -> None:
    """None of the grader's, and the real line numbers."""
    text = """
import traceback
def inner():
    return [frame.lineno for frame in traceback.extract_stack()]
def main():
    return inner()
"""
    assert [[6, 4]] == outcomes(text)


def test_a_warning_on_behalf_of_the_caller_of_a_thread() -> None:
    """Where no caller is the student's, nothing of the grader's is shown, and nothing is kept."""
    text = """
import threading, warnings
shown = []
def f():
    warnings.warn("careful", stacklevel=2)
def g():
    f()
def main():
    warnings.showwarning = lambda message, category, filename, *rest: shown.append(filename)
    f()
    for target in (f, f, g):
        thread = threading.Thread(target=target)
        thread.start()
        thread.join()
    return [name.strip("<>") for name in shown]
"""
    # Once for each place: the first three are one. Twice, as the second run is the first again.
    expected = ["program.py", "sys", "program.py"]
    assert [expected] == outcomes(text)
    assert [expected] == outcomes(text)


def test_what_logs_is_found_among_the_students_frames_only() -> None:
    """`stacklevel` ends at the last of them."""
    text = """
import logging, threading
found = []
class Kept(logging.Handler):
    def emit(self, record):
        found.append([record.filename if hasattr(record, "filename") else "", record.funcName])
def f():
    logging.getLogger("a").warning("x", stacklevel=9, stack_info=True)
def main():
    logging.getLogger("a").addHandler(Kept())
    thread = threading.Thread(target=f)
    thread.start()
    thread.join()
    return found
"""
    assert [[["program.py", "f"]]] == outcomes(text)
