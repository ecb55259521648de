"""Other processes, and the kernel's calls."""

import errno
import os

import pytest

from grader.judge.sandbox import Sandbox
from grader.judge.sandbox.inside import seccomp
from tests.judge.sandbox import attacks


def test_the_judge_can_be_neither_seen_nor_signalled(scoped: Sandbox) -> None:
    """Not by its number, not by that of the parent."""
    code = """
import os
def work(judge):
    found = []
    for pid in (judge, os.getppid()):
        try:
            os.kill(pid, 0)
            found.append(pid)
        except OSError:
            pass
    return found
"""
    found = attacks.value(scoped, code, os.getpid())
    # The parent in namespaces is the keeper. It is the first process there: no signal reaches it.
    assert found in ([], [1])


def test_no_signal_from_inside_reaches_the_keeper(namespaced: Sandbox) -> None:
    """Killing everybody one can is over with oneself, at most."""
    code = "import os, signal\ndef work():\n os.kill(1, signal.SIGKILL)\n return os.getppid()"
    assert 1 == attacks.value(namespaced, code)


def test_the_parents_environment_cannot_be_read(isolated: Sandbox) -> None:
    """Not by way of /proc."""
    code = """
import os
def work():
    for path in (f'/proc/{os.getppid()}/environ', '/proc/self/maps', f'/proc/{os.getpid()}/fd'):
        try:
            return os.listdir(path) if path.endswith('fd') else open(path).read()
        except OSError:
            pass
"""
    assert attacks.value(isolated, code) is None


CALLS = """
import ctypes
def work(*calls):
    libc = ctypes.CDLL(None, use_errno=True)
    answers = []
    for call in calls:
        result = libc.syscall(*map(ctypes.c_long, call))
        answers.append([result, ctypes.get_errno()])
    return answers
"""


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="The numbers are those of x86_64.")
def test_calls_that_nobody_needs_are_refused(isolated: Sandbox) -> None:
    """ptrace, mount, keyctl, bpf and their like fail at once, whatever their arguments."""
    names = sorted(seccomp._REFUSED)
    calls = [[seccomp._REFUSED[name][0], 0, 0, 0, 0, 0] for name in names]
    answers = attacks.value(isolated, CALLS, *calls)
    assert isinstance(answers, list)
    assert {} == {
        name: answer
        for name, answer in zip(names, answers, strict=True)
        if answer != [-1, errno.EPERM]
    }


@pytest.mark.skipif(os.uname().machine != "x86_64", reason="The numbers are those of x86_64.")
def test_no_new_namespaces(isolated: Sandbox) -> None:
    """By clone no more than by unshare; clone3 is not there."""
    new_user, sigchld = 0x10000000, 17
    calls = [56, new_user | sigchld, 0, 0], [435, 0, 0]
    expected = [[-1, errno.EPERM], [-1, errno.ENOSYS]]
    assert expected == attacks.value(isolated, CALLS, *calls)


def test_there_are_no_rights(isolated: Sandbox) -> None:
    """Neither the superuser's number, nor a way to become anybody else."""
    code = """
import os
def work():
    try:
        os.setuid(0)
    except OSError:
        pass
    return [os.getuid() == 0, os.geteuid() == 0]
"""
    assert [False, False] == attacks.value(isolated, code)
