"""The page in Korean: what it says itself, and what it says about the run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader.explain import page as module
from grader.explain.korean_page import KOREAN_PAGE
from tests.explain.pages import Open
from tests.explain.test_picture import failing

ASSETS = Path(module.__file__).parent / "assets"
# A quoted text after `say(` or `parts(`, or in the same call behind a `?` or a `:`.
SAID = re.compile(r'\b(?:say|parts)\((?:[^"()]*\? )?"([^"]+)"(?: : "([^"]+)")?')


def texts() -> set[str]:
    """What the page says, in English."""
    found = set(re.findall(r"\{=([^}]+)\}", (ASSETS / "page.html").read_text(encoding="utf-8")))
    for path in ASSETS.glob("*.js"):
        for pair in SAID.findall(path.read_text(encoding="utf-8")):
            found |= set(filter(None, pair))
    return found


def test_every_text_of_the_page_is_known_in_korean() -> None:
    """No more and no fewer; and what is filled in is the same."""
    assert texts() == KOREAN_PAGE.keys()
    fields = re.compile(r"\{\w+\}")
    assert [] == [
        text for text, korean in KOREAN_PAGE.items()
        if set(fields.findall(text)) != set(fields.findall(korean))
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["opposite_transfers", "late_wait", "early_return"])
def test_page_has_no_english_words_of_its_own(watching: Open, name: str) -> None:
    """In no state of it; names, code and addresses stay."""
    found, _ = failing(name)
    picture = found.picture(language="ko", expected=1)
    shown = watching(picture)
    seen = ""
    for key in ("End", "Home", "ArrowDown", "f", "ArrowRight"):
        shown.keyboard.press(key)
        for tag in (
            "code",
            "kbd",
            ".chip",
            ".name",
            ".who",
            "#graph text",
            "#graph title",
            "#read",
        ):
            shown.eval_on_selector_all(tag, "all => all.forEach(each => each.dataset.code = '')")
        seen += shown.evaluate(
            """() => {
              const copy = document.body.cloneNode(true);
              copy.querySelectorAll("[data-code], script, noscript").forEach(each => each.remove());
              const labels = [...copy.querySelectorAll("[aria-label], [title]")];
              return [copy.textContent, ...labels.flatMap(each =>
                [each.getAttribute("aria-label"), each.title])].join(" ");
            }"""
        )
    assert "ko" == shown.get_attribute("html", "lang")
    for step in [*picture.steps, *picture.stuck]:
        for word in (step.thing, step.thing.rpartition(".")[2], step.value):
            seen = seen.replace(word, " ") if word else seen
    names = {word for task in picture.tasks for word in (task.name, *task.full.split())}
    words = set(re.findall(r"[A-Za-z_]{2,}", seen)) - set(re.findall(r"[A-Za-z_]{2,}", str(names)))
    assert set() == words - {"Home", "End", "py", "program", "with", "return", "bank"}
