"""The page of a failing schedule: one file, no network, text that stays text, and all that one
needs to go through the steps.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import msgspec
import pytest

from grader.explain.orders import Tried, orders
from grader.explain.page import embedded, framed, page
from grader.explain.picture import Change as Changed
from grader.explain.picture import File, Picture, Place, Row, Step, Task
from tests.explain.browser import Watched
from tests.explain.pages import Open, current, now, values
from tests.explain.test_mermaid import HOSTILE, hostile, picture_of, unmarked

MARKUP = (
    "<img src=x onerror=alert(1)>", "</script><script>alert(2)</script>", "<!--<script>", "]]>",
    "</title><svg onload=alert(3)>", "{data}", "{title}", "javascript:alert(4)", "\u2028\u2029",
    "<b>bold</b>",
)  # fmt: skip


class Elements(HTMLParser):
    """Counts the elements of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.tags.append(tag)


@pytest.mark.parametrize("text", [*HOSTILE, *MARKUP])
def test_what_a_student_writes_makes_no_element(text: str) -> None:
    """The page has the elements that it always has."""
    assert Elements(page(hostile("x"))).tags == Elements(page(hostile(text))).tags


@pytest.mark.parametrize("text", MARKUP)
def test_data_cannot_end_its_script(text: str) -> None:
    """It has no `<` at all, and is the same when it is read."""
    picture = hostile(text)
    data = embedded(picture)
    assert not set("<>&\u2028\u2029") & set(data)
    assert picture == msgspec.json.decode(data, type=Picture)


def test_page_asks_nobody_for_anything() -> None:
    """Its policy forbids all but its own script and style, and it names no address but links."""
    text = page(picture_of("counter_of_threads"))
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)
    assert policy is not None
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]
    assert not re.findall(r"\b(?:src|srcset|action)=|url\(|@import", text.partition("<script")[0])


def test_page_without_scripts_has_the_text() -> None:
    """Where no script runs the story stands there as in a terminal."""
    text = page(picture_of("opposite_transfers"))
    assert "thread-1 holds alice.lock, waits for bob.lock (line 32)" in text
    assert "<noscript><pre>" in text


def test_notebook_gets_the_page_in_a_frame() -> None:
    """Of its own origin, without access to the notebook."""
    told = framed(picture_of("opposite_transfers"))
    assert 'sandbox="allow-scripts allow-popups"' in told
    assert ["iframe"] == Elements(told).tags


# --- In a browser ---

slow = pytest.mark.slow


@slow
def test_it_begins_where_it_goes_wrong(watching: Open) -> None:
    """With the whole story in sight."""
    shown = watching(picture_of("counter_of_threads"))
    assert "Lost update No addition is lost" == shown.inner_text("h1")
    assert "Expected 2, got 1" == shown.inner_text("#outcome")
    assert (
        "Step 9 of 15 thread-1, line 23: writes self._value = 1 ✗ overwrites what thread-2 wrote."
        == now(shown)
    )
    assert "8" == current(shown)
    assert 5 == shown.locator("#rows [data-moment]").count()


@slow
def test_keys_go_through_the_steps(watching: Open) -> None:
    """Left and right one step, up and down one of the story, Home and End to the ends."""
    shown = watching(picture_of("counter_of_threads"))
    ways = (("ArrowLeft", "7"), ("ArrowRight", "8"), ("ArrowUp", "6"), ("ArrowUp", "5"),
            ("ArrowDown", "6"), ("Home", "0"), ("ArrowLeft", "0"), ("ArrowDown", "3"),
            ("End", "14"), ("ArrowRight", "14"), ("ArrowUp", "8"))  # fmt: skip
    for key, moment in ways:
        shown.keyboard.press(key)
        assert moment == current(shown), key
        assert moment == shown.input_value("#slider")


@slow
def test_slider_goes_to_a_step(watching: Open) -> None:
    """The sentence, the values and the row follow it."""
    shown = watching(picture_of("counter_of_threads"))
    shown.fill("#slider", "4")
    assert "Step 5 of 15 thread-2, line 23: reads self._value → 0." == now(shown)
    assert "4" == current(shown)
    assert "step 5 of 15" == shown.get_attribute("#slider", "aria-valuetext")


@slow
def test_values_are_those_after_the_step(watching: Open) -> None:
    """What the step has changed is marked, with what it was before."""
    shown = watching(picture_of("counter_of_threads"))
    told = {}
    for moment in ("3", "5", "6"):
        shown.fill("#slider", moment)
        told[moment] = values(shown)
    assert {"3": ["self._value 0"], "5": ["self._value 1 was 0"], "6": ["self._value 1"]} == told
    shown.fill("#slider", "5")
    assert 1 == shown.locator("#values tr.changed").count()
    assert now(shown).endswith("self._value is now 1.")


@slow
def test_locks_and_waits_are_those_after_the_step(watching: Open) -> None:
    """Who holds which lock, who wants it, and the graph of the circle."""
    shown = watching(picture_of("opposite_transfers"))
    assert [
        "alice.lock held by thread-1 wanted by thread-2",
        "bob.lock held by thread-2 wanted by thread-1",
    ] == [" ".join(row.inner_text().split()) for row in shown.query_selector_all("#locks tr")]
    assert [
        "thread-1 waits for bob.lock (line 32), held by thread-2",
        "thread-2 waits for alice.lock (line 32), held by thread-1",
    ] == [" ".join(row.inner_text().split()) for row in shown.query_selector_all("#waits li")]
    assert (4, 4) == (shown.locator("#graph svg > g").count(), shown.locator("#graph line").count())
    shown.keyboard.press("Home")
    assert "alice.lock free" == " ".join(shown.inner_text("#locks tr >> nth=0").split())
    assert 0 == shown.locator("#graph svg").count()
    assert "nobody" == shown.inner_text("#waits")


@slow
def test_source_shows_where_each_task_is(watching: Open) -> None:
    """At the end both stand at the line that takes the second lock."""
    shown = watching(picture_of("opposite_transfers"))
    line = " ".join(shown.inner_text("#source li.current").split())
    assert "32 with dst.lock: thread-1 thread-2" == line


@slow
def test_folded_steps_are_unfolded_and_folded_again(watching: Open) -> None:
    """By `f`, by the button, and by a click on what stands for them."""
    shown = watching(picture_of("counter_of_threads"))
    assert "… 6 steps that do not matter here" == shown.inner_text("button.fold")
    shown.keyboard.press("f")
    assert "true" == shown.get_attribute("#unfold", "aria-pressed")
    assert "main" in shown.inner_text("#names")
    assert "8" == current(shown)
    shown.click("#unfold")
    assert "false" == shown.get_attribute("#unfold", "aria-pressed")
    shown.click("button.fold")
    assert "9" == current(shown)
    assert "Only the story" == shown.inner_text("#unfold")


@slow
def test_step_that_the_story_leaves_out_is_shown_while_it_is_current(watching: Open) -> None:
    """And no longer."""
    shown = watching(picture_of("counter_of_threads"))
    shown.keyboard.press("End")
    assert 1 == shown.locator(".row.inside").count()
    shown.keyboard.press("ArrowUp")
    assert 0 == shown.locator(".row.inside").count()


@slow
def test_theme_is_the_systems_until_one_is_chosen(watching: Open) -> None:
    """And the button says which one it would bring."""
    ground = "getComputedStyle(document.body).backgroundColor"
    shown = watching(picture_of("counter_of_threads"), color_scheme="dark")
    dark = shown.evaluate(ground)
    assert "Light theme" == shown.inner_text("#theme")
    shown.click("#theme")
    light = shown.evaluate(ground)
    assert "Dark theme" == shown.inner_text("#theme")
    assert dark != light
    bright = watching(picture_of("counter_of_threads"), color_scheme="light")
    assert light == bright.evaluate(ground)


@slow
def test_page_works_in_the_frame_of_a_notebook(browser: Any) -> None:
    """Without access to what is around it, and under its own policy."""
    watched = Watched(browser)
    watched.page.set_content(f"<h1>A notebook</h1>{framed(picture_of('opposite_transfers'))}")
    frame = watched.page.frame_locator("iframe")
    assert "Deadlock" in frame.locator("h1").inner_text()
    frame.locator("#back").click()
    assert frame.locator("#now").inner_text().startswith("Step 14 of 14")
    watched.close()
    assert [] == [what for what in watched.noticed if not what.startswith("request: about:srcdoc")]


def long_run(count: int) -> Picture:
    """A run of so many steps, of which the last three are the story."""
    picture = hostile("value")
    picture.steps = [
        Step(at, 1 + at % 2, "write", f"writes value = {at}", 1, 0, "value += 1", "value", "write")
        for at in range(count)
    ]  # fmt: skip
    picture.steps[-1].mark, picture.steps[-1].note = "✗", "overwrites"
    for row, at in zip(picture.rows, (count - 3, count - 2, 0, count - 1), strict=True):
        row.steps = [] if row.folded else [at]
    picture.tasks = [
        Task(1, "thread-1", "thread-1 run()", lane=True),
        Task(2, "thread-2", "thread-2 run()", lane=True),
    ]
    picture.places = [Place("value", [Changed(at, str(at)) for at in range(count)])]
    picture.sources = [File("program.py", ["value += 1"])]
    return picture


@slow
def test_ten_thousand_steps_are_few_elements(watching: Open) -> None:
    """Only the rows that can be seen exist; each step can be reached and is shown right."""
    count = 10_000
    shown = watching(long_run(count))
    shown.keyboard.press("f")
    most = 0
    for moment in (0, 1, 4_999, 5_000, 7_777, count - 1):
        shown.fill("#slider", str(moment))
        assert str(moment) == current(shown)
        assert f"writes value = {moment}" in shown.inner_text("[aria-current=step]")
        assert [f"value {moment}"] == [text.partition(" was")[0] for text in values(shown)]
        box = shown.locator("[aria-current=step]").bounding_box()
        names = shown.locator("#names").bounding_box()
        controls = shown.locator("#controls").bounding_box()
        assert names["y"] + names["height"] <= box["y"] + 1
        assert box["y"] + box["height"] <= controls["y"]
        most = max(most, shown.evaluate("document.querySelectorAll('*').length"))
    assert most < 700
    assert str(count + 1) == shown.get_attribute("#table", "aria-rowcount")
    shown.evaluate("document.getElementById('scroller').scrollTop = 3000 * 56")
    shown.wait_for_selector("[data-moment='3001']")
    assert shown.locator("#rows [data-moment]").count() < 60


@slow
def test_hostile_text_stays_text(watching: Open) -> None:
    """As title, name, value, source and note: no element, no dialog, no request, no error."""
    texts = [*HOSTILE, *MARKUP]
    picture = hostile(texts[0])
    pictures = [hostile(text) for text in texts]
    picture.steps = [each.steps[1] for each in pictures]
    picture.rows = [Row([at]) for at in range(len(texts))]
    picture.places = [Place(each.title, [Changed(0, each.title)]) for each in pictures]
    picture.facts = [each.title for each in pictures[:50]]
    picture.tasks[0].name = picture.tasks[1].full = hostile(MARKUP[1]).title
    picture.sources = [File(hostile(MARKUP[0]).title, [each.title for each in pictures])]
    shown = watching(picture)
    odd = "img, b, iframe, object, svg[onload], main script, header script"
    for _ in range(2):
        assert 0 == shown.locator(odd).count()
        for at in range(0, len(texts), 7):
            shown.fill("#slider", str(at))
            told = picture.steps[at].did
            assert "".join(told.split()) in "".join(now(shown).split())
        shown.keyboard.press("f")


@slow
def test_run_without_a_story_shows_all_steps(watching: Open) -> None:
    """There is nothing to fold."""
    shown = watching(unmarked())
    assert "Only the story" == shown.inner_text("#unfold")
    assert 3 == shown.locator("#rows [data-moment]").count()
    shown.keyboard.press("ArrowUp")
    shown.keyboard.press("f")
    assert 1 == shown.locator(".row.inside").count()


@slow
def test_orders_that_were_tried_are_shown(watching: Open) -> None:
    """Where the check looked for one, and as text; else there is no word of them."""
    picture = unmarked()
    assert not watching(picture).is_visible("#orders")
    tried = [Tried(["pop() → <b>1</b>"], "pop()", "None"), Tried([], "pop()", None)]
    picture.orders = orders([["push(1) → None"], ["pop() → <b>1</b>"]], tried, 3)
    shown = watching(picture)
    assert [
        "No order of the calls explains what they returned:",
        "thread 1: push(1) → None", "thread 2: pop() → <b>1</b>",
        "The orders that were tried; in brackets, the thread:",
        "First pop() → <b>1</b>: then pop() gives None.", "First of all, pop() has to wait.",
        "1 more order ends likewise.",
    ] == [line for line in shown.inner_text("#orders").splitlines() if line]  # fmt: skip


@slow
def test_run_without_any_step_shows_why(watching: Open) -> None:
    """It has no steps to go through, and no controls for them."""
    picture = unmarked()
    picture.steps, picture.rows = [], []
    shown = watching(picture)
    assert "Lost update" in shown.inner_text("h1")
    assert shown.is_visible("#why")
    assert not shown.is_visible("#controls")
