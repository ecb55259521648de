"""The visible checks of exercise 01. The hidden ones ask more, and in other numbers."""

from grader.check import Submission, points
from grader.scenario import in_threads, read


def two_threads_add(module):
    """Two threads add 1 twice each: the final value."""
    counter = module.Counter()

    def work():
        counter.increment()
        counter.increment()

    in_threads(work, work)
    return counter.value


def two_threads_take_numbers(module):
    """Two threads add 1 each: what the two additions returned."""
    counter = module.Counter(10)
    return sorted(in_threads(counter.increment, counter.increment))


def adding_beside_reset(module):
    """One thread adds 1, one resets: what the reset took, and what is left."""
    counter = module.Counter(5)
    return [in_threads(counter.increment, counter.reset)[1], counter.value]


def reading(module):
    """One thread adds 1, one reads the value twice."""
    counter = module.Counter()

    def look():
        return [read(counter, "value"), read(counter, "value")]

    return in_threads(counter.increment, look)[1]


def wrong_type(module):
    """Adding a text, and then 1."""
    counter = module.Counter()
    try:
        counter.increment("1")
    except TypeError:
        return ["TypeError", counter.increment()]
    return ["no TypeError", counter.value]


@points(1)
def test_no_addition_is_lost(submission: Submission) -> None:
    """Two threads that add 1 twice each make 4, under every schedule."""
    submission.explore(two_threads_add).only(4, hint="lost-update")


@points(1)
def test_numbers_are_returned_once(submission: Submission) -> None:
    """Two additions to 10 return 11 and 12, each once."""
    submission.explore(two_threads_take_numbers).only([11, 12], hint="torn-read")


@points(1)
def test_reset_is_one_step(submission: Submission) -> None:
    """An addition is in what the reset took, or in what is left."""
    submission.explore(adding_beside_reset).only([5, 1], [6, 0], hint="lost-update")


@points(1)
def test_value_can_be_read(submission: Submission) -> None:
    """The value can be read beside an addition."""
    submission.explore(reading).only([0, 0], [0, 1], [1, 1], hint="torn-read")


@points(1)
def test_wrong_type(submission: Submission) -> None:
    """Adding a text raises TypeError, and the counter goes on."""
    submission.explore(wrong_type).only(["TypeError", 1])
