"""What the hidden checks of exercise 03 put a gate through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from grader.explorer.observation import Raised, contracted
from grader.scenario import Together, attempt, call, in_threads, read, threading_here

_PATIENCE = 10.0
"""Seconds after which a job gives up on somebody who does not come. Under control that is when
nobody else can do anything any more.
"""

_LONG = 10 * _PATIENCE
"""The same of a job that others are to come in beside: it outlasts their patience."""


class JobFailed(Exception):
    """An error that no library knows."""


_ERRORS: dict[str, Callable[[], BaseException]] = {
    "ValueError": lambda: ValueError("the job failed"),
    "JobFailed": lambda: JobFailed("the job failed"),
    "StopIteration": lambda: StopIteration("the job failed"),
    "SystemExit": lambda: SystemExit(3),
    "KeyboardInterrupt": KeyboardInterrupt,
}


def _counts(gate: Any) -> list[Any]:
    return [read(gate, "active"), read(gate, "peak"), read(gate, "done")]


def _run(gate: Any, job: Callable[[], Any], error: BaseException) -> Any:
    """What `run` returns; "raised" if it raises `error`, and not one like it."""
    try:
        return gate.run(job)
    except (Exception, SystemExit, KeyboardInterrupt) as raised:  # noqa: BLE001 - it is the result
        return "raised" if raised is error else Raised(contracted(raised))


def _fail(error: BaseException) -> None:
    """A job that raises. That it does so is a step: a story can point at it."""
    with Together():
        raise error


def one_thread(module: Any, limit: int, value: int) -> Any:
    """One thread, a few jobs: what they return, and the counts before, inside and after."""
    gate = module.Gate(limit)
    before = _counts(gate)
    inside = gate.run(lambda: _counts(gate))
    between = _counts(gate)
    returned = [gate.run(lambda: value), gate.run(lambda: [gate.run, value][1:])]
    return [before, inside, between, returned, _counts(gate)]


def limits(module: Any, limit: int) -> Any:
    """A gate with this limit: what making it raises, or the result of a job."""

    def make() -> Any:
        module.Gate(limit)
        return "made"

    return attempt(make)


def returned(module: Any, limit: int) -> Any:
    """Jobs that return what might be taken for nothing, or for an error."""
    gate = module.Gate(limit)
    error = ValueError("a value like any other")
    same = attempt(lambda: gate.run(lambda: error) is error)
    return [same, *[gate.run(lambda each=each: each) for each in (None, 0, False, "", [])]]


def crowd(module: Any, limit: int, callers: int, times: int) -> Any:
    """Callers at once, with `times` jobs each: how many jobs were really in together, how often a
    job was called, what came back, and the counts afterwards.
    """
    gate, together = module.Gate(limit), Together()

    def job(number: int) -> int:
        with together:
            return number

    def work(number: int) -> list[Any]:
        return [gate.run(call(job, number + turn)) for turn in range(times)]

    results = in_threads(*[call(work, 10 * number) for number in range(callers)])
    return [together.most, together.entered, results, _counts(gate)]


def side_by_side(module: Any, limit: int) -> Any:
    """`limit` callers, whose jobs wait for each other: whether each has met the others."""
    gate, meeting = module.Gate(limit), threading_here().Barrier(limit)

    def job() -> bool:
        return _met(meeting)

    return in_threads(*[call(gate.run, job)] * limit)


def _met(meeting: Any) -> bool:
    try:
        meeting.wait(_PATIENCE)
    except threading_here().BrokenBarrierError:
        return False
    return True


def counted_inside(module: Any, limit: int) -> Any:
    """`limit` jobs that run together: the counts that they read meanwhile."""
    gate = module.Gate(limit)
    meeting, parting = threading_here().Barrier(limit), threading_here().Barrier(limit)

    def job() -> Any:
        met = _met(meeting)
        seen = _counts(gate)
        return seen if met and _met(parting) else "alone"

    return in_threads(*[call(gate.run, job)] * limit)


class _Guests:
    """Callers who come one after the other, each once the job before has begun, and whose jobs go
    on until they are told to end.
    """

    def __init__(self, gate: Any, number: int, together: Any) -> None:
        primitive = threading_here()
        self.begun = [primitive.Event() for _ in range(number)]
        self.leave = [primitive.Event() for _ in range(number)]
        self.told = [False] * number
        self._together = together
        self.threads = [
            primitive.Thread(target=gate.run, args=(call(self._job, n),), name=f"guest-{n + 1}")
            for n in range(number)
        ]

    def _job(self, number: int) -> None:
        with self._together:
            self.begun[number].set()
            self.told[number] = self.leave[number].wait(_LONG)

    def come(self, number: int) -> bool:
        """Whether this one has got in."""
        self.threads[number].start()
        came: bool = self.begun[number].wait(_PATIENCE)
        return came

    def go(self, number: int) -> None:
        """Tells this one to leave, and waits until it has."""
        self.leave[number].set()
        self.threads[number].join()


def filled(module: Any, limit: int) -> Any:
    """As many callers as places, and then one alone: whether each got in, and the counts after each
    that came or left.
    """
    gate = module.Gate(limit)
    guests = _Guests(gate, limit, Together())
    came, seen = [], []
    for number in range(limit):
        came.append(guests.come(number))
        seen.append(_counts(gate))
    for number in range(limit):
        guests.go(number)
        seen.append(_counts(gate))
    return [came, [*seen, gate.run(lambda: _counts(gate)), _counts(gate)]]


def one_stays(module: Any, limit: int, others: int) -> Any:
    """A job that ends when the others have been in: whether they came in beside it, how many were
    in together, and the counts afterwards.
    """
    gate, together = module.Gate(limit), Together()
    guests = _Guests(gate, 1, together)
    guests.come(0)

    def job() -> None:
        with together:
            pass

    in_threads(*[call(gate.run, job)] * others)
    guests.go(0)
    return [guests.told[0], together.most, _counts(gate)]


def full_house(module: Any, limit: int, others: int) -> Any:
    """More callers while `limit` jobs are inside, who then leave: how many were in together, how
    many jobs there were, and the counts afterwards.
    """
    gate, primitive, together = module.Gate(limit), threading_here(), Together()
    guests = _Guests(gate, limit, together)
    for number in range(limit):
        guests.come(number)

    def job() -> None:
        with together:
            pass

    threads = [
        primitive.Thread(target=gate.run, args=(job,), name=f"caller-{n + 1}")
        for n in range(others)
    ]
    for thread in threads:
        thread.start()
    for number in range(limit):
        guests.go(number)
    for thread in threads:
        thread.join()
    return [together.most, together.entered, _counts(gate)]


def read_beside(module: Any, limit: int) -> Any:
    """A job that ends when another thread has read all counts: whether it has, and what it read."""
    gate, looked = module.Gate(limit), threading_here().Event()

    def look() -> Any:
        seen = _counts(gate)
        looked.set()
        return seen

    return in_threads(call(gate.run, call(looked.wait, _PATIENCE)), look)


def read_after(module: Any, limit: int, callers: int) -> Any:
    """Callers at once: what each reads right after its `run`."""
    gate = module.Gate(limit)

    def work() -> Any:
        gate.run(int)
        return [read(gate, "active"), read(gate, "done")]

    return in_threads(*[work] * callers)


def failing(module: Any, limit: int, kind: str) -> Any:
    """One after the other: jobs that raise, as many as there are places, each for a caller of its
    own, and then one that returns.
    """
    gate = module.Gate(limit)
    errors = [_ERRORS[kind]() for _ in range(limit)]
    raised = [in_threads(call(_run, gate, call(_fail, error), error))[0] for error in errors]
    return [raised, gate.run(lambda: "place"), _counts(gate)]


def failing_beside(module: Any, limit: int, kind: str, others: int) -> Any:
    """A job that raises beside others that return."""
    gate, error = module.Gate(limit), _ERRORS[kind]()
    results = in_threads(
        call(_run, gate, call(_fail, error), error), *[call(gate.run, lambda: "fine")] * others
    )
    active, _, done = _counts(gate)
    return [results, active, done]


def crowd_after_error(module: Any, limit: int) -> Any:
    """A job that raises, and then more callers than places: how many were in together."""
    gate, error, together = module.Gate(limit), JobFailed(), Together()
    (first,) = in_threads(call(_run, gate, call(_fail, error), error))

    def job() -> None:
        with together:
            pass

    in_threads(*[call(gate.run, job)] * (limit + 1))
    return [first, together.most, read(gate, "done")]


def calls_of_failing(module: Any) -> Any:
    """A job that raises: how often it is called."""
    gate, error, calls = module.Gate(1), JobFailed(), []

    def job() -> None:
        calls.append(1)
        raise error

    return [_run(gate, job, error), len(calls)]


def nested(module: Any, value: int) -> Any:
    """A job of one gate that runs a job of another one."""
    outer, inner = module.Gate(1), module.Gate(1)

    def job() -> Any:
        return [inner.run(lambda: [*_counts(outer), *_counts(inner), value])]

    return [outer.run(job), _counts(outer), _counts(inner), _counts(module.Gate(1))]


def two_gates(module: Any) -> Any:
    """Two gates for one job each: whether a job of the one meets a job of the other."""
    one, other = module.Gate(1), module.Gate(1)
    meeting = threading_here().Barrier(2)
    met = in_threads(call(one.run, call(_met, meeting)), call(other.run, call(_met, meeting)))
    return [met, _counts(one), _counts(other)]


def many(module: Any, limit: int, threads: int, times: int) -> Any:
    """Many short jobs in real threads: how many there were, and what is wrong with the counts."""
    gate, together = module.Gate(limit), Together()

    def job() -> bool:
        with together:
            return 1 <= gate.active <= gate.peak <= limit

    def work() -> int:
        return sum(gate.run(job) for _ in range(times))

    sensible = sum(in_threads(*[work] * threads))
    bounded = together.most <= gate.peak <= limit
    return [sensible, bounded, gate.active, gate.done, together.entered]


def meet_for_real(module: Any, limit: int) -> Any:
    """As many real threads as there are places: whether all of their jobs meet."""
    return [all(side_by_side(module, limit)), counted_inside(module, limit)]
