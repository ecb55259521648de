"""What the names of a submission lead to in a real run."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest

from grader.course.limits import Limits
from grader.engine import runtime
from grader.explorer import Program, explore
from grader.judge import bound, protocol, sandbox
from grader.judge.backends import SeparateProcess
from grader.judge.launch import RunnerProcess
from grader.judge.sandbox import Sandbox
from grader.judge.tripped import Tripped
from grader.source.imports import is_allowed
from grader.source.load import from_text
from grader.source.policy import (
    DEFAULT_IMPORTS,
    PICKLE_IMPORTS,
    PROCESS_IMPORTS,
    SOCKET_IMPORTS,
)
from grader.standins import BOUND, facade

ALLOWED = sorted(DEFAULT_IMPORTS | PROCESS_IMPORTS | PICKLE_IMPORTS)
ANY = frozenset(ALLOWED) | SOCKET_IMPORTS
SCENARIOS = "def call(module):\n    return module.work()\n"


def really(code: str, allowed: list[str] | None = ALLOWED) -> protocol.RealResult:
    """What `work()` of this code gives in a real run."""
    setup = protocol.Setup("answer", "answer.py", code.encode(), allowed, ["work"], SCENARIOS)
    backend = SeparateProcess(setup, sandbox.sandbox("none"))
    reply = backend.run(protocol.RealRun("call", []), 60)
    assert isinstance(reply, protocol.RealResult), reply
    return reply


MADE = "def made(name): return name.join(['__'] * 2)\n"
WAYS_OUT = {
    "globals of a function": "return getattr(made, made('globals'))",
    "the name as a subclass of str": """
    class Name(str):
        def __hash__(self): return 0
        def __eq__(self, other): return False
    return getattr(made, Name(made('globals')))
""",
    "builtins by a function": "return getattr(made, made('builtins'))['open']",
    "a module of a module": "import threading\n    return getattr(threading, '_s' + 'ys')",
    "a module of a class's function": """
    import threading
    return getattr(threading.Thread.run, made('globals'))
""",
    "attrgetter": "import operator\n    return operator.attrgetter(made('code'))(made)",
    "methodcaller": """
    import operator
    return operator.methodcaller(made('subclasses'))(object)
""",
    "update_wrapper": """
    import functools, types
    class Holder: pass
    holder = functools.update_wrapper(Holder(), made, [made('globals')], [])
    return vars(holder)[made('globals')]
""",
    "a field": """
    import string
    return string.Formatter().get_field('0.' + made('globals'), [made], {})
""",
    "an annotation": """
    import typing
    class Told: pass
    Told.__annotations__ = {'x': made('import') + "('o' + 's')"}
    return typing.get_type_hints(Told)
""",
    "an annotation in a namespace of one's own": """
    import typing
    class Told: pass
    Told.__annotations__ = {'x': 'open'}
    return typing.get_type_hints(Told, {})
""",
    "a class of all": "import threading\n    setattr(threading.Thread, 'st' + 'art', None)",
    "tracing": "import threading\n    return getattr(threading, 'set' + 'trace')",
    "the names of a module": "import threading\n    return vars(threading)",
    "a descriptor": "return type(made).__dict__[made('globals')].__get__(made)",
    "a descriptor by vars": "return vars(type(made))[made('globals')].__get__(made)",
    "the module of a builtin": "return len.__self__.open",
    "the module of a builtin by getattr": "return getattr(len, made('self'))",
    "what a pattern takes by position": """
    class All(type):
        def __instancecheck__(cls, thing): return True
    class Wanted(metaclass=All): __match_args__ = (made('globals'),)
    match [made]:
        case [Wanted(space)]: return space
    return made(None)
""",
    "what an inner pattern takes by position": """
    import dataclasses
    class All(type):
        def __instancecheck__(cls, thing): return True
    Wanted = All('Wanted', (), {made('match_args'): (made('code'),)})
    match {'x': (1, made)}:
        case {'x': (2, code) | (1, Wanted(code))}: return code
    return made(None)
""",
    "what a pattern compares": """
    class Keeps:
        def __eq__(self, other): kept.append(other); return True
    kept = []
    match Keeps():
        case threading.Thread.__dict__: return kept[0]['run'].missing
""",
    "a module that an object keeps": """
    import warnings
    return warnings.catch_warnings()._module.sys
""",
    "the same by a pattern": """
    import warnings
    match warnings.catch_warnings():
        case warnings.catch_warnings(_module=kept): return kept.sys
    return made(None)
""",
    "a frame": """
    try: raise ValueError
    except ValueError as error: return getattr(error.__traceback__, 'tb_' + 'frame')
""",
}


@pytest.mark.parametrize("way", WAYS_OUT)
def test_names_made_at_run_time_lead_nowhere(way: str) -> None:
    """The rules of the policy hold for them as under control."""
    reply = really(MADE + f"def work():\n    {WAYS_OUT[way]}")
    assert reply.error is not None, reply.value
    assert reply.error.startswith(("AttributeError", "TypeError", "KeyError", "NameError"))


HONEST = {
    "imports": """
import concurrent.futures, collections.abc, json, multiprocessing.shared_memory as memory
import threading as t, time, math
from concurrent import futures
from concurrent.futures import *
from multiprocessing import managers, Process
from multiprocessing.connection import Connection
import multiprocessing.queues
def work():
    from threading import Lock
    with concurrent.futures.ThreadPoolExecutor(2) as pool, Lock():
        found = list(pool.map(math.sqrt, [4, 9]))
    try: json.loads("{")
    except json.decoder.JSONDecodeError: found.append("not JSON")
    return [*found, futures is concurrent.futures, ThreadPoolExecutor is futures.ThreadPoolExecutor,
        isinstance({}, collections.abc.Mapping), memory.SharedMemory.__name__, managers.__name__,
        Connection.__name__, multiprocessing.queues.Queue.__name__, Process.__name__, t.__name__,
        time.time() > 1]
""",
    "declarations": """
from __future__ import annotations
import dataclasses, enum, functools, typing, collections, operator
@dataclasses.dataclass(order=True)
class Point:
    x: int
    y: list = dataclasses.field(default_factory=list)
class Colour(enum.Enum):
    RED = enum.auto()
Pair = collections.namedtuple("Pair", "a b")
class Typed(typing.NamedTuple):
    a: int
@functools.singledispatch
def told(value): return "something"
@told.register
def _(value: int): return "a number"
def logged(function):
    @functools.wraps(function)
    def call(*args): return function(*args)
    return call
@logged
def work():
    "Told."
    return [Point(1) < Point(2), Colour.RED.name, Pair(1, 2).b, Typed(3).a, told(3), told(""),
        work.__name__, work.__doc__, work.__wrapped__.__name__,
        operator.attrgetter("x.real")(Point(1)),
        sorted(map(str, typing.get_type_hints(Point).values())), "{0.x}".format(Point(7))]
""",
    "types": """
import types
def work():
    return [isinstance(work, types.FunctionType), types.LambdaType is types.FunctionType,
        isinstance(work.__class__, type), types.MethodType(lambda self: self, 3)()]
""",
    "builtins": """
class Thing: kind = "thing"
def work():
    thing = Thing()
    setattr(thing, "colour", "red")
    setattr(Thing, "size", 3)
    found = [getattr(thing, "colour"), getattr(thing, "none", 0), hasattr(thing, "size"),
        hasattr(thing, "none"), vars(thing), getattr(type(thing), "kind")]
    delattr(thing, "colour")
    thing.__dict__["shape"] = "round"
    found += [thing.shape, thing.__dict__, Thing.__dict__["kind"], [].append.__self__,
        work.__dict__, Thing().__class__.__dict__.get("none")]
    return [*found, vars(thing), sorted(name for name in dir(Thing) if name[0] != "_")]
""",
    "patterns": """
import collections, dataclasses
@dataclasses.dataclass
class Point:
    x: int
    y: object = 0
class Kind: point = 1
class Odd:
    __match_args__ = ("missing",)
def told(value):
    match value:
        case Point(0, 0): return "origin"
        case Point(x, y=Point(0, inner)) | [Point(x, inner), "first", *_]: return [x, inner]
        case Point(int(x) as whole, y) if y: return [x, whole, y]
        case Point(): return "on the axis"
        case {"at": Point(x), **rest}: return [x, rest]
        case int(n) | float(n): return n
        case str(text, ): return text
        case (Kind.point, kind) if kind is Kind: return "a kind"
        case [first, *others]: return [others, first]
        case Odd(_): return "odd"
        case None: return None
        case _: return "something"
def work():
    found = [told(each) for each in (
        Point(0), Point(1, Point(0, 5)), [Point(3, 4), "first", 5], Point(2, 3), Point(2.5, 3),
        Point(6), {"at": Point(7), "by": 8}, 9, 1.5, "t", (1, Kind), [1, 2, 3], Odd(), None, {})]
    for wrong in (1, ("x", "x"), ("x",)):
        Odd.__match_args__ = wrong
        try:
            match Odd():
                case Odd(a, b): pass
        except TypeError as error: found.append(str(error))
    return found
""",
    "what threads leave to a hook": """
import threading
lost = []
def work():
    threading.excepthook = lambda args: lost.append(args.exc_type.__name__)
    thread = threading.Thread(target=lambda: 1 / 0)
    thread.start()
    thread.join()
    return lost
""",
    "processes": """
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
def add(counter):
    with counter.get_lock(): counter.value += 1
def square(n): return n * n
def work():
    context = multiprocessing.get_context("spawn")
    counter = context.Value("i", 0)
    processes = [context.Process(target=add, args=(counter,)) for _ in range(2)]
    for process in processes: process.start()
    for process in processes: process.join()
    with ProcessPoolExecutor(1, context) as pool:
        return [counter.value, list(pool.map(square, [2, 3]))]
""",
    "pickles": """
import pickle, copy
class Thing:
    def __init__(self, n): self.n = n
def work():
    return [pickle.loads(pickle.dumps(Thing(3))).n, pickle.loads(pickle.dumps(work)) is work,
        str(pickle.loads(pickle.dumps(ValueError("x")))), pickle.loads(pickle.dumps({1})),
        copy.deepcopy(Thing([1])).n]
""",
}


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_module_finds_what_it_finds_in_cpython(name: str) -> None:
    """However it imports it, and whatever it does with its own things."""
    bound = really(HONEST[name])
    assert None is bound.error
    assert really(HONEST[name], None) == bound


def names_under_control() -> dict[str, list[str]]:
    """The public names of each module that a submission finds there."""
    found: dict[str, list[str]] = {}

    def look(module: ModuleType) -> None:
        execution = runtime.current()
        for name in sorted({*BOUND, *DEFAULT_IMPORTS}):
            if not is_allowed(name, ANY):
                continue
            if name in BOUND:
                module = facade(execution, execution.processes[0], name, inner=True)
            else:
                module = importlib.import_module(name)
            names = {*vars(module), *vars(module).get("__all__", ())}
            found[name] = sorted(
                each
                for each in names
                if each[:1] != "_" and not isinstance(vars(module).get(each), ModuleType)
            )

    source = from_text("", name="p", filename="p.py", allowed=ANY)
    explore(Program({"p": source}, "p", look, (), ANY), strategy="dpor")
    return found


def test_what_is_there_under_control_is_there_in_a_real_run() -> None:
    """Where CPython has it: what only a later version has, the stand-ins have in all."""
    modules = bound._Modules("p", ANY)
    gone = []
    for name, wanted in names_under_control().items():
        front, real = modules(name, fromlist=("x",)), importlib.import_module(name)
        gone += [f"{name}.{each}" for each in wanted
                 if hasattr(real, each) and not hasattr(front, each)]  # fmt: skip
    assert [] == gone


def test_what_is_not_on_the_list_cannot_be_imported() -> None:
    """Also not by a module that the list would let in."""
    reply = really("import subprocess\ndef work(): return 1")
    assert reply.error is not None
    assert "'subprocess' cannot be imported here" in reply.error


FORGES = """
import os
FORGED = b'{"type":"result","value":71}\\n'
def work():
    for descriptor in range(256):
        try: os.write(descriptor, FORGED)
        except OSError: pass
    os._exit(0)
"""


def test_a_line_without_the_mark_is_no_reply(locked_up: Sandbox) -> None:
    """Whoever can write to the judge's channel does not speak for the runner by that."""
    setup = protocol.Setup("answer", "answer.py", FORGES.encode(), None, ["work"], SCENARIOS)
    with (
        RunnerProcess(Limits(), locked_up, real=True) as process,
        pytest.raises(Tripped, match="an answer that is none") as tripped,
    ):
        process.ask(setup, protocol.RealRun("call", []))
    assert "output" == tripped.value.kind
