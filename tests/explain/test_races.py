"""Lost updates, checks that come too early, locks that are not the same."""

from __future__ import annotations

from typing import Any

import pytest

from grader.scenario import call, in_processes, in_threads
from tests.explain.failing import Find

INCREMENTS = {
    "an attribute": """
        class Counter:
            def __init__(self):
                self.value = 0
            def increment(self):
                self.value += 1
    """,
    "a local variable in between": """
        class Counter:
            def __init__(self):
                self.value = 0
            def increment(self):
                old = self.value
                new = old + 1
                self.value = new
    """,
    "an item of a list": """
        class Counter:
            def __init__(self):
                self.cells = [0]
            def increment(self):
                self.cells[0] = self.cells[0] + 1
            value = property(lambda self: self.cells[0])
    """,
    "an item of a dict": """
        class Counter:
            def __init__(self):
                self.counts = {}
            def increment(self):
                self.counts["n"] = self.counts.get("n", 0) + 1
            value = property(lambda self: self.counts.get("n", 0))
    """,
    "getters and setters": """
        class Counter:
            def __init__(self):
                self._n = 0
            def _get(self):
                return self._n
            def _set(self, n):
                self._n = n
            def increment(self):
                self._set(self._get() + 1)
            value = property(lambda self: self._n)
    """,
    "a module global": """
        total = 0
        class Counter:
            def increment(self):
                global total
                total += 1
            @property
            def value(self):
                return total
    """,
    "a closure": """
        def Counter():
            n = 0
            def increment():
                nonlocal n
                n += 1
            class Handle:
                value = property(lambda self: n)
            handle = Handle()
            handle.increment = increment
            return handle
    """,
}


def two_increments(module: Any) -> Any:
    """Two threads, one increment each."""
    counter = module.Counter()
    in_threads(*[call(counter.increment)] * 2)
    return counter.value


@pytest.mark.parametrize("way", INCREMENTS)
def test_lost_update_is_named_however_it_is_written(failure: Find, way: str) -> None:
    """Read, compute, write: the other's write in between is lost."""
    found = failure(INCREMENTS[way], two_increments, lambda value: value == 2)
    diagnosis = found.diagnosis()
    assert diagnosis.kind == "lost-update"
    wrong = found.step(diagnosis.wrong_at)
    first = found.step(diagnosis.focus[0])
    assert wrong.task == first.task
    assert (first.value, wrong.value) == ("0", "1")
    assert any(found.step(index).task != wrong.task for index in diagnosis.focus)


def test_overwriting_a_reset_is_a_lost_update(failure: Find) -> None:
    """What comes between reading and setting to zero is in neither."""
    source = """
        class Counter:
            def __init__(self):
                self.value = 0
            def increment(self):
                self.value = self.value + 1
            def reset(self):
                old = self.value
                self.value = 0
                return old
    """

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        results = in_threads(counter.increment, counter.reset)
        return results[1] + counter.value

    assert failure(source, scenario, lambda value: value == 1).kind() == "lost-update"


LOCKED = """
    import threading

    class Counter:
        def __init__(self):
            self.value = 0
            {init}
        def increment(self):
            {body}
"""


@pytest.mark.parametrize(
    ("init", "body", "said"),
    [
        (
            "self.a, self.b, self.n = threading.Lock(), threading.Lock(), 0",
            "self.n += 1\n            with (self.a if self.n % 2 else self.b): self.value += 1",
            "These are two locks",
        ),
        ("pass", "with threading.Lock(): self.value += 1", "These are two locks"),
        (
            "self.gate = threading.Semaphore(2)",
            "with self.gate: self.value += 1",
            "self.gate let both of them in at once.",
        ),
        (
            "self.lock = threading.Lock()",
            "with self.lock: old = self.value\n            with self.lock: self.value = old + 1",
            "gave self.lock back between the two steps",
        ),
        (
            "self.a, self.b = threading.Lock(), threading.Lock()",
            (
                "with self.a:\n                with self.b: old = self.value\n"
                "            with self.a, self.b: self.value = old + 1"
            ),
            "gave self.a back between the two steps",
        ),
        (
            "self.lock = threading.Lock()",
            "with self.lock: old = self.value\n            self.value = old + 1",
            "gave self.lock back before it came to line 9.",
        ),
        (
            "self.lock = threading.Lock()",
            "old = self.value\n            with self.lock: self.value = old + 1",
            "took self.lock only after it had read in line 8.",
        ),
        (
            "self.lock = threading.Lock()",
            (
                "got = self.lock.acquire(timeout=1)\n            self.value += 1\n"
                "            if got: self.lock.release()"
            ),
            "asked for self.lock in line 8, waited until its time was up and went on without it.",
        ),
        (
            "self.lock = threading.Lock()",
            (
                "got = self.lock.acquire(blocking=False)\n            self.value += 1\n"
                "            if got: self.lock.release()"
            ),
            "asked for self.lock in line 8, did not get it and went on without it.",
        ),
    ],
)
def test_story_says_why_the_locks_did_not_help(
    failure: Find, init: str, body: str, said: str
) -> None:
    """Two locks, a semaphore for two, a lock given back in between, one that was not to be had:
    each is said, and no other.
    """
    source = LOCKED.format(init=init, body=body)
    found = failure(source, two_increments, lambda value: value == 2, early_timeouts=True)
    assert found.kind() == "lost-update"
    text = " ".join(found.text().split())
    assert said in text
    told = ("two locks", "at once", "back between", "before it came", "only after", "without it")
    assert 1 == sum(words in text for words in told)


ONE_SIDE = """
    import threading
    class Counter:
        def __init__(self):
            self.lock = threading.Lock()
            self.value = 0
        def increment(self):
            with self.lock: self.value += 1
        def other(self):
            self.value += 1
        def another(self):
            with self.lock: pass
            self.value += 1
"""


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ("other", "thread-{i} holds self.lock, but thread-{j} does not ask for it."),
        ("another", "thread-{i} holds self.lock, but thread-{j} does not in line 12."),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_story_says_who_took_no_lock(failure: Find, first: bool, other: str, said: str) -> None:
    """Whether the one without the lock overwrites or is overwritten; nobody gave anything back."""

    def scenario(module: Any) -> Any:
        counter = module.Counter()
        calls = [counter.increment, getattr(counter, other)]
        in_threads(*(calls if first else calls[::-1]))
        return counter.value

    found = failure(ONE_SIDE, scenario, lambda value: value == 2)
    assert found.kind() == "lost-update"
    i, j = (1, 2) if first else (2, 1)
    text = " ".join(found.text().split())
    assert said.format(i=i, j=j) in text
    assert "gave" not in text


PROCESSES = """
    from multiprocessing import Lock, Process, Value
    {top}
    def add(counter{parameter}):
        {lock}
            counter.value += 1

    def count():
        counter = Value("i", 0)
        {make}
        workers = [Process(target=add, args=(counter{argument})) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return counter.value
"""


def counted(module: Any) -> Any:
    """What the student's own function counts to."""
    return module.count()


def test_update_lost_between_processes_names_the_value(failure: Find) -> None:
    """The same shared Value has the same name in both processes."""
    source = PROCESSES.format(top="", parameter="", argument=",", lock="if True:", make="pass")
    found = failure(source, counted, lambda value: value == 2)
    assert found.kind() == "lost-update"
    text = found.text()
    assert "reads counter.value → 0" in text
    assert "writes counter.value = 1" in text
    assert "Process-1" in text
    assert "Process-2" in text


def test_lock_of_a_module_is_another_one_in_each_process(failure: Find) -> None:
    """Each process has its own copy of the module, with a lock of its own."""
    source = PROCESSES.format(
        top="lock = Lock()", parameter="", argument=",", lock="with lock:", make="pass"
    )
    found = failure(source, counted, lambda value: value == 2)
    assert found.kind() == "per-process-lock"
    assert "lock of Process-1" in found.text()


def test_lock_made_anew_for_each_process_is_a_lock_per_process(failure: Find) -> None:
    """Handing every worker a lock of its own is the same bug in other words."""
    source = PROCESSES.format(
        top="", parameter=", lock", argument=", Lock()", lock="with lock:", make="pass"
    )
    assert failure(source, counted, lambda value: value == 2).kind() == "per-process-lock"


def test_two_locks_of_threads_are_no_lock_per_process(failure: Find) -> None:
    """Within one process the same mistake is a lost update."""
    source = """
        import threading
        class Counter:
            value = 0
            def increment(self):
                with threading.Lock():
                    self.value += 1
    """
    assert failure(source, two_increments, lambda value: value == 2).kind() == "lost-update"


def test_update_lost_between_processes_of_the_check(failure: Find) -> None:
    """Processes that the check starts are told apart by the names it gave them."""
    source = """
        from multiprocessing import Value
        def make():
            return Value("i", 0)
        def add(counter):
            counter.value += 1
    """

    def scenario(module: Any) -> Any:
        counter = module.make()
        in_processes(module, (add, counter), (add, counter))
        return counter.value

    found = failure(source, scenario, lambda value: value == 2)
    assert found.kind() == "lost-update"
    assert "process-1" in found.text()


def add(module: Any, counter: Any) -> None:
    """Called in each process."""
    module.add(counter)


CHECKS = {
    "a limit": """
        class Store:
            def __init__(self):
                self.left = 1
                self.sold = []
            def take(self):
                if self.left > 0:
                    self.left -= 1
                    self.sold.append(1)
    """,
    "a flag": """
        class Store:
            def __init__(self):
                self.done = False
                self.sold = []
            def take(self):
                if not self.done:
                    self.done = True
                    self.sold.append(1)
    """,
    "a key": """
        class Store:
            def __init__(self):
                self.owner = {}
                self.sold = []
            def take(self):
                if "it" not in self.owner:
                    self.owner["it"] = True
                    self.sold.append(1)
    """,
    "None": """
        class Store:
            def __init__(self):
                self.made = None
                self.sold = []
            def take(self):
                found = self.made
                if found is None:
                    self.made = object()
                    self.sold.append(1)
    """,
    "a lock for each half": """
        import threading
        class Store:
            def __init__(self):
                self.lock = threading.Lock()
                self.left = 1
                self.sold = []
            def take(self):
                with self.lock:
                    free = self.left > 0
                if free:
                    with self.lock:
                        self.left -= 1
                        self.sold.append(1)
    """,
}


@pytest.mark.parametrize("way", CHECKS)
def test_check_then_act_is_named_however_it_is_written(failure: Find, way: str) -> None:
    """Both see that it is free, both take it."""

    def scenario(module: Any) -> Any:
        store = module.Store()
        in_threads(*[call(store.take)] * 2)
        return len(store.sold)

    found = failure(CHECKS[way], scenario, lambda value: value == 1)
    diagnosis = found.diagnosis("check-then-act")
    assert diagnosis.kind == "check-then-act"
    assert found.step(diagnosis.focus[0]).task == found.step(diagnosis.wrong_at).task
    if way != "a lock for each half":  # the check is in no condition there: the hint decides
        assert found.kind() == "check-then-act"


def test_waiting_with_if_is_a_check_then_act(failure: Find) -> None:
    """Who was woken does not look again, and takes what somebody else took before."""
    source = """
        import threading
        class Box:
            def __init__(self):
                self.changed = threading.Condition()
                self.items = []
                self.missed = 0
            def put(self, item):
                with self.changed:
                    self.items.append(item)
                    self.changed.notify()
            def get(self):
                with self.changed:
                    if not self.items:
                        self.changed.wait()
                    if self.items:
                        self.items.pop()
                    else:
                        self.missed += 1
    """

    def scenario(module: Any) -> Any:
        box = module.Box()
        in_threads(call(box.get), call(box.put, 1), call(box.get), call(box.put, 2))
        return box.missed

    found = failure(source, scenario, lambda value: value == 0)
    assert found.kind("lost-wakeup") == "lost-wakeup"
