"""The visible checks of exercise 06. The hidden ones ask more, and in other numbers."""

from grader.check import Submission, points
from grader.scenario import Journal, attempt, call, in_threads


def two_requests(module):
    """Two threads with a request each: whose it is, at its beginning and at its end."""

    def work():
        return [module.current_user(), module.current_user()]

    def request(user):
        return module.handle(user, work)

    return in_threads(call(request, "kim"), call(request, "lee"))


def two_with_notes(module):
    """Two threads with a request each, which make a note: the notes."""

    def request(user):
        def work():
            module.note(f"of {user}")
            return module.notes()

        return module.handle(user, work)

    return in_threads(call(request, "kim"), call(request, "lee"))


def inside_another(module):
    """A request inside another one: user and notes before, in and after it."""

    def inner():
        return [module.current_user(), module.notes()]

    def outer():
        module.note("first")
        within = module.handle("lee", inner)
        return [within, module.current_user(), module.notes()]

    return [module.handle("kim", outer), module.current_user()]


def after_an_error(module):
    """A request whose work raises: what is left of it, and the count."""

    def work():
        module.note("first")
        raise ValueError("no")

    raised = attempt(module.handle, "kim", work)
    return [raised, module.current_user(), module.notes(), module.handled_count()]


def counted(module):
    """Two threads with a request each: the count afterwards."""

    def request(user):
        module.handle(user, lambda: None)

    in_threads(call(request, "kim"), call(request, "lee"))
    return module.handled_count()


def side_by_side(module):
    """Two threads with a request each: how many had begun, as each sees at its end."""
    journal = Journal()

    def work():
        journal.write("begins its work")
        return len(journal.lines())

    def request(user):
        return module.handle(user, work)

    return in_threads(call(request, "kim"), call(request, "lee"))


@points(1)
def test_each_thread_has_its_own_user(submission: Submission) -> None:
    """Two threads in requests at once: each sees its own user, also when it looks again."""
    submission.explore(two_requests).only([["kim", "kim"], ["lee", "lee"]], hint="torn-read")


@points(1)
def test_each_thread_has_its_own_notes(submission: Submission) -> None:
    """Two threads in requests at once: each sees its own note and no other."""
    submission.explore(two_with_notes).only([["of kim"], ["of lee"]], hint="torn-read")


@points(1)
def test_request_inside_another_one(submission: Submission) -> None:
    """After an inner request the outer user and notes are there again."""
    submission.explore(inside_another).only([[["lee", []], "kim", ["first"]], None])


@points(1)
def test_after_an_error(submission: Submission) -> None:
    """After work that raised, the thread is in no request, and the request is counted."""
    submission.explore(after_an_error).only([{"raised": "ValueError"}, None, [], 1])


@points(1)
def test_every_request_counts(submission: Submission) -> None:
    """Two requests at once make a count of 2, under every schedule."""
    submission.explore(counted).only(2, hint="lost-update")


@points(1)
def test_requests_run_side_by_side(submission: Submission) -> None:
    """Two requests can be handled at the same time: neither waits for the other to end."""
    submission.explore(side_by_side).ends().can_reach(
        [2, 2],
        why="Two threads are never in their requests at the same time: one waits for the other.",
    )
