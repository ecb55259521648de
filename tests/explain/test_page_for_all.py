"""The page on paper, on small screens, for those who see little or use no mouse."""

from __future__ import annotations

import pytest

from tests.explain.pages import Open, current, wait_for
from tests.explain.test_mermaid import picture_of

slow = pytest.mark.slow


@slow
def test_paper_gets_the_whole_story_and_no_controls(watching: Open) -> None:
    """Also when all steps were shown; on the screen it is as before then."""
    shown = watching(picture_of("opposite_transfers"))
    shown.keyboard.press("f")
    shown.keyboard.press("Home")
    shown.emulate_media(media="print")
    shown.wait_for_selector("#controls", state="hidden")
    wait_for(shown, "#rows [data-moment]", 3)
    assert shown.is_visible("#graph svg")
    assert shown.is_visible("#why")
    for hidden in ("#theme", "#unfold", "#values", "#source"):
        assert not shown.is_visible(hidden)
    shown.emulate_media(media="screen")
    wait_for(shown, "body.all", 1)
    assert "0" == current(shown)


@slow
@pytest.mark.parametrize(
    "name", ["counter_of_threads", "opposite_transfers", "late_wait", "korean"]
)
@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
def test_nothing_is_wider_than_the_window(watching: Open, name: str, width: int) -> None:
    """From a small phone to a wide screen, folded and unfolded; lanes become a list on a phone."""
    shown = watching(picture_of(name), viewport={"width": width, "height": 800})
    for _ in range(2):
        assert width == shown.evaluate("document.documentElement.scrollWidth")
        assert (width < 500) is shown.evaluate("document.body.classList.contains('list')")
        shown.keyboard.press("f")
        if width == 768:
            break  # three lanes may be a list there


@slow
def test_everything_has_a_role_and_a_name(watching: Open) -> None:
    """What a screen reader says: no control without a name, headings in order, a live sentence."""
    shown = watching(picture_of("opposite_transfers"))
    nameless = shown.evaluate("""
        [...document.querySelectorAll('button, input, a, [role=region], section')].filter(each => {
            const by = document.getElementById(each.getAttribute('aria-labelledby'));
            return !(each.ariaLabel || each.textContent.trim() || by?.textContent.trim());
        }).map(each => each.outerHTML)
    """)
    assert [] == nameless
    for role, name in (("slider", "Step"), ("button", "One step on"), ("button", "All 14 steps"),
                       ("table", "Who did what, and when"), ("status", None)):  # fmt: skip
        found = shown.get_by_role(role, name=name) if name else shown.get_by_role(role)
        assert 1 == found.count(), (role, name)
    assert ["H1", "H2"] == sorted(set(shown.evaluate(
        "[...document.querySelectorAll('h1, h2, h3')].map(each => each.tagName)")))  # fmt: skip
    assert "polite" == shown.get_attribute("#now", "aria-live")
    strangers = shown.evaluate("""
        [...document.querySelectorAll('[role=row] > :not([role=cell], [role=columnheader])')].length
    """)
    assert 0 == strangers


@slow
def test_tab_goes_from_top_to_bottom(watching: Open) -> None:
    """Theme, all steps, lanes, source, link, keys, and the controls last."""
    shown = watching(picture_of("counter_of_threads"))
    order = []
    for _ in range(12):
        shown.keyboard.press("Tab")
        order.append(shown.evaluate("document.activeElement.id || document.activeElement.tagName"))
    assert [
        "theme", "unfold", "scroller", "BUTTON", "source", "A", "SUMMARY", "first", "back",
        "slider", "on", "last",
    ] == order  # fmt: skip


CONTRAST = """() => {
    const paint = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
    const bytes = colour => {
        paint.clearRect(0, 0, 1, 1); paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1);
        return [...paint.getImageData(0, 0, 1, 1).data];
    };
    const light = ([r, g, b]) => [r, g, b].map(each => each / 255)
        .map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4)
        .reduce((sum, each, at) => sum + each * [0.2126, 0.7152, 0.0722][at], 0);
    const ground = each => {
        for (; each; each = each.parentElement) {
            const found = bytes(getComputedStyle(each).backgroundColor);
            if (found[3] === 255) return found;
        }
        return [255, 255, 255];
    };
    const poor = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const parent = walk.currentNode.parentElement;
        if (!walk.currentNode.data.trim() || !parent.checkVisibility()) continue;
        if (parent.closest('script, style, noscript, svg, button:disabled, .unseen')) continue;
        const [one, other] = [light(bytes(getComputedStyle(parent).color)), light(ground(parent))];
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        if (ratio < 4.5) poor.push(`${ratio.toFixed(2)} ${parent.outerHTML.slice(0, 120)}`);
    }
    return poor;
}"""


@slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["counter_of_threads", "three_forks", "late_wait"])
def test_text_has_enough_contrast(watching: Open, scheme: str, name: str) -> None:
    """4.5 to 1 for every text in both themes, folded and unfolded (WCAG 2.2, 1.4.3)."""
    shown = watching(picture_of(name), color_scheme=scheme, reduced_motion="reduce")
    for _ in range(2):
        assert [] == shown.evaluate(CONTRAST)
        shown.keyboard.press("f")
        shown.keyboard.press("ArrowUp")
