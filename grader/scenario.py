"""What scenarios are written with. The same scenario runs under control and on plain CPython.

A scenario is a function `scenario(module, *parameters)` that uses the student's module and
returns a plain value: what happened, never what should have.
"""

from __future__ import annotations

import functools
import multiprocessing
import threading
from collections.abc import Callable, Mapping, Sequence
from types import ModuleType
from typing import Any, Self

from grader.engine import runtime
from grader.engine.operation import READ, WRITE
from grader.explorer.observation import Raised, contracted, is_a
from grader.source.hooks.attributes import get_attribute, set_attribute
from grader.standins import multiprocessing as controlled_multiprocessing
from grader.standins import threading as controlled_threading

call = functools.partial
"""`call(module.transfer, a, b, 10)`: a call to be made by a thread, with a readable name."""


def in_threads(*functions: Callable[[], Any], name: str | None = None) -> list[Any]:
    """Calls the functions side by side, each in a thread of its own, and waits for all.

    Returns their results in order. If some raised, the first exception in order is raised here
    after all have ended. `name` is what `threading.current_thread().name` says in each of them,
    in place of names of their own; a story calls them apart all the same.
    """
    execution = runtime.now.execution
    results: list[Any] = [None] * len(functions)
    errors: list[BaseException | None] = [None] * len(functions)
    gate = threading.Barrier(len(functions)) if execution is None and functions else None

    def run(index: int, function: Callable[[], Any]) -> None:
        if gate is not None:
            gate.wait()  # real threads begin together, so that they do overlap
        if name is not None:
            threads[index].name = name
        try:
            results[index] = function()
        except BaseException as error:
            if execution is not None and execution.is_end(error):
                raise
            errors[index] = error
            if execution is not None:  # a story tells of it, even if nobody ever raises it again
                caught = execution.state.setdefault("thread errors", [])
                caught.append((execution.running.id, error))

    make: Any = threading.Thread if execution is None else controlled_threading.Thread
    threads = [
        make(target=run, args=(index, function), name=_name(index, function))
        for index, function in enumerate(functions)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in errors:
        if error is not None:
            raise error
    return results


def in_processes(module: ModuleType, *calls: Sequence[Any]) -> list[Any]:
    """Runs the calls side by side, each in a process of its own, and waits for all.

    A call is `(function, *arguments)`: a function of the scenario file, called in the child as
    `function(module, *arguments)` with the child's own copy of the student's module. Returns
    what the functions returned, in order, and `{"exitcode": code}` for a child that failed.
    """
    if runtime.now.execution is not None:
        return _in_controlled_processes(module, calls)
    return _in_real_processes(module, calls)


def _in_controlled_processes(module: ModuleType, calls: Sequence[Sequence[Any]]) -> list[Any]:
    results: dict[int, Any] = {}

    def child(module: ModuleType, index: int, arguments: list[Any]) -> None:
        results[index] = calls[index][0](module, *arguments)

    make: Any = controlled_multiprocessing.Process
    processes = [
        make(target=child, args=(module, index, list(arguments)), name=f"process-{index + 1}")
        for index, (_, *arguments) in enumerate(calls)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    return [
        results.get(index, {"exitcode": process.exitcode})
        for index, process in enumerate(processes)
    ]


def _in_real_processes(module: ModuleType, calls: Sequence[Sequence[Any]]) -> list[Any]:
    answers: Any = multiprocessing.Queue()
    processes = [
        multiprocessing.Process(
            target=_in_child,
            args=(module.__name__, answers, index, function, arguments),
            name=f"process-{index + 1}",
        )
        for index, (function, *arguments) in enumerate(calls)
    ]
    for process in processes:
        process.start()
    results: dict[int, Any] = {}
    while len(results) < len(processes):
        index, result = answers.get()
        results[index] = result
    for process in processes:
        process.join()
    return [results[index] for index in range(len(processes))]


def history(target: Any, *plans: Sequence[Sequence[Any]]) -> list[list[Any]]:
    """Makes calls on one object side by side: a thread for each plan, whose calls `[name,
    *arguments]` it makes one after another.

    Returns for each thread its calls as `[name, arguments, result, before]`: the result as
    `attempt` has it, and how many calls of each thread had returned when this one began. That is
    what `Observed.linearizable` asks for. Both moments are operations that the explorer knows.
    """
    execution = runtime.now.execution
    made: list[list[Any]] = [[] for _ in plans]
    moments = _Moments()

    def moment(kind: str, key: Any, mode: int, text: str) -> None:
        if execution is not None:
            execution.perform(kind, moments, key, mode)
            if execution.recorder is not None:
                execution.recorder.say(text)

    def make_calls(thread: int) -> None:
        for name, *arguments in plans[thread]:
            said = f"{name}({', '.join(map(_short, arguments))})"
            moment("call", None, READ, said)
            before = [len(calls) for calls in made]
            result = attempt(getattr(target, name), *arguments)
            moment("return", ("item", thread), WRITE, said)
            made[thread].append([name, arguments, result, before])

    in_threads(*(functools.partial(make_calls, thread) for thread in range(len(plans))))
    return made


class Together:
    """Counts how many are inside something at the same time: `with together:` around it.

    `most` is the greatest number that were in at one moment. Coming and going are operations that
    the explorer knows; it takes no notice of who came first of those that are in together. `name`
    is what a story calls it, which also says what exception somebody leaves with.
    """

    _controlled_ = True

    def __init__(self, name: str = "job") -> None:
        self.most = 0
        self.entered = 0
        self._name = name
        self._inside = 0
        self._lock = threading.Lock()  # for real threads

    def __enter__(self) -> Self:
        self._moment("call", None, READ, self._name)
        with self._lock:
            self.entered += 1
            self._inside += 1
            self.most = max(self.most, self._inside)
        return self

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        execution = runtime.now.execution
        task = None if execution is None else execution.running
        said = self._name if kind is None else f"{self._name} ({kind.__name__})"
        self._moment("return", ("item", task), WRITE, said)
        with self._lock:
            self._inside -= 1

    def _moment(self, kind: str, key: Any, mode: int, said: str) -> None:
        execution = runtime.now.execution
        if execution is not None:
            execution.perform(kind, self, key, mode)
            if execution.recorder is not None:
                execution.recorder.say(said)


class _Moments:
    """Stands for the beginnings and ends of the calls of one history."""

    _controlled_ = True


class Journal:
    """What a scenario's own functions write down, in the order in which it happened. Writing and
    looking are operations that others can come before or after: that shows which of a student's
    calls can be under way at the same time, whatever they do themselves.
    """

    _controlled_ = True

    def __init__(self) -> None:
        self._lines: list[Any] = []

    def write(self, line: str) -> None:
        """Adds a line."""
        execution = runtime.now.execution
        if execution is not None:
            execution.perform("journal", self, None, WRITE)
            if execution.recorder is not None:
                execution.recorder.say(line)
        self._lines.append(line)

    def lines(self) -> list[Any]:
        """All lines so far."""
        if runtime.now.execution is not None:
            runtime.now.execution.perform("look", self, None, READ)
        return self._lines.copy()


def still_running() -> int:
    """How many threads and processes that should have ended are alive, besides the caller.
    Daemons do not count. Only under control; 0 outside.
    """
    execution = runtime.now.execution
    if execution is None:
        return 0
    return sum(
        1
        for task in execution.live
        if task is not execution.running and not (task.daemon or task.process.daemon)
    )


def processes_started() -> int:
    """How many processes have been started so far. Only under control."""
    execution = runtime.now.execution
    return 0 if execution is None else len(execution.processes) - 1


def work_of_processes() -> list[int]:
    """For each process that has been started and has done something: how many operations it has
    made that others could notice. Only under control.
    """
    execution = runtime.now.execution
    made: dict[int, int] = {}
    for task, kind, *_ in execution.log if execution is not None else ():
        if task.process.id > 0 and kind not in ("begin", "end"):
            made[task.process.id] = made.get(task.process.id, 0) + 1
    return list(made.values())


def read(thing: Any, name: str) -> Any:
    """`thing.name`, as an operation of its own that others can come before or after.

    What a scenario itself does is otherwise invisible to the explorer.
    """
    return getattr(thing, name) if runtime.now.execution is None else get_attribute(thing, name)


def write(thing: Any, name: str, value: Any) -> None:
    """`thing.name = value`, as an operation of its own (see `read`)."""
    if runtime.now.execution is None:
        setattr(thing, name, value)
    else:
        set_attribute(value, thing, name)


def threading_here() -> Any:
    """The module `threading` of the run: the stand-in under control, else CPython's own. For what a
    scenario needs itself: an event to wait for, a thread with a certain name, `get_ident`.
    """
    return threading if runtime.now.execution is None else controlled_threading


def attempt(function: Callable[..., Any], *arguments: Any) -> Any:
    """The result of the call, or `Raised("ValueError")` if it raised an Exception (see
    `contracted`): checks write it as `{"raised": "ValueError"}`.
    """
    try:
        return function(*arguments)
    except Exception as error:
        if runtime.now.execution is not None and runtime.now.execution.is_end(error):
            raise
        return Raised(contracted(error))


def permitting(own: Mapping[str, Any], function: Callable[..., Any], *arguments: Any) -> Any:
    """The result of the call, or `Raised("Closed")` if it raised one of the exceptions that the
    contract permits it; what else it raises is let through, and ends the run.

    `own` are exception classes that the contract asks the student for, by the names that it gives
    them. It does not say what they derive from.
    """
    try:
        return function(*arguments)
    except BaseException as error:
        # A task that is left when a run is over is ended by an exception, which nobody permits.
        if runtime.now.execution is not None and runtime.now.execution.is_end(error):
            raise
        for name, cls in own.items():
            if is_a(error, cls):
                return Raised(name)
        raise


def _in_child(
    name: str, answers: Any, index: int, function: Callable[..., Any], arguments: Sequence[Any]
) -> None:
    import importlib

    try:
        result = function(importlib.import_module(name), *arguments)
    except BaseException:
        answers.put((index, {"exitcode": 1}))
        raise
    answers.put((index, result))


def _name(index: int, function: Callable[[], Any]) -> str:
    """`thread-1`, and what it calls where that can be told."""
    name = f"thread-{index + 1}"
    if isinstance(function, functools.partial):
        inner = getattr(function.func, "__name__", "")
        arguments = ", ".join(_short(argument) for argument in function.args)
        name += f" {inner}({arguments})"
    return name


def _short(value: Any) -> str:
    if isinstance(value, (int, str, bool, float)):
        return repr(value)[:20]
    own = getattr(value, "name", None)
    return own if isinstance(own, str) and len(own) <= 20 else type(value).__name__.lower()
