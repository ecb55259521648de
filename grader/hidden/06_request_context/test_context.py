"""The hidden checks of exercise 06."""

from typing import Any

import scenarios as s

from grader.check import Draw, Submission, points

ERROR = {"raised": "RuntimeError"}
OUTSIDE = [None, [], ERROR]


class Count:
    """The reference model: requests that have ended."""

    def __init__(self) -> None:
        self._ended = 0

    def request(self, user: int) -> int:
        """A request; its work returns the user."""
        self._ended += 1
        return user

    def ended(self) -> int:
        """The count."""
        return self._ended


def _seen(user: Any, *texts: str) -> list[Any]:
    """What work sees that makes these notes: user, notes, user."""
    return [user, list(texts), user]


@points(1)
def test_one_thread(submission: Submission, draw: Draw) -> None:
    """With one thread: user and notes are there in a request, and gone after it."""
    user, texts = draw.between(100, 999), [f"n{draw.between(10, 99)}" for _ in range(3)]
    submission.explore(s.sequential, user, texts).only(
        [OUTSIDE, _seen(user, *texts), OUTSIDE, _seen("kim"), OUTSIDE]
    )


@points(1)
def test_work_is_called_once_and_its_result_returned(submission: Submission, draw: Draw) -> None:
    """The work is called once, in the calling thread, and what it returns is returned."""
    values = [draw.between(2, 99), None, [0], ""]
    submission.explore(s.results, values).only([values, [True] * len(values)])


@points(1)
def test_users_and_texts_are_any(submission: Submission, draw: Draw) -> None:
    """Users may be 0 or empty or equal to each other, and so may texts."""
    users = [0, "", "kim", "kim", draw.between(1, 99)]
    submission.explore(s.users, users).only([_seen(user, "x") for user in users])
    a, b = f"a{draw.between(10, 99)}", ""
    submission.explore(s.copies, a, b).only(
        [[[a], [a, b, a], [a, b, a, "mine"]], []],
        why="(The notes after one note, after three, and a list of which the caller changes it.)",
    )


@points(2)
def test_requests_inside_requests(submission: Submission, draw: Draw) -> None:
    """Inside an inner request the inner user and notes are seen, after it the outer ones again."""
    one, two = draw.between(100, 499), draw.between(500, 999)
    for chain in ([one, two, "kim"], [one, one], [one, two, one]):
        last = len(chain) - 1
        down = [[chain[i], [f"down {i}"]] for i in range(last + 1)]
        up = [[chain[i], [f"down {i}", f"up {i}"]] for i in range(last, -1, -1)]
        submission.explore(s.nested, chain).only([[*down, *up], OUTSIDE, last + 1])


@points(2)
def test_after_an_exception(submission: Submission, draw: Draw) -> None:
    """An exception of the work reaches the caller, and all is as it was before the request."""
    outer, inner = draw.between(100, 499), draw.between(500, 999)
    kinds = len(s.ERRORS)
    for first in range(0, kinds, 3):
        raised = len(s.ERRORS[first : first + 3])
        submission.explore(s.errors, first, first + 3).only(
            [[[True, OUTSIDE]] * raised, raised, _seen("lee", "after")],
            why="(For some kinds of exception: whether just it arrives, and what is left of the "
            "request. Then how many requests were counted, and a request after that.)",
        )
        submission.explore(s.errors_inside, outer, inner, first, first + 3).only(
            [[[[True, outer, ["before"]]] * raised, ["before", "after"]], OUTSIDE],
            why="(For some kinds of exception in an inner request: whether just it arrives, and "
            "user and notes after it. Then the notes of the outer request, and what is left.)",
        )


@points(3)
def test_each_thread_has_its_own_user(submission: Submission, draw: Draw) -> None:
    """Two threads in requests at once: each sees its own user, also when it looks again."""
    one, two = draw.between(100, 499), draw.between(500, 999)
    submission.explore(s.two_users, [one, two], None).only(
        [[one, one, None], [two, two, None]], hint="torn-read"
    )


@points(1)
def test_three_threads(submission: Submission, draw: Draw) -> None:
    """Three threads in requests at once: each sees its own user."""
    users = [draw.between(100, 399), draw.between(400, 699), draw.between(700, 999)]
    submission.explore(s.three_users, users).only(users, hint="torn-read")


@points(2)
def test_each_thread_has_its_own_notes(submission: Submission, draw: Draw) -> None:
    """Two threads in requests at once: each sees its own notes, also if they have one user."""
    one, two = draw.between(100, 499), draw.between(500, 999)
    text = f"n{draw.between(10, 99)}"
    for first, second in (([one, text], [two, "x", text]), ([one, text], [one, "x"])):
        submission.explore(s.two_notes, first, second, None).only(
            [[first[1:], []], [second[1:], []]], hint="torn-read"
        )


@points(1)
def test_names_of_threads(submission: Submission, draw: Draw) -> None:
    """Threads that have one name are different threads, at once or one after the other."""
    one, two = draw.between(100, 499), draw.between(500, 999)
    submission.explore(s.two_users, [one, two], "worker").only(
        [[one, one, None], [two, two, None]], hint="torn-read"
    )
    submission.explore(s.two_notes, [one, "x"], [two, "y"], "worker").only(
        [[["x"], []], [["y"], []]], hint="torn-read"
    )
    submission.explore(s.later_threads, 2, "worker").only(_rounds(2))


@points(1)
def test_new_threads_after_old_ones(submission: Submission) -> None:
    """A new thread is in no request, and what ended threads have handled stays counted."""
    submission.explore(s.later_threads, 3, None).only(_rounds(3))


def _rounds(rounds: int) -> list[Any]:
    return [[[OUTSIDE, _seen(user, "x")], user + 1] for user in range(rounds)]


@points(1)
def test_others_in_odd_moments(submission: Submission, draw: Draw) -> None:
    """Inner requests and exceptions of one thread do not reach another one."""
    one, two, three = draw.between(100, 399), draw.between(400, 699), draw.between(700, 999)
    submission.explore(s.nested_users, one, two, three).only([[two, one], three], hint="torn-read")
    submission.explore(s.nested_notes, one, two, three).only(
        [["outer"], ["other"]], hint="torn-read"
    )
    submission.explore(s.error_beside, one, two).only(
        [[[True, None, two], two], OUTSIDE, 3], hint="torn-read"
    )
    submission.explore(s.bystander, one).only(OUTSIDE, hint="torn-read")


@points(2)
def test_every_request_counts(submission: Submission, draw: Draw) -> None:
    """Every request that has ended is counted, whichever thread asks."""
    one, two = draw.between(100, 499), draw.between(500, 999)
    for plan in ([[one], [two]], [[one], [one]], [[one, two], [two]], [[one], [two], [0]]):
        ended = sum(map(len, plan))
        submission.explore(s.counts, plan, None).only([ended, ended], hint="lost-update")
    submission.explore(s.counts, [[one], [two]], "worker").only([2, 2], hint="lost-update")


@points(1)
def test_count_is_of_ended_requests(submission: Submission) -> None:
    """A request counts from its end on, also if it raised; one that still runs does not."""
    submission.explore(s.count_inside).only([0, [0, 0, 1], 2])
    submission.explore(s.counts_of_errors).only([[True, 2], 2], hint="lost-update")


@points(2)
def test_count_beside_requests(submission: Submission, draw: Draw) -> None:
    """The count that is returned beside requests is that of one moment of the call."""
    user = draw.between(100, 999)
    plans: list[list[list[list[Any]]]] = [
        [[["request", user], ["ended"]], [["request", user + 1]]],
        [[["request", user]], [["ended"], ["ended"]]],
    ]
    for plan in plans:
        submission.explore(s.counting_history, *plan).linearizable(Count)


@points(3)
def test_requests_run_side_by_side(submission: Submission, draw: Draw) -> None:
    """Requests of different threads never wait for each other, of whichever users they are."""
    one, two, three = draw.between(100, 399), draw.between(400, 699), draw.between(700, 999)
    for users in ([one, two], [one, one], [one, two, three]):
        submission.explore(s.overlap, users).ends().can_reach(
            [len(users)] * len(users),
            why=f"{len(users)} threads are never in their requests at the same time: one waits for "
            "another to end.",
        )
    submission.explore(s.short_beside_long, one, two).ends().can_reach(
        [[], ["in", "back"]],
        why="No request is ever handled from first to last while another thread is in a long one.",
    )
    submission.explore(s.count_beside_long, one).ends().can_reach(
        [[], ["asks", "knows"]],
        why="handled_count() never returns while a request is being handled.",
    )


@points(1)
def test_real_threads(submission: Submission, draw: Draw) -> None:
    """8 real threads, twice, with 50 requests each or so, and one inside each: all is right."""
    times = draw.between(45, 55)
    submission.runs(s.many, 8, times, 2, gives=[[0, 0], 2 * 2 * 8 * times], timeout_s=60)
