"""The commands, as typer sees them. What they do is in the files beside this one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from rich.console import Console

from grader.cli import show, students
from grader.cli.audit import Part, earlier, run_audit
from grader.cli.collect import Given, collect
from grader.cli.doctor import run_doctor
from grader.cli.explore import EXIT, run_explore, run_replay
from grader.cli.files import Interrupted, UsageError, check_writable, write
from grader.cli.pictures import check_targets, print_story, write_files
from grader.course.exercise import Course, find_root
from grader.engine.schedule import Schedule
from grader.explain.picture import Picture
from grader.explain.say import LANGUAGES, VARIABLE
from grader.explorer import STRATEGIES
from grader.judge import sandbox
from grader.judge.grade import grade as grade_one
from grader.judge.grade import replay as replay_hidden
from grader.judge.journal import Journal, key_of
from grader.judge.results import Result, exit_status, to_json

app = typer.Typer(
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    help="Racecourse: grades concurrent Python on every schedule.",
)

_Sandbox = Annotated[
    str,
    typer.Option(
        "--sandbox",
        envvar=sandbox.VARIABLE,
        help=f"How the code is locked up: {sandbox.AUTO}, {', '.join(sandbox.BACKENDS)}.",
    ),
]
Html = Annotated[
    Path | None, typer.Option(help="Write the schedule here, as a page to step through.")
]
Mermaid = Annotated[
    Path | None, typer.Option(help="Write it here as a Mermaid diagram, in Markdown if it ends so.")
]
Language = Annotated[
    str, typer.Option("--lang", envvar=VARIABLE, help=f"Of the story: {' or '.join(LANGUAGES)}.")
]
_STRATEGIES = f"{', '.join(STRATEGIES[:-1])} or {STRATEGIES[-1]}"


def _course() -> Course:
    return Course(find_root(Path.cwd()))


def _check_sandbox(name: str) -> None:
    """Raises `UsageError` for a sandbox that there is not."""
    names = (sandbox.AUTO, *sandbox.BACKENDS)
    if name not in names:
        raise UsageError(f"There is no sandbox {name!r}: {', '.join(names[:-1])} or {names[-1]}.")


def _check_language(name: str) -> None:
    """Raises `UsageError` for a language in which no story is told."""
    if name not in LANGUAGES:
        raise UsageError(f"There is no story in {name!r}: {' or '.join(LANGUAGES)}.")


def _console() -> Console:
    return Console(highlight=False)


@app.command()
def grade(
    paths: Annotated[list[Path], typer.Argument(help="Files, or folders that hold one.")],
    exercise: Annotated[
        str | None, typer.Option(help="Number or name; else told by the file's name.")
    ] = None,
    json: Annotated[Path | None, typer.Option(help="Write the result here.")] = None,
    markdown: Annotated[Path | None, typer.Option(help="Write a report here.")] = None,
    lang: Language = LANGUAGES[0],
    locked_up: _Sandbox = sandbox.AUTO,
) -> int:
    """Grade submissions with the hidden checks."""
    _check_sandbox(locked_up)
    _check_language(lang)
    course = _course()
    wanted = course.find(exercise) if exercise is not None else None
    check_writable(json)
    check_writable(markdown)
    given = collect(paths, course, wanted)
    names = [each.shown for each in given]
    console = _console()
    results: list[Result] = []
    try:
        with _journal(json or markdown) as journal:
            for result in _graded(given, locked_up, lang, journal, console):
                results.append(result)
                if len(given) > 1:
                    show.print_row(console, names, len(results) - 1, result)
            if json is not None:
                write(json, to_json(results))
            if markdown is not None:
                write(markdown, show.markdown(names, results).encode())
            if journal is not None:
                journal.finish()
    except KeyboardInterrupt:
        raise Interrupted(_kept(len(results), len(given), json or markdown)) from None
    if len(results) == 1:
        show.print_one(console, names[0], results[0])
    show.warn(console, results)
    return exit_status(results)


def _journal(target: Path | None) -> AbstractContextManager[Journal | None]:
    """Where results are kept until `target` is written."""
    if target is None:
        return nullcontext()
    try:
        return Journal(target)
    except BlockingIOError:
        raise UsageError(f"Another run is about to write {target}: let it end first.") from None
    except OSError as error:
        raise UsageError(f"Beside {target} nothing can be written: {error.strerror}.") from None


def _graded(
    given: list[Given], locked_up: str, language: str, journal: Journal | None, console: Console
) -> Iterator[Result]:
    """The results one by one: those of a run that was interrupted, and new ones. Raises
    `NoSandbox`.
    """
    locked_up = sandbox.choose(locked_up).name
    if journal:
        console.print(f"Going on after {len(journal)} of an interrupted run.", style="dim")
    for each in given:
        if journal is None:
            yield _grade(each, locked_up, language)
            continue
        key = key_of(each.exercise, each.content, locked_up, each.fault or "", language)
        result = journal.get(key) or _grade(each, locked_up, language)
        journal.keep(key, result)
        yield result


def _grade(given: Given, locked_up: str, language: str) -> Result:
    return grade_one(
        given.exercise, given.content, locked_up, fault=given.fault, language=language
    )  # fmt: skip


def _kept(done: int, all_of_them: int, target: Path | None) -> str:
    """What an interrupted user needs to know."""
    if target is None or not done:
        return "interrupted; nothing was written."
    return (
        f"interrupted; {done} of {all_of_them} results are kept beside {target}: the same command "
        "goes on from there."
    )


@app.command()
def explore(
    target: Annotated[str, typer.Argument(metavar="FILE.py:function")],
    max_schedules: Annotated[int, typer.Option(min=1, help="How many schedules to run.")] = 20_000,
    strategy: Annotated[str, typer.Option(help=f"{_STRATEGIES}.")] = "auto",
    json: Annotated[Path | None, typer.Option(help="Write the result here.")] = None,
    html: Html = None,
    mermaid: Mermaid = None,
    lang: Language = LANGUAGES[0],
) -> int:
    """Run a function under every schedule: a failure in any task, or a deadlock, is shown."""
    if strategy not in STRATEGIES:
        raise UsageError(f"There is no strategy {strategy!r}: {_STRATEGIES}.")
    _check_language(lang)
    check_writable(json)
    check_targets(html, mermaid)
    told = run_explore(target, max_schedules, strategy, lang)
    if json is not None:
        write(json, msgspec.json.format(msgspec.json.encode(told.result), indent=1) + b"\n")
    _console().print(show.safe(told.text), markup=False, soft_wrap=True)
    if told.explanation is not None and (html or mermaid):
        write_files(told.explanation.picture(), html, mermaid)
    elif html or mermaid:
        _console().print("No schedule that fails was found: no picture was written.")
    return EXIT[told.result.verdict]


@app.command()
def replay(
    exercise: Annotated[str, typer.Argument(help="Number or name, or FILE.py:function.")],
    file: Annotated[str, typer.Argument(help="The submission; leave out with FILE.py:function.")],
    schedule: Annotated[str, typer.Argument(help="As a report prints it.")] = "",
    html: Html = None,
    mermaid: Mermaid = None,
    step: Annotated[bool, typer.Option("--step", help="One row at a time, after Enter.")] = False,
    lang: Language = LANGUAGES[0],
    locked_up: _Sandbox = sandbox.AUTO,
) -> int:
    """Show one schedule again, step by step."""
    _check_sandbox(locked_up)
    _check_language(lang)
    check_targets(html, mermaid)
    if ".py:" in exercise and not schedule:
        picture = run_replay(exercise, file, lang)
    else:
        picture = _replay_check(exercise, Path(file), schedule, locked_up, lang)
    write_files(picture, html, mermaid)
    print_story(picture, _console(), step=step)
    return 0


def _replay_check(
    exercise: str, file: Path, schedule: str, locked_up: str, language: str
) -> Picture:  # fmt: skip
    """The picture of a schedule of a hidden check."""
    course = _course()
    (given,) = collect([file], course, course.find(exercise))
    try:
        Schedule.parse(schedule)
        picture = replay_hidden(given.exercise, given.content, schedule, locked_up, language)
    except ValueError as error:  # no schedule, or a picture of a runner that is no longer ours
        raise UsageError(str(error)) from None
    if picture is None:
        raise UsageError(f"No check of {given.exercise.name} has a schedule {schedule}.")
    return picture


@app.command()
def audit(
    exercises: Annotated[list[str] | None, typer.Argument(help="Numbers; none: all.")] = None,
    jobs: Annotated[int, typer.Option(min=1, help="Submissions at a time.")] = 2,
    repeat: Annotated[int, typer.Option(min=1, help="Grade all of it so often.")] = 1,
    json: Annotated[Path | None, typer.Option(help="Write all results here.")] = None,
    part: Annotated[str, typer.Option(help="2/4: only the second of four parts.")] = "1/1",
    against: Annotated[
        Path | None, typer.Option(help="Results of an earlier audit, which have to be the same.")
    ] = None,
    locked_up: _Sandbox = sandbox.AUTO,
) -> int:
    """Grade every stub, solution and variant, and compare with what each declares."""
    _check_sandbox(locked_up)
    check_writable(json)
    chosen_part, before = Part.parse(part), None if against is None else earlier(against)
    course = _course()
    chosen = [course.find(each) for each in exercises] if exercises else course.exercises
    found = run_audit(course, chosen, jobs, repeat, _console(), locked_up, chosen_part, before)
    if json is not None:
        write(json, msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")
    return 0 if found.passed else 1


@app.command()
def doctor() -> int:
    """Say which sandboxes work here, and how to get a better one. Exit status 3 if none does."""
    return run_doctor(_console())


students.add_to(app)
