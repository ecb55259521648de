"""Text from a student's file, made safe and fitted for a terminal.

Names, values and source lines may hold anything: escape sequences, characters that reverse the
direction of writing, or that take no room. What is shown has none of these.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from rich.cells import cell_len

_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_MOST_MARKS: Final = 2  # combining characters in a row; more would paint over other lines


def clean(text: str) -> str:
    r"""`text` on one line, with every character that is not plainly visible written as `\x1b`."""
    if text.isascii() and text.isprintable():
        return text
    shown: list[str] = []
    marks = 0
    for character in text:
        category = unicodedata.category(character)
        marks = marks + 1 if category in ("Mn", "Me") else 0
        if category in _UNSEEN or marks > _MOST_MARKS:
            shown.append(_escape(character))
        else:
            shown.append(" " if category == "Zs" else character)
    return "".join(shown)


def _escape(character: str) -> str:
    number = ord(character)
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def width_of(text: str) -> int:
    """How many columns the text takes on a terminal."""
    return cell_len(text)


def cut(text: str, width: int) -> str:
    """The text, shortened with `…` to at most `width` columns."""
    if width_of(text) <= width:
        return text
    kept = ""
    for character in text:
        if width_of(kept + character) > width - 1:
            break
        kept += character
    return kept + "…" if width > 0 else ""


def pad(text: str, width: int) -> str:
    """The text, cut or filled up to exactly `width` columns."""
    text = cut(text, width)
    return text + " " * (width - width_of(text))


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """The text in lines of at most `width` columns, broken at spaces where there are some."""
    lines: list[str] = []
    line = ""
    room = max(width - width_of(indent), 8)
    for word in text.split(" "):
        rest = word
        while (line and width_of(f"{line} {rest}") > room) or width_of(rest) > room:
            if line:
                lines.append(line)
                line = ""
                continue
            head = cut(rest, room + 1)[:-1] if width_of(rest) > room else rest
            lines.append(head)
            rest = rest[len(head) :]
        line = f"{line} {rest}" if line else rest
    if line or not lines:
        lines.append(line)
    return [indent + each for each in lines]
