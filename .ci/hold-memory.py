"""Holds all of the memory but LEFT MiB and keeps touching it: python3 .ci/hold-memory.py LEFT FILE.

FILE is made once it holds so much.
"""

import re
import sys
import time
from pathlib import Path

CHUNK = 64 * 1024 * 1024  # bytes
PAGE = 4096


def available() -> int:
    """Bytes that could be given to a process without swapping (Linux)."""
    found = re.search(r"MemAvailable:\s+(\d+) kB", Path("/proc/meminfo").read_text())
    return int(found[1]) * 1024 if found else 0


left = int(sys.argv[1]) * 1024 * 1024
held: list[bytearray] = []
while True:
    if available() > left + CHUNK:
        held.append(bytearray(b"x") * CHUNK)
    elif held and available() < left - CHUNK:
        held.pop()
    else:
        Path(sys.argv[2]).touch()
        time.sleep(0.1)
        for chunk in held:
            chunk[::PAGE] = bytes(len(chunk) // PAGE)
