"""What a submission cannot get at, by whatever way: real modules, frames, files, the engine."""

from __future__ import annotations

import pytest

from tests.source.bound import cases, results

REACHED = "reached"

# Each returns "reached" if it got hold of what it looks for.
WAYS = cases(
    """
# a module that a module has imported, by a name made at run time
import enum
def main():
    return "reached" if getattr(enum, "s" + "ys").modules else 0
----
# modules that CPython's code runs in anew for each world
import logging
def main():
    return "reached" if hasattr(getattr(logging, "o" + "s"), "_exit") else 0
----
# what is behind the module that is shown
import logging
def main():
    return "reached" if getattr(logging.__getattr__, "_beh" + "ind") else 0
----
# the names of a module as a dict
import contextlib
def main():
    return "reached" if vars(contextlib)["o" + "s"] else 0
----
# the module of a builtin
def main():
    return "reached" if len.__self__.open else 0
----
# the module of a builtin, by operator
import operator
def main():
    return "reached" if operator.attrgetter("__self__.open")(len) else 0
----
# the module of a builtin, by a pattern
class Any(type):
    def __instancecheck__(cls, thing): return True
class Thing(metaclass=Any): pass
def main():
    match len:
        case Thing(__self__=module): return "reached" if module.open else 0
----
# a name that is a subclass of str and hashes as it likes
class Name(str):
    asked = 0
    def __hash__(self):
        Name.asked += 1
        return str.__hash__(self) if Name.asked > 4 else 0
    def __eq__(self, other): return Name.asked > 4 and str.__eq__(self, other)
    def startswith(self, *args): return False
def f(): pass
def main():
    for _ in range(10):
        try: return "reached" if getattr(f, Name("__glo" + "bals__")) else 0
        except AttributeError: pass
----
# the descriptor of a type
def f(): pass
def main():
    return "reached" if vars(type(f))["__glo" + "bals__"].__get__(f) else 0
----
# the subclasses of object
def main():
    return "reached" if type.__dict__["__sub" + "classes__"](object) else 0
----
# attrgetter
import operator
def f(): pass
def main():
    return "reached" if operator.attrgetter("__glo" + "bals__")(f) else 0
----
# methodcaller
import operator
def f(): pass
def main():
    return "reached" if operator.methodcaller("__getattri" + "bute__", "__glo" + "bals__")(f) else 0
----
# reduce over getattr
import functools
def f(): pass
def main():
    return "reached" if functools.reduce(getattr, ["__glo" + "bals__"], f) else 0
----
# a name that becomes another one only as an identifier
def f(): pass
def main():
    return "reached" if f.__glob\N{MATHEMATICAL BOLD SMALL A}ls__ else 0
----
# a formatter's field
import string
def f(): pass
def main():
    return "reached" if string.Formatter().get_field("0.__globals__", (f,), {}) else 0
----
# a formatter that keeps what it is to show
import string
def f(): pass
class Keeper(string.Formatter):
    def format_field(self, value, spec):
        self.kept = value
        return ""
def main():
    keeper = Keeper()
    keeper.format("{0.__globals__}", f)
    return "reached" if type(keeper.kept) is dict else 0
----
# str.format
def f(): pass
def main():
    return "reached" if "builtins" in "{0.__globals__}".format(f) else 0
----
# str.format_map
def f(): pass
def main():
    return "reached" if "builtins" in "{f.__globals__}".format_map({"f": f}) else 0
----
# str.format in a spec, as a value
def f(): pass
def main():
    show = "{1:{0.__globals__}}".format
    try: return "reached" if "builtins" in show(f, 1) else 0
    except ValueError: return "reached"
----
# str.format by map
def f(): pass
def main():
    return "reached" if "builtins" in list(map(str.format, ["{0.__globals__}"], [f]))[0] else 0
----
# update_wrapper, which copies what it is told
import functools
class Copy: pass
def f(): pass
def main():
    copy = Copy()
    functools.update_wrapper(copy, f, assigned=["__glo" + "bals__"], updated=[])
    return "reached" if vars(copy)["__glo" + "bals__"] else 0
----
# getattr of CPython, as __reduce__ of a bound method gives it
def main():
    get = "".join.__reduce__()[0]
    return "reached" if get(len, "__self__").open else 0
----
# the same, called by another one's code
import contextvars, functools, operator
def main():
    for call in (
        lambda: contextvars.copy_context().run(object.__reduce_ex__, "".join, 2),
        lambda: functools.reduce(object.__reduce_ex__, ["".join, 2]),
        lambda: functools.cache(type("".join).__reduce__)("".join),
        lambda: operator.methodcaller("__reduce__")("".join),
    ):
        try: return "reached" if call()[0](len, "__self__").open else 0
        except AttributeError: pass
----
# an enumeration made of a module's names
import enum
def main():
    made = getattr(enum.IntEnum, "_con" + "vert_")("X", "socket", lambda name: name == "AF_INET")
    return "reached"
----
# code objects
import types
def main():
    return "reached" if getattr(types, "Code" + "Type") else 0
----
# frames by a traceback
import traceback
def main():
    try: 1 / 0
    except ZeroDivisionError as error:
        return "reached" if [frame for frame, _ in traceback.walk_tb(error.__traceback__)] else 0
----
# frames by what __exit__ gets
class Keeper:
    def __enter__(self): pass
    def __exit__(self, kind, error, trace):
        self.trace = trace
        return True
def main():
    keeper = Keeper()
    with keeper: 1 / 0
    return "reached" if getattr(keeper.trace, "tb_" + "frame") else 0
----
# frames by a thread's excepthook
import threading
def main():
    kept = []
    threading.excepthook = kept.append
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start(); thread.join()
    trace = kept[0].exc_traceback
    while trace.tb_next: trace = trace.tb_next
    return "reached" if hasattr(trace, "tb_" + "frame") else 0
----
# frames of generators and coroutines
async def coroutine(): pass
async def both(): yield
def main():
    one = coroutine()
    for thing, name in (((x for x in ()), "gi"), (one, "cr"), (both(), "ag")):
        for end in ("_fra" + "me", "_co" + "de"):
            if hasattr(thing, name + end): return "reached"
    one.close()
----
# the frame of a generator that runs, by the name in a pickle
import pickle
def generator():
    yield
    yield pickle.loads(b"cprogram\\ng.gi_frame.f_back\\n.")
def main():
    global g
    g = generator()
    next(g)
    return "reached" if next(g) else 0
----
# a line of a file
import traceback, warnings
def main():
    name = "/etc/passwd"
    shown = [
        traceback.FrameSummary(name, 1, "f").line or "",
        warnings.formatwarning("x", Warning, name, 1),
        *traceback.format_list([(name, 1, "f", None)]),
    ]
    return "reached" if any("root" in each for each in shown) else 0
----
# standard output, by what redirect_stdout keeps
import contextlib
def main():
    context = contextlib.redirect_stdout(None)
    with context: return "reached" if context._old_targets else 0
----
# another working folder
import contextlib
def main():
    with contextlib.chdir("/"): return "reached"
----
# memory at any address
import multiprocessing.sharedctypes as shared
def main():
    return "reached" if shared.typecode_to_type["i"].from_address else 0
----
# the task of a thread
import threading
def main():
    thread = threading.Thread(target=print)
    thread.start()
    return "reached" if thread._task_ else 0
----
# the greenlet of a thread's task
import threading
def main():
    thread = threading.Thread(target=print)
    thread.start()
    return "reached" if vars(thread)["_task_"].greenlet else 0
----
# the class of a thread's task
import threading
def main():
    thread = threading.Thread(target=print)
    thread.start()
    task = vars(thread)["_task_"]
    for use in (
        lambda: type(task).__init__(task, 0, "", None, None, daemon=True),
        lambda: type(task).finished.__set__(task, False),
        lambda: object.__setattr__(task, "finished", False),
        lambda: setattr(task, "finished", False),
    ):
        try: use()
        except AttributeError: continue
        return "reached"
----
# the owner of a lock
import operator, threading
def main():
    lock = threading.Lock()
    lock.acquire()
    return "reached" if operator.attrgetter("_own" + "er_.process")(lock) else 0
----
# what a stand-in does inside, by super
import queue
class Own(queue.Queue):
    def hold(self): return super()._hold_
def main():
    return "reached" if Own().hold() else 0
----
# the slot in which a lock has its owner
import threading
def main():
    lock = threading.Lock()
    lock.acquire()
    vars(threading.Lock)["_own" + "er_"].__set__(lock, None)
    lock.acquire()
    return "reached"
----
# the process object of a child
import multiprocessing
def work(): pass
def main():
    process = multiprocessing.Process(target=work)
    process.start()
    return "reached" if process._popen.task.greenlet else 0
----
# the execution of a finalizer
import weakref
class Thing: pass
def main():
    thing = Thing()
    return "reached" if weakref.finalize(thing, print)._execution_ else 0
"""
)


@pytest.mark.parametrize("program", [each[1] for each in WAYS], ids=[each[0] for each in WAYS])
def test_what_is_not_the_students_cannot_be_reached(program: str) -> None:
    """It ends with an error that says why, or as what cannot be graded."""
    assert [] == [each for each in results(program) if each == REACHED]


def test_a_refusal_at_run_time_says_why_and_what_instead() -> None:
    """In the words of the source's policy, at the line that did it."""
    (told,) = results("def f(): pass\ndef main(): return getattr(f, '__co' + 'de__')")
    assert told == (
        "main: AttributeError: the attribute '__code__' cannot be used, because it leads into the "
        "interpreter, out of what the grader controls; call the function; its name is in __name__."
    )


def test_asking_is_no_crime() -> None:
    """`hasattr`, a default, `dir`: what must not be used counts as not there."""
    text = """
def f(): pass
def main():
    name = "__glo" + "bals__"
    return [hasattr(f, name), getattr(f, name, 0), name in dir(f), "__name__" in dir(f)]
"""
    assert [[False, 0, False, True]] == results(text)
