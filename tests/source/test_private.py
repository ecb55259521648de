"""Which containers are taken to be out of every other task's reach."""

from __future__ import annotations

import ast

import pytest

from grader.source.visibility import Scopes

PRIVATE = [
    "def f():\n  a = [1]\n  for x in a: g(x)",
    "def f():\n  a = []\n  for x in b: a.append(g(x))\n  for x in a: x.start()",
    "def f():\n  a = [g(x) for x in b]\n  return [x for x in a]",
    "def f():\n  a: list = {1, 2}\n  for x in a: pass",
]
SHARED = [
    "def f():\n  a = b\n  for x in a: pass",  # somebody else's
    "def f(a):\n  for x in a: pass",
    "def f():\n  a = [1]\n  g(a)\n  for x in a: pass",  # handed on
    "def f():\n  a = [1]\n  for x in a: pass\n  return a",
    "def f():\n  a = [1]\n  b.c = a\n  for x in a: pass",
    "def f():\n  a = [1]\n  m = a.append\n  for x in a: pass",
    "def f():\n  a = [1]\n  h = lambda: a\n  for x in a: pass",  # captured
    "def f():\n  a = [1]\n  def h():\n    for x in a: pass\n  return h",
    "def f():\n  a = [1]\n  class C: b = a\n  for x in a: pass",
    "def f():\n  a = [1]\n  return (x for x in a)",  # looped over later
    "def f():\n  a = [1]\n  yield 1\n  for x in a: pass",  # left and entered again
    "def f():\n  global a\n  a = [1]\n  for x in a: pass",
    "def f():\n  a = [1]\n  locals()\n  for x in a: pass",
    "def f():\n  a = [1]\n  a = b\n  for x in a: pass",
    "def f():\n  a = [1]\n  for a in b: pass\n  for x in a: pass",
    "def f():\n  a = [1]\n  import a\n  for x in a: pass",
    "def f():\n  c = a = [1]\n  for x in a: pass",  # two names
    "def f():\n  a = [1]\n  for x in a: pass\n  for x in [y for y in [z for z in a]]: pass",
    "a = [1]\nfor x in a: pass",  # a global
    "async def f():\n  a = [1]\n  for x in a: pass",
]


@pytest.mark.parametrize("text", PRIVATE)
def test_what_never_leaves_its_function_is_private(text: str) -> None:
    """Made here, appended to and looped over, and nothing else."""
    assert {"a"} == {name.id for name in Scopes(ast.parse(text)).private}


@pytest.mark.parametrize("text", SHARED)
def test_everything_else_may_be_shared(text: str) -> None:
    """One other use is enough."""
    assert set() == Scopes(ast.parse(text)).private
