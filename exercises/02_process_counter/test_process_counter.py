"""The visible checks of exercise 02. The hidden ones ask more, and in other numbers."""

from grader.check import Submission, points
from grader.scenario import in_processes, still_running


def add_one(module, counter):
    """What each process does."""
    return module.increment(counter)


def two_processes_add(module):
    """Two processes add 1 each: the final value."""
    counter = module.make_counter()
    in_processes(module, (add_one, counter), (add_one, counter))
    return module.get(counter)


def two_processes_take_numbers(module):
    """Two processes add 1 each: what the two additions returned."""
    counter = module.make_counter(10)
    return sorted(in_processes(module, (add_one, counter), (add_one, counter)))


def counting(module):
    """`count_in_processes`: its result, and how many processes still run."""
    return [module.count_in_processes(2, 1), still_running()]


def one_process(module):
    """Without another process."""
    counter = module.make_counter(2**59)
    return [module.increment(counter), module.increment(counter, by=-2), module.get(counter)]


@points(1)
def test_no_addition_is_lost(submission: Submission) -> None:
    """Two processes that add 1 each make 2, under every schedule."""
    submission.explore(two_processes_add).only(2, hint="lost-update")


@points(1)
def test_numbers_are_returned_once(submission: Submission) -> None:
    """Two additions to 10 return 11 and 12, each once."""
    submission.explore(two_processes_take_numbers).only([11, 12], hint="torn-read")


@points(1)
def test_counts_in_processes(submission: Submission) -> None:
    """`count_in_processes(2, 1)` waits for both processes and returns 2."""
    submission.explore(counting).only([2, 0], hint="order-violation")


@points(1)
def test_one_process(submission: Submission) -> None:
    """With one process the counter counts, also where the numbers are large."""
    submission.explore(one_process).only([2**59 + 1, 2**59 - 1, 2**59 - 1])
