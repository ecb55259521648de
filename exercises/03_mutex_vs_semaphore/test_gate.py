"""The visible checks of exercise 03. The hidden ones ask more, and in other numbers."""

from grader.check import Submission, points
from grader.scenario import Together, attempt, call, in_threads, read, threading_here


def counts(gate):
    """What the three counters say."""
    return [read(gate, "active"), read(gate, "peak"), read(gate, "done")]


def two_jobs_two_places(module):
    """Two jobs that wait for each other, in a gate for two."""
    gate = module.Gate(2)
    meeting = threading_here().Barrier(2)

    def job():
        try:
            meeting.wait(10)
        except threading_here().BrokenBarrierError:
            return "was alone"
        return "met the other job"

    return in_threads(call(gate.run, job), call(gate.run, job))


def three_callers_one_place(module):
    """Three jobs in a gate for one: how many of them ran at the same time."""
    gate = module.Gate(1)
    together = Together()

    def job():
        with together:
            pass

    in_threads(*[call(gate.run, job)] * 3)
    return together.most


def counts_at_the_end(module):
    """Two jobs in a gate for two: the counts when both have ended."""
    gate = module.Gate(2)
    in_threads(call(gate.run, int), call(gate.run, int))
    return counts(gate)


def job_that_raises(module):
    """A gate for one, a job that raises, and then one that returns."""
    gate = module.Gate(1)

    def fail():
        with Together():  # what happens in it is a step, which a story can show
            raise ValueError("the job failed")

    return [attempt(gate.run, fail), gate.run(lambda: "fine"), counts(gate)]


def reading_inside(module):
    """A job that reads the counts of its own gate."""
    gate = module.Gate(2)
    return [gate.run(lambda: counts(gate)), counts(gate)]


@points(1)
def test_two_run_side_by_side(submission: Submission) -> None:
    """A gate for two lets two jobs run side by side."""
    submission.explore(two_jobs_two_places).only(
        ["met the other job"] * 2, hint="over-synchronised"
    )


@points(1)
def test_one_at_a_time(submission: Submission) -> None:
    """A gate for one lets one job in at a time."""
    submission.explore(three_callers_one_place).only(1, why="(So many jobs ran at the same time.)")


@points(1)
def test_counts_are_exact(submission: Submission) -> None:
    """When two jobs have ended, active is 0, peak 1 or 2, and done 2."""
    submission.explore(counts_at_the_end).only([0, 1, 2], [0, 2, 2], hint="lost-update")


@points(1)
def test_error_gives_the_place_back(submission: Submission) -> None:
    """After a job that raised, the next one gets in."""
    submission.explore(job_that_raises).only([{"raised": "ValueError"}, "fine", [0, 1, 2]])


@points(1)
def test_job_can_read_the_counts(submission: Submission) -> None:
    """A running job finds itself in active and peak."""
    submission.explore(reading_inside).only([[1, 1, 0], [0, 1, 1]])
