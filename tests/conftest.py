"""Makes what stands beside this folder importable, however pytest was started."""

import os
import signal
import sys
import tempfile
from pathlib import Path

# In pytest's importlib mode nothing else puts the repository's root there.
ROOT = str(Path(__file__).parents[1])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)

# A shell that starts something in the background, as `make test &` in a script, lets it ignore
# Ctrl-C. The tests that press it, here and in what they start, expect what a terminal gives.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# What a student has done is remembered in the course's folder, but nothing of what the tests do.
_FOLDER = tempfile.TemporaryDirectory(prefix="racecourse-tests-")
os.environ["RACECOURSE_PROGRESS"] = str(Path(_FOLDER.name) / "progress.json")

# What the tests grade is the course's own: where no sandbox works it is graded without one, but not
# in CI.
from grader.judge import sandbox  # noqa: E402 - importable from here on

try:
    sandbox.choose()
    sandbox.close()
except sandbox.NoSandbox:
    if sys.platform != "linux" or os.environ.get("CI") != "true":
        os.environ[sandbox.VARIABLE] = "none"
