"""Lanes in plain text: one column for each task that matters, one row for each step."""

from __future__ import annotations

from typing import Final

from grader.explain.classify import Diagnosis
from grader.explain.plain import clean, cut, pad, width_of, wrap
from grader.explain.rows import Cell, Fold, Row, lanes_of, rows_of
from grader.explain.view import View

_MARGIN: Final = "   "
_GAP: Final = 2  # columns between two lanes
_NARROWEST: Final = 30  # a lane with fewer columns is not readable
_BOLD, _DIM, _RED, _YELLOW = "1", "2", "1;31", "33"


class Lanes:
    """Draws a story at a given width, with colour codes only where asked for."""

    def __init__(self, view: View, diagnosis: Diagnosis, width: int, colour: bool) -> None:
        self._view = view
        self._width = max(width, 40)
        self._colour = colour
        self._tasks = lanes_of(view, diagnosis)
        self._rows = rows_of(view, diagnosis)
        numbers = [cell.line for row in self._rows if not isinstance(row, Fold) for cell in row]
        self._number = len(str(max(numbers, default=0))) + 2

    def draw(self) -> list[str]:
        """The lines of the picture; none when there is no step to show."""
        if not self._tasks:
            return []
        lanes = len(self._tasks)
        room = (self._width - len(_MARGIN) - _GAP * (lanes - 1)) // lanes
        if lanes > 1 and room < _NARROWEST:
            return self._draw_list()
        cells = [cell for row in self._rows if not isinstance(row, Fold) for cell in row]
        texts = max(width_of(cell.text) for cell in cells)
        dids = max(width_of(cell.did) for cell in cells) + 2
        notes = max(width_of(cell.note) for cell in cells) + 2
        beside = texts if self._number + texts + 1 + dids <= room else None
        widest = max(texts + 1 + dids if beside is not None else max(texts, dids), notes)
        room = min(room, max(self._number + widest, self._widest_name()) + _GAP)
        names = [self._style(pad(clean(self._full(task)), room), _BOLD) for task in self._tasks]
        lines = [(_MARGIN + (" " * _GAP).join(names)).rstrip()]
        for row in self._rows:
            lines += self._draw_row(row, room, beside)
        return lines

    def _widest_name(self) -> int:
        return max(width_of(clean(self._full(task))) for task in self._tasks)

    def _full(self, task: int) -> str:
        return self._view.trace.tasks.get(task) or self._view.name(task)

    def _draw_row(self, row: Row, room: int, beside: int | None) -> list[str]:
        if isinstance(row, Fold):
            return [_MARGIN + self._style(folded(row.count), _DIM)]
        columns = {cell.task: self._cell(cell, room, beside) for cell in row}
        lines = []
        for index in range(max(map(len, columns.values()))):
            parts = []
            for task in self._tasks:
                column = columns.get(task, [])
                text, style = column[index] if index < len(column) else ("", "")
                parts.append(self._style(pad(text, room), style))
            lines.append((_MARGIN + (" " * _GAP).join(parts)).rstrip())
        return lines

    def _cell(self, cell: Cell, room: int, beside: int | None) -> list[tuple[str, str]]:
        """The lines of a cell, each with its colour."""
        number = f"{cell.line or '':>{self._number - 2}}  " if cell.text else " " * self._number
        style = {"✗": _RED, ">": _YELLOW}.get(cell.mark, "")
        mark = f"{cell.mark} "
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

    def _draw_list(self) -> list[str]:
        """For more tasks than there is room for side by side: the name before each step."""
        name_width = max(width_of(clean(self._view.name(task))) for task in self._tasks)
        name_width = min(name_width, 16)
        lines = []
        for row in self._rows:
            if isinstance(row, Fold):
                lines.append(_MARGIN + self._style(folded(row.count), _DIM))
                continue
            for cell in row:
                room = self._width - len(_MARGIN) - name_width - 2
                for index, (text, style) in enumerate(self._cell(cell, room, None)):
                    name = clean(self._view.name(cell.task)) if index == 0 else ""
                    line = f"{_MARGIN}{pad(name, name_width)}  {self._style(text, style)}"
                    lines.append(line.rstrip())
        return lines

    def _style(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and code and text.strip() else text


def folded(count: int) -> str:
    """What stands in the place of steps that are left out."""
    if count == 1:
        return "… 1 step that does not matter here"
    return f"… {count:,} steps that do not matter here"
