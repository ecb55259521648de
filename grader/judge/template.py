"""The template: a process that has imported all that a runner needs, and forks one per check.

Run as `python -m grader.judge.template` with a Unix socket as standard input. It never sees a
student's code: it forks, and the child becomes a runner (`grader.judge.runner`) in a session and
a folder of its own. A fork costs milliseconds where a fresh interpreter costs a third of a
second. The judge asks by `Fork`, with the runner's standard input and output as file descriptors,
and hears of a runner's end by `Ended`.
"""

from __future__ import annotations

import gc
import os
import socket
from typing import NoReturn, TypeAlias

import msgspec

from grader.explorer import library
from grader.judge import runner
from grader.judge.limits import ProcessLimits, confine

_MAX_ORDER = 65_536  # bytes


class Fork(msgspec.Struct, forbid_unknown_fields=True, tag="fork"):
    """Fork a runner. Two file descriptors come along: its standard input and output."""

    folder: str
    limits: ProcessLimits


class Ended(msgspec.Struct, forbid_unknown_fields=True, tag="ended"):
    """Has this runner ended? Answered by its exit code, or None while it lives."""

    pid: int


Order: TypeAlias = Fork | Ended

encode = msgspec.json.Encoder().encode
decode_order = msgspec.json.Decoder(Order).decode


def serve(channel: socket.socket) -> None:
    """Obeys orders, one line and one answer each, until the judge is gone."""
    library.prepare()
    while True:
        data, descriptors, *_ = socket.recv_fds(channel, _MAX_ORDER, 2)
        while data and not data.endswith(b"\n"):
            more = channel.recv(_MAX_ORDER)
            data = data + more if more else b""
        if not data:
            return
        order = decode_order(data)
        if isinstance(order, Fork):
            answer: int | None = _fork(order, channel, descriptors)
            for each in descriptors:
                os.close(each)
        else:
            answer = _exit_code(order.pid)
        channel.sendall(encode(answer) + b"\n")


def _fork(order: Fork, channel: socket.socket, descriptors: list[int]) -> int:
    """The new runner's process number."""
    pid = os.fork()
    if pid == 0:
        _become_runner(order, channel, descriptors)
    return pid


def _become_runner(order: Fork, channel: socket.socket, descriptors: list[int]) -> NoReturn:
    """In the child: nothing of the template's is left but what it has imported."""
    code = 1  # the judge takes this for a failure of the grader
    try:
        channel.close()
        os.setsid()
        for target, descriptor in enumerate(descriptors):
            os.dup2(descriptor, target)
            os.close(descriptor)
        os.chdir(order.folder)
        os.environ["HOME"] = os.environ["TMPDIR"] = order.folder
        confine(order.limits)
        runner.main()
        code = 0
    finally:
        os._exit(code)


def _exit_code(pid: int) -> int | None:
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return 0
    return os.waitstatus_to_exitcode(status) if ended else None


def main() -> None:
    """The process's entry."""
    channel = socket.socket(fileno=os.dup(0))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for target in (0, 1, 2):
        os.dup2(nowhere, target)
    os.close(nowhere)
    gc.collect()
    gc.freeze()  # what is shared with the children stays untouched, and so shared
    serve(channel)


if __name__ == "__main__":
    main()
