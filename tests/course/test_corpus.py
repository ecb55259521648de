"""What `corpus.toml` may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.corpus import load
from grader.course.exercise import CourseError

WHOLE = """
[stub]
at = ["self.value += 1"]
[right.locked]
about = "A lock"
[wrong.no_lock]
about = "None"
kind = "lost-update"
also = ["torn-read"]
at = ["self.value += by"]
[wrong.typo]
about = "Off by one"
kind = "wrong-result"
"""


def test_corpus_is_read(tmp_path: Path) -> None:
    """With what is said of lines, or without."""
    path = tmp_path / "corpus.toml"
    path.write_text(WHOLE)
    corpus = load(path)
    assert ["self.value += 1"] == corpus.stub.at
    assert ["locked"] == list(corpus.right)
    assert [["self.value += by"], []] == [each.at for each in corpus.wrong.values()]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('at = ["self.value += by"]', 'line = "x"', "may have: about, kind, also, at"),
        ('kind = "wrong-result"', "", "missing required field `kind`"),
        ("[right.locked]", "[right.locked", "corpus.toml is not right"),
    ],
)
def test_what_is_wrong_in_it_is_one_sentence(tmp_path: Path, old: str, new: str, said: str) -> None:
    """It names the file and the fault."""
    path = tmp_path / "corpus.toml"
    path.write_text(WHOLE.replace(old, new))
    with pytest.raises(CourseError, match=r"corpus\.toml") as refused:
        load(path)
    assert said in str(refused.value)
    with pytest.raises(CourseError, match="cannot be read"):
        load(tmp_path / "nowhere.toml")
