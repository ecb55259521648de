"""`threading.Thread` and what goes with it, under control."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from grader.engine import runtime
from grader.engine.numbered import Numbered
from grader.engine.operation import NEEDS_FREE, READ
from grader.engine.task import Abandoned, Task

_NUMBER: Final = "number of the ident"  # in a task's local storage
_FREE: Final = "numbers of ended threads"


def _numbers(process_state: dict[str, Any], key: str) -> int:
    process_state[key] = process_state.get(key, 0) + 1
    number: int = process_state[key]
    return number


class Thread(Numbered):
    """A thread of control: a task of the engine."""

    _controlled_ = True

    def __init__(
        self,
        group: None = None,
        target: Callable[..., Any] | None = None,
        name: str | None = None,
        args: Iterable[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        *,
        daemon: bool | None = None,
        context: Any = None,
    ) -> None:
        if group is not None:
            raise AssertionError("group argument must be None for now")
        execution = runtime.current()
        if not name:
            name = f"Thread-{_numbers(execution.running.process.state, 'threads made')}"
            target_name = getattr(target, "__name__", None)
            if isinstance(target_name, str):
                name += f" ({target_name})"
        self._target = target
        self._name = str(name)
        self._args = args
        self._kwargs = {} if kwargs is None else kwargs
        self._daemonic = current_thread().daemon if daemon is None else daemon
        self._context = context  # since CPython 3.14: where `run` runs
        self._task_: Task | None = None
        self._starter_: Task | None = None  # until it has seen the end of this one

    def _initialized_(self) -> bool:
        return "_task_" in self.__dict__

    def start(self) -> None:
        """As in CPython."""
        if not self._initialized_():
            raise RuntimeError("thread.__init__() not called")
        if self._task_ is not None:
            raise RuntimeError("threads can only be started once")
        execution = runtime.current()
        task = execution.new_task(
            self._name, execution.running.process, self._bootstrap_, daemon=self._daemonic
        )
        task.thread = self
        self._task_ = task
        self._starter_ = execution.running
        if free := execution.running.local.get(_FREE):
            task.local[_NUMBER] = free.pop()
        execution.start(task)

    def _bootstrap_(self) -> None:
        try:
            if self._context is None:
                self.run()
            else:
                self._context.run(self.run)
        except SystemExit:
            return
        except Abandoned:
            raise
        except BaseException as error:
            if runtime.current().is_end(error):
                raise
            modules: dict[str, Any] = runtime.current().running.process.state.get("modules", {})
            hook = getattr(modules.get("threading"), "excepthook", excepthook)
            if hook is excepthook:
                raise
            hook(ExceptHookArgs(type(error), error, error.__traceback__, self))

    def run(self) -> None:
        """As in CPython: calls the target. Subclasses may override it."""
        try:
            if self._target is not None:
                self._target(*self._args, **self._kwargs)
        finally:
            # As CPython, which does not want to keep them alive: a second call is an error.
            del self._target, self._args, self._kwargs

    def join(self, timeout: float | None = None) -> None:
        """As in CPython."""
        if not self._initialized_():
            raise RuntimeError("Thread.__init__() not called")
        if self._task_ is None:
            raise RuntimeError("cannot join thread before it is started")
        execution = runtime.current()
        task = self._task_
        if task is execution.running:
            raise RuntimeError("cannot join current thread")
        if timeout is not None and timeout <= 0:
            execution.perform("join", task, None, READ)
            return
        deadline = None if timeout is None else execution.clock.now + timeout
        ended = execution.perform(
            "join", task, None, READ | NEEDS_FREE, ready=task.has_finished, deadline=deadline
        )
        if ended and self._starter_ is execution.running:
            self._starter_ = None
            execution.running.local.setdefault(_FREE, []).append(_number_of(task))

    def is_alive(self) -> bool:
        """As in CPython."""
        if not self._initialized_():
            raise AssertionError("Thread.__init__() not called")
        if self._task_ is None:
            return False
        runtime.current().perform("is-alive", self._task_, None, READ)
        return not self._task_.finished

    @property
    def name(self) -> str:
        """As in CPython."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        self._name = str(name)

    @property
    def ident(self) -> int | None:
        """As in CPython: None before the start."""
        return None if self._task_ is None else identity(self._task_)

    @property
    def native_id(self) -> int | None:
        """As in CPython."""
        return None if self._task_ is None else 10_000 + self._task_.id

    @property
    def daemon(self) -> bool:
        """As in CPython."""
        return self._daemonic

    @daemon.setter
    def daemon(self, daemonic: bool) -> None:
        if not self._initialized_():
            raise RuntimeError("Thread.__init__() not called")
        if self._task_ is not None:
            raise RuntimeError("cannot set daemon status of active thread")
        self._daemonic = daemonic

    def isDaemon(self) -> bool:  # noqa: N802 - CPython's deprecated name
        """As in CPython."""
        return self.daemon

    def setDaemon(self, daemonic: bool) -> None:  # noqa: N802 - CPython's deprecated name
        """As in CPython."""
        self.daemon = daemonic

    def getName(self) -> str:  # noqa: N802 - CPython's deprecated name
        """As in CPython."""
        return self.name

    def setName(self, name: str) -> None:  # noqa: N802 - CPython's deprecated name
        """As in CPython."""
        self.name = name

    def __repr__(self) -> str:
        if self._task_ is None:
            status = "initial"
        else:
            status = "stopped" if self._task_.finished else "started"
        if self._daemonic:
            status += " daemon"
        if self._task_ is not None:
            status += f" {identity(self._task_)}"
        return f"<{type(self).__name__}({self._name}, {status})>"


class _MainThread(Thread):
    _controlled_ = True

    def __init__(self, task: Task) -> None:
        super().__init__(name="MainThread", daemon=False)
        self._task_ = task


class ExceptHookArgs(NamedTuple):
    """As in CPython."""

    exc_type: type[BaseException]
    exc_value: BaseException | None
    exc_traceback: Any
    thread: Thread | None


def identity(task: Task) -> int:
    """A thread's ident: stable from run to run, and plainly not a small index. Who has joined a
    thread that it had started gives that one's ident to the next thread that it starts, as Linux
    does as a rule: so it is the same whatever other tasks do.
    """
    return 140_000_000_000_000 + _number_of(task) * 4096


def _number_of(task: Task) -> int:
    number: int = task.local.get(_NUMBER, task.id)
    return number


def _thread_of(task: Task) -> Thread:
    if task.thread is None:
        task.thread = _MainThread(task)
    thread: Thread = task.thread
    return thread


def current_thread() -> Thread:
    """As in CPython."""
    return _thread_of(runtime.current().running)


def main_thread() -> Thread:
    """As in CPython: of the process of the caller."""
    main = runtime.current().running.process.main
    assert main is not None
    return _thread_of(main)


def get_ident() -> int:
    """As in CPython."""
    return identity(runtime.current().running)


def get_native_id() -> int:
    """As in CPython."""
    return 10_000 + runtime.current().running.id


def enumerate() -> list[Thread]:  # noqa: A001 - CPython's name
    """As in CPython: the threads alive in this process, at one moment. Their order is not
    promised; here it depends on nothing but their names.
    """
    execution = runtime.current()
    process = execution.running.process
    execution.perform("list threads", process, None, READ)
    alive = [task for task in process.tasks if not task.finished]
    alive.sort(key=lambda task: (task is not process.main, task.name))
    return [_thread_of(task) for task in alive]


def excepthook(args: Any, /) -> None:
    """The default hook: the exception counts as one that nobody caught."""
    raise args.exc_value


def active_count() -> int:
    """As in CPython."""
    return len(enumerate())
