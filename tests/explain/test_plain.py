"""Text from a student's file: safe, and as wide as it looks."""

from __future__ import annotations

import pytest

from grader.explain.plain import clean, cut, pad, width_of, wrap

ESCAPED = {
    "\x1b[31mred": "\\x1b[31mred",
    "a\nb\tc\r": "a\\x0ab\\x09c\\x0d",
    "left\u202ethgir": "left\\u202ethgir",
    "\u2066iso\u2069": "\\u2066iso\\u2069",
    "zero\u200bwidth": "zero\\u200bwidth",
    "half\ud800": "half\\ud800",
    "no\xa0break": "no break",
    "line\u2028ends": "line\\u2028ends",
    "\U000e0041tag": "\\U000e0041tag",
    "e\u0301\u0301\u0301\u0301": "e\u0301\u0301\\u0301\\u0301",
    "plain 'text' 123": "plain 'text' 123",
    "잔액 🎉": "잔액 🎉",
}


@pytest.mark.parametrize("text", ESCAPED, ids=ascii)
def test_what_cannot_be_seen_is_written_out(text: str) -> None:
    """Control characters, directions, what takes no room, and heaps of accents."""
    assert ESCAPED[text] == clean(text)


def test_hangul_and_emoji_take_two_columns() -> None:
    """Widths are those of a terminal, not numbers of characters."""
    assert width_of("잔액") == 4
    assert width_of("🎉") == 2
    assert pad("잔액", 6) == "잔액  "


def test_cutting_never_splits_a_wide_character() -> None:
    """What is left fits, with an ellipsis at its end."""
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abcdefg", 6) == "abcde…"
    assert cut("잔액잔액", 6) == "잔액…"
    assert width_of(pad("잔액잔액", 6)) == 6


def test_wrapping_breaks_at_spaces_and_inside_long_words() -> None:
    """No line is wider than it may be, and no word is lost."""
    assert wrap("one two three", 10, ">  ") == [">  one two", ">  three"]
    lines = wrap("word " * 5 + "x" * 30, 12, "  ")
    assert all(width_of(line) <= 12 for line in lines)
    assert "".join(lines).replace(" ", "") == "word" * 5 + "x" * 30
    assert wrap("", 20) == [""]
    assert all(width_of(line) <= 9 for line in wrap("잔액잔액잔액잔액", 9))
