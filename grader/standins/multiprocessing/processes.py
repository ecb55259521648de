"""`multiprocessing.Process` and what goes with it, under control.

Behaviour and messages are those of CPython's `Lib/multiprocessing/process.py`; a child begins as
under the spawn start method, whatever method was set (see `lifecycle`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from grader.engine import runtime
from grader.engine.operation import READ
from grader.standins.multiprocessing import ends, lifecycle
from grader.standins.multiprocessing.errors import require
from grader.standins.multiprocessing.pickling import dumps
from grader.standins.multiprocessing.world import FIRST_PID, here

if TYPE_CHECKING:
    from grader.engine.process import Process as Modelled

AUTHKEY = b"racecourse"


class BaseProcess:
    """A process of the controlled program."""

    _controlled_ = True
    _pickles_ = True  # by its state, as under spawn

    def __init__(
        self,
        group: None = None,
        target: Callable[..., Any] | None = None,
        name: str | None = None,
        args: Iterable[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        *,
        daemon: bool | None = None,
    ) -> None:
        require(group is None, "group argument must be None for now")
        local = here()
        mine = current_process()
        local.made += 1
        self._identity: tuple[int, ...] = (*mine._identity, local.made)
        self._config: dict[str, Any] = dict(mine._config)
        self._parent_pid = local.pid
        self._parent_name = mine.name
        self._popen: lifecycle.Child | None = None
        self._closed = False
        self._target = target
        self._args = tuple(args)
        self._kwargs = dict(kwargs or {})
        self._name = name or "Process-" + ":".join(str(number) for number in self._identity)
        if daemon is not None:
            self.daemon = daemon

    def _check_closed(self) -> None:
        if self._closed:
            raise ValueError("process object is closed")

    def run(self) -> None:
        """As in CPython: calls the target. Subclasses may override it."""
        if self._target:
            self._target(*self._args, **self._kwargs)

    def start(self) -> None:
        """As in CPython, under spawn: what the child needs is pickled here and now."""
        self._check_closed()
        local = here()
        require(self._popen is None, "cannot start a process twice")
        require(
            self._parent_pid == local.pid,
            "can only start a process object created by current process",
        )
        require(
            not current_process()._config.get("daemon"),
            "daemonic processes are not allowed to have children",
        )
        lifecycle.check_not_bootstrapping(local)
        execution = runtime.current()
        modelled = execution.new_process(self._name, execution.running.process)
        modelled.daemon = self.daemon
        try:
            data = dumps(self, modelled)
        except BaseException:
            ends.close_all(execution, modelled)  # it will never come to be
            raise
        self._popen = lifecycle.spawn(modelled, self._name, self._parent_name, data)
        # As in CPython: what the target was given does not live on in the parent because of it.
        del self._target, self._args, self._kwargs
        local.children.append(self)

    def _child_(self, what: str) -> lifecycle.Child:
        self._check_closed()
        require(self._parent_pid == here().pid, f"can only {what} a child process")
        child = self._popen
        require(child is not None, f"can only {what} a started process")
        assert child is not None
        return child

    def terminate(self) -> None:
        """As in CPython (SIGTERM): the process ends wherever it is; what it holds stays held."""
        self._check_closed()
        self._popen.terminate()  # type: ignore[union-attr]  # CPython's AttributeError, too

    def kill(self) -> None:
        """As in CPython (SIGKILL)."""
        self._check_closed()
        self._popen.kill()  # type: ignore[union-attr]  # CPython's AttributeError, too

    def join(self, timeout: float | None = None) -> None:
        """As in CPython."""
        if lifecycle.wait_for_end(self._child_("join").task, timeout):
            _forget(self)

    def is_alive(self) -> bool:
        """As in CPython."""
        self._check_closed()
        if self is current_process():
            return True
        require(self._parent_pid == here().pid, "can only test a child process")
        if self._popen is None:
            return False
        runtime.current().perform("is-alive", self._popen.task, None, READ)
        if self._popen.task.finished:
            _forget(self)
        return not self._popen.task.finished

    def close(self) -> None:
        """As in CPython."""
        if self._popen is not None:
            runtime.current().perform("is-alive", self._popen.task, None, READ)
            if not self._popen.task.finished:
                raise ValueError(
                    "Cannot close a process while it is still running. "
                    "You should first call join() or terminate()."
                )
            self._popen = None
            _forget(self)
        self._closed = True

    @property
    def name(self) -> str:
        """As in CPython."""
        return self._name

    @name.setter
    def name(self, name: str) -> None:
        require(isinstance(name, str), "name must be a string")
        self._name = name

    def __hash__(self) -> int:
        # Not by its address: a set of processes has the same order in every run of one schedule.
        return hash(self.__dict__.get("_identity"))

    @property
    def daemon(self) -> bool:
        """As in CPython."""
        return bool(self._config.get("daemon", False))

    @daemon.setter
    def daemon(self, daemonic: bool) -> None:
        require(self._popen is None, "process has already started")
        self._config["daemon"] = daemonic

    @property
    def authkey(self) -> bytes:
        """As in CPython; the key is a fixed one."""
        authkey: bytes = self._config.get("authkey", AUTHKEY)
        return authkey

    @authkey.setter
    def authkey(self, authkey: bytes) -> None:
        self._config["authkey"] = bytes(authkey)

    @property
    def exitcode(self) -> int | None:
        """As in CPython: None while the process runs."""
        self._check_closed()
        if self._popen is None:
            return None
        runtime.current().perform("exit-code", self._popen.task, None, READ)
        return self._popen.code

    @property
    def ident(self) -> int | None:
        """As in CPython: the process id, None before the start."""
        self._check_closed()
        if self is current_process():
            return here().pid
        return None if self._popen is None else self._popen.pid

    pid = ident

    @property
    def sentinel(self) -> int:
        """As in CPython: something to `multiprocessing.connection.wait` for."""
        self._check_closed()
        if self._popen is None:
            raise ValueError("process not started")
        return self._popen.sentinel

    def __repr__(self) -> str:
        code = None
        if self is current_process():
            status = "started"
        elif self._closed:
            status = "closed"
        elif self._popen is None:
            status = "initial"
        else:
            code = self._popen.code
            status = "started" if code is None else "stopped"
        info = [type(self).__name__, f"name={self._name!r}"]
        if self._popen is not None:
            info.append(f"pid={self._popen.pid}")
        info.append(f"parent={self._parent_pid}")
        info.append(status)
        if code is not None:
            info.append(f"exitcode={_CODE_NAMES.get(code, code)}")
        if self.daemon:
            info.append("daemon")
        return f"<{' '.join(info)}>"


_CODE_NAMES = {-15: "-SIGTERM", -9: "-SIGKILL"}


class Process(BaseProcess):
    """A process of the controlled program, with its own fresh copy of the student's module."""

    _controlled_ = True
    _start_method: str | None = None


class _MainProcess(BaseProcess):
    _controlled_ = True

    def __init__(self, name: str = "MainProcess") -> None:
        self._identity = ()
        self._config = {}
        self._parent_pid = None  # type: ignore[assignment]  # as in CPython: it has no parent
        self._parent_name = ""
        self._popen = None
        self._closed = False
        self._name = name

    def close(self) -> None:
        pass


class ParentProcess:
    """What `parent_process` returns."""

    _controlled_ = True

    def __init__(self, name: str, modelled: Modelled) -> None:
        assert modelled.main is not None
        self.name = name
        self.daemon = False
        self._task_ = modelled.main
        self.pid = self.ident = FIRST_PID + modelled.id
        self.sentinel = lifecycle.sentinel_of(modelled.main)

    def is_alive(self) -> bool:
        """As in CPython."""
        runtime.current().perform("is-alive", self._task_, None, READ)
        return not self._task_.finished

    def join(self, timeout: float | None = None) -> None:
        """As in CPython."""
        lifecycle.wait_for_end(self._task_, timeout)

    @property
    def exitcode(self) -> int | None:
        """As in CPython: not to be known."""
        return None


def _forget(process: BaseProcess) -> None:
    """The process has been seen to have ended."""
    children = here().children
    if process in children:
        children.remove(process)


def current_process() -> BaseProcess:
    """As in CPython."""
    local = here()
    if local.current is None:
        local.current = _MainProcess()
    return local.current


def parent_process() -> ParentProcess | None:
    """As in CPython: None in the process that runs the scenario."""
    local = here()
    if local.parent is None and local.modelled.parent is not None:
        parent = local.modelled.parent
        local.parent = ParentProcess(parent.name if parent.id else "MainProcess", parent)
    found: ParentProcess | None = local.parent
    return found


def active_children() -> list[Any]:
    """As in CPython: the children that are alive. Joins those that have ended."""
    for process in list(here().children):
        process.is_alive()
    return list(here().children)
