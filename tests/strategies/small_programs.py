"""Small concurrent programs: a generator, and an interpreter that runs one on the stand-ins.

A program is a tuple with one body per task; task 0 is the main task, which starts the others. A
body is a tuple of steps; a step is a tuple of a word and its arguments. What a step sees becomes
part of the outcome, and of what the task writes later.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Any, TypeAlias

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.operation import READ, WRITE
from grader.standins import queue, threading
from grader.standins.futures.thread import ThreadPoolExecutor
from grader.standins.futures.waiting import as_completed
from grader.standins.threading.threads import enumerate as all_threads

Step: TypeAlias = "tuple[Any, ...]"
Body: TypeAlias = "tuple[Step, ...]"
Program: TypeAlias = "tuple[Body, ...]"


_EXPECTED: tuple[type[Exception], ...] = (
    RuntimeError, ValueError, queue.Empty, queue.Full, queue.ShutDown, CancelledError, TimeoutError,
)  # fmt: skip


class World:
    """The objects that the tasks of one run share."""

    def __init__(self, seen: dict[str, list[Any]]) -> None:
        self.seen = seen
        self.variables = [0, 0]
        self.locks = [threading.Lock(), threading.Lock()]
        self.rlock = threading.RLock()
        self.condition = threading.Condition(self.locks[0])
        self.semaphore = threading.Semaphore(1)
        self.event = threading.Event()
        self.barrier = threading.Barrier(2)
        self.queue: Any = queue.Queue(1)
        self.stack: Any = queue.LifoQueue()
        self.pool: Any = ThreadPoolExecutor(1)
        self.calls: list[Any] = []


class Actor:
    """One task that carries out a body."""

    def __init__(self, world: World, name: str, body: Body) -> None:
        self.world = world
        self.name = name
        self.body = body
        self.seen = world.seen.setdefault(name, [])
        self.children: list[threading.Thread] = []
        self.submitted = 0

    def run(self) -> None:
        """All steps, one after the other."""
        for step in self.body:
            self.do(step)

    def do(self, step: Step) -> None:
        """One step; what it sees is kept."""
        word, *arguments = step
        try:
            result = getattr(self, word)(*arguments)
        except _EXPECTED as error:
            result = type(error).__name__
        if result is not None:
            self.seen.append(result)

    def all(self, steps: Body) -> None:
        """Steps within a step."""
        for step in steps:
            self.do(step)

    # Variables.

    def read(self, which: int) -> Any:
        runtime.current().perform("read", self.world, f"v{which}", READ)
        return self.world.variables[which]

    def write(self, which: int) -> None:
        runtime.current().perform("write", self.world, f"v{which}", WRITE)
        self.world.variables[which] = hash_of(self.name, self.seen)

    def add(self, which: int) -> None:
        old = self.read(which)
        runtime.current().perform("write", self.world, f"v{which}", WRITE)
        self.world.variables[which] = old + 1

    def fail(self, which: int) -> None:
        if self.read(which):
            raise KeyError(which)

    # Locks.

    def holding(self, which: int, steps: Body) -> None:
        with self.world.locks[which]:
            self.all(steps)

    def trying(self, which: int, steps: Body) -> bool:
        got = self.world.locks[which].acquire(blocking=False)
        if got:
            self.all(steps)
            self.world.locks[which].release()
        return got

    def timed(self, which: int, steps: Body) -> bool:
        got = self.world.locks[which].acquire(timeout=1)
        if got:
            self.all(steps)
            self.world.locks[which].release()
        return got

    def unlock(self, which: int) -> None:
        self.world.locks[which].release()

    def locked(self, which: int) -> bool:
        return self.world.locks[which].locked()

    def nested(self, steps: Body) -> None:
        with self.world.rlock, self.world.rlock:
            self.all(steps)

    # Condition, whose lock is lock 0.

    def wait(self, timeout: float | None) -> bool:
        with self.world.condition:
            return self.world.condition.wait(timeout)

    def wait_for(self, which: int) -> None:
        with self.world.condition:
            if not self.read(which):
                self.world.condition.wait()

    def notify(self, n: int) -> None:
        with self.world.condition:
            self.world.condition.notify(n)

    def tell(self, which: int) -> None:
        with self.world.condition:
            self.write(which)
            self.world.condition.notify_all()

    def notify_bare(self) -> None:
        self.world.condition.notify()

    # Semaphore.

    def down(self, timeout: float | None) -> bool:
        return self.world.semaphore.acquire(timeout=timeout)

    def try_down(self) -> bool:
        return self.world.semaphore.acquire(blocking=False)

    def up(self) -> None:
        self.world.semaphore.release()

    # Event and barrier.

    def set(self) -> None:
        self.world.event.set()

    def clear(self) -> None:
        self.world.event.clear()

    def await_event(self, timeout: float | None) -> bool:
        return self.world.event.wait(timeout)

    def is_set(self) -> bool:
        return self.world.event.is_set()

    def meet(self, timeout: float | None) -> int:
        return self.world.barrier.wait(timeout)

    def reset(self) -> None:
        self.world.barrier.reset()

    def abort(self) -> None:
        self.world.barrier.abort()

    # Queues.

    def put(self, block: bool, timeout: float | None) -> None:
        self.world.queue.put(hash_of(self.name, self.seen), block, timeout)

    def get(self, block: bool, timeout: float | None) -> Any:
        return self.world.queue.get(block, timeout)

    def qsize(self) -> Any:
        return self.world.queue.qsize()

    def done(self) -> None:
        self.world.queue.task_done()

    def join_queue(self) -> None:
        self.world.queue.join()

    def push(self) -> None:
        self.world.stack.put(hash_of(self.name, self.seen))

    def pop(self, block: bool) -> Any:
        return self.world.stack.get(block)

    def shutdown(self) -> None:
        self.world.queue.shutdown()

    # Threads.

    def spawn(self, steps: Body, daemon: bool) -> None:
        actor = Actor(self.world, f"{self.name}.{len(self.children)}", steps)
        child = threading.Thread(target=actor.run, name=actor.name, daemon=daemon)
        self.children.append(child)
        child.start()

    def join(self, timeout: float | None) -> None:
        for child in self.children:
            child.join(timeout)

    def alive(self) -> list[bool]:
        return [child.is_alive() for child in self.children]

    def list_threads(self) -> list[str]:
        return [thread.name for thread in all_threads()]

    # A pool.

    def submit(self, steps: Body) -> None:
        self.submitted += 1
        actor = Actor(self.world, f"{self.name}/{self.submitted}", steps)
        call = self.world.pool.submit(actor.run)
        runtime.current().perform("append", self.world, "calls", WRITE)
        self.world.calls.append(call)

    def calls(self) -> list[Any]:
        runtime.current().perform("read", self.world, "calls", READ)
        return list(self.world.calls)

    def result(self, timeout: float | None) -> Any:
        return [call.result(timeout) for call in self.calls()[:1]]

    def cancel(self) -> list[bool]:
        return [call.cancel() for call in self.calls()[-1:]]

    def is_done(self) -> list[bool]:
        return [call.done() for call in self.calls()[-1:]]

    def completed(self) -> list[int]:
        calls = self.calls()
        return [calls.index(call) for call in as_completed(calls)]

    def close(self) -> None:
        self.world.pool.shutdown(wait=False)

    # Time.

    def sleep(self) -> None:
        runtime.current().step_back("sleep", 1.0)


def hash_of(name: str, seen: list[Any]) -> int:
    """Tells apart what a task writes after it has seen different things."""
    return sum((at + 1) * hash_one(one) for at, one in enumerate([name, *seen])) % 997


def hash_one(value: Any) -> int:
    """A number for anything a step can see; the same in every run."""
    return sum(map(ord, repr(value)))


def compiled(program: Program) -> Callable[[Execution], Any]:
    """The main function of an execution of `program`. Its value tells what every task saw."""

    def main(execution: Execution) -> Any:
        seen: dict[str, list[Any]] = {}
        world = execution.state["world"] = World(seen)
        main, *others = program
        threads = []
        for number, body in enumerate(others, 1):
            actor = Actor(world, f"t{number}", body)
            threads.append(threading.Thread(target=actor.run, name=actor.name))
        for thread in threads:
            thread.start()
        Actor(world, "t0", main).run()
        for thread in threads:
            thread.join()
        return None

    return main


# -- generating ------------------------------------------------------------------------------

TIMEOUTS = (None, None, 1.0)
TOPICS: dict[str, tuple[str, ...]] = {
    "variables": ("read", "write", "add", "fail"),
    "locks": ("holding", "holding", "trying", "timed", "unlock", "locked", "nested", "add", "read"),
    "condition": (
        "wait",
        "wait_for",
        "notify",
        "tell",
        "notify",
        "notify_bare",
        "write",
        "holding",
    ),
    "semaphore": ("down", "try_down", "up", "up", "add", "write", "read"),
    "event": ("set", "set", "clear", "await_event", "await_event", "is_set", "write", "read"),
    "barrier": ("meet", "meet", "meet", "reset", "abort", "write", "read"),
    "queue": ("put", "get", "put", "get", "qsize", "done", "join_queue", "shutdown", "write"),
    "stack": ("push", "pop", "push", "pop", "write", "read"),
    "threads": ("spawn", "join", "alive", "list_threads", "write", "read", "add"),
    "pool": ("submit", "submit", "result", "cancel", "is_done", "completed", "close", "write"),
    "time": ("sleep", "timed", "down", "up", "write", "read", "wait", "notify"),
}
TOPICS["all"] = tuple(dict.fromkeys(word for words in TOPICS.values() for word in words))


def program_of(seed: int) -> Program:
    """A program; equal seeds give equal programs."""
    draw = random.Random(seed)
    words = TOPICS[draw.choice(list(TOPICS))]
    tasks = draw.choice((2, 2, 3))
    return tuple(
        body_of(draw, words, draw.randint(1 if number else 0, 4 if tasks == 2 else 3), 0)
        for number in range(tasks)
    )


def larger_program_of(seed: int, topic: str) -> Program:
    """A program with up to four tasks or up to six steps in each, of one kind."""
    draw = random.Random(seed)
    tasks = draw.choice((2, 3, 3, 4))
    longest = {2: 6, 3: 4, 4: 3}[tasks]
    return tuple(body_of(draw, TOPICS[topic], draw.randint(1, longest), 0) for _ in range(tasks))


def body_of(draw: random.Random, words: tuple[str, ...], length: int, depth: int) -> Body:
    """A body of `length` steps, those within others not counted."""
    return tuple(step_of(draw, draw.choice(words), words, depth) for _ in range(length))


def step_of(draw: random.Random, word: str, words: tuple[str, ...], depth: int) -> Step:
    """A step that begins with `word`, with arguments drawn for it."""
    if word in ("read", "write", "add", "fail", "unlock", "locked", "wait_for", "tell"):
        return (word, draw.randint(0, 1))
    if word in ("wait", "down", "await_event", "meet", "join", "result"):
        return (word, draw.choice(TIMEOUTS))
    if word in ("put", "get"):
        block = draw.random() < 0.7
        return (word, block, draw.choice(TIMEOUTS) if block else None)
    if word == "pop":
        return (word, draw.random() < 0.7)
    if word == "notify":
        return (word, draw.randint(1, 2))
    if word in ("holding", "trying", "timed", "nested", "spawn", "submit"):
        within = body_of(draw, words, draw.randint(0, 2), depth + 1) if depth < 2 else ()
        if word in ("nested", "submit"):
            return (word, within)
        if word == "spawn":
            return (word, within, draw.random() < 0.3)
        return (word, draw.randint(0, 1), within)
    return (word,)
