"""Which line of a text is not valid Python: the same line on every version."""

from __future__ import annotations

import io
import re
import token
import tokenize
from typing import Final

NEWLINE: Final = re.compile(r"\r\n|\r|\n")  # what Python takes for the end of a line, and no more

# From Python 3.12 on f-strings are several tokens (PEP 701).
_FSTRING_START: Final = getattr(token, "FSTRING_START", -1)
_FSTRING_END: Final = getattr(token, "FSTRING_END", -1)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text, without their ends."""
    lines = NEWLINE.split(text)
    return tuple(lines if lines[-1] else lines[:-1])


def line_of(error: SyntaxError, text: str, lines: tuple[str, ...]) -> int:
    """The line to blame for `error`, which compiling `text` raised; from 1 to the last line.

    A `f"{` that is not closed on its line is wrong there for Python 3.11, and for later versions,
    which read on, further down: it is the line where the f-string begins that we name.
    """
    line = min(max(error.lineno or 1, 1), max(len(lines), 1))
    opened: list[int] = []
    try:
        for found in tokenize.generate_tokens(io.StringIO(text).readline):
            if found.start[0] > line:
                break
            if found.type == _FSTRING_START:
                opened.append(found.start[0] if len(found.string.lstrip("fFrR")) == 1 else 0)
            elif found.type == _FSTRING_END:
                opened.pop()
    except (tokenize.TokenError, SyntaxError):
        pass  # as was to be expected
    return min((start for start in opened if start), default=line)
