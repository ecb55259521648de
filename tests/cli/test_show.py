"""What a submission has shaped is shown without any power of its own."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from grader.cli.show import print_row, safe
from grader.judge.results import check_result, result_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain: a::b # [x]\n  and more", "plain: a::b # [x]\n  and more"),
        ("\x1b[31mred\x07", "�[31mred�"),
        ("\u202e71/71\u2069\u2028\ufeff", "�71/71���"),
        ("a\n  ::error::owned\n::add-mask::x", "a\n  : :error::owned\n: :add-mask::x"),
        ("a ##[error]owned", "a # #[error]owned"),
    ],
)
def test_text_gives_no_orders(text: str, shown: str) -> None:
    """Neither to a terminal, nor to a CI runner, nor to the eye."""
    assert shown == safe(text)


@pytest.mark.parametrize("before", range(20, 120, 7))
def test_a_reason_is_one_line(before: int) -> None:
    """However narrow the terminal: a line that is broken could begin with an order."""
    console = Console(file=io.StringIO(), width=40)
    message = "x" * before + " ::error::owned"
    check = check_result("a", "A", 1, kind="race", message=message)
    result = result_of("05_bank_transfer", [check], "none")
    print_row(console, ["somebody.py"], 0, result)
    assert isinstance(console.file, io.StringIO)
    lines = console.file.getvalue().splitlines()
    assert f"    race: {message}" == lines[-1]
    assert not any(line.lstrip().startswith("::") for line in lines)
