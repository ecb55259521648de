"""What a step did, in a few words: `reads self._value → 0`, `waits for bob.lock`."""

from __future__ import annotations

from typing import Final

from grader.engine.trace import Step
from grader.explain.plain import clean
from grader.explain.say import say

_DONE: Final = {
    "acquire": "acquires {x}",
    "release": "releases {x}",
    "wait": "waits on {x}",
    "wake": "is woken",
    "set": "sets {x}",
    "clear": "clears {x}",
    "start": "starts {t}",
    "join": "sees that {t} has ended",
    "end": "ends",
    "sleep": "sleeps",
    "yield": "lets others go first",
    "spin": "goes round and round",
    "print": "prints {v}",
    "arrive": "arrives at {x}",
    "delete": "deletes {x}",
    "terminate": "ends {t} by force",
    "kill": "ends {t} by force",
    "exit": "ends",
    "task-done": "says that an item of {x} is done",
    "feed": "moves an item into {x}",
    "flush": "has handed over all it had for {x}",
    "close": "closes {x}",
    "shutdown": "shuts {x} down",
    "accept": "accepts a connection on {x}",
    "connect": "connects {x}",
    "listen": "listens on {x}",
    "bind": "binds {x}",
    "select": "looks what is ready in {x}",
    "unlock": "is through with {x}",
    "clock": "looks at the clock",
    "next": "goes on with {x}",
    "call": "calls {v}",
    "return": "is back from {v}",
    "reset": "resets {x}",
    "abort": "breaks {x}",
    "look-up": "looks for what {x} has returned before",
    "keep": "keeps what {x} has returned",
    "cache-info": "looks at the cache of {x}",
    "cache-clear": "empties the cache of {x}",
}
_ASKS: Final = {
    "locked": ("{x} is taken", "{x} is free"),
    "is-set": ("{x} is set", "{x} is not set yet"),
    "is-alive": ("{t} is still alive", "{t} has ended"),
    "empty": ("{x} is empty", "{x} is not empty"),
    "full": ("{x} is full", "{x} is not full"),
}
_WAITS: Final = {
    "acquire": "waits for {x}",
    "join": "waits for {t} to end",
    "wake": "waits on {x} to be told",
    "wait": "waits for {x}",
    "arrive": "waits for {x} to be free again",
    "flush": "waits until somebody reads {x}",
    "feed": "waits for room in {x}",
    "write": "waits for room in {x}",
    "get": "waits for an item in {x}",
    "put": "waits for room in {x}",
    "recv": "waits for data on {x}",
    "send": "waits for room in {x}",
    "accept": "waits for a connection on {x}",
    "connect": "waits for a place in the queue of those who connect",
    "select": "waits until something is ready in {x}",
}
_CONTAINER: Final = {
    "append": "adds {v} to {x}",
    "appendleft": "adds {v} to {x}",
    "add": "adds {v} to {x}",
    "pop": "takes {v} from {x}",
    "popleft": "takes {v} from {x}",
    "popitem": "takes {v} from {x}",
    "remove": "removes {v} from {x}",
    "discard": "removes {v} from {x}",
    "clear": "empties {x}",
}
_EXPIRED: Final = "stops waiting: time is up"
_MOVES: Final = {  # with a value, and where there was none
    "put": ("puts {v} into {x}", "finds {x} full"),
    "get": ("gets {v} from {x}", "finds {x} empty"),
    "send": ("sends {v} through {x}", "sends through {x}"),
    "recv": ("receives {v} from {x}", "receives from {x}"),
}


def _fill(pattern: str, step: Step) -> str:
    subject = clean(step.subject)
    short = subject.partition(" ")[0] if pattern.count("{t}") else subject
    value = clean(step.value) if step.value else say("nothing")
    return say(pattern, x=clean(step.place) or say("it"), t=short, v=value)


def did(step: Step) -> str:
    """What an executed step did."""
    kind = step.kind
    if kind == "raise":
        return _fill("raises {v}", step)
    if step.expired and kind not in ("sleep", "spin", "yield"):
        return say(_EXPIRED)
    if kind in _ASKS and step.value in ("True", "False"):
        return say("sees: {what}", what=_fill(_ASKS[kind][step.value == "False"], step))
    if kind == "wait" and step.access == "read":
        return _fill("waits on {x}" if step.value == "False" else "finds {x} set", step)
    if kind == "try-acquire":
        return _fill("acquires {x}" if step.value == "True" else "tries {x}: it is taken", step)
    if kind == "notify":
        return _notified(step)
    if kind in _MOVES and not step.data:
        return _fill(_MOVES[kind][step.value is None], step)
    if kind == "join" and not step.subject:
        return say("has waited")
    pattern = _DONE.get(kind)
    if pattern is not None:
        return _fill(pattern, step)
    return _data(step)


def _notified(step: Step) -> str:
    if step.value == "0":
        return _fill("notifies {x}: nobody is waiting", step)
    return _fill("notifies {x}" if step.value is None else "notifies {x}: wakes {v}", step)


def _data(step: Step) -> str:
    place = clean(step.place)
    if step.data and step.kind in _CONTAINER and step.value is not None:
        return say(_CONTAINER[step.kind], x=clean(step.subject), v=clean(step.value))
    value = None if step.value is None else clean(step.value)
    if step.kind in ("read", "iterate"):
        return _with(say("reads {x}", x=place), "→", value)
    if step.kind == "write":
        return _with(say("writes {x}", x=place), "=", value)
    if step.kind.endswith("="):
        return say("changes {x} {op} {v}", x=place, op=step.kind, v=value or "…")
    kind = clean(step.kind)
    if not place:
        return kind + (f" → {value}" if value is not None else "")
    if step.key is not None:
        place = clean(step.subject)
    if step.access == "read" or step.key is not None:
        inner = clean(step.key[1:-1]) if step.key is not None else ""
        return f"{place}.{kind}({inner})" + (f" → {value}" if value is not None else "")
    shown = "…" if value == "None" else value or ""  # it returned nothing: its arguments matter
    return f"{place}.{kind}({shown})"


def _with(what: str, sign: str, value: str | None) -> str:
    """What was done, and the value that was there."""
    if value is None:
        return what
    return say("{what} {sign} {v}", what=what, sign=sign, v=value)


def waits(step: Step) -> str:
    """What a task waits for that will never come."""
    pattern = _WAITS.get(step.kind)
    if step.kind == "join" and not step.subject:
        return say("waits for the others to end")
    if pattern is None:
        return say("waits for {x} ({kind})", x=clean(step.place) or say("it"), kind=step.kind)
    return _fill(pattern, step)
