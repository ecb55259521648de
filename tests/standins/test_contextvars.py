"""`contextvars`: a context for each task, and contexts that tasks share."""

from __future__ import annotations

from tests.programs import outcomes

HEAD = """
import threading
from contextvars import Context, ContextVar, copy_context
one = ContextVar("one", default=0)
two = ContextVar("two")
def together(*functions):
    threads = [threading.Thread(target=function) for function in functions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
"""


def test_every_thread_has_a_context_of_its_own() -> None:
    """What one thread sets, no other one sees, whatever the schedule."""
    text = """
def main():
    seen = []
    def work():
        before = one.get()
        one.set(before + 1)
        seen.append((before, one.get()))
    one.set(7)
    together(work, work)
    return [seen, one.get()]
"""
    assert [[[[0, 1], [0, 1]], 7]] == outcomes(HEAD + text)


def test_tokens_take_back() -> None:
    """`reset` with the token of `set`, once."""
    text = """
def main():
    token = two.set(1)
    two.reset(token)
    found = [two.get("none"), token.old_value is token.MISSING]
    try:
        two.reset(token)
    except RuntimeError:
        found.append("used")
    try:
        two.get()
    except LookupError:
        found.append("unset")
    return found
"""
    assert [["none", True, "used", "unset"]] == outcomes(HEAD + text)


def test_a_context_can_be_handed_on() -> None:
    """A thread that runs in a copy changes the copy alone."""
    text = """
def main():
    one.set(1)
    context = copy_context()
    together(lambda: context.run(one.set, 5))
    return [one.get(), context[one], one in context, two in context, len(context)]
"""
    assert [[1, 5, True, False, 1]] == outcomes(HEAD + text)


def test_two_tasks_cannot_be_in_one_context() -> None:
    """The second one gets an error, if the first is still inside: both can happen."""
    text = """
def main():
    context, seen, box = Context(), [], [0]
    def inside():
        box[0] += 1
    def work():
        try:
            context.run(inside)
            seen.append("ran")
        except RuntimeError as error:
            seen.append(str(error))
    together(work, work)
    return sorted(seen)
"""
    assert [["cannot enter context: it is already entered", "ran"], ["ran", "ran"]] == outcomes(
        HEAD + text
    )


def test_variables_come_in_the_order_of_their_names() -> None:
    """CPython's order depends on addresses."""
    text = """
def main():
    context = Context()
    context.run(lambda: (two.set(2), one.set(1)))
    return [[var.name for var in context], list(context.values()), context == context.copy()]
"""
    assert [[["one", "two"], [1, 2], True]] == outcomes(HEAD + text)
