"""What a submission may name, and what it is told when it may not."""

from __future__ import annotations

import ast

import pytest

from grader.source import names
from grader.source.imports import is_allowed
from grader.source.policy import (
    ASYNCIO_IMPORTS,
    DEFAULT_IMPORTS,
    FORBIDDEN_BUILTINS,
    PICKLE_IMPORTS,
    PROCESS_IMPORTS,
    SOCKET_IMPORTS,
    check,
    forbidden_attribute,
    forbidden_module,
)
from tests.source.harness import programs

ALL = DEFAULT_IMPORTS | PROCESS_IMPORTS | PICKLE_IMPORTS | SOCKET_IMPORTS | ASYNCIO_IMPORTS


def messages(source: str, allowed: frozenset[str] = DEFAULT_IMPORTS) -> list[str]:
    """What is said about a program."""
    return [problem.message for problem in check(ast.parse(source), allowed)]


RIGHT = programs(
    """
import threading, queue as q, concurrent.futures, collections.abc
from concurrent import futures
from __future__ import annotations
from time import *
----
class C:
    __slots__ = ("value", "__weakref__", "__dict__")
    def __init__(self): self.__dict__.update(vars(self)); self.__class__.__name__
    def __enter__(self): return self
    def __exit__(self, *error): raise error[1].with_traceback(error[1].__traceback__)
    def __len__(self): return len(type(self).__mro__) + len(self.__init__.__doc__ or "")
----
import functools
@functools.wraps(print)
def f(): f.__wrapped__.__qualname__, f.__module__, f.__defaults__, f.__func__, f.__self__
----
getattr(object(), "value", None), setattr, hasattr, delattr, type("C", (), {}), super, property
id, hash, isinstance, callable, memoryview(b"abc"), vars(object), dir(), print, object.__setattr__
----
def f(input, open): return input, open
class C:
    def compile(self, exec=None): return [eval for eval in [exec]]
    def close(self): return self.open(), self.exit, self.input
----
def help(): return help
help()
----
import multiprocessing.shared_memory, multiprocessing.connection as c
from multiprocessing.managers import BaseManager
import asyncio, socket, selectors, socketserver, pickle
socket.socket, asyncio.Lock, asyncio.CancelledError
----
import random, copy, weakref
random.random(), copy.copy, weakref.ref
----
error = ValueError("__globals__ is not a name here")
----
import time
def f(): raise TimeoutError from None
if __name__ == "__main__": f()
"""
)


@pytest.mark.parametrize("source", RIGHT)
def test_right_code_of_any_style_passes(source: str) -> None:
    """Reflection that stays inside, and variables with a builtin's name, are nobody's business."""
    assert [] == messages(source, ALL)


WHY = "because the grader's scheduler controls only what this exercise lists"
WRONG = [
    (
        "import _thread",
        f"line 1: '_thread' cannot be imported here, {WHY}; use 'threading' instead.",
    ),
    (
        "\nfrom multiprocessing import Lock",
        f"line 2: 'multiprocessing' cannot be imported here, {WHY}; use 'threading' instead.",
    ),
    (
        "import queue.inner",
        f"line 1: 'queue.inner' cannot be imported here, {WHY}; use 'queue' instead.",
    ),
    (
        "import datetime as d",
        f"line 1: 'datetime' cannot be imported here, {WHY}; use 'time' instead.",
    ),
    (
        "from . import counter",
        (
            "line 1: a relative import cannot be used, because a submission is one file and no "
            "package; put the code in this file."
        ),
    ),
    (
        "eval('1')",
        (
            "line 1: 'eval' cannot be used, because code made while the program runs gets no "
            "scheduling points; write the expression itself, or look the value up in a dict."
        ),
    ),
    (
        "x = 1\nopen('f')",
        (
            "line 2: 'open' cannot be used, because a submission is graded without any files or "
            "terminal; keep the data in variables."
        ),
    ),
    (
        "vars()",
        (
            "line 1: 'vars' without an object cannot be used, because it goes around the "
            "scheduling points of the variables themselves; write vars(obj), or name the variable."
        ),
    ),
    (
        "def f(): pass\nf.__globals__",
        (
            "line 2: the attribute '__globals__' cannot be used, because it leads into the "
            "interpreter, out of what the grader controls; name the variable, or give it as a "
            "parameter."
        ),
    ),
    (
        "import contextlib\ncontextlib.os",
        (
            "line 2: 'contextlib.os' cannot be used, because it is a module that another one uses "
            "and not part of it; import what you need by its own name."
        ),
    ),
]


@pytest.mark.parametrize(("source", "expected"), WRONG)
def test_a_message_says_what_why_and_what_instead(source: str, expected: str) -> None:
    """One sentence that names the line."""
    assert [expected] == messages(source)


FORBIDDEN = programs(
    """
import sys
----
import os.path as threading
----
from subprocess import *
----
import threading, importlib
----
from concurrent import interpreters
----
import concurrent.futures.thread
----
if False: import gc
----
def f():
    from inspect import stack
----
exec
----
def f(x=compile): return x
----
class C: x = globals
----
[locals() for _ in ()]
----
lambda: __import__("os")
----
f = __builtins__
----
vars(*[])
----
g = (x for x in ()); g.gi_frame
----
try: pass
except Exception as e: e.__traceback__.tb_frame
----
f.__code__ = g
----
del f.__closure__
----
x: f.__globals__
----
def f() -> object.__subclasses__(): pass
----
match f:
    case C(__globals__=g): pass
----
getattr(f, "__code__")
----
from operator import attrgetter
attrgetter("a.__globals__")
----
class C: __match_args__ = ("__globals__",)
----
from types import CodeType
----
import types
types.CodeType
----
from contextlib import sys
----
import functools as f
f._thread
----
import logging
logging.threading.Lock()
----
import dataclasses
dataclasses.builtins.open
----
object.__getattribute__
----
class C:
    def open(self): return open(self)
----
exit()
"""
)


@pytest.mark.parametrize("source", FORBIDDEN)
def test_ways_out_are_closed(source: str) -> None:
    """Imports, builtins and attributes that leave what the grader controls are found anywhere."""
    assert 1 == len(messages(source))


def test_all_problems_are_listed_by_line() -> None:
    """A student learns of everything at once, each thing once a line."""
    source = "import os\nimport os, os\nprint(eval, open)\nf.__code__.__code__"
    lines = [problem.line for problem in check(ast.parse(source), DEFAULT_IMPORTS)]
    assert [1, 2, 3, 3, 4] == lines


def test_an_exercise_can_take_one_name_away() -> None:
    """`-threading.Barrier` leaves the rest of the module, and no way around by another spelling."""
    allowed = DEFAULT_IMPORTS | {"-threading.Barrier"}
    expected = (
        "'threading.Barrier' cannot be used here, because to build what it does is this exercise; "
        "use the simpler tools of 'threading'."
    )
    assert [f"line 2: {expected}"] == messages("import threading as t\nt.Barrier(2)", allowed)
    assert [f"line 1: {expected}"] == messages("from threading import Barrier, Lock", allowed)
    star = (
        "line 1: not all names of 'threading' can be imported, because some of them are what this "
        "exercise is about; name those you need."
    )
    assert [star] == messages("from threading import *", allowed)
    assert [] == messages("import threading\nthreading.Lock()\nBarrier = 1", allowed)


def test_a_module_that_is_not_listed_is_answered_with_the_list() -> None:
    """The message says what can be imported; with nothing allowed it says that."""
    some = frozenset({"time", "queue", "multiprocessing.*", "-time.sleep"})
    assert [
        (
            f"line 1: 'decimal' cannot be imported here, {WHY}; "
            "what can be imported: multiprocessing, queue, time."
        )
    ] == messages("import decimal", some)
    assert messages("import decimal", frozenset()) == [
        f"line 1: 'decimal' cannot be imported here, {WHY}; import nothing."
    ]


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("multiprocessing", True),
        ("multiprocessing.shared_memory", True),
        ("multiprocessing.a.b", True),
        ("multiprocessingx", False),
        ("queue", True),
        ("queue.a", False),
        ("concurrent", False),
        ("concurrent.futures", True),
        ("collections.abc", True),
        ("", False),
    ],
)
def test_an_entry_allows_one_module_and_a_star_all_below(module: str, expected: bool) -> None:
    """`queue` is one module; `multiprocessing.*` is a whole package."""
    assert expected == is_allowed(module, DEFAULT_IMPORTS | PROCESS_IMPORTS)


def test_the_default_list_is_that_of_the_syllabus() -> None:
    """What a student may import unless an exercise says otherwise."""
    syllabus = (
        "threading, queue, time, collections, dataclasses, functools, itertools, contextlib, "
        "contextvars, typing, types, enum, abc, operator, copy, math, random, heapq, bisect, "
        "string, re, json, struct, weakref, numbers, concurrent.futures, traceback, warnings, "
        "logging"
    )
    assert DEFAULT_IMPORTS == {*syllabus.split(", "), "collections.abc"}


def test_names_can_be_asked_for_at_run_time() -> None:
    """`getattr(f, name)` has the rules of the source, by the same words."""
    said = forbidden_attribute("__globals__")
    assert said is not None
    assert messages("f.__globals__") == [f"line 1: {said}"]
    assert None is forbidden_attribute("__class__")
    assert None is forbidden_attribute("value")
    assert [] == [name for name in names.HOOKS if forbidden_attribute(name) is None]


def test_modules_can_be_asked_for_at_run_time() -> None:
    """What an attribute of an allowed module may be: never a module that is not allowed."""
    assert None is forbidden_module("threading", DEFAULT_IMPORTS)
    assert None is forbidden_module("concurrent", DEFAULT_IMPORTS)
    said = forbidden_module("os", DEFAULT_IMPORTS)
    assert said is not None
    assert messages("import os") == [f"line 1: {said}"]


@pytest.mark.parametrize("name", FORBIDDEN_BUILTINS)
def test_every_forbidden_builtin_is_answered(name: str) -> None:
    """Each has its own reason and its own advice, in one sentence."""
    (message,) = messages(f"x = {name}")
    assert message.startswith(f"line 1: {name!r} cannot be used, because ")
    assert 1 == message.count("; ")
    assert message.endswith(".")


def test_checking_does_not_change_the_tree() -> None:
    """The same tree is rewritten afterwards."""
    tree = ast.parse("import os\nclass C:\n    def f(self): return self.__x")
    before = ast.dump(tree, include_attributes=True)
    check(tree, DEFAULT_IMPORTS)
    assert before == ast.dump(tree, include_attributes=True)
