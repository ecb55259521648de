"""What a submission has shaped is shown without any power of its own."""

from __future__ import annotations

import pytest

from grader.cli.show import safe


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
