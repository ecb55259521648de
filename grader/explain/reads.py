"""What goes wrong by reading: a picture of two moments, or of what is only half done."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from typing import Final

from grader.engine.trace import Step
from grader.explain.finding import Finding
from grader.explain.locks import about_locks, about_writers_locks, in_one_hold, is_guarded
from grader.explain.plain import clean
from grader.explain.races import checked, decides, is_condition
from grader.explain.say import say
from grader.explain.view import Place, View, distance, is_change, is_look, place_of, same_value

_NEAR: Final = 1  # calls between two reads that still belong together
_WHOLE: Final = frozenset({"read", "iterate"})  # what looks at all of a container
_PAIRS: Final = 4_000  # pairs of reads looked at: long runs must not take for ever


def torn_reads(view: View) -> Iterator[Finding]:
    """A task reads related places, and another one changes some of them in between; or reads what
    another one is about to change again.
    """
    yield from half_done(view)
    shared = view.disputed
    # Who looks at a whole object shares it with those who change a part of it, and so with those
    # who read another part. What nobody changes cannot be torn.
    reads = [
        step
        for steps in shared.values()
        for step in steps
        if _looks(view, step) and place_of(step) in shared
    ]
    reads.sort(key=lambda step: step.index)
    unique = list({step.index: step for step in reads}.values())
    pairs = 0
    for at, first in enumerate(unique):
        for second in unique[at + 1 :]:
            if second.task != first.task or distance(first, second) > _NEAR:
                continue
            pairs += 1
            if pairs > _PAIRS:
                return
            if place_of(first) == place_of(second):
                found = _twice(view, shared[place_of(first)], first, second)
            else:
                found = _pair(view, shared, first, second)
            if found is not None:
                yield found


def _looks(view: View, step: Step) -> bool:
    """Whether the step reads. A generator that goes on may have been asked or told something: it
    is taken for asked where the task holds no lock.
    """
    if step.kind == "next":
        return not view.held[step.index]
    return is_look(step) and step.data


def half_done(view: View) -> Iterator[Finding]:
    """A call writes a place twice, and another task reads it in between: what it sees is on its way
    to something else, or is taken back. A flag is there to be seen, and who reads in order to
    change the place itself wants what is there at that moment, if nothing was taken out of it.
    """
    for steps in view.disputed.values():
        written: dict[int, Step] = {}  # by task: its last write
        seen: dict[int, Step] = {}  # by task: the last look of another one at what it has written
        newest: Step | None = None
        for step in steps:
            one = written.get(step.task)
            if is_change(step):
                newest = step
                look = seen.pop(step.task, None)
                again = one is not None and step.kind == "write" and distance(one, step) <= _NEAR
                if one is not None and look is not None and again:
                    yield _on_its_way(view, one, look, step)
                written.pop(step.task, None)
                if step.kind == "write" and step.line:
                    written[step.task] = step
            elif newest is not None and not decides(step):
                last = written.get(newest.task)
                if last is not newest or last.task == step.task or not same_value(step, last):
                    continue
                if _acts(steps, step) is None or not _is_relative(steps, last):
                    seen[last.task] = step


def _is_relative(steps: list[Step], write: Step) -> bool:
    """Whether the line that writes the place reads it as well, as `x += 1` does."""
    return any(
        step.task == write.task and step.index < write.index and is_look(step)
        and (step.line, step.calls) == (write.line, write.calls)
        for step in steps
    )  # fmt: skip


def _on_its_way(view: View, one: Step, look: Step, two: Step) -> Finding:
    """Where the check itself reads, it goes wrong at what it is given to read."""
    name, rival, place = view.name(look.task), view.name(one.task), clean(look.place)
    where = say(" in line {line}", line=look.line) if look.line else ""
    fact = say(
        "{name} reads {place} as {value}{where}: {rival} has written that in line {line} and "
        "writes {value2} in line {line2}.",
        name=name,
        place=place,
        value=clean(look.value or "?"),
        where=where,
        rival=rival,
        line=one.line,
        value2=clean(two.value or "?"),
        line2=two.line,
    )
    wrong, note = look, say("{rival} is about to change it again", rival=rival)
    if not look.line:
        wrong, note = one, say("{name} sees this before it is changed again", name=name)
    weight = 54 if _is_update_of_its_own(view, one, two) else 56  # who checks knows better then
    return Finding(
        "torn-read", [one.index, look.index, two.index], wrong.index, note, weight,
        [fact, *about_locks(view, one, two, look)],
    )  # fmt: skip


def _is_update_of_its_own(view: View, one: Step, two: Step) -> bool:
    """Whether the task has read the place again since the first write, under a lock that it took
    for this and kept until the second one.
    """
    before = view.taken[one.index].items()
    return any(
        step.task == two.task and place_of(step) == place_of(two) and is_look(step)
        and view.taken[step.index].items() & view.taken[two.index].items() - before
        for step in view.steps[one.index : two.index]
    )  # fmt: skip


def _index(step: Step) -> int:
    return step.index


def _twice(view: View, steps: list[Step], first: Step, second: Step) -> Finding | None:
    """One place read twice in one call, with different values; or written, and then read."""
    if not (_is_named(first) and _is_named(second)):
        return None
    begin = bisect.bisect_right(steps, first.index, key=_index)
    between = steps[begin : bisect.bisect_left(steps, second.index, key=_index)]
    others = [step for step in between if step.task != first.task and is_change(step)]
    if not others:
        return _in_the_middle(view, steps, first, second)
    mine = [step for step in between if step.task == first.task and is_change(step)]
    if mine and others[-1].index < mine[-1].index:
        return None
    known = mine[-1] if mine and mine[-1].kind == "write" else first
    if same_value(known, second):
        return None
    act = _acts(steps, second)
    if act is not None and mine and in_one_hold(view, second, act):
        return None  # an update by itself, which wants what is there by now
    if not mine:
        if first.line == second.line and second.text.startswith("while"):
            return None  # a loop looks again, and goes by what it sees now
        if act is not None:
            used = _is_used(view, first, others[-1])
            return None if used else _decided_before(view, first, others[-1], act)
        if is_condition(first) and is_condition(second) and first.line != second.line:
            deed = _next_change(view, second)
            if deed is not None:  # two checks are no picture: what counts is what is done
                return checked(view, place_of(first), first, others[-1], deed)
    start = mine[-1] if mine else first
    name, rival = view.name(first.task), view.name(others[-1].task)
    place = clean(second.place)
    did = say("wrote") if mine else say("read")
    saw = say("{did} {place} as {value}", did=did, place=place, value=clean(start.value or "?"))
    if start is not known:  # an `append`: its value is not that of the place
        saw = say("changed {place}", place=place)
    fact = say(
        "{name} {saw} in line {line}, and finds {value} in line {line2}: {rival} came in between.",
        name=name,
        saw=saw,
        line=start.line,
        value=clean(second.value or "?"),
        line2=second.line,
        rival=rival,
    )
    if start is known and (start.value or "<")[0] == (second.value or "<")[0] == "<":
        fact = say(  # of objects only the class is known, and it says nothing
            "{name} {did} {place} in line {line}, and finds it changed in line {line2}: {rival} "
            "came in between.",
            name=name, did=did, place=place, line=start.line, line2=second.line, rival=rival,
        )  # fmt: skip
    facts = [fact]
    facts += about_locks(view, start, second, others[-1])
    wrong, note = second, say("not what it {did} before", did=did)
    if mine and others[-1].line and is_guarded(view, start, second, others[-1]):
        wrong, note = others[-1], say("comes in between what {name} does with a lock", name=name)
    return Finding(
        "torn-read", sorted({start.index, others[-1].index, second.index}), wrong.index, note,
        55 if mine else 65, facts,
    )  # fmt: skip


def _is_named(look: Step) -> bool:
    """Whether the line of a look names the attribute. What the check has handed in to be called
    looks as well, but is no doing of the line that calls it.
    """
    key = look.key
    return key is None or not key.isidentifier() or key.rpartition("__")[2] in look.text


def _in_the_middle(
    view: View, steps: list[Step], first: Step, second: Step
) -> Finding | None:  # fmt: skip
    """Two looks into one container, of which is not known where they looked, while another task is
    between two changes that belong together.
    """
    if first.key is not None or not {first.kind, second.kind}.isdisjoint(_WHOLE):
        return None
    changes = [step for step in steps if is_change(step) and step.task != first.task]
    for one in changes:
        if one.index > first.index:
            continue
        for two in changes:
            if two.task == one.task and two.index > second.index and distance(one, two) <= _NEAR:
                return _torn(view, first, second, one, two, weight=50)
    return None


def _acts(steps: list[Step], look: Step) -> Step | None:
    """The change that the task itself makes after a look, in the same call."""
    for step in steps:
        if step.index > look.index and step.task == look.task and is_change(step):
            return step if distance(look, step) <= _NEAR else None
    return None


def _next_change(view: View, look: Step) -> Step | None:
    """The next variable that the task changes after a look, in the same call."""
    for step in view.steps[look.index + 1 :]:
        if step.task == look.task and step.data and is_change(step):
            return step if distance(look, step) <= _NEAR else None
    return None


def _is_used(view: View, look: Step, other: Step) -> bool:
    """Whether what was read has been written elsewhere by its own line before `other` came: that
    is what it was read for.
    """
    return any(
        step.task == look.task and step.data and is_change(step)
        and step.line == look.line and step.calls == look.calls
        for step in view.steps[look.index : other.index]
    )  # fmt: skip


def _decided_before(view: View, first: Step, other: Step, act: Step) -> Finding:
    """It does read the place again before it changes it, but has made up its mind before."""
    name, rival, place = view.name(first.task), view.name(other.task), clean(first.place)
    fact = say(
        "{name} looked at {place} in line {line} and changes it in line {line2}. {rival} has "
        "changed it in between.",
        name=name,
        place=place,
        line=first.line,
        line2=act.line,
        rival=rival,
    )
    facts = [fact, *about_locks(view, first, act, other)]
    return Finding(
        "check-then-act", [first.index, other.index, act.index], act.index,
        say("what it saw is no longer so"), 62, facts,
    )  # fmt: skip


def _pair(view: View, shared: dict[Place, list[Step]], first: Step, second: Step) -> Finding | None:
    """Two places that another task changes together, seen one old and one new."""
    mine = first.task
    changes1 = [s for s in shared[place_of(first)] if is_change(s) and s.task != mine]
    changes2 = [s for s in shared[place_of(second)] if is_change(s) and s.task != mine]
    for one in changes1:
        for two in changes2:
            if one.task != two.task or one is two:
                continue
            together = distance(one, two) <= _NEAR
            if together and (one.index < first.index) == (two.index < second.index):
                continue
            if not together and not first.index < one.index < two.index < second.index:
                continue  # else the two values were never there at the same time
            if _of_two_updates(view, changes1 + changes2, one, two):
                continue
            if _seen_again(view, first, second):
                return None
            return _torn(view, first, second, one, two)
    return None


def _of_two_updates(view: View, changes: list[Step], one: Step, two: Step) -> bool:
    """Whether the two changes were made in different holds of a lock, in one of which both places
    were changed: that is an update by itself, and the other one is another update.
    """
    if in_one_hold(view, one, two):
        return False
    places = {place_of(one), place_of(two)}
    return any(
        places == {place_of(change), place_of(other)} and in_one_hold(view, change, other)
        for change in (one, two)
        for other in changes
        if other.task == change.task
    )


def _seen_again(view: View, first: Step, second: Step) -> bool:
    """Whether the task itself changes what it read, in the same call: then it is no picture."""
    places = {place_of(first), place_of(second)}
    return any(
        step.task == first.task and is_change(step) and place_of(step) in places
        and step.kind != "next"
        and distance(step, second) <= _NEAR
        for step in view.concurrent()
    )  # fmt: skip


def _torn(
    view: View, first: Step, second: Step, one: Step, two: Step, *, weight: int = 70
) -> Finding:  # fmt: skip
    name, rival = view.name(first.task), view.name(one.task)
    old, new = (second, first) if one.index < first.index else (first, second)
    fact = say(
        "{name} sees {place} as it was before {rival}'s change and {place2} as it is after it."
        " These two never belonged together.",
        name=name,
        place=clean(old.place),
        rival=rival,
        place2=clean(new.place),
    )
    if old.place == new.place:
        fact = say(
            "{name} looks into {place} twice while {rival} has made one of two changes that "
            "belong together.",
            name=name,
            place=clean(new.place),
            rival=rival,
        )
    between = [step for step in (one, two) if first.index < step.index < second.index]
    if between:
        facts = [fact, *about_locks(view, first, second, between[0])]
    else:  # both reads came between the two changes
        early, late = sorted((one, two), key=lambda step: step.index)
        facts = [fact, *about_writers_locks(view, early, late, first)]
    return Finding(
        "torn-read", sorted({first.index, second.index, one.index, two.index}), second.index,
        say("mixes two different moments"), weight, facts,
    )  # fmt: skip
