"""Programs whose stories are kept as golden files: one for each kind that a trace can show."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.scenario import call, in_processes, in_threads
from grader.source.load import Source, from_file, from_text
from tests.explain.failing import MODULES

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Told:
    """A program, what it is put through, and what its story is to be called."""

    kind: str
    source: Source
    scenario: Callable[..., Any]
    allowed: Callable[[Any], bool] = lambda value: True
    hint: str | None = None
    more: dict[str, Any] = field(default_factory=dict)


def stub(path: str) -> Source:
    """A stub as students get it."""
    return from_file(
        ROOT / "exercises" / path, allowed=MODULES | {"typing", "multiprocessing.sharedctypes"}
    )


def program(text: str, filename: str = "program.py") -> Source:
    """A program of a few lines."""
    dedented = textwrap.dedent(text).lstrip("\n")
    return from_text(dedented, name="program", filename=filename, allowed=MODULES)


def _increments(module: Any) -> Any:
    counter = module.Counter()
    in_threads(*[call(counter.increment)] * 2)
    return counter.value


def _increment(module: Any, counter: Any) -> None:
    module.increment(counter)


def _processes(module: Any) -> Any:
    counter = module.make_counter()
    in_processes(module, (_increment, counter), (_increment, counter))
    return module.get(counter)


def _accounts(module: Any) -> Any:
    return module.Account("alice", 100), module.Account("bob", 100)


def _opposite(module: Any) -> Any:
    a, b = _accounts(module)
    return in_threads(call(module.transfer, a, b, 10), call(module.transfer, b, a, 20))


def _same(module: Any) -> Any:
    a, _ = _accounts(module)
    return in_threads(call(module.transfer, a, a, 10))


def _total(module: Any) -> Any:
    a, b = _accounts(module)
    return in_threads(call(module.transfer, a, b, 10), call(module.total, [a, b]))[1]


def _run(module: Any) -> Any:
    return module.run()


MODULE_LOCK = """
    from multiprocessing import Lock, Process, Value

    lock = Lock()

    def add(counter):
        with lock:
            counter.value += 1

    def run():
        counter = Value("i", 0)
        workers = [Process(target=add, args=(counter,)) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return counter.value
"""
RING = """
    import threading

    class Fork:
        def __init__(self, name):
            self.name = name
            self.lock = threading.Lock()

    def dine(left, right):
        with left.lock:
            with right.lock:
                pass
"""
EARLY_RETURN = """
    import threading

    class Stock:
        def __init__(self):
            self.lock = threading.Lock()
            self.left = 1

        def take(self):
            self.lock.acquire()
            if self.left == 0:
                return False
            self.left -= 1
            self.lock.release()
            return True
"""
LATE_WAIT = """
    import threading

    class Latch:
        def __init__(self):
            self.changed = threading.Condition()
            self.open = False

        def release(self):
            with self.changed:
                self.open = True
                self.changed.notify_all()

        def wait(self):
            if not self.open:
                with self.changed:
                    self.changed.wait()
"""
ONCE = """
    class Once:
        def __init__(self):
            self.result = None
            self.calls = []

        def get(self):
            if self.result is None:
                self.calls.append("made")
                self.result = 42
            return self.result
"""
UNREAD = """
    from multiprocessing import Process, Queue

    def fill(results):
        results.put("x" * 200_000)

    def run():
        results = Queue()
        worker = Process(target=fill, args=(results,))
        worker.start()
        worker.join()
        return len(results.get())
"""
UNJOINED = """
    import threading

    class Sum:
        total = 0

        def add(self, n):
            self.total += n

    def run():
        numbers = Sum()
        workers = [threading.Thread(target=numbers.add, args=(n,)) for n in (1, 2)]
        for worker in workers:
            worker.start()
        return numbers.total
"""
POP = """
    class Stack:
        def __init__(self):
            self.items = ["last"]

        def pop(self):
            if self.items:
                return self.items.pop()
            return None
"""
POLITE = """
    import threading

    class Table:
        def __init__(self):
            self.left = threading.Lock()
            self.right = threading.Lock()

        def eat(self, first, second):
            with first:
                while not second.acquire(blocking=False):
                    pass
                second.release()
"""
BACKGROUND = """
    import queue
    import threading

    def run():
        jobs = queue.Queue()
        worker = threading.Thread(target=work, args=(jobs,))
        worker.start()
        jobs.put("one")

    def work(jobs):
        while True:
            job = jobs.get()
"""
OFF_BY_ONE = """
    import threading

    class Counter:
        def __init__(self):
            self.lock = threading.Lock()
            self.value = 1

        def increment(self):
            with self.lock:
                self.value += 1
"""
KOREAN = """
    class 은행:
        def __init__(self):
            self.잔액 = 0

        def increment(self):
            self.잔액 += 1  # 🎉 입금

        value = property(lambda self: self.잔액)

    Counter = 은행
"""


def _forks(module: Any) -> Any:
    forks = [module.Fork(name) for name in ("red", "green", "blue")]
    pairs = zip(forks, forks[1:] + forks[:1], strict=True)
    return in_threads(*[call(module.dine, left, right) for left, right in pairs])


def _stock(module: Any) -> Any:
    stock = module.Stock()
    return sorted(in_threads(*[call(stock.take)] * 3))


def _latch(module: Any) -> Any:
    latch = module.Latch()
    return in_threads(call(latch.release), call(latch.wait))


def _once(module: Any) -> Any:
    once = module.Once()
    in_threads(*[call(once.get)] * 2)
    return len(once.calls)


def _pops(module: Any) -> Any:
    stack = module.Stack()
    return in_threads(*[call(stack.pop)] * 2)


def _table(module: Any) -> Any:
    table = module.Table()
    return in_threads(
        call(table.eat, table.left, table.right), call(table.eat, table.right, table.left)
    )


PROGRAMS: dict[str, Callable[[], Told]] = {
    "counter_of_threads": lambda: Told(
        "lost-update", stub("01_thread_counter/counter.py"), _increments,
        lambda value: value == 2, more={"expected": 2, "title": "No addition is lost."},
    ),
    "counter_of_processes": lambda: Told(
        "lost-update", stub("02_process_counter/process_counter.py"), _processes,
        lambda value: value == 2, more={"expected": 2, "title": "No addition is lost."},
    ),
    "opposite_transfers": lambda: Told(
        "deadlock", stub("05_bank_transfer/bank.py"), _opposite,
        more={"title": "Transfers in opposite directions both happen."},
    ),
    "same_account": lambda: Told("self-deadlock", stub("05_bank_transfer/bank.py"), _same),
    "total_of_two_moments": lambda: Told(
        "torn-read", stub("05_bank_transfer/bank.py"), _total, lambda value: value == 200,
        "torn-read", {"expected": 200},
    ),
    "lock_of_a_module": lambda: Told(
        "per-process-lock", program(MODULE_LOCK), _run, lambda value: value == 2,
        "lost-update", {"expected": 2},
    ),
    "three_forks": lambda: Told("deadlock", program(RING), _forks),
    "early_return": lambda: Told("lock-not-released", program(EARLY_RETURN), _stock),
    "late_wait": lambda: Told("lost-wakeup", program(LATE_WAIT), _latch),
    "made_twice": lambda: Told(
        "check-then-act", program(ONCE), _once, lambda value: value == 1, None, {"expected": 1}
    ),
    "unread_queue": lambda: Told("join-before-drain", program(UNREAD), _run),
    "unjoined": lambda: Told(
        "order-violation", program(UNJOINED), _run, lambda value: value == 3, None,
        {"expected": 3},
    ),
    "pop_of_nothing": lambda: Told("exception", program(POP), _pops),
    "two_who_give_way": lambda: Told("livelock", program(POLITE), _table),
    "left_behind": lambda: Told("leaked-task", program(BACKGROUND), _run),
    "off_by_one": lambda: Told(
        "wrong-result", program(OFF_BY_ONE), _increments, lambda value: value == 2, "lost-update",
        {"expected": 2},
    ),
    "korean": lambda: Told(
        "lost-update", program(KOREAN), _increments, lambda value: value == 2, None,
        {"expected": 2, "title": "더하기는 사라지지 않는다", "language": "ko"},
    ),
}  # fmt: skip
