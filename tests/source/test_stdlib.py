"""Rewritten modules of the standard library still pass CPython's own tests.

Each entry runs one of CPython's test modules twice in a fresh process, with and without rewriting,
and the same tests must fail. In the second table it is the test module itself that is rewritten:
those test the language, so every statement of theirs is a statement about the rewriting.
"""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[2]
CHILD: Final = Path(__file__).with_name("stdlib_child.py")

QUICK: Final = ("bisect", "graphlib", "heapq", "textwrap", "with", "scope", "patma")

# Rewritten modules, by the test that is run.
MODULES: Final = {
    "abstract_numbers": "numbers",
    "argparse": "argparse",
    "ast": "ast",
    "asyncio.test_futures": "asyncio.*",
    "asyncio.test_locks": "asyncio.*",
    "asyncio.test_queues": "asyncio.*",
    "asyncio.test_streams": "asyncio.*",
    "asyncio.test_taskgroups": "asyncio.*",
    "asyncio.test_timeouts": "asyncio.*",
    "base64": "base64",
    "bisect": "bisect",
    "calendar": "calendar",
    "collections": "collections,_collections_abc",
    "configparser": "configparser",
    "contextlib": "contextlib",
    "contextlib_async": "contextlib",
    "copy": "copy",
    "csv": "csv",
    "dataclasses": "dataclasses",
    "decimal": "decimal,_pydecimal",
    "difflib": "difflib",
    "dis": "dis,opcode",
    "enum": "enum",
    "fnmatch": "fnmatch",
    "fractions": "fractions",
    "functools": "functools",
    "getopt": "getopt",
    "gettext": "gettext",
    "glob": "glob",
    "graphlib": "graphlib",
    "heapq": "heapq",
    "htmlparser": "html.parser",
    "http_cookies": "http.cookies",
    "inspect": "inspect",
    "ipaddress": "ipaddress",
    "json": "json.*",
    "linecache": "linecache",
    "operator": "operator",
    "optparse": "optparse",
    "ordered_dict": "collections",
    "plistlib": "plistlib",
    "pprint": "pprint",
    "random": "random",
    "re": "re.*",
    "reprlib": "reprlib",
    "sched": "sched",
    "shlex": "shlex",
    "string": "string",
    "symtable": "symtable",
    "textwrap": "textwrap",
    "threading_local": "threading,_threading_local",
    "timeit": "timeit",
    "tomllib": "tomllib.*",
    "traceback": "traceback",
    "types": "types",
    "typing": "typing",
    "unittest.testmock": "unittest.*",
    "urlparse": "urllib.parse",
    "userdict": "collections",
    "uuid": "uuid",
    "weakset": "_weakrefset,weakref",
    "xml_etree": "xml.*",
}

# Test modules that are rewritten themselves.
LANGUAGE: Final = (
    "asyncgen", "augassign", "baseexception", "binop", "bool", "builtin", "call", "class",
    "compare", "contains", "coroutines", "decorators", "defaultdict", "deque", "descr", "dict",
    "dictcomps", "dictviews", "enumerate", "except_star", "exception_group", "exception_variations",
    "exceptions", "extcall", "fstring", "funcattrs", "generator_stop", "generators", "genericalias",
    "genexps", "global", "grammar", "isinstance", "iter", "itertools", "keywordonlyarg", "list",
    "listcomps", "metaclass", "named_expressions", "opcodes", "patma", "positional_only_arg",
    "property", "raise", "richcmp", "scope", "set", "setcomps", "slice", "string_literals",
    "subclassinit", "super", "tuple", "type_aliases", "type_annotations", "type_params", "unpack",
    "unpack_ex", "userlist", "with", "yield_from",
)  # fmt: skip

_BUILTINS = "it replaces a builtin in the module `builtins`: rewritten code has builtins of its own"
_LOCALS = "it counts the variables of a function: rewriting adds some to closures"
_STACK = "it counts frames: a hook is a frame more"

# Tests that fail, or may, because of what they look at. Nothing else may differ.
EXPECTED: Final = {
    "test.test_argparse.TestFileTypeOpenArgs.test_open_args": _BUILTINS,
    "test.test_iter.TestCase.test_reduce_mutating_builtins_iter": _BUILTINS,
    "test.test_builtin.BuiltinTest.test_exec_closure": _LOCALS,
    "test.test_scope.ScopeTests.testLocalsFunction": _LOCALS,
    "test.test_tomllib.test_misc.TestMiscellaneous.test_inline_table_recursion_limit": _STACK,
    "test.test_tomllib.test_misc.TestMiscellaneous.test_inline_array_recursion_limit": _STACK,
}


def run(rewritten: str, test: str) -> dict[str, Any]:
    """How a test ended: the names of what failed, how many ran, what was rewritten."""
    command = [sys.executable, "-I", str(CHILD), str(ROOT), rewritten, test]
    with TemporaryDirectory() as folder:  # some tests leave files where they run
        done = subprocess.run(  # the time limit is pytest's
            command, capture_output=True, text=True, check=False, cwd=folder
        )
    lines = done.stdout.strip().splitlines()
    assert 0 == done.returncode, done.stderr
    report: dict[str, Any] = json.loads(lines[-1])
    return report


def check(rewritten: str, test: str) -> None:
    """Compare a run with rewriting to one without."""
    try:
        found = find_spec(test)
    except ModuleNotFoundError:  # no package `test`, or not one that has packages in it
        found = None
    if found is None:
        pytest.skip("this interpreter comes without that test")
    with ThreadPoolExecutor(2) as pool:
        plain, changed = pool.map(run, ("", rewritten), (test, test))
    assert plain["run"] == changed["run"]
    first = rewritten.partition(",")[0].removesuffix(".*")
    assert first in changed["rewritten"]
    assert [] == plain["rewritten"]
    new = {_name(bad) for bad in changed["bad"]} - {_name(bad) for bad in plain["bad"]}
    assert set() == new - EXPECTED.keys()


def _name(bad: str) -> str:
    return bad.partition(" ")[0]  # without the parameters of a subtest


def _marked(name: str) -> Any:
    return pytest.param(name, marks=() if name in QUICK else pytest.mark.slow)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", [_marked(name) for name in MODULES])
def test_a_rewritten_module_passes_cpythons_tests(name: str) -> None:
    """What CPython's developers demand of the module holds with scheduling points in it."""
    check(MODULES[name], f"test.test_{name}")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", [_marked(name) for name in LANGUAGE])
def test_a_rewritten_test_of_the_language_passes(name: str) -> None:
    """What CPython's developers say of the language holds for rewritten code."""
    check(f"test.test_{name}.*", f"test.test_{name}")
