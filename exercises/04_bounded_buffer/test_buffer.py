"""The visible checks of exercise 04. The hidden ones ask more, and in other numbers."""

from grader.check import Submission, points
from grader.scenario import call, in_threads


def ended(module, function, *arguments):
    """What the call returns, or "Closed" if it raises that."""
    try:
        return function(*arguments)
    except module.Closed:
        return "Closed"


def one_thread(module):
    """One thread puts, gets and closes, and never has to wait."""
    buffer = module.BoundedBuffer(3)
    for item in ("apple", None, "pear"):
        buffer.put(item)
    got = [len(buffer), buffer.get(), buffer.get()]
    buffer.close()
    got += [ended(module, buffer.put, "plum"), buffer.get(), ended(module, buffer.get)]
    buffer.close()
    return [*got, len(buffer)]


def two_wait_for_two_items(module):
    """Two threads get one item each from a buffer with one place; a third one puts two."""
    buffer = module.BoundedBuffer(1)

    def put_both():
        buffer.put("apple")
        buffer.put("pear")

    results = in_threads(call(buffer.get), call(buffer.get), call(put_both))
    return sorted(results[:2])


def one_place_for_two(module):
    """Two threads put into a buffer whose only place is taken; a third one gets twice."""
    buffer = module.BoundedBuffer(1)
    buffer.put("apple")

    def get_two():
        buffer.get()
        inside = len(buffer)
        buffer.get()
        return inside

    return in_threads(call(buffer.put, "pear"), call(buffer.put, "plum"), call(get_two))[2]


def closed_while_empty(module):
    """Two threads get from an empty buffer, a third one closes it."""
    buffer = module.BoundedBuffer(1)
    waiting = call(ended, module, buffer.get)
    return in_threads(waiting, waiting, call(buffer.close))[:2]


def closed_while_full(module):
    """A thread puts into a full buffer, another one closes it; then one gets what is inside."""
    buffer = module.BoundedBuffer(1)
    buffer.put("apple")
    put, _ = in_threads(call(ended, module, buffer.put, "pear"), call(buffer.close))
    return [put, buffer.get(), ended(module, buffer.get)]


def last_item(module):
    """A thread puts the last item and closes, another one gets it."""
    buffer = module.BoundedBuffer(1)

    def put_and_close():
        buffer.put("apple")
        buffer.close()

    return in_threads(call(ended, module, buffer.get), call(put_and_close))[0]


@points(1)
def test_one_thread(submission: Submission) -> None:
    """With one thread: the oldest item first, None too, and Closed when nothing is left."""
    submission.explore(one_thread).only([3, "apple", None, "Closed", "pear", "Closed", 0])


@points(1)
def test_nobody_waits_for_what_is_there(submission: Submission) -> None:
    """Of two threads that get, each gets one of the two items that are put."""
    submission.explore(two_wait_for_two_items).only(["apple", "pear"], hint="check-then-act")


@points(1)
def test_never_more_than_capacity(submission: Submission) -> None:
    """In a buffer with one place there are never two items."""
    submission.explore(one_place_for_two).only(0, 1, hint="check-then-act")


@points(1)
def test_close_wakes_all(submission: Submission) -> None:
    """close() ends the waiting of all threads, with Closed, and nothing more is added."""
    submission.explore(closed_while_empty).only(["Closed", "Closed"])
    submission.explore(closed_while_full).only(["Closed", "apple", "Closed"], hint="check-then-act")


@points(1)
def test_last_item_is_handed_out(submission: Submission) -> None:
    """An item that was put before close() is got."""
    submission.explore(last_item).only("apple", hint="check-then-act")
