"""Runs one of CPython's own tests, with chosen modules rewritten, and prints how it ended.

Usage: python stdlib_child.py ROOT REWRITTEN TEST, where REWRITTEN is a comma-separated list of
module names (`asyncio.*`: it and all below; empty: none) and TEST a module like `test.test_heapq`.
The last line of the output is JSON: `{"bad": [...], "run": N, "rewritten": [...]}`.
"""

from __future__ import annotations

import ast
import importlib
import importlib.abc
import importlib.machinery
import json
import sys
import types
import warnings
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader

rewritten: list[str] = []
ours: dict[str, types.ModuleType] = {}  # what the rewriting itself uses


class Loader(SourceFileLoader):
    """Compiles the rewritten form, and gives the module the transparent hooks."""

    def get_code(self, fullname: str) -> types.CodeType:
        """The code of a module, never from a cache."""
        from grader.source.rewrite import rewrite

        present = sys.modules.get("collections")
        sys.modules["collections"] = ours["collections"]  # `ast.walk` imports it when it is called
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(self.get_data(self.path), self.path)
            code = compile(rewrite(tree), self.path, "exec", dont_inherit=True)
        del sys.modules["collections"]
        if present is not None:
            sys.modules["collections"] = present
        assert isinstance(code, types.CodeType)
        return code

    def exec_module(self, module: types.ModuleType) -> None:
        """Run the module's code."""
        from tests.source.transparent import namespace

        made = namespace(module.__name__)["__builtins__"]
        made["@g"] = vars(module)
        vars(module)["__builtins__"] = made
        rewritten.append(module.__name__)
        exec(self.get_code(module.__name__), vars(module))  # noqa: S102 - that is its job


class Finder(importlib.abc.MetaPathFinder):
    """Finds the chosen modules where they are, for `Loader`."""

    def __init__(self, chosen: list[str]) -> None:
        self.exact = {name for name in chosen if not name.endswith(".*")}
        self.below = tuple(name.removesuffix("*") for name in chosen if name.endswith(".*"))

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> ModuleSpec | None:
        """The spec of a chosen module with source; None leaves it to the next finder."""
        if name not in self.exact and not f"{name}.".startswith(self.below or ("\0",)):
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or not isinstance(spec.loader, SourceFileLoader):
            return None
        spec.loader = Loader(name, spec.loader.path)
        return spec


# What the interpreter itself keeps using: two copies of these would not be one program.
KEPT = (
    "encodings", "codecs", "io", "abc", "os", "site", "importlib", "zipimport", "signal",
    "warnings", "posixpath", "genericpath", "stat", "__main__", "grader", "tests",
)  # fmt: skip


def start_afresh(chosen: list[str]) -> None:
    """Forget the modules that were imported so far, so that the chosen ones are imported anew."""
    for needed in ("grader.source.rewrite", "tests.source.transparent"):
        importlib.import_module(needed)  # before the finder is in place

    ours.update(sys.modules)
    wanted = Finder(chosen)
    for name, module in list(sys.modules.items()):
        has_source = getattr(module, "__file__", None) or name in wanted.exact
        if has_source and name.partition(".")[0] not in KEPT:
            del sys.modules[name]
    sys.meta_path.insert(0, wanted)


def main() -> None:
    """Run the test."""
    root, chosen, test = sys.argv[1:]
    sys.argv = [sys.argv[0]]
    sys.path.insert(0, root)
    names = [name for name in chosen.split(",") if name]
    start_afresh(names)
    import unittest  # after the start: another copy than the one before

    suite = unittest.defaultTestLoader.loadTestsFromName(test)
    result = unittest.TestResult()
    suite.run(result)
    bad = [case.id() for case, _ in [*result.failures, *result.errors]]
    bad += [f"unexpectedly right: {case.id()}" for case in result.unexpectedSuccesses]
    report = {"bad": sorted(bad), "run": result.testsRun, "rewritten": rewritten}
    sys.stdout.write(f"\n{json.dumps(report)}\n")


if __name__ == "__main__":
    main()
