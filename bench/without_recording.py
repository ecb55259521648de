"""The engine without what explaining adds to it: every branch for a recorder taken out as it is
imported, as if nobody had ever written one.

`import without_recording` before the first import of `grader`.
"""

import ast
import importlib.abc
import importlib.machinery
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder
from types import CodeType, ModuleType
from typing import Any

NAME = "recorder"
branches: dict[str, int] = {}  # by module: how many questions for a recorder were answered


class Answered(ast.NodeTransformer):
    """`x.recorder is None` is True; what follows from that is worked out and taken out."""

    def __init__(self) -> None:
        self.count = 0

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        """The question itself."""
        self.generic_visit(node)
        asked = isinstance(node.left, (ast.Name, ast.Attribute)) and _last_name(node.left) == NAME
        if not asked or not isinstance(node.ops[0], (ast.Is, ast.IsNot)):
            return node
        self.count += 1
        return _constant(isinstance(node.ops[0], ast.Is), node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        """`not True`."""
        self.generic_visit(node)
        if isinstance(node.op, ast.Not) and isinstance(node.operand, ast.Constant):
            return _constant(not node.operand.value, node)
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        """`a or False` is a: all of these are conditions."""
        self.generic_visit(node)
        ends = isinstance(node.op, ast.Or)  # the constant that decides it
        left: list[ast.expr] = []
        for each in node.values:
            if isinstance(each, ast.Constant) and isinstance(each.value, bool):
                if each.value is ends:
                    return _constant(ends, node) if not left else _joined(node, [*left, each])
                continue
            left.append(each)
        return _joined(node, left) if left else _constant(not ends, node)

    def visit_If(self, node: ast.If) -> Any:
        """A branch that is never taken."""
        self.generic_visit(node)
        if not isinstance(node.test, ast.Constant):
            return node
        return (node.body if node.test.value else node.orelse) or ast.copy_location(
            ast.Pass(), node
        )

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        """Likewise, in an expression."""
        self.generic_visit(node)
        if not isinstance(node.test, ast.Constant):
            return node
        return node.body if node.test.value else node.orelse


def _last_name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def _constant(value: object, where: ast.expr) -> ast.expr:
    return ast.copy_location(ast.Constant(value), where)


def _joined(node: ast.BoolOp, values: list[ast.expr]) -> ast.expr:
    return values[0] if len(values) == 1 else ast.copy_location(ast.BoolOp(node.op, values), node)


class Loader(importlib.machinery.SourceFileLoader):
    """Compiles a module of the grader's without those branches; never writes what it compiled."""

    def get_code(self, fullname: str) -> CodeType:
        """From the source, always."""
        path = self.get_filename(fullname)
        tree = ast.parse(self.get_data(path))
        answered = Answered()
        tree = ast.fix_missing_locations(answered.visit(tree))
        if answered.count:
            branches[fullname] = answered.count
        code: CodeType = compile(tree, path, "exec", dont_inherit=True)
        return code


class Finder(importlib.abc.MetaPathFinder):
    """Gives that loader to what runs while schedules are explored."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """The usual place, by another loader."""
        if fullname.partition(".")[0] != "grader":
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


if any(name.partition(".")[0] == "grader" for name in sys.modules):
    raise ImportError("without_recording has to be imported before grader is.")
sys.meta_path.insert(0, Finder())
