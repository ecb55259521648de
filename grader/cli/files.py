"""Reading and writing files for commands: every fault is one sentence, and nothing half-written."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path


class UsageError(Exception):
    """The call is wrong; the message is one clear line."""


class Interrupted(Exception):
    """The user has stopped the command; the message says what is kept."""


def check_writable(path: Path | None) -> None:
    """Raises `UsageError` when `path` could not be written, before any work is done."""
    if path is None:
        return
    if path.is_dir():
        raise UsageError(f"{path} is a folder, not a file to write.")
    if not path.parent.is_dir():
        raise UsageError(f"{path} cannot be written: the folder {path.parent} does not exist.")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise UsageError(f"{path} cannot be written: permission denied.")


def write(path: Path, content: bytes) -> None:
    """Writes the whole file or nothing: to a temporary file beside it, then renamed."""
    try:
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
