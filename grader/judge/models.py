"""Computed sets of allowed outcomes: what some sequential order of the same calls would give."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from grader.explorer.observation import Plain, canonical
from grader.judge.linear import perform

State = TypeVar("State")


def sequentially_consistent(
    histories: Sequence[Sequence[tuple[Any, Any]]],
    apply: Callable[[State, Any], tuple[State, Any]],
    state: State,
) -> bool:
    """Whether some order of all calls, each thread's own in its order, gives what was seen.

    `histories` holds, per thread, `(call, result)` pairs; `apply(state, call)` is the reference
    model: the next state and the result. Depth-first over the orders (Lamport 1979 defines
    sequential consistency); meant for a handful of calls.
    """
    at = [0] * len(histories)

    def search(state: State) -> bool:
        if all(index == len(history) for index, history in zip(at, histories, strict=True)):
            return True
        for thread, history in enumerate(histories):
            if at[thread] == len(history):
                continue
            call, result = history[at[thread]]
            following, expected = apply(state, call)
            if expected == result and type(expected) is type(result):
                at[thread] += 1
                if search(following):
                    return True
                at[thread] -= 1
        return False

    return search(state)


def outcomes(
    model: Callable[[], Any],
    plans: Sequence[Sequence[Sequence[Any]]],
    after: Sequence[Sequence[Any]] = (),
) -> list[Plain]:
    """What the calls of several threads can give, each once: for each plan the list of its results,
    and last the list of those of `after`.

    A plan is what one thread calls, in its order: `[name, *arguments]`. The calls are made on a
    new `model()` in every order, each where it does not have to wait (the model raises
    `Blocked`), then those of `after`. Raises `ValueError` for calls of which some order leads to
    where nobody can go on: right programs would wait for ever there.
    """
    found: dict[str, Plain] = {}

    def search(state: Any, at: tuple[int, ...], results: tuple[tuple[Plain, ...], ...]) -> None:
        stuck = True
        for thread, plan in enumerate(plans):
            if at[thread] < len(plan):
                following = copy.deepcopy(state)
                given = perform(following, *plan[at[thread]])
                if given is not None:
                    stuck = False
                    search(following, _more(at, thread, 1), _more(results, thread, given))
        if stuck and at != tuple(map(len, plans)):
            raise ValueError(f"nobody can go on where the threads have made {at} of their calls")
        if stuck:
            last = [perform(state, *call) for call in after]
            if None in last:
                raise ValueError(f"call {last.index(None)} of those after the others has to wait")
            made: Plain = [*map(list, results), [each[0] for each in last if each is not None]]
            found.setdefault(canonical(made), made)

    search(model(), (0,) * len(plans), ((),) * len(plans))
    return list(found.values())


def _more(at: tuple[Any, ...], thread: int, more: Any) -> tuple[Any, ...]:
    return (*at[:thread], at[thread] + more, *at[thread + 1 :])
