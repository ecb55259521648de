"""What the comparisons with other libraries share: processes of their own, medians, words."""

import functools
import importlib
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

FRONTRUN = "frontrun"


class NotAvailableError(Exception):
    """A contender cannot run here; the message says why."""


@functools.cache
def own_modules() -> tuple[ModuleType, ModuleType]:
    """Our explorer, and what loads a file for it."""
    try:
        explorer = importlib.import_module("grader.explorer")
        load = importlib.import_module("grader.source.load")
    except ImportError as reason:
        raise NotAvailableError(str(reason)) from reason
    return explorer, load


def apart(
    script: str,
    contender: str,
    *arguments: str,
    timeout_s: float | None = None,
    python: str = sys.executable,
) -> list[dict[str, Any]]:
    """Run the script in a process of its own, started as the contender's documentation asks: the
    lines of JSON that it printed, until it ended or its time was up.
    """
    command = [python, script, *arguments]
    if contender.startswith(FRONTRUN):
        command.insert(0, str(Path(sys.executable).with_name(FRONTRUN)))
    environment = {**os.environ, "PYTHONHASHSEED": "0"}  # the same order of sets in every round
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        printed, complaint = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired:
        process.kill()
        printed, _ = process.communicate()
        return lines_of_json(printed)
    if process.returncode:
        reason = complaint.strip().splitlines()[-1:] or [f"exit status {process.returncode}"]
        return [*lines_of_json(printed), {"unavailable": reason[0]}]
    return lines_of_json(printed)


def lines_of_json(text: str) -> list[dict[str, Any]]:
    """Those lines that are objects; a library may print something as well."""
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def median(results: list[dict[str, Any]], key: str) -> float:
    """The middle one of all rounds."""
    middle: float = statistics.median(result[key] for result in results)
    return middle


def machine() -> str:
    """How busy the machine is: what is measured by the clock depends on it."""
    return f"{os.cpu_count()} cores, on average {os.getloadavg()[1]:.1f} busy (1 of them is ours)"
