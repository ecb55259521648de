"""Computed sets of allowed outcomes: what some sequential order of the same calls would give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

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
