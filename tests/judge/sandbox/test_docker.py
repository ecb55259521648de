"""The command line of a container. There is no engine in these tests: it is not run."""

import subprocess

import pytest

from grader.course.limits import Limits
from grader.judge.sandbox import docker
from grader.judge.sandbox.interface import Ended, Start

LIMITS = Limits(memory_mb=256, processes=40, file_mb=8)


def test_a_container_is_closed_on_every_side() -> None:
    """No network, nothing to write but memory of limited size, nobody's rights, and limits."""
    arguments = " ".join(docker.arguments("name", Start(LIMITS, 0, 1)))
    for wanted in (
        "run --rm --interactive --name name", "--pull never", "--network none", "--read-only",
        "--cap-drop ALL", "--security-opt no-new-privileges", "--user 65534:65534",
        "--pids-limit 40", "--memory 256m", "--memory-swap 256m", "--shm-size 32m",
        "--tmpfs /scratch:rw,noexec,nosuid,nodev,mode=1777,size=32m", "--ipc private",
    ):  # fmt: skip
        assert wanted in arguments
    assert "--privileged" not in arguments
    assert "--volume" not in arguments


@pytest.mark.parametrize("real", [False, True])
def test_what_runs_in_it_is_told_its_limits(real: bool) -> None:
    """A runner, or the interpreter of a real run, that limits itself first."""
    arguments = docker.arguments("name", Start(LIMITS, 0, 1, real=real))
    end = arguments[arguments.index(docker.IMAGE) :]
    assert "grader.judge.sandbox.inside.contained" in end
    assert real == (end[-1] == "real")


@pytest.mark.parametrize(
    ("code", "told", "expected"),
    [
        (0, "", Ended(0)),
        (137, "", Ended(-9)),
        (125, "No such image.\nmore", Ended(failed="No such image.")),
    ],
)
def test_how_a_container_ended_is_what_its_client_says(
    code: int, told: str, expected: Ended, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A signal of the runner's, or what Docker complains about."""
    program = tmp_path_factory.mktemp("bin") / "docker"
    program.write_text(f"#!/bin/sh\n[ $1 = kill ] || printf '{told}' >&2\nexit {code}\n")
    program.chmod(0o755)
    container = docker.Container(
        str(program), Start(LIMITS, subprocess.DEVNULL, subprocess.DEVNULL)
    )
    container._client.wait()
    assert expected == container.ended()
    container.close()
