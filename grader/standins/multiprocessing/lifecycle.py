"""How a modelled process begins and ends.

It begins as under spawn: its own fresh copy of the student's module is executed, then what the
parent pickled is unpickled against it. It ends as CPython's do: daemonic children are terminated,
the others joined, what is left in the buffers of queues is written out, non-daemon threads are
joined; its daemon threads die with it, and its ends of pipes are closed.
"""

from __future__ import annotations

from typing import Any, NoReturn

from grader.engine import runtime
from grader.engine.execution import Execution
from grader.engine.operation import KILLS, NEEDS_FREE, READ, RELEASE, UNLOCK, Footprint
from grader.engine.process import Process as Modelled
from grader.engine.task import Abandoned, Task
from grader.standins.multiprocessing import ends
from grader.standins.multiprocessing.pickling import loads
from grader.standins.multiprocessing.world import IDLE, Local, announce, here, local_of
from grader.standins.weakref import run_finalizers

SIGKILL, SIGTERM = 9, 15

_BOOTSTRAPPING = """
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...

        The "freeze_support()" line can be omitted if the program
        is not going to be frozen to produce an executable.

        To fix this issue, refer to the "Safe importing of main module"
        section in https://docs.python.org/3/library/multiprocessing.html
        """


class Sentinel(int):
    """A number, as CPython's sentinels are, that knows which process it stands for."""

    _controlled_ = True
    task: Task

    def _ready_(self) -> bool:
        return self.task.finished

    def _watch_(self) -> tuple[Footprint, ...]:
        return ((self.task, None, READ | NEEDS_FREE),)

    _watched_ = _watch_


def sentinel_of(task: Task) -> Sentinel:
    """The sentinel of the process whose main task is `task`."""
    sentinel = Sentinel(100_000 + task.id)
    sentinel.task = task
    return sentinel


class Child:
    """A started process, as its parent sees it."""

    _controlled_ = True

    def __init__(self, modelled: Modelled, task: Task) -> None:
        self.modelled = modelled
        self.task = task
        self.pid = local_of(modelled).pid
        self.sentinel = sentinel_of(task)

    def _travel_(self, child: Modelled | None) -> Any:
        raise TypeError("cannot pickle 'weakref.ReferenceType' object")

    @property
    def code(self) -> int | None:
        """The exit code, None while the process runs."""
        return local_of(self.modelled).code if self.task.finished else None

    def terminate(self) -> None:
        """Ends the process wherever it is."""
        self._signal(SIGTERM)

    def kill(self) -> None:
        """Ends the process wherever it is."""
        self._signal(SIGKILL)

    def _signal(self, number: int) -> None:
        execution = runtime.current()
        kind = "terminate" if number == SIGTERM else "kill"
        left = [task for task in self.modelled.tasks if not task.finished]
        mode = RELEASE if all(is_idle(task) for task in left) else RELEASE | KILLS
        execution.perform(kind, self.task, None, mode, also=ends.closing(execution, self.modelled))
        if not self.task.finished:
            local_of(self.modelled).code = -number
            for task in list(self.modelled.tasks):
                execution.discard(task)
            ends.close_all(execution, self.modelled)


def exit_now(code: int) -> NoReturn:
    """What `os._exit` does to the process that is running: nothing of it runs on."""
    execution = runtime.current()
    task = execution.running
    modelled = task.process
    main = modelled.main
    assert main is not None
    also = ends.closing(execution, modelled)
    execution.perform("exit", main, None, UNLOCK | KILLS, also=also)
    local_of(modelled).code = code & 0xFF
    ends.close_all(execution, modelled)
    for other in list(modelled.tasks):
        if other is not task:
            execution.discard(other)
    execution.leave()


def is_idle(task: Task) -> bool:
    """Whether the end of the task at this moment makes no difference to anybody."""
    return bool(task.local.get(IDLE, bool)())


def check_not_bootstrapping(local: Local) -> None:
    """Raises CPython's error when a module starts a process while it is itself being imported
    by a new process: every child would start another one.
    """
    if local.bootstrapping:
        raise RuntimeError(_BOOTSTRAPPING)


def spawn(modelled: Modelled, name: str, parent_name: str, data: bytes) -> Child:
    """Starts the process; `data` is its pickled Process object."""
    execution = runtime.current()
    task = execution.new_task(name, modelled, lambda: _live(execution, modelled, name, data))
    child = Child(modelled, task)
    if modelled.daemon and modelled.parent is not None and modelled.parent.id == 0:
        _reap_daemons_later(execution)
    execution.start(task)
    return child


def _live(execution: Execution, modelled: Modelled, name: str, data: bytes) -> None:
    """The life of a process's main thread."""
    local = local_of(modelled)
    code = 1
    try:
        try:
            process = _begin(execution, local, name, data)
            process.run()
        finally:
            if execution.over:
                raise Abandoned
            _run_at_exit(local)
        code = 0
    except Abandoned:
        raise
    except SystemExit as error:
        code = _exit_code(error)
    except BaseException as error:
        if execution.is_end(error):
            raise
        execution.state.setdefault("child errors", []).append((name, error))
    _join_threads(execution, modelled)
    closing = ends.closing(execution, modelled)
    rest = [task for task in modelled.tasks if task is not modelled.main and not task.finished]
    busy = not all(is_idle(task) for task in rest)
    if closing or busy:
        mode = UNLOCK | KILLS if busy else UNLOCK
        execution.perform("exit", modelled.main, None, mode, also=closing)
    for task in rest:
        execution.discard(task)
    ends.close_all(execution, modelled)
    local.code = code


def _finalize(execution: Execution, modelled: Modelled, name: str) -> None:
    try:
        run_finalizers(modelled)
    except Abandoned:
        raise
    except BaseException as error:
        if execution.is_end(error):
            raise
        execution.state.setdefault("child errors", []).append((name, error))


def _begin(execution: Execution, local: Local, name: str, data: bytes) -> Any:
    from grader.standins.multiprocessing.processes import _MainProcess

    local.method = "spawn"
    local.current = _MainProcess(name)
    local.bootstrapping = True
    try:
        program = execution.state.get("program")
        if program is not None:
            program.load(execution, local.modelled, program.main)
        process = loads(data)
    finally:
        local.bootstrapping = False
    local.current = process
    return process


def _exit_code(error: SystemExit) -> int:
    if error.code is None:
        return 0
    return error.code & 0xFF if isinstance(error.code, int) else 1


def _run_at_exit(local: Local) -> None:
    """What CPython's `multiprocessing.util._exit_function` does; executors are shut down first."""
    while local.pools:
        local.pools.pop(0)()
    for child in list(local.children):
        if child.daemon:
            child.terminate()
    for child in list(local.children):
        child.join()
    while local.at_exit:
        local.at_exit.pop(0)()


def wait_for_end(task: Task, timeout: float | None) -> bool:
    """Waits for the end of a task; whether it came in time."""
    footprint = (task, None, READ | NEEDS_FREE)
    return announce("join", (footprint,), lambda: task.finished, timeout)


def _join_threads(execution: Execution, modelled: Modelled) -> None:
    for task in modelled.tasks:
        if task is not modelled.main and not task.daemon and not task.finished:
            wait_for_end(task, None)


def _reap_daemons_later(execution: Execution) -> None:
    """Terminates the daemonic children of the first process when it has ended, for those of its
    other children that live longer. A task of its own, that keeps nothing else alive.
    """
    first = execution.processes[0]
    if first.state.setdefault("reaper", False):
        return
    first.state["reaper"] = True
    main = first.main
    assert main is not None

    def reap() -> None:
        execution.perform(
            "join", main, None, READ | NEEDS_FREE,
            ready=lambda: all(task.daemon or task.finished for task in first.tasks),
        )  # fmt: skip
        for child in list(here().children):
            if child.daemon:
                child.terminate()

    execution.start(execution.new_task("exit", first, reap, daemon=True))
