"""What all schedules share cannot be changed: stand-ins, CPython's modules, their functions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.source.bound import cases, results

CHANGED = "changed"

# Each returns "changed" if it has made a lock that is never taken, or something of that kind.
CHANGES = cases(
    """
# a method of a stand-in
import threading
def main():
    threading.Lock.acquire = lambda self, *args: True
    return "changed"
----
# a method, by setattr and a name made at run time
import threading
def main():
    setattr(threading.Thread, "st" + "art", lambda self: self.run())
    return "changed"
----
# a method, by type.__setattr__
import threading
def main():
    type.__setattr__(threading.Thread, "start", lambda self: self.run())
    return "changed"
----
# a method, as the target of a loop
import threading
def main():
    for threading.Lock.acquire in [lambda self, *args: True]: pass
    return "changed"
----
# a method, by an augmented assignment
import threading
class Any:
    def __radd__(self, other): return lambda self, *args: True
def main():
    threading.Lock.acquire += Any()
    return "changed"
----
# a method, deleted
import threading
def main():
    del threading.Lock.release
    return "changed"
----
# a method, through an alias of typing, which passes it on
import threading, typing
def main():
    alias = typing.Annotated[threading.Lock, 1]
    alias.acquire = lambda self, *args: True
    return "changed"
----
# the bases of a stand-in
import threading
class Base: pass
def main():
    threading.Event.__bases__ = (Base,)
    return "changed"
----
# the default values of a method
import threading
def main():
    threading.Lock.acquire.__defaults__ = (False, -1)
    return "changed"
----
# the default values of a method, by object.__setattr__
import threading
def main():
    object.__setattr__(threading.Lock.acquire, "__defaults__", (False, -1))
    return "changed"
----
# the keyword defaults of a method, in their dict
import threading
def main():
    threading.Thread.__init__.__kwdefaults__["daemon"] = True
    return "changed"
----
# the code of a method, by update_wrapper
import functools, threading
def other(self, *args): return True
def main():
    functools.update_wrapper(threading.Lock.acquire, other, ["__co" + "de__"], [])
    return "changed"
----
# an attribute of a class, as copy sets what __reduce__ says
import copy, threading
class Thing:
    def __reduce_ex__(self, protocol):
        return (lambda: threading.Lock), (), (None, {"acquire": lambda self, *args: True})
def main():
    copy.copy(Thing())
    return "changed"
----
# the same by deepcopy
import copy, threading
def acquire(self, *args): return True
class Thing:
    def __reduce_ex__(self, protocol):
        return (lambda: threading.Lock), (), (None, {"acquire": acquire})
def main():
    copy.deepcopy(Thing())
    return "changed"
----
# the same by pickle
import pickle, threading
def acquire(self, *args): return True
def lock(): return threading.Lock
class Thing:
    def __reduce_ex__(self, protocol): return lock, (), (None, {"acquire": acquire})
def main():
    pickle.loads(pickle.dumps(Thing()))
    return "changed"
----
# the owner of a lock
import threading
def main():
    lock = threading.Lock()
    lock.acquire()
    lock._owner_ = None
    return "changed"
----
# the owner of a lock, as copy sets what __reduce__ says
import copy, threading
def main():
    lock = threading.Lock()
    lock.acquire()
    class Thing:
        def __reduce_ex__(self, protocol): return (lambda: lock), (), (None, {"_owner_": None})
    copy.copy(Thing())
    return "changed"
----
# what a stand-in does inside, in a subclass
import queue
class Own(queue.Queue):
    def _perform_(self, *args, **names): pass
def main(): return "changed"
----
# the same, in a class made by type, below one that says nothing of it
import queue
class Quiet(queue.Queue):
    def __init_subclass__(cls): pass
Own = type("Own", (Quiet,), {"_perfo" + "rm_": print})
def main(): return "changed"
----
# the same, set on a subclass
import queue
class Own(queue.Queue): pass
def main():
    setattr(Own, "_perfo" + "rm_", print)
    return "changed"
----
# the same, set on an object
import queue
def main():
    setattr(queue.Queue(), "_perfo" + "rm_", print)
    return "changed"
----
# the same, in the dict of an object
import queue
class Own(queue.Queue): pass
def main():
    own = Own()
    own.__dict__.update({"_perfo" + "rm_": print})
    return "changed"
----
# the same, in the state of an object
import queue
def main():
    own = queue.Queue()
    own.__getstate__()["_perfo" + "rm_"] = print
    own.__reduce_ex__(4)[2]["_perfo" + "rm_"] = print
    own.put(1)
    try: own.put(1, block=False)
    except TypeError: return "changed"
----
# a lock that says it is one of the grader's
import threading
seen = []
class Own:
    acquire = release = lambda self, *args: True
    _is_owned_ = lambda self, execution: seen.append(execution) or True
    _save_ = _restore_ = _unlock_ = ()
    def __enter__(self): return True
    def __exit__(self, *args): pass
def main():
    condition = threading.Condition(Own())
    try: condition.notify()
    except RuntimeError: pass
    return "changed" if seen else 0
----
# the encoder of json
import json
def main():
    json.JSONEncoder.encode = lambda self, value: "42"
    return "changed"
----
# a class of CPython's that the grader uses as well
import enum
def main():
    enum.Enum.__hash__ = lambda self: 1
    return "changed"
----
# a member of an enumeration of CPython's
import re
def main():
    re.I.seen = True
    return "changed"
----
# the members of an enumeration of CPython's, in their dict
import re
def main():
    re.I._member_map_.clear()
    return "changed"
----
# an abstract class, by registering a builtin with it
import collections.abc
def main():
    collections.abc.Mapping.register(int)
    return "changed"
----
# the same by ABCMeta
import abc, collections.abc
def main():
    abc.ABCMeta.register(collections.abc.Mapping, int)
    return "changed" if isinstance(1, collections.abc.Mapping) else 0
----
# a function of CPython's
import json
def main():
    json.loads.seen = True
    return "changed"
----
# an exception of CPython's
import queue
def main():
    queue.Empty.seen = True
    return "changed"
----
# a module of CPython's, by one of its functions
import math
def main():
    math.sqrt.__self__.sqrt = lambda x: 42
    return "changed"
----
# all names of a module, by an enumeration that says it is of it
import enum
class Member(enum.Enum):
    __module__ = "grader.explorer.observation"
    MAX_TEXT = 0
def main():
    enum.global_enum(Member)
    return "changed"
"""
)


@pytest.mark.parametrize(
    "program", [each[1] for each in CHANGES], ids=[each[0] for each in CHANGES]
)
def test_what_all_schedules_share_cannot_be_changed(program: str) -> None:
    """It ends with an error that says why, or as what cannot be graded."""
    assert [] == [each for each in results(program) if each == CHANGED]


def test_a_class_that_is_shared_says_what_to_do_instead() -> None:
    """One sentence: what was done, why it cannot be, what can."""
    (told,) = results("import threading\ndef main(): threading.Thread.start = print")
    assert told == (
        "main: TypeError: the class 'Thread' cannot be given another 'start', because the "
        "schedules to come, and the grader, use it as well; make a subclass."
    )


def test_what_is_set_on_a_module_is_gone_in_the_next_schedule() -> None:
    """A module object is the program's own."""
    text = """
import re, threading
def main():
    before = hasattr(re, "mine")
    re.mine = threading.mine = 1
    threading.Lock = None
    return before
"""
    assert [False] == results(text)
    assert [False] == results(text)


# What CPython's own code sets, without asking anybody: only sealed classes withstand it.
SEALED = """
import sys
sys.path.insert(0, sys.argv[1])
from grader.explorer import library
library.prepare()
from tests.source.bound import results
program = '''
import dataclasses, functools, pickle, threading
Lock = threading.Lock
def acquire(self, *args): return True
data = b"cprogram\\\\nLock\\\\nN}Vacquire\\\\ncprogram\\\\nacquire\\\\ns\\\\x86b."
def main():
    told = []
    for change in (
        lambda: dataclasses.dataclass(threading.Barrier),
        lambda: functools.total_ordering(threading.Semaphore),
        lambda: pickle.loads(data),
    ):
        try: told.append(str(change()))
        except (TypeError, ValueError) as error: told.append(type(error).__name__)
    return told
'''
print(results(program))
"""


def test_cpythons_own_code_cannot_change_them_either() -> None:
    """In a process that only runs a student's code, classes are sealed as those in C are."""
    done = subprocess.run(
        [sys.executable, "-c", SEALED, str(Path(__file__).parents[2])],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "" == done.stderr
    assert "[['TypeError', 'ValueError', 'TypeError']]\n" == done.stdout
