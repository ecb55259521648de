"""Sealing works on this interpreter, and leaves what is not asked for alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
import collections, json, weakref
from grader.engine.task import Task
from grader.explorer import library
from grader.standins.threading import Lock, Thread
class Mine: pass
def change(cls):
    try: cls.seen = True
    except TypeError as error: return str(error)
    return "changed"
class Before(Thread): pass
library.prepare()
class After(Thread): pass
print(change(Lock))
print(change(Task), change(json.JSONEncoder) == change(collections.UserDict))
print(change(Mine), change(Before), change(After), change(weakref.finalize))
print(After.start is Thread.start, issubclass(After, Thread))
"""


def test_sealed_classes_are_like_those_written_in_c() -> None:
    """The message is CPython's; subclasses, and classes of others, can be changed."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(Path(__file__).parents[2])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "" == done.stderr
    assert done.stdout.splitlines() == [
        "cannot set 'seen' attribute of immutable type 'Lock'",
        "cannot set 'seen' attribute of immutable type 'Task' False",
        "changed changed changed changed",
        "True True",
    ]
