"""The judge's side of the template: runners that are forked by a process that is warm."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO

import msgspec

from grader.judge import template
from grader.judge.sandbox import usage
from grader.judge.sandbox.inside import keeper, namespaces
from grader.judge.sandbox.interface import Ended, Start, Unavailable

COMMAND = ("-P", "-s", "-B", "-m", template.__name__)
_END_S = 10.0  # for a keeper to end what it keeps
_PROC = Path("/proc/self/fdinfo")


def environment(folder: str) -> dict[str, str]:
    """All that a runner finds in its environment."""
    return {
        "PYTHONHASHSEED": "0", "PATH": os.defpath, "LC_ALL": "C.UTF-8",
        "HOME": folder, "TMPDIR": folder,
        # Else glibc sets 64 MB of addresses aside for each thread that asks for memory, and a
        # program with a few dozen of them meets its limit of memory without having used any.
        "MALLOC_ARENA_MAX": "1",
    }  # fmt: skip


class TemplateGone(Exception):
    """The template has ended; the message says why, where it has said so."""


class Template:
    """The process that forks the runners (see `grader.judge.template`)."""

    def __init__(self, command: list[str]) -> None:
        """`command` starts it, with a socket as its standard input."""
        self._channel, theirs = socket.socketpair()
        self._complaints: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - for as long as it lives
        with theirs:
            self._process = subprocess.Popen(
                command,
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=self._complaints,
                cwd="/",
                env=environment("/"),
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        """The number of the process that was started."""
        return self._process.pid

    def order(self, order: template.Order, *descriptors: int) -> tuple[template.Answer, int]:
        """The answer to an order, and the file descriptor that came with it, or -1. Raises
        `TemplateGone`.
        """
        pidfd = -1
        if self._process.poll() is not None:
            raise TemplateGone(self._reason())
        try:
            socket.send_fds(self._channel, [template.encode(order) + b"\n"], descriptors)
            text = b""
            while not text.endswith(b"\n"):
                more, fds, *_ = socket.recv_fds(self._channel, 4096, 1)
                pidfd = fds[0] if fds else pidfd
                if not more:
                    raise TemplateGone(self._reason())
                text += more
        except OSError:
            raise TemplateGone(self._reason()) from None
        return msgspec.json.decode(text, type=template.Answer), pidfd

    def _reason(self) -> str:
        """The last line of what it has complained about."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        self._complaints.seek(0)
        lines = self._complaints.read(20_000).decode(errors="replace").strip().splitlines()
        return lines[-1][:300] if lines else "the process that forks the runners has ended"

    def kill(self) -> None:
        """Kills the process that was started, and waits for it."""
        self._process.kill()
        self._process.wait()

    def close(self) -> None:
        """Ends the template, and with it runners in its namespaces; others when they are closed."""
        self._channel.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)  # it ends by itself, and takes its children along
        self.kill()
        self._complaints.close()


class Forking:
    """A back end whose runners are forked from a template. A process that is forked from this one
    starts a template of its own.
    """

    name: str
    description: str
    _kind: str

    def __init__(self) -> None:
        self._templates: dict[int, Template] = {}

    def _command(self) -> list[str]:
        """What starts the template. Raises `Unavailable`."""
        return [sys.executable, *COMMAND]

    def _uid(self) -> int | None:
        """The user that a new runner is to become."""
        return None

    def template(self) -> Template:
        """The one template of this process. Raises `Unavailable`."""
        owner = os.getpid()
        if owner not in self._templates:
            self._templates[owner] = Template(self._command())
        return self._templates[owner]

    def start(self, start: Start) -> ForkedChild:
        """See `Sandbox`. A template that has been lost is replaced, once."""
        try:
            return self._start(start)
        except TemplateGone:
            self.close()
        try:
            return self._start(start)
        except TemplateGone as error:
            self.close()
            raise Unavailable(str(error).rstrip(".")) from None

    def _start(self, start: Start) -> ForkedChild:
        origin = self.template()
        uid = self._uid()
        folder = self._folder(uid)
        order = keeper.Confinement(
            self._kind, start.limits, str(folder or ""), network=start.network, uid=uid,
            real=start.real,
        )  # fmt: skip
        status, their_status = os.pipe()
        their_stop, stop = os.pipe()
        try:
            answer, pidfd = origin.order(
                template.Fork(order), start.requests, start.replies, their_status, their_stop
            )
            _check(answer)
        except BaseException:
            os.close(status)
            os.close(stop)
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)
            raise
        finally:
            os.close(their_status)
            os.close(their_stop)
        kills = self._kind == keeper.NAMESPACES
        return ForkedChild(origin, answer.pid, pidfd, status, stop, folder, uid, kills=kills)

    def _folder(self, uid: int | None) -> Path | None:
        """A new folder for a runner that has no file system of its own."""
        folder = Path(tempfile.mkdtemp(prefix="racecourse-"))
        if uid is not None:
            os.chown(folder, uid, uid)
        return folder

    def close(self) -> None:
        """See `Sandbox`."""
        if (mine := self._templates.pop(os.getpid(), None)) is not None:
            mine.close()


class ForkedChild:
    """A keeper, its runner, and what that has started."""

    def __init__(
        self, origin: Template, number: int, pidfd: int, status: int, stop: int,
        folder: Path | None, uid: int | None, *, kills: bool,
    ) -> None:  # fmt: skip
        """`number`: of the keeper, as the template knows it. `kills`: all end with the keeper."""
        self.folder = folder
        self._template, self._number = origin, number
        self._pidfd, self._status, self._stop = pidfd, status, stop
        self._uid, self._kills = uid, kills
        self._ended: Ended | None = None
        self.pid = number if pidfd == -1 else _number_of(pidfd)

    def ended(self) -> Ended | None:
        """See `Child`."""
        if self._ended is None and select.select([self._status], [], [], 0)[0]:
            text = os.read(self._status, 4096).partition(b"\n")[0]
            report = msgspec.json.decode(text, type=keeper.Report) if text else keeper.Report()
            self._ended = Ended(report.code, report.failed)
        return self._ended

    def usage(self) -> usage.Usage | None:
        """See `Child`."""
        return usage.of(self.pid) if self._pidfd != -1 else None

    def exact_memory(self) -> int:
        """See `Child`."""
        return usage.exact_memory(self.pid)

    def close(self) -> None:
        """See `Child`."""
        with contextlib.suppress(OSError):
            os.write(self._stop, b"\n")  # the keeper takes this for the order to end everything
        os.close(self._stop)
        if self._kills:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)
        if not self._gone(_END_S):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(self.pid, signal.SIGKILL)
            self._gone(_END_S)
        if self._pidfd == -1:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._number, signal.SIGKILL)
        else:
            os.close(self._pidfd)
        os.close(self._status)
        with contextlib.suppress(TemplateGone):
            self._template.order(template.Gone(self._number))
        self._sweep()

    def _gone(self, seconds: float) -> bool:
        """Whether the keeper has ended within that time. In namespaces, that is when all others
        there are gone.
        """
        watched = self._status if self._pidfd == -1 else self._pidfd
        end = time.monotonic() + seconds
        return bool(select.select([watched], [], [], max(end - time.monotonic(), 0))[0])

    def _sweep(self) -> None:
        """Removes what the runner has written. Shared memory and semaphores can be told from those
        of other programs only by their owner.
        """
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
        if self._uid is None or self._kills:
            return
        for each in Path(namespaces.SHARED).iterdir():
            with contextlib.suppress(OSError):
                if each.lstat().st_uid == self._uid:
                    each.unlink()


def _check(answer: template.Answer) -> None:
    if answer.failed is not None:
        raise Unavailable(answer.failed)


def _number_of(pidfd: int) -> int:
    """The process's number here, whatever it is in its namespace."""
    for line in (_PROC / str(pidfd)).read_text(encoding="ascii").splitlines():
        if line.startswith("Pid:"):
            return int(line.split()[1])
    return -1
