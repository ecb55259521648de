"""Over-synchronisation as a run shows it: somebody waited in vain for a task that it kept out."""

from __future__ import annotations

from grader.explain.finding import Finding
from grader.explain.plain import clean
from grader.explain.say import say
from grader.explain.view import View, is_acquired


def held_up(view: View) -> Finding | None:
    """A task gave up waiting while it held what another one got only afterwards. None where no
    lock or permit was in the way.
    """
    for step in view.concurrent():
        if not step.expired or not step.line or step.kind == "acquire":
            continue
        for lock, taken in view.taken[step.index].items():
            for late in view.steps[step.index + 1 :]:
                if late.task == step.task or late.subject_id != lock or not is_acquired(late):
                    continue
                inside, outside = view.name(step.task), view.name(late.task)
                fact = say(
                    "{inside} took {subject} in line {line}, and {outside} could not come in "
                    "before {inside} had given it back.",
                    inside=inside,
                    subject=clean(late.subject),
                    line=view.steps[taken].line,
                    outside=outside,
                )
                return Finding(
                    "over-synchronised", [taken, step.index, late.index], late.index,
                    say("{outside} comes in only now", outside=outside), facts=[fact],
                )  # fmt: skip
    return None
