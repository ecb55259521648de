"""Docker: a container for every runner, from outside. Chosen by name only.

A container costs about a second for every check, where bubblewrap costs milliseconds; it is for
machines that have Docker and neither bubblewrap nor Landlock, such as macOS and Windows. The image
is that of the Dockerfile beside this file:

    docker build -t racecourse-runner -f grader/judge/sandbox/Dockerfile .
"""

from __future__ import annotations

import contextlib
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

import msgspec

from grader.judge.limits import FILES_IN_ALL
from grader.judge.sandbox.inside import contained
from grader.judge.sandbox.interface import Ended, Start, Unavailable
from grader.judge.sandbox.usage import Usage

IMAGE = "racecourse-runner"
_NOBODY = "65534:65534"
_SIGNALLED = 128  # what the client adds to a signal's number
_CLIENT_FAILED = range(125, 128)
_END_S = 30.0


class Docker:
    """See above. The image has to be there: nothing is pulled."""

    name = "docker"
    description = "a container of its own for every check; needs the image and about a second each"

    def start(self, start: Start) -> Container:
        """See `Sandbox`."""
        program = shutil.which("docker")
        if program is None:
            raise Unavailable("the program docker is not installed")
        return Container(program, start)

    def close(self) -> None:
        """Nothing is kept."""


def arguments(name: str, start: Start) -> list[str]:
    """The client's arguments for a runner in a container of this name."""
    limits = start.limits
    megabytes = limits.file_mb * FILES_IN_ALL
    return [
        "run", "--rm", "--interactive", "--name", name, "--pull", "never", "--init",
        "--hostname", "racecourse", "--network", "none", "--ipc", "private", "--log-driver", "none",
        "--user", _NOBODY, "--cap-drop", "ALL", "--security-opt", "no-new-privileges",
        "--read-only", "--tmpfs", f"/scratch:rw,noexec,nosuid,nodev,mode=1777,size={megabytes}m",
        "--shm-size", f"{megabytes}m", "--workdir", "/scratch",
        "--pids-limit", str(limits.processes),
        "--memory", f"{limits.memory_mb}m", "--memory-swap", f"{limits.memory_mb}m",
        "--env", "HOME=/scratch", "--env", "TMPDIR=/scratch", "--env", "PYTHONHASHSEED=0",
        "--env", "MALLOC_ARENA_MAX=1",
        IMAGE, "python", "-P", "-s", "-B", "-m", contained.__name__,
        msgspec.json.encode(limits).decode(), *(["real"] if start.real else []),
    ]  # fmt: skip


class Container:
    """A runner in a container, by way of the client that started it."""

    folder: Path | None = None

    def __init__(self, program: str, start: Start) -> None:
        """Raises `Unavailable` only when the client itself cannot be started."""
        self._program = program
        self._name = f"racecourse-{secrets.token_hex(8)}"
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - for as long as it lives
        try:
            self._client = subprocess.Popen(
                [program, *arguments(self._name, start)],
                stdin=start.requests,
                stdout=start.replies,
                stderr=self._complaints,
                start_new_session=True,
            )
        except OSError as error:
            raise Unavailable(f"{program} cannot be started: {error.strerror}") from None
        self.pid = self._client.pid

    def ended(self) -> Ended | None:
        """See `Child`. The client passes on how the runner ended."""
        code = self._client.poll()
        if code is None:
            return None
        if code in _CLIENT_FAILED:
            self._complaints.seek(0)
            told = self._complaints.read(2000).decode(errors="replace").strip().splitlines()
            return Ended(failed=(told[0] if told else f"docker ended with {code}")[:300])
        return Ended(_SIGNALLED - code if code > _SIGNALLED else code)

    def usage(self) -> Usage | None:
        """None: the container's own limits hold for all of its processes."""
        return None

    def exact_memory(self) -> int:
        """Nothing is known of it here."""
        return 0

    def close(self) -> None:
        """See `Child`."""
        if self._client.poll() is None:
            with contextlib.suppress(OSError, subprocess.SubprocessError):
                subprocess.run(
                    [self._program, "kill", self._name],
                    stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                    timeout=_END_S, check=False,
                )  # fmt: skip
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._client.wait(_END_S)
        self._client.kill()
        self._client.wait()
        self._complaints.close()
