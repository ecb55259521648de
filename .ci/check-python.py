"""Say in one line that this Python is too old; written so that any Python can read it."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - that this cannot be false is what it makes sure of
    sys.exit(
        "This is Python %d.%d; Racecourse needs 3.11 or newer. "  # noqa: UP031 - for older Pythons
        "Name one that you have, as in: make test PYTHON=python3.13" % sys.version_info[:2]
    )
