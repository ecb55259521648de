"""The visible checks of exercise 07. The hidden ones ask more, and in other numbers."""

from grader.check import Submission, points
from grader.scenario import attempt, call, in_threads


class Func:
    """A func that counts its runs; the first `fails` of them raise."""

    def __init__(self, result, fails=0):
        self.result = result
        self.fails = fails
        self.runs = 0

    def __call__(self):
        """One run."""
        self.runs += 1
        if self.runs <= self.fails:
            raise ConnectionError(f"run {self.runs} failed")
        return self.result


def two_callers(module):
    """Two threads call `get` at the same time."""
    func = Func("settings")
    once = module.Once(func)
    got = in_threads(*[call(once.get)] * 2)
    return {"got": got, "runs": func.runs, "done": once.done}


def none(module):
    """One thread, and a func that returns None."""
    func = Func(None)
    once = module.Once(func)
    before = once.done
    got = [once.get(), once.get()]
    return {"got": got, "runs": func.runs, "done": [before, once.done]}


def first_run_fails(module):
    """Two threads call `get`, and the first run raises."""
    func = Func("settings", fails=1)
    once = module.Once(func)
    got = in_threads(*[call(attempt, once.get)] * 2)
    return {"got": sorted(got, key=str), "runs": func.runs, "done": once.done}


def inner_call(module, catches):
    """A func that calls `get` itself."""
    inside = []

    def func():
        inside.append("run")
        if len(inside) == 1:
            inside.append(attempt(once.get) if catches else once.get())
        return "settings"

    once = module.Once(func)
    return {"func": inside, "got": [attempt(once.get), attempt(once.get)]}


def two_objects(module):
    """The func of one object uses another one, which another thread uses as well."""
    inner = Func("file")
    file = module.Once(inner)
    settings = module.Once(lambda: file.get() + " read")
    got = in_threads(call(settings.get), call(file.get))
    return {"got": got, "runs": inner.runs}


@points(1)
def test_func_runs_once(submission: Submission) -> None:
    """Two threads that call get at the same time get the result of one run."""
    submission.explore(two_callers).only(
        {"got": ["settings", "settings"], "runs": 1, "done": True}, hint="check-then-act"
    )


@points(1)
def test_none_is_a_result(submission: Submission) -> None:
    """A func that returns None is run once, too."""
    submission.explore(none).only({"got": [None, None], "runs": 1, "done": [False, True]})


@points(1)
def test_next_caller_tries_again(submission: Submission) -> None:
    """When the first run raises, one caller gets the exception and the other one the result."""
    submission.explore(first_run_fails).only(
        {"got": [{"raised": "ConnectionError"}, "settings"], "runs": 2, "done": True},
        hint="check-then-act",
    )


@points(1)
def test_inner_call_raises(submission: Submission) -> None:
    """If func calls get itself, that call raises RuntimeError, and the object stays usable."""
    error = {"raised": "RuntimeError"}
    submission.explore(inner_call, True).only({"func": ["run", error], "got": ["settings"] * 2})
    submission.explore(inner_call, False).only({"func": ["run", "run"], "got": [error, "settings"]})


@points(1)
def test_objects_are_independent(submission: Submission) -> None:
    """The func of one object can use another one, beside another thread."""
    submission.explore(two_objects).only({"got": ["file read", "file"], "runs": 1})
