"""Lanes in plain text: one column for each task that matters, one row for each step."""

from __future__ import annotations

from typing import Final

import msgspec

from grader.explain.picture import Picture, Row, Step
from grader.explain.plain import cut, pad, width_of, wrap
from grader.explain.say import say, told

_MARGIN: Final = "   "
_GAP: Final = 2  # columns between two lanes
_NARROWEST: Final = 30  # a lane with fewer columns is not readable
_BOLD, _DIM, _RED, _YELLOW = "1", "2", "1;31", "33"


class Lanes:
    """Draws a story at a given width, with colour codes only where asked for."""

    def __init__(self, picture: Picture, width: int, colour: bool) -> None:
        self._width = max(width, 40)
        self._colour = colour
        self._tasks = picture.lanes
        self._names = {task.id: task.name for task in picture.tasks}
        self._rows = [(row, _cells(picture, row)) for row in picture.rows]
        self._cells = [cell for _, cells in self._rows for cell in cells]
        self._language = picture.language
        self._number = len(str(max((cell.line for cell in self._cells), default=0))) + 2

    def draw(self) -> list[list[str]]:
        """The lines of the heading, then those of each row; nothing when there is no step to
        show.
        """
        if not self._tasks:
            return []
        lanes = len(self._tasks)
        room = (self._width - len(_MARGIN) - _GAP * (lanes - 1)) // lanes
        if lanes > 1 and room < _NARROWEST:
            return [[], *self._draw_list()]
        texts = max(width_of(cell.text) for cell in self._cells)
        dids = max(width_of(cell.did) for cell in self._cells) + 2
        notes = max(width_of(cell.note) for cell in self._cells) + 2
        beside = texts if self._number + texts + 1 + dids <= room else None
        widest = max(texts + 1 + dids if beside is not None else max(texts, dids), notes)
        room = min(room, max(self._number + widest, self._widest_name()) + _GAP)
        names = [self._style(pad(task.full, room), _BOLD) for task in self._tasks]
        heading = [(_MARGIN + (" " * _GAP).join(names)).rstrip()]
        return [heading, *(self._draw_row(row, cells, room, beside) for row, cells in self._rows)]

    def _widest_name(self) -> int:
        return max(width_of(task.full) for task in self._tasks)

    def _draw_row(self, row: Row, cells: list[Step], room: int, beside: int | None) -> list[str]:
        if not cells:
            return [_MARGIN + self._style(folded(row.folded, self._language), _DIM)]
        columns = {cell.task: self._cell(cell, room, beside) for cell in cells}
        lines = []
        for index in range(max(map(len, columns.values()))):
            parts = []
            for task in self._tasks:
                column = columns.get(task.id, [])
                text, style = column[index] if index < len(column) else ("", "")
                parts.append(self._style(pad(text, room), style))
            lines.append((_MARGIN + (" " * _GAP).join(parts)).rstrip())
        return lines

    def _cell(self, cell: Step, room: int, beside: int | None) -> list[tuple[str, str]]:
        """The lines of a cell, each with its colour."""
        number = f"{cell.line or '':>{self._number - 2}}  " if cell.text else " " * self._number
        style = {"✗": _RED, ">": _YELLOW}.get(cell.mark, "")
        mark = f"{cell.mark or ' '} "
        if beside is not None:
            lines = [(f"{number}{pad(cell.text, beside)} {mark}{cell.did}", style)]
            indent = " " * (self._number + 2)
        else:
            lines = [(cut(f"{number}{cell.text}", room), "")] if cell.text else []
            indent = " " * self._number
            first, *more = wrap(cell.did, room - self._number - 2)
            lines.append((f"{indent}{mark}{first}", style))
            lines += [(f"{indent}  {each}", style) for each in more]
            indent += "  "
        if cell.note:
            lines += [(each, style) for each in wrap(cell.note, room, indent)]
        return lines

    def _draw_list(self) -> list[list[str]]:
        """For more tasks than there is room for side by side: the name before each step."""
        name_width = min(max(width_of(task.name) for task in self._tasks), 16)
        room = self._width - len(_MARGIN) - name_width - 2
        drawn = []
        for row, cells in self._rows:
            lines = (
                [] if cells else [_MARGIN + self._style(folded(row.folded, self._language), _DIM)]
            )
            for cell in cells:
                for index, (text, style) in enumerate(self._cell(cell, room, None)):
                    name = self._names[cell.task] if index == 0 else ""
                    line = f"{_MARGIN}{pad(name, name_width)}  {self._style(text, style)}"
                    lines.append(line.rstrip())
            drawn.append(lines)
        return drawn

    def _style(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and code and text.strip() else text


def _cells(picture: Picture, row: Row) -> list[Step]:
    """The steps of a row; without the source line where the row above says it already."""
    steps = [picture.step(number) for number in row.steps]
    return [msgspec.structs.replace(step, text="") for step in steps] if row.again else steps


def folded(count: int, language: str) -> str:
    """What stands in the place of steps that are left out."""
    text = say("… 1 step that does not matter here")
    if count != 1:
        text = say("… {count} steps that do not matter here", count=f"{count:,}")
    return told(text, language)
