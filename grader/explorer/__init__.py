"""Explores a program: many executions, distinct outcomes, one replayable schedule for each."""

from grader.engine.runtime import NotModelled
from grader.explorer.observation import Plain, canonical, observe
from grader.explorer.outcome import BAD_ENDINGS, Budget, Exploration, Outcome
from grader.explorer.program import Program
from grader.explorer.repeat import Nondeterministic
from grader.explorer.search import (
    STRATEGIES,
    explore,
    explore_in_stages,
    replay,
    simplest,
    some_traces,
)

__all__ = [
    "BAD_ENDINGS", "STRATEGIES", "Budget", "Exploration", "Nondeterministic", "NotModelled",
    "Outcome", "Plain", "Program", "canonical", "explore", "explore_in_stages", "observe",
    "replay", "simplest", "some_traces",
]  # fmt: skip
