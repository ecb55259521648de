"""A pytest run of an exercise is remembered as `grader check` would: a pytest plugin."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.exercise import CourseError, Exercise, find_root
from grader.course.progress import Store
from grader.explain.say import say, told
from grader.judge.failed import CheckFailed
from grader.judge.kinds import INTERNAL
from grader.judge.plugin import points_of, title_of
from grader.judge.results import CheckResult, check_result, result_of


class Remember:
    """Notes what became of every check; at the end of the session, exercises whose checks have all
    been run are remembered. One that was run in part is not: nothing is known of its verdict. Nor
    is anything where checks are spread over processes, of which none sees them all.
    """

    def __init__(self, language: str) -> None:
        self._language = language
        self._content: dict[Path, tuple[Exercise, bytes]] = {}
        self._seen: dict[Path, dict[str, CheckResult]] = {}
        self._all: dict[Path, set[str]] = {}
        self._partial: set[Path] = set()
        self._troubles: list[str] = []

    def read(self, file: Path, exercise: Exercise, content: bytes) -> None:
        """The checks in `file` are about this content."""
        self._content[file] = (exercise, content)

    def saw(self, item: pytest.Item, call: pytest.CallInfo[None]) -> None:
        """A check has gone through a phase."""
        if item.path not in self._content:
            return
        error = None if call.excinfo is None else call.excinfo.value
        seen = self._seen.setdefault(item.path, {})
        self._all.setdefault(item.path, _checks_beside(item))
        if call.when == "call" or error is not None:
            result = check_result(
                item.name, title_of(item), points_of(item), kind=_kind_of(error)
            )  # fmt: skip
            seen[item.name] = result

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        """Some checks are left out."""
        self._partial |= {item.path for item in items}

    def pytest_sessionfinish(self) -> None:
        """Remembers what was run as a whole."""
        for path, (exercise, content) in self._content.items():
            seen = self._seen.get(path, {})
            run = {name.partition("[")[0] for name in seen}
            if path in self._partial or not seen or self._all[path] - run:
                continue
            result = result_of(exercise.name, list(seen.values()), "none")
            right = sum(each.verdict == "pass" for each in result.checks)
            try:
                store = Store.of(find_root(path.parent))
            except CourseError:
                continue
            store.checked(exercise, content, result.verdict, right, len(result.checks))
            self._troubles += [
                told(say(each.template, **each.values), self._language) for each in store.troubles
            ]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Says what could not be remembered."""
        for sentence in dict.fromkeys(self._troubles):
            terminalreporter.write_line(sentence, yellow=True)


def _checks_beside(item: pytest.Item) -> set[str]:
    """The names of all checks in the item's file."""
    module = getattr(item, "module", None)
    return {name for name in vars(module) if name.startswith("test_")} if module else set()


def _kind_of(error: BaseException | None) -> str | None:
    if error is None or isinstance(error, CheckFailed):
        return None if error is None else error.kind
    return "wrong-result" if isinstance(error, AssertionError) else INTERNAL
