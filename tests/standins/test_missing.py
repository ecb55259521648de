"""What CPython has and no stand-in models: the code cannot be graded, which is no failure of it."""

import pytest

from grader.engine.runtime import NotModelled
from tests.programs import outcomes


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("from multiprocessing.connection import Listener", "multiprocessing.connection.Listener"),
        ("import multiprocessing as mp; mp.get_logger()", "multiprocessing.get_logger"),
        ("from multiprocessing import dummy", "multiprocessing.dummy"),
        ("import multiprocessing as mp; mp.dummy", "multiprocessing.dummy"),
        (
            "from multiprocessing.managers import SharedMemoryManager",
            "multiprocessing.managers.SharedMemoryManager",
        ),
        (
            "import multiprocessing as mp; mp.get_context().log_to_stderr()",
            "multiprocessing.get_context().log_to_stderr",
        ),
        ("from multiprocessing.sharedctypes import copy", "multiprocessing.sharedctypes.copy"),
        (
            "from multiprocessing.context import SpawnContext",
            "multiprocessing.context.SpawnContext",
        ),
        ("import multiprocessing as mp; mp.Pool(maxtasksperchild=1)", "multiprocessing.Pool"),
        ("import pickle; pickle.Pickler", "pickle.Pickler"),
        ("import threading; threading._active", "threading._active"),
        ("try: from time import tzset\n    except ImportError: pass", "time.tzset"),
    ],
)
def test_it_is_named_and_nobody_fails_for_it(line: str, name: str) -> None:
    """As a name to import and as an attribute, of any stand-in."""
    with pytest.raises(NotModelled, match=name.replace("(", r"\(").replace(")", r"\)")):
        outcomes(f"def main():\n    {line}")


def test_what_cpython_has_not_either_is_an_error() -> None:
    """With CPython's message."""
    text = """
import threading, queue, concurrent.futures
def main():
    found = []
    for module in (threading, queue, concurrent.futures):
        try:
            module.Mutex
        except AttributeError as error:
            found.append(str(error))
    try:
        from threading import Mutex
    except ImportError:
        found.append("import")
    return found
"""
    names = ("threading", "queue", "concurrent.futures")
    found = [f"module {name!r} has no attribute 'Mutex'" for name in names]
    assert [[*found, "import"]] == outcomes(text)


def test_to_ask_whether_it_is_there_is_allowed() -> None:
    """`hasattr`, and `getattr` with a default, say that it is not."""
    text = """
import concurrent, multiprocessing, pickle
def main():
    return [
        hasattr(pickle, "Pickler"), getattr(pickle, "Unpickler", 3), hasattr(pickle, "dumps"),
        hasattr(concurrent, "futures"), getattr(pickle, "loads", None) is pickle.loads,
        hasattr(multiprocessing, "nothing"),
    ]
"""
    assert [[False, 3, True, True, True, False]] == outcomes(text)
