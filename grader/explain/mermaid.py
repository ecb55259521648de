"""The story of a failing schedule as a Mermaid sequence diagram, which GitHub draws in Markdown.

Participants are the tasks that matter, and the variables and locks that they touch where these are
few. See https://mermaid.js.org/syntax/sequenceDiagram.html.
"""

from __future__ import annotations

import re
from typing import Final

from grader.explain.graph import waiting_lines
from grader.explain.lanes import folded
from grader.explain.picture import Picture, Row, Step
from grader.explain.plain import cut, wrap
from grader.explain.say import say, told

MOST_CHARACTERS: Final = 45_000  # Mermaid draws no more than 50,000
_MOST_THINGS: Final = 4  # more columns than that are not read
_WIDE, _NARROW = 100, 44  # columns of a message, of a note
_MOST_LINES: Final = 25  # of the last note
_NOBODY: Final = say("the program")  # in a run without any step that matters
_WRONG: Final = "rect rgba(255, 60, 60, 0.16)"
_ACTIONS: Final = frozenset({"end", "exit", "sleep", "yield", "spin", "clock", "raise", "print"})
# Mermaid's own marks for entities are made of these four; the rest is what it reads as syntax.
_PLAIN: Final = re.compile(
    r"[A-Za-z0-9_ .,()=\u00c0-\u00de\u00e0-\u024f\u0370-\u1fff\u3040-\ud7a3]"
)
_KEYWORD: Final = re.compile(r"\bend\b", re.IGNORECASE)


def mermaid(picture: Picture) -> str:
    """The diagram's text, at most `MOST_CHARACTERS` long; a story that does not fit is cut after a
    row, and says so.
    """
    return _Diagram(picture).draw()


def fenced(picture: Picture) -> str:
    """The diagram as a block of Markdown."""
    return f"```mermaid\n{mermaid(picture)}```\n"


def escaped(text: str) -> str:
    """The text with everything that could be syntax written as `#<number>;`."""
    text = "".join(
        character if _PLAIN.fullmatch(character) else f"#{ord(character)};" for character in text
    )
    return _KEYWORD.sub(lambda word: f"#{ord(word[0][0])};{word[0][1:]}", text.strip()) or "#8230;"


class _Diagram:
    def __init__(self, picture: Picture) -> None:
        self._picture = picture
        self._tasks = {task.id: f"t{at}" for at, task in enumerate(picture.lanes)}
        self._full = {task.full: f"t{at}" for at, task in enumerate(picture.lanes)}
        self._things = {name: f"v{at}" for at, name in enumerate(self._chosen())}

    def draw(self) -> str:
        picture = self._picture
        name = f"{picture.title}: " if picture.title else ""
        lines = ["sequenceDiagram", f"    title {escaped(name + picture.kind_shouted)}"]
        lines += self._participants()
        last = self._last()
        left = MOST_CHARACTERS - sum(map(len, lines + last)) - 200
        for at, row in enumerate(picture.rows):
            drawn = self._row(row)
            left -= sum(len(line) + 5 for line in drawn)
            if left < 0:
                more = len(picture.rows) - at
                rest = say("{more} more rows do not fit into a diagram", more=more)
                lines.append(self._note(told(rest, picture.language)))
                break
            lines += [f"    {line}" for line in drawn]
        return "\n".join([*lines, *last]) + "\n"

    def _participants(self) -> list[str]:
        tasks = [
            f"    participant {self._tasks[task.id]} as {_name(task.full)}"
            for task in self._picture.lanes
        ]
        things = [f"    participant {key} as {_name(name)}" for name, key in self._things.items()]
        if len(tasks) == 2:
            return [tasks[0], *things, tasks[1]]
        return [*tasks, *things] or [
            f"    participant t0 as {escaped(told(_NOBODY, self._picture.language))}"
        ]

    def _chosen(self) -> list[str]:
        """The variables and locks that get a column: all of the story, or those that several tasks
        touch, or none.
        """
        tasks: dict[str, set[int]] = {}
        for step in self._steps():
            tasks.setdefault(step.thing, set()).add(step.task)
        if len(tasks) > _MOST_THINGS:
            tasks = {name: users for name, users in tasks.items() if len(users) > 1}
        return list(tasks) if len(tasks) <= _MOST_THINGS else []

    def _steps(self) -> list[Step]:
        """The steps of the story that touch something."""
        steps = [self._picture.step(at) for row in self._picture.rows for at in row.steps]
        return [
            step for step in steps
            if step.thing and step.kind not in _ACTIONS and step.thing not in self._full
        ]  # fmt: skip

    def _row(self, row: Row) -> list[str]:
        if row.folded:
            return [self._note(folded(row.folded, self._picture.language))]
        lines: list[str] = []
        for at in row.steps:
            lines += self._cell(self._picture.step(at), again=row.again)
        return lines

    def _cell(self, step: Step, *, again: bool) -> list[str]:
        me = self._tasks[step.task]
        text = escaped(cut(step.did, _WIDE))
        if step.text and not again:
            line = f"{step.line}  " if step.line else ""
            text = f"{escaped(cut(line + step.text, _WIDE))}<br/>{text}"
        it = None
        if step.kind not in _ACTIONS:
            it = self._things.get(step.thing) or self._full.get(step.thing)
        if it is None or it == me:
            lines = [f"Note over {me}: {text}"]
        elif step.did.startswith("waits"):
            lines = [f"{me}--x{it}: {text}"]
        elif step.mark == "✗":
            lines = [f"{me}-x{it}: {text}"]
        elif step.access == "read":
            lines = [f"{it}-->>{me}: {text}"]
        else:
            lines = [f"{me}->>{it}: {text}"]
        if step.mark == "✗":
            if step.note:
                lines.append(f"Note over {me}: {_wrapped('✗ ' + step.note)}")
            return [_WRONG, *(f"    {line}" for line in lines), "end"]
        return lines

    def _last(self) -> list[str]:
        """What is said below the rows: who waits for whom, what came out, and what that means."""
        picture = self._picture
        told = waiting_lines(picture, 10_000) if picture.cycle or picture.stuck else []
        told += [picture.outcome, *picture.facts]
        lines = [line for text in told if text for line in _lines(text.strip())]
        if not lines:
            return []
        if len(lines) > _MOST_LINES:
            lines = [*lines[:_MOST_LINES], "…"]
        return [f"    {self._note_of('<br/>'.join(map(escaped, lines)))}"]

    def _note(self, text: str) -> str:
        return self._note_of(escaped(text))

    def _note_of(self, drawn: str) -> str:
        keys = [line.split()[1] for line in self._participants()]
        over = keys[0] if len(keys) == 1 else f"{keys[0]},{keys[-1]}"
        return f"Note over {over}: {drawn}"


def _name(text: str) -> str:
    """`thread-1` above its call, where there is one."""
    name, space, call = text.partition(" ")
    shown = [name, call] if space and "(" in call else [text]
    return "<br/>".join(escaped(cut(part, _NARROW)) for part in shown)


def _lines(text: str) -> list[str]:
    return wrap(cut(text, 600), _NARROW + 20)


def _wrapped(text: str) -> str:
    return "<br/>".join(map(escaped, _lines(text)))


__all__ = ["MOST_CHARACTERS", "escaped", "fenced", "mermaid"]
