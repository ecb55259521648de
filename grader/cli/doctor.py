"""`grader doctor`: which sandboxes work here, by trial runs, and how to get a better one."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from grader.judge import sandbox

POSSIBLE, IMPOSSIBLE = 0, 3
_APPARMOR = Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns")
_UNREADABLE = "cannot be read from inside"
_SETTING = "kernel.apparmor_restrict_unprivileged_userns"
_PROFILE = """\
abi <abi/4.0>,
include <tunables/global>
profile bwrap /usr/bin/bwrap flags=(unconfined) {
  userns,
}"""


def run_doctor(console: Console) -> int:
    """Prints what works and what to do. The exit status: 0 if something isolates here, else 3."""
    console.print("Sandboxes for submissions, each tried:\n")
    for name, backend in sandbox.BACKENDS.items():
        fault = sandbox.fault(name)
        says = Text("works" if fault is None else "does not work", "green" if not fault else "red")
        console.print(Text(f"  {name:<11}") + says)
        told = backend.description if fault is None else fault
        console.print(Padding(Text(told + "."), (0, 0, 0, 13)))
    try:
        chosen = sandbox.choose(sandbox.AUTO).name
    except sandbox.NoSandbox:
        chosen = None
    if chosen is None:
        console.print("\nNothing can be graded here, but with --sandbox docker or none by name.")
    else:
        console.print(f"\n`grader grade` uses {chosen}.")
    for line in advice(chosen):
        console.print(Text(line), soft_wrap=True)
    return IMPOSSIBLE if chosen is None else POSSIBLE


def advice(chosen: str | None) -> list[str]:
    """What to do for a better sandbox than the chosen one; nothing for the best."""
    if chosen == "bubblewrap":
        return []
    if sys.platform != "linux":
        return [
            "",
            "bubblewrap and Landlock need Linux. On macOS, grade in a virtual machine, or install",
            "Docker Desktop and build the image:",
            "    docker build -t racecourse-runner -f grader/judge/sandbox/Dockerfile .",
            "    grader grade --sandbox docker ...",
        ]
    lines = []
    if any(_UNREADABLE in (sandbox.fault(name) or "") for name in ("bubblewrap", "landlock")):
        lines += [
            "",
            "When root grades, the code runs as somebody else, who has to be able to read the",
            "interpreter: make the environment with a Python outside of root's home.",
        ]
    lines += ["", "For bubblewrap, the strongest:"]
    for title, ways in _ways():
        lines += [f"  {title}", *(f"      {way}" for way in ways)]
    return lines


def _ways() -> list[tuple[str, list[str]]]:
    """Titles, and commands or sentences below each: those first that seem to be about this one."""
    fault = sandbox.fault("bubblewrap") or ""
    install = [
        ("Debian, Ubuntu, WSL 2 (WSL 1 has no namespaces):", ["sudo .ci/install-debian.sh",
         "sudo apt install bubblewrap"]),
        ("Fedora:", ["sudo dnf install bubblewrap"]),
    ]  # fmt: skip
    if "not installed" in fault:
        return install
    ways = []
    if os.geteuid() != 0:
        told = " (this machine has that rule)" if _restricts() else ""
        ways.append(
            (
                f"Ubuntu 24.04 and later forbid user namespaces by an AppArmor rule{told}. Either:",
                [
                    "write this to /etc/apparmor.d/bwrap, then `sudo systemctl reload apparmor`:",
                    *(f"    {line}" for line in _PROFILE.splitlines()),
                    f"or lift the rule: sudo sysctl -w {_SETTING}=0",
                    "or grade as root: each check becomes a user that nobody else is",
                ],
            )
        )
    ways.append(
        (
            "Inside a container:",
            [
                "a default one forbids namespaces: Landlock is what works there",
            ],
        )
    )
    return ways


def _restricts() -> bool:
    try:
        return _APPARMOR.read_text(encoding="ascii").strip() == "1"
    except OSError:
        return False
