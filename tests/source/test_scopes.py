"""Name resolution, checked against CPython's own."""

from __future__ import annotations

import ast
import symtable
import sysconfig
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from grader.source.scopes import Kind, Scope
from grader.source.visibility import Scopes

STDLIB = Path(sysconfig.get_path("stdlib"))
MODULES = [
    "_pydecimal", "argparse", "ast", "asyncio/base_events", "asyncio/tasks", "collections/__init__",
    "concurrent/futures/thread", "contextlib", "dataclasses", "datetime", "enum", "functools",
    "inspect", "json/decoder", "logging/__init__", "pickle", "queue", "test/test_grammar",
    "test/test_listcomps", "test/test_named_expressions", "test/test_scope", "test/test_super",
    "test/test_patma", "threading", "typing", "unittest/mock", "weakref",
]  # fmt: skip

COMPREHENSIONS = {"listcomp", "setcomp", "dictcomp", "genexpr"}
MISTAKEN = "top"  # `symtable` takes every scope of this name for the module's
Key = tuple[str, str, int]  # kind, name, line


def functions_and_classes(
    table: symtable.SymbolTable,
) -> Iterator[tuple[Key, symtable.SymbolTable]]:
    """CPython's tables of the functions, lambdas and classes of a module."""
    kind = str(getattr(table.get_type(), "value", table.get_type())).upper()
    if kind in {"FUNCTION", "CLASS"} and table.get_name() not in COMPREHENSIONS:
        yield (kind, table.get_name(), table.get_lineno()), table
    for child in table.get_children():
        yield from functions_and_classes(child)


def key_of(node: ast.AST, scope: Scope) -> Key | None:
    """What CPython calls the scope of this node; None for those that are not compared."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return scope.kind.name, node.name, node.lineno
    return ("FUNCTION", "lambda", node.lineno) if isinstance(node, ast.Lambda) else None


def ours(scope: Scope) -> dict[str, str]:
    """Where each name that occurs in a scope belongs."""
    meanings = {}
    for name in (scope.used | scope.places.keys() | scope.nonlocals.keys()) - {"__class__"}:
        owner = scope.owner(name)
        far = "global" if owner.kind is Kind.MODULE else "free"
        meanings[name] = "local" if owner is scope else far
    return meanings


def cpythons(table: symtable.SymbolTable, names: Iterable[str]) -> dict[str, str]:
    """The same by CPython's table."""
    meanings = {}
    for name in names:
        symbol = table.lookup(name)
        far = "global" if symbol.is_global() else "local"
        meanings[name] = "free" if symbol.is_free() else far
    return meanings


@pytest.mark.parametrize("name", MODULES)
def test_names_belong_where_cpython_says(name: str) -> None:
    """For modules of the standard library: every name of every function and class."""
    path = STDLIB / f"{name}.py"
    if not path.exists():
        pytest.skip("this interpreter comes without it")
    text = path.read_text(encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(text)
        tables = list(functions_and_classes(symtable.symtable(text, name, "exec")))
    several = Counter(key for key, _ in tables)
    table_of = {key: table for key, table in tables if several[key] == 1}
    expected, actual = {}, {}
    for node, scope in Scopes(tree).of.items():
        key = key_of(node, scope)
        if key is not None and several[key] <= 1 and key[1] != MISTAKEN:
            actual[key] = ours(scope)
            expected[key] = cpythons(table_of[key], actual[key])
    assert expected == actual
    assert actual.keys() == {key for key in table_of if key[1] != MISTAKEN}


def visible(source: str) -> list[set[str]]:
    """The visible names of a program's scopes: the globals, then the cells of each function."""
    scopes = Scopes(ast.parse(source))
    functions: list[Scope] = [s for s in scopes.of.values() if s.kind is Kind.FUNCTION]
    return [scopes.module.visible, *(scope.visible for scope in functions)]


GLOBALS = [
    ("n = 1\ndef f(): return n", set()),
    ("n = 1\nn = 2", {"n"}),
    ("n = 1\nn += 1", {"n"}),
    ("for n in []: pass", {"n"}),
    ("while 0: n = 1", {"n"}),
    ("while 0: pass\nelse: n = 1", set()),
    ("while (n := 0): pass", {"n"}),
    ("[n := k for k in []]", {"n"}),
    ("n = 1\ndel n", {"n"}),
    ("def f():\n  global n\n  n = 1", {"n"}),
    ("n = 1\ndef f():\n  global n\n  return n", set()),
    ("class C:\n  global n\n  n = 1", {"n"}),
    ("try: import n\nexcept ImportError: n = None", {"n"}),
    ("def n(): pass\nclass n: pass", {"n"}),
    ("import n.a, n.b", {"n"}),
    ("from m import n as k, k as n", set()),
    ("n: int\nn = 1", set()),
    ("n = 1\nn = 2\ndef f():\n  (n): int\n  return n", {"n"}),
    ("match 0:\n  case n: pass\n  case {**n}: pass", {"n"}),
    ("with a as n: pass\nexcept_ = n", set()),
    ("class C:\n  def f(self):\n    global __n\n    __n = 1", {"_C__n"}),
    ("super = 1\nsuper = 2", set()),
    ("[n for n in [] for n in []]\nlambda n, k=1: [n := 1, n := 2]", set()),
]


@pytest.mark.parametrize(("source", "expected"), GLOBALS)
def test_globals_are_visible_when_they_can_change(source: str, expected: set[str]) -> None:
    """Bound twice, in a loop, through `global`, or deleted: then tasks may see it change."""
    assert expected == visible(source)[0]


CELLS = [
    ("def f():\n  n = 1\n  return lambda: n", set()),
    ("def f():\n  n = 1\n  n = 2\n  return lambda: n", {"n"}),
    ("def f(n):\n  n = 2\n  return lambda: n", {"n"}),
    ("def f(n):\n  return lambda: n", set()),
    ("def f(n):\n  def g():\n    nonlocal n\n    n = 1", {"n"}),
    ("def f():\n  for n in []: g(lambda: n)", {"n"}),
    ("def f():\n  while 0:\n    n = 1\n    g(lambda: n)", {"n"}),
    ("def f():\n  n = 1\n  n = 2\n  return [n for k in []]", set()),
    ("def f():\n  n = 1\n  n = 2\n  return lambda: [n for k in []]", {"n"}),
    ("def f():\n  n = 1\n  n = 2\n  return [lambda: n for k in []]", {"n"}),
    ("def f():\n  n = 1\n  n = 2\n  class C: m = n", set()),
    ("def f():\n  n = 1\n  n = 2\n  class C:\n    def g(self): return n", {"n"}),
    ("def f(n):\n  n = 2\n  def g(m=n): return m", set()),
    ("def f(n):\n  n = 2\n  return lambda: [k for k in n]", {"n"}),
    ("def f(n):\n  n = 2\n  return lambda: [k for k in [] for _ in n]", {"n"}),
    ("def f(n):\n  n = 2\n  def g():\n    global n\n    return n", set()),
    ("def f(n):\n  [n := k for k in []]\n  return lambda: n", {"n"}),
    ("def f():\n  n: int\n  n = 1\n  return lambda: n", set()),
]


@pytest.mark.parametrize(("source", "expected"), CELLS)
def test_cells_are_visible_when_they_are_shared_and_change(source: str, expected: set[str]) -> None:
    """Captured by what may outlive the call, and bound twice or in a loop."""
    assert expected == visible(source)[1]
