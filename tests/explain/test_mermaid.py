"""Sequence diagrams: text that Mermaid reads, whatever a student's names and values hold."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.course.exercise import Course, Exercise
from grader.explain.mermaid import MOST_CHARACTERS, escaped, fenced, mermaid
from grader.explain.picture import Picture, Row, Step, Task, short
from grader.judge.grade import grade, replay
from grader.scenario import call, in_threads
from tests.explain.browser import DIAGRAMS, ROOT, Watched, missing
from tests.explain.failing import find_failure
from tests.explain.kept import STORIES, check
from tests.explain.programs import PROGRAMS
from tests.explain.test_picture import failing

VERSIONS = ("mermaid", "mermaid-11")
EVERY = 7  # of the wrong submissions one in so many is drawn

HOSTILE = (
    "end", "END", "the end; x", "a;b", "a:b", "%% no comment", "%%{init: {}}%%", "#35;", "#quot;",
    "<script>alert(1)</script>", "<br/>", "`x`", "```", "a->>b: c", "Note over t0: x", "ﬂ°°60¶ß",
    "style x:y#z;", "classDef a:b#c;", "$$x^2$$", "wrap: x", "nowrap:", "{{x}}", "@{x}", "[x](y)",
    "🎉👩‍👩‍👧", "잔액 은행", "\u202eabc", "a\nb", "\x00", "---", "title x", "", " ", "…",
    "participant", "x" * 5_000, "&lt;b&gt;", "\\n", "'\"",
    "rect rgb(1,2,3)", "loop", "alt", "else", "|", "~", "^",
)  # fmt: skip


@functools.cache
def picture_of(name: str) -> Picture:
    """The picture of one of the golden programs."""
    return failing(name)[1]


TEXT = r"(?:[^#;:<>%`{}\[\]$@&\n\"'\\|~^-]|\#[0-9]+;)+"
TEXTS = rf"{TEXT}(?:<br/>{TEXT})*"
KEY = "[tv][0-9]+"
LINE = re.compile(
    rf"sequenceDiagram|    title {TEXT}|    participant {KEY} as {TEXTS}"
    rf"|    (?:    )?(?:Note over {KEY}(?:,{KEY})?|{KEY}-(?:->>|>>|x|-x){KEY}): {TEXTS}"
    r"|    rect rgba\(255, 60, 60, 0\.16\)|    end"
)


def hostile(text: str) -> Picture:
    """A picture in which this text stands wherever a student can put one."""
    told = short(text)
    steps = [
        Step(0, 1, "read", told, 3, 0, told, told, "read", told, ">", told),
        Step(1, 2, "write", told, 3, 0, told, told, "write", told, "✗", told),
        Step(2, 2, "end", told, 0, -1, told),
    ]
    tasks = [Task(1, told, told, lane=True), Task(2, f"{told} 2", f"{told} 2", lane=True)]
    rows = [Row([0]), Row([1], again=True), Row(folded=1), Row([2])]
    return Picture(
        "x", told, "lost-update", "x:1a", None, "en", "lost update", told, told, told, [told], [],
        "finished", tasks, steps, [], rows, [], [], [], [], [],
    )  # fmt: skip


def test_opposite_transfers_are_drawn_with_their_locks() -> None:
    """Tasks outside, what they share between them, and the wrong step in a box."""
    lines = mermaid(picture_of("opposite_transfers")).splitlines()
    assert [
        "    participant t0 as thread#45;1<br/>transfer(alice, bob, 10)",
        "    participant v0 as alice.lock",
        "    participant v1 as bob.lock",
        "    participant t1 as thread#45;2<br/>transfer(bob, alice, 20)",
        "    t0->>v0: 31  with src.lock#58;<br/>acquires alice.lock",
    ] == lines[2:7]
    assert "        t1--xv0: 32  with dst.lock#58;<br/>waits for alice.lock" in lines
    assert 1 == sum(line.strip().startswith("rect") for line in lines)


@pytest.mark.parametrize("name", STORIES)
def test_diagram_is_as_in_its_golden_file(name: str) -> None:
    """The same on every version of Python."""
    check(f"{name}.mmd", mermaid(picture_of(name)))


def test_steps_that_are_left_out_are_counted_in_a_note() -> None:
    """As in the text."""
    drawn = mermaid(picture_of("counter_of_threads"))
    assert "Note over t0,t1: #8230; 6 steps that do not matter here" in drawn


@pytest.mark.parametrize("text", HOSTILE)
def test_what_a_student_writes_has_no_syntax_in_it(text: str) -> None:
    """Each line is one of ours: no mark of Mermaid's is left in a text."""
    for line in mermaid(hostile(text)).splitlines():
        assert LINE.fullmatch(line), line
    drawn = re.sub("#[0-9]+;", "?", escaped(short(text)))
    assert not set(drawn) & set("ﬂ°¶ß")
    assert "end" not in drawn.lower().split()


def test_diagram_that_would_be_too_long_is_cut_after_a_row() -> None:
    """With a sentence, and below what Mermaid takes."""
    long = hostile("☃" * 300)
    long.rows = [Row([0]), Row([1])] * 45
    drawn = mermaid(long)
    assert len(drawn) <= MOST_CHARACTERS
    assert "more rows do not fit into a diagram" in drawn
    assert drawn.count("rect") == sum(line.strip() == "end" for line in drawn.splitlines())


def unmarked() -> Picture:
    """A run in which no step matters more than another."""
    picture = hostile("x = 1")
    for task in picture.tasks:
        task.lane = False
    picture.rows = [Row(folded=3)]
    return picture


def test_run_without_a_story_is_a_diagram_all_the_same() -> None:
    """With one participant, which stands for the program."""
    lines = mermaid(unmarked()).splitlines()
    assert "    participant t0 as the program" in lines
    assert "    Note over t0: #8230; 3 steps that do not matter here" in lines


def test_a_fence_makes_it_markdown() -> None:
    """What GitHub draws in a comment or a summary."""
    told = fenced(picture_of("three_forks"))
    assert told.startswith("```mermaid\nsequenceDiagram\n")
    assert told.endswith("\n```\n")


# --- What Mermaid itself says ---


@pytest.fixture(scope="module", params=VERSIONS)
def drawing(browser: Any, request: pytest.FixtureRequest) -> Iterator[Any]:
    """A page with Mermaid in it, as strict as GitHub's."""
    script = DIAGRAMS / request.param / "dist" / "mermaid.min.js"
    if not script.is_file():
        missing("Mermaid is not installed: `make slow` does so where there is npm")
    watched = Watched(browser)
    watched.page.set_content("<body></body>")
    watched.page.add_script_tag(path=str(script))
    watched.page.evaluate("mermaid.initialize({startOnLoad: false, securityLevel: 'strict'})")
    yield watched
    watched.close()


DRAW = """async text => {
    await mermaid.parse(text);
    const {svg} = await mermaid.render('drawn', text);
    document.body.innerHTML = svg;
    const texts = [...document.querySelectorAll('text')].map(each => each.textContent);
    const odd = document.querySelectorAll('svg script, svg a, svg b, svg foreignObject, svg image');
    return {texts, odd: odd.length};
}"""


def draw(drawing: Any, text: str) -> list[str]:
    """The texts of the drawn diagram. Mermaid's own error fails the test."""
    assert len(text) < 50_000
    drawn = drawing.page.evaluate(DRAW, text)
    assert 0 == drawn["odd"]
    return ["".join(each.split()) for each in drawn["texts"]]


@pytest.mark.slow
@pytest.mark.parametrize("name", PROGRAMS)
def test_every_story_is_drawn_by_mermaid(drawing: Any, name: str) -> None:
    """Of each kind: it parses, renders, and shows the words of the wrong step."""
    picture = picture_of(name)
    texts = draw(drawing, mermaid(picture))
    wrong = [step for step in (*picture.steps, *picture.stuck) if step.mark == "✗"]
    for step in wrong:
        assert "".join(step.did.split()) in texts


@pytest.mark.slow
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_drawn_as_it_is(drawing: Any, text: str) -> None:
    """No element comes of it, nothing is asked of a network, and it can be read."""
    shown = short(text)[:90]
    texts = draw(drawing, mermaid(hostile(text)))
    assert any("".join(shown.split()) in each for each in texts), (shown, texts)
    assert [] == drawing.noticed


@pytest.mark.slow
def test_run_without_a_story_is_drawn(drawing: Any) -> None:
    """Mermaid takes it."""
    assert "theprogram" in draw(drawing, mermaid(unmarked()))


@pytest.mark.slow
def test_many_tasks_are_drawn(drawing: Any) -> None:
    """More columns than anybody reads are no error of Mermaid's."""
    found = find_failure(
        "def run(number):\n    raise ValueError(number)\n",
        lambda module: in_threads(*[call(module.run, number) for number in range(6)]),
    )
    draw(drawing, mermaid(found.picture()))


def _wrong(course: Course) -> Iterator[tuple[Exercise, Path]]:
    for exercise in course.exercises:
        corpus = ROOT / "tests" / "submissions" / exercise.name
        declared = tomllib.loads((corpus / "corpus.toml").read_text(encoding="utf-8"))
        yield exercise, exercise.stub
        for name in sorted(declared["wrong"])[::EVERY]:
            yield exercise, corpus / "wrong" / f"{name}.py"


@functools.cache
def submitted() -> list[Picture]:
    """The pictures of every stub and of some of the corpus, as a teacher's replay gives them."""
    pictures = []
    for exercise, file in _wrong(Course(ROOT)):
        content = file.read_bytes()
        schedules = {check.schedule for check in grade(exercise, content).checks}
        for schedule in sorted(filter(None, schedules))[:2]:
            picture = replay(exercise, content, schedule)
            assert picture is not None, (file, schedule)
            pictures.append(picture)
    return pictures


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_stories_of_wrong_submissions_are_drawn(drawing: Any) -> None:
    """The first two of each."""
    assert len(submitted()) > 20
    for picture in submitted():
        assert draw(drawing, mermaid(picture))
