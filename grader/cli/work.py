"""What the students' commands have in common: the course, what is remembered, which exercise is
meant, and a voice in the student's language.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.text import Text

from grader.cli.show import safe
from grader.course.exercise import Course, CourseError, Exercise, find_root
from grader.course.progress import Store
from grader.explain.say import VARIABLE, say, told

_NARROW, _WIDE = 80, 160
ALL_DONE: Final = "All {count} exercises pass."


@dataclass(slots=True)
class Work:
    """A student at work: in this course, told about it in this language."""

    course: Course
    store: Store
    console: Console
    errors: Console  # what is wrong goes there
    language: str

    @classmethod
    def here(cls, language: str) -> Work:
        """In the course of the current folder."""
        root = find_root(Path.cwd())
        consoles = Console(highlight=False), Console(highlight=False, stderr=True)
        return cls(Course(root), Store.of(root), *consoles, language)

    def say(self, template: str, /, style: str = "", **values: object) -> None:
        """Prints a sentence. What is filled in is shown as it is: nothing in it is markup."""
        self.show(self.tell(template, **values), style)

    def tell(self, template: str, /, **values: object) -> str:
        """The sentence, in the student's language."""
        return told(say(template, **values), self.language)

    def show(self, text: str, style: str = "") -> None:
        """Prints text that stays as it is. The terminal breaks lines that are too long: what was
        broken here could not be copied whole.
        """
        self.console.print(Text(safe(text), style=style), soft_wrap=True)

    def paragraph(self, text: str) -> None:
        """Prints text for reading, its lines broken between words."""
        self.console.print(Text(safe(text)))

    def confess(self) -> None:
        """Says, once, what could not be remembered."""
        for trouble in self.store.troubles:
            text = self.tell(trouble.template, **trouble.values)
            self.errors.print(Text(f"grader: {safe(text)}", style="yellow"), soft_wrap=True)
        self.store.troubles.clear()

    def chosen(self, wanted: str | None) -> Exercise | None:
        """The exercise that is meant: by number, name, folder or file; else that of the folder
        where the student is; else the first that does not pass yet. None: all pass. Raises
        `CourseError` when there is none of this name.
        """
        if wanted is not None:
            return self._named(wanted)
        here = Path.cwd()
        for exercise in self.course.exercises:
            folder = exercise.folder.resolve()
            if folder in (here, *here.parents):
                return exercise
        return self.store.read().next_of(self.course)

    def _named(self, wanted: str) -> Exercise:
        path = Path(wanted)
        if path.name != wanted and path.exists():  # a path, which means what lies there
            path = path.resolve()
            for exercise in self.course.exercises:
                if exercise.folder.resolve() in (path, *path.parents):
                    return exercise
            raise CourseError(
                f"{wanted} is in none of the exercises of {self.course.root}. `grader grade "
                "--exercise NN FILE` grades any file."
            )
        return self.course.by_stub(wanted) or self.course.find(wanted)


def width() -> int:
    """Of stories, in columns: those of the terminal, within bounds."""
    columns = shutil.get_terminal_size((100, 24)).columns
    return max(_NARROW, min(columns, _WIDE))


def in_words(exercise: Exercise, language: str) -> str:
    """The exercise's title."""
    return exercise.metadata.title_ko if language == "ko" else exercise.metadata.title


def command(name: str, exercise: Exercise, *options: str) -> str:
    """A command to type, such as `grader hint 05`."""
    return " ".join(["grader", name, exercise.number, *options])


def shown_path(path: Path) -> str:
    """The path as one would type it here."""
    return os.path.relpath(path)


__all__ = ["ALL_DONE", "VARIABLE", "Work", "command", "in_words", "shown_path", "width"]
