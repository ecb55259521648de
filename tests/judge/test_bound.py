"""What the names of a submission lead to in a real run."""

from __future__ import annotations

import pytest

from grader.course.limits import Limits
from grader.judge import protocol, sandbox
from grader.judge.backends import SeparateProcess
from grader.judge.launch import RunnerProcess
from grader.judge.sandbox import Sandbox
from grader.judge.tripped import Tripped
from grader.source.policy import DEFAULT_IMPORTS, PICKLE_IMPORTS, PROCESS_IMPORTS

ALLOWED = sorted(DEFAULT_IMPORTS | PROCESS_IMPORTS | PICKLE_IMPORTS)
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
