"""The template: a process that has imported all that a runner needs, and forks one per check.

Run as `python -m grader.judge.template` with a Unix socket as standard input, inside the sandbox's
outer walls where there are any. It never sees a student's code: it forks, and the child becomes a
keeper (`grader.judge.sandbox.inside.keeper`) with a runner. A fork costs milliseconds where a fresh
interpreter costs a third of a second. The judge asks by `Fork`, with four file descriptors, and
says by `Gone` that a keeper has ended.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import socket
import sys
import time
from typing import TypeAlias

import msgspec

from grader.explorer import library
from grader.judge import runner
from grader.judge.sandbox import paths
from grader.judge.sandbox.inside import keeper, namespaces, system, tree

_MAX_ORDER = 65_536  # bytes
_DESCRIPTORS = 4
_GIVE_UP_S = 5.0


class Fork(msgspec.Struct, forbid_unknown_fields=True, tag="fork"):
    """Fork a keeper. Its file descriptors come along, in the order that `keeper` has."""

    confinement: keeper.Confinement


class Gone(msgspec.Struct, forbid_unknown_fields=True, tag="gone"):
    """This keeper has ended, or was killed; what it has left behind must not stay."""

    pid: int


Order: TypeAlias = Fork | Gone


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    """The keeper's number, as the template sees it, or why there is none. Where the system has
    them, a pidfd comes along.
    """

    pid: int = 0
    failed: str | None = None


encode = msgspec.json.Encoder().encode
decode_order = msgspec.json.Decoder(Order).decode


def serve(channel: socket.socket) -> None:
    """Obeys orders, one line and one answer each, until the judge is gone."""
    library.prepare()
    if sys.platform == "linux":
        system.adopt_orphans()
    alive: set[int] = set()
    while True:
        data, descriptors, *_ = socket.recv_fds(channel, _MAX_ORDER, _DESCRIPTORS)
        while data and not data.endswith(b"\n"):
            more = channel.recv(_MAX_ORDER)
            data = data + more if more else b""
        if not data:
            return
        order = decode_order(data)
        pidfd = -1
        if isinstance(order, Fork):
            answer, pidfd = _fork(order.confinement, channel, descriptors)
            alive.add(answer.pid)
        else:
            alive.discard(order.pid)
            answer = Answer(order.pid)
            _clean_up(alive)
        text = encode(answer) + b"\n"
        if pidfd == -1:
            channel.sendall(text)
        else:
            socket.send_fds(channel, [text], [pidfd])
        for each in (*descriptors, pidfd):
            with contextlib.suppress(OSError):
                os.close(each)


def _fork(
    order: keeper.Confinement, channel: socket.socket, descriptors: list[int]
) -> tuple[Answer, int]:
    """The new keeper, and a pidfd of it, or -1."""
    user = (os.getuid(), os.getgid()) if os.geteuid() != 0 else None
    try:
        if order.kind == keeper.NAMESPACES:
            pid, pidfd = namespaces.fork()
        else:
            pid, pidfd = os.fork(), -1
    except system.CannotConfine as error:
        return Answer(failed=str(error)), -1
    if pid == 0:
        channel.close()
        keeper.keep(order, descriptors, runner.main, user)
    if pidfd == -1 and sys.platform == "linux":
        pidfd = os.pidfd_open(pid)
    return Answer(pid), pidfd


def _clean_up(alive: set[int]) -> None:
    """Children that have ended are taken leave of. One that is no keeper was left behind by one
    that did not live to see to it.
    """
    end = time.monotonic() + _GIVE_UP_S
    while tree.reap() and time.monotonic() < end:
        orphans = set(tree.children(os.getpid())) - alive
        if not orphans:
            return
        for each in orphans:
            for pid in (each, *tree.descendants(each)):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(pid, signal.SIGKILL)
        time.sleep(0.001)


def main() -> None:
    """The process's entry."""
    channel = socket.socket(fileno=os.dup(0))
    paths.visible()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for target in (0, 1, 2):
        os.dup2(nowhere, target)
    os.close(nowhere)
    gc.collect()
    gc.freeze()  # what is shared with the children stays untouched, and so shared
    serve(channel)


if __name__ == "__main__":
    main()
