"""The keeper: the first process of a check, forked from the template. It locks itself up, forks
the runner, and waits for it; when the runner has ended or the judge wants it, all that the runner
has started ends. What became of it goes to the judge through a pipe that the runner does not have.

In namespaces of its own the keeper is the first process there, so all others end with it.
Elsewhere it adopts orphans, and hunts for them.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import msgspec

from grader.course.limits import Limits
from grader.judge import limits as own_limits
from grader.judge.sandbox import paths
from grader.judge.sandbox.inside import landlock, namespaces, privileges, seccomp, system, tree

NAMESPACES, LANDLOCK, NONE = "namespaces", "landlock", "none"
_ROUND_MS = 100  # orphans that have ended are taken leave of so often
_DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
_LINKS = ".links"
_MOST_DESCRIPTORS = 256  # the template has a handful
REQUESTS, REPLIES, STATUS, STOP = range(4)


class Confinement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a check's processes are locked up."""

    kind: str  # NAMESPACES, LANDLOCK or NONE
    limits: Limits
    folder: str  # to work in; NAMESPACES: another one of the same name everywhere
    network: bool = True  # whether a loopback is needed
    uid: int | None = None  # the user to become
    real: bool = False  # a real run, in an interpreter of its own


class Report(msgspec.Struct, forbid_unknown_fields=True):
    """What became of the runner: how it ended (negative: by which signal), or why it could not
    be locked up.
    """

    code: int | None = None
    failed: str | None = None


def keep(
    order: Confinement,
    descriptors: list[int],
    serve: Callable[[], None],
    user: tuple[int, int] | None = None,
) -> NoReturn:
    """In a process that was forked for it: never returns. `descriptors` in the order of `REQUESTS`
    and so on; `serve` is the runner. `user`: see `namespaces.furnish`.
    """
    report = Report()
    status = descriptors[STATUS]
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        folder = _confine_all(order, user)
        others = _others(order)
        pid = os.fork()
        if pid == 0:
            _become_runner(order, folder, others, descriptors, serve)
        for each in descriptors[:STATUS]:
            os.close(each)
        report.code = _wait(pid, descriptors[STOP])
        if order.kind != NAMESPACES:
            tree.kill_descendants()
    except system.CannotConfine as error:
        report.failed = str(error)
    except BaseException as error:  # noqa: BLE001 - the judge must hear of it
        report.failed = f"{type(error).__name__}: {error}"
    finally:
        _tell(status, report)
        os._exit(0)


def _tell(status: int, report: Report) -> None:
    with contextlib.suppress(OSError):
        os.write(status, msgspec.json.encode(report) + b"\n")


def _confine_all(order: Confinement, user: tuple[int, int] | None) -> str:
    """What holds for the keeper as well; the folder to work in."""
    if order.kind != NAMESPACES:
        if sys.platform == "linux":
            system.adopt_orphans()
        return order.folder
    namespaces.furnish(user, order.limits.file_mb * own_limits.FILES_IN_ALL)
    privileges.drop(order.uid)
    own_limits.confine(order.limits)
    seccomp.filter_calls(network=True, own_files=True)
    return namespaces.SCRATCH


def _others(order: Confinement) -> int:
    """Threads that count against the runner's limit of processes without being its own."""
    uid = os.getuid() if order.uid is None else order.uid
    return 0 if order.kind == NAMESPACES or uid == 0 else tree.threads_of_user(uid)


def _become_runner(
    order: Confinement, folder: str, others: int, descriptors: list[int],
    serve: Callable[[], None],
) -> NoReturn:  # fmt: skip
    code = 1
    try:
        status = descriptors[STATUS]
        try:
            os.chdir(folder)
            _confine_runner(order, others)
            _verify(order)
        except BaseException as error:
            _tell(status, Report(failed=str(error)))
            raise
        for target in (REQUESTS, REPLIES):
            os.dup2(descriptors[target], target)
        os.closerange(3, _MOST_DESCRIPTORS)
        os.environ["HOME"] = os.environ["TMPDIR"] = folder
        if order.real:
            command = real_command()
            if order.kind == LANDLOCK:
                os.environ["PYTHONPATH"] = str(Path(folder) / _LINKS)
            os.execve(command[0], command, dict(os.environ))  # noqa: S606 - our own words
        serve()
        code = 0
    finally:
        os._exit(code)


def real_command() -> list[str]:
    """What starts a real run's interpreter."""
    return [sys.executable, "-P", "-s", "-B", "-m", "grader.judge.real"]


def _confine_runner(order: Confinement, others: int) -> None:
    """What holds for the runner alone, and all that it starts."""
    if order.kind == NAMESPACES:
        return
    if order.kind == LANDLOCK:
        # The interpreter lists the folder that a package is in. The one that this is in has more.
        links = Path(order.folder) / _LINKS
        links.mkdir(mode=0o755)
        (links / paths.PACKAGE.name).symlink_to(paths.PACKAGE)
        rules = landlock_rules(order.folder)
        privileges.drop(order.uid)
        landlock.restrict(rules, network=order.network)
    if sys.platform == "linux":
        system.end_with_parent()
    own_limits.confine(order.limits, others)
    if order.kind == LANDLOCK:
        seccomp.filter_calls(network=order.network, own_files=False)


def landlock_rules(folder: str) -> list[tuple[Path, int]]:
    """What a runner may do with which files."""
    seen = paths.visible()
    rules = [(Path(folder), landlock.EVERYTHING), (Path(namespaces.SHARED), landlock.OBJECTS)]
    rules += [(Path(each), landlock.DEVICE) for each in _DEVICES]
    rules += [(each, landlock.READ) for each in (*seen.files, *paths.ETC_FILES)]
    for top in seen.folders:
        for path, whole in paths.without_hidden(top):
            rules.append((path, landlock.READ if whole else landlock.READ_DIR))
    return rules


def _verify(order: Confinement) -> None:
    """Raises `CannotConfine` when something that must hold does not: no check is run then."""
    for needed in (paths.visible().files[0], os.__file__, __file__):
        try:
            os.close(os.open(needed, os.O_RDONLY))
        except OSError as error:
            raise system.CannotConfine(
                f"{needed} cannot be read from inside: {error.strerror}"
            ) from None
    if order.kind == NONE:
        return
    true = {
        "it is not the superuser": os.getuid() != 0,
        "it has no capability": privileges.has_none(),
        "it gets no new privileges": system.has_no_new_privileges(),
        "its system calls are filtered": system.is_filtered(),
        "it cannot read the hidden checks": not _can_read_below(paths.HIDDEN),
    }
    if order.kind == NAMESPACES:
        true["it is alone"] = os.getppid() == 1 and not os.listdir("/proc")  # noqa: PTH208 - short
    for what, holds in true.items():
        if not holds:
            raise system.CannotConfine(f"the sandbox is not tight: it should be that {what}")


def _can_read_below(folder: Path) -> bool:
    """Whether any file below it can be read."""
    for place, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError), Path(place, name).open("rb"):
                return True
    return False


def _wait(runner: int, stop: int) -> int | None:
    """How the runner has ended; None when the judge has closed its end of `stop` before."""
    watched = [stop]
    if hasattr(os, "pidfd_open"):
        watched.append(os.pidfd_open(runner))
    poll = select.poll()
    for each in watched:
        poll.register(each, select.POLLIN | select.POLLHUP)
    while True:
        with contextlib.suppress(ChildProcessError):
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if pid == runner:
                    return os.waitstatus_to_exitcode(status)
                if pid == 0:
                    break
        if any(ready == stop for ready, _ in poll.poll(_ROUND_MS if len(watched) > 1 else 10)):
            return None
