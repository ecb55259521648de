"""From a failing run to the name of what happened and to the steps that matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from grader.engine.endings import Ending
from grader.engine.run import Run
from grader.engine.trace import Trace
from grader.explain.early import not_awaited, too_early
from grader.explain.faults import (
    cached_twice,
    died,
    gave_up,
    lost_patience,
    unreleased,
    why_raised,
)
from grader.explain.finding import Finding
from grader.explain.held_up import held_up
from grader.explain.overwritten import overwritten
from grader.explain.races import checks_then_acts, is_condition, lost_updates
from grader.explain.reads import torn_reads
from grader.explain.stories import story
from grader.explain.streams import in_pieces
from grader.explain.stuck import why_stuck
from grader.explain.view import View, is_change
from grader.explain.wakeups import woken_in_vain

_RACES: Final = frozenset(
    {"lost-update", "check-then-act", "torn-read", "order-violation", "per-process-lock"}
)
_WEAK: Final = frozenset({"wrong-result", "not-linearizable"})  # a trace may say it better
_CLEAR: Final = 55  # from this weight on the trace itself decides what it was
_LAST: Final = 5  # changes that are shown where no rule fits
_PASSING: Final = frozenset(
    {
        "put", "get", "send", "recv", "feed", "flush", "acquire", "try-acquire", "release", "wait",
        "wake", "notify", "arrive", "start", "join", "end", "exit", "task-done", "call", "return",
    }
)  # fmt: skip
_EQUAL: Final = 30  # a reading lighter by no more than this is as good, if the author says so


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What happened, in the closed list of kinds, and where.

    `focus` are the indexes of the steps that matter; those from `len(trace.steps)` on stand for
    `trace.blocked`. `note` says what goes wrong at `wrong_at`, `facts` are sentences about just
    this run, `why` and `read_more` hold for every run of this kind.
    """

    kind: str
    title: str
    why: str
    read_more: str
    focus: list[int]
    wrong_at: int | None
    note: str = ""
    facts: list[str] = field(default_factory=list)


def classify(
    run: Run,
    trace: Trace,
    hint: str | None = None,
    *,
    language: str = "en",
    right: bool | None = None,
) -> Diagnosis:
    """Says what went wrong in a run that ended badly or with a value that is not allowed.

    `hint` is the kind that the author of the check expects; it counts where the trace does not
    decide. `language` is "en" or "ko". `right`: whether another schedule is known that gives what
    it should; None where nobody has looked.
    """
    return diagnose(View(run, trace), hint, language=language, right=right)


def diagnose(
    view: View, hint: str | None = None, *, language: str = "en", right: bool | None = None
) -> Diagnosis:
    """The same from a view of the run."""
    found = in_pieces(view, find(view, hint))
    always = not right if right is not None else view.run.preemptions == 0
    told = story(found.kind, language, always=always)
    return Diagnosis(
        found.kind, told.title, told.why, told.read_more, found.focus, found.wrong_at,
        found.note, found.facts,
    )  # fmt: skip


def find(view: View, hint: str | None) -> Finding:
    """The reading of the run that is told."""
    ending = view.run.ending
    if ending is Ending.EXCEPTION:
        return _prefer(_raised_by_race(view, hint) or why_raised(view), hint, ("lost-exception",))
    if ending is not Ending.FINISHED:
        return _prefer(why_stuck(view), hint, _SISTERS.get(ending, ()))
    found = _readings(view)
    if hint is not None and hint not in _RACES | _WEAK:
        kept_out = held_up(view) if hint == "over-synchronised" else None
        named = next((one for one in found if one.kind == hint), None)
        return kept_out or named or _as_hinted(view, hint)
    if not found:
        return _as_hinted(view, hint if _can_be(view, hint) else None)
    best = found[0]
    hinted = next((one for one in found if one.kind == hint), None)
    if hinted is not None and hinted.weight >= best.weight - _EQUAL:
        return hinted
    if best.weight >= _CLEAR or hint is None or not _can_be(view, hint):
        return best
    return _as_hinted(view, hint)


_SISTERS: Final = {
    Ending.LIVELOCK: ("starvation",),
    Ending.STEP_BOUND: ("starvation",),
    Ending.LEAKED: ("lost-wakeup", "lost-exception"),
    Ending.DEADLOCK: ("short-read", "join-before-drain"),
}


def _raised_by_race(view: View, hint: str | None) -> Finding | None:
    """The race that the author expects, where it made the task fail that raised; any race, where
    the check raised, because of what the student's code had given it.
    """
    raised = view.raised
    if raised is None or (raised.line and hint not in _RACES):
        return None
    for one in _readings(view):
        if one.wrong_at is None or one.kind not in (_RACES if not raised.line else {hint}):
            continue
        if view.at(one.wrong_at).task == raised.task:
            one.focus.append(raised.index)
            one.facts += why_raised(view).facts if not raised.line else []
            return one
    return None


def _prefer(found: Finding, hint: str | None, sisters: tuple[str, ...]) -> Finding:
    """The finding under the name that the author expects, where the trace of both is the same."""
    if hint in sisters and found.kind in ("livelock", "leaked-task", "lost-wakeup", "exception"):
        assert hint is not None
        found.kind = hint
    return found


def _readings(view: View) -> list[Finding]:
    """All that the rules find in a run that finished, the best first."""
    found = [*too_early(view), *not_awaited(view), *unreleased(view), *gave_up(view), *died(view)]
    found += lost_patience(view)
    if view.overlap():
        found += [*lost_updates(view), *checks_then_acts(view), *torn_reads(view)]
        found += woken_in_vain(view)
        found += cached_twice(view)
        found += overwritten(view)
    else:
        found = [one for one in found if one.weight >= _CLEAR or one.kind not in _RACES]
    return sorted(found, key=lambda one: (-one.weight, one.kind in _WEAK, one.wrong_at or 0))


def _can_be(view: View, hint: str | None) -> bool:
    """Whether the hint can be true: without any overlap nothing came in between, an update is lost
    only where several tasks change one variable, and a torn read wants somebody else's change.
    """
    if hint is None or hint not in _RACES:
        return hint is not None
    if not view.overlap():
        return False
    least = {"lost-update": 2, "torn-read": 1}.get(hint, 0)
    return any(len(tasks) >= least for tasks in _changers(view)) or not least


def _changers(view: View) -> list[set[int]]:
    """For each variable the tasks that change it. What only passes something on is none; what
    several processes share, in a manager or in plain memory, is one as a whole.
    """
    found = [
        {step.task for step in steps if step.data and is_change(step)}
        for steps in view.disputed.values()
    ]
    shared: dict[int, set[int]] = {}
    for step in view.concurrent():
        if not step.data and step.line and step.access == "write" and step.kind not in _PASSING:
            shared.setdefault(step.subject_id, set()).add(step.task)
    return [*found, *shared.values()]


def _as_hinted(view: View, hint: str | None) -> Finding:
    """No rule fits: the last steps that touched something shared, and the result. Where nothing is
    shared: what was changed, or else looked at, by several tasks or by the only one.
    """
    shared = sorted({step.index for steps in view.disputed.values() for step in steps})
    looks = [index for index in shared if not is_change(view.steps[index])]
    begun = [step for step in view.concurrent() if step.data and step.line]
    ways = (
        [view.steps[index] for index in shared if is_change(view.steps[index])],
        [step for step in begun if is_change(step)],
        [step for step in begun if step.task and is_condition(step)],  # why nothing was changed
        begun,
        [step for step in view.steps if step.data and is_change(step)],
        [step for step in view.steps if step.line],
    )
    last = [step.index for step in next(filter(None, ways), [])[-_LAST:]]
    return Finding(hint or "wrong-result", sorted({*last, *looks[-1:]}), None)
