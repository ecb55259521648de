"""Puts scheduling points into a module: calls of hooks around everything other tasks can see.

What the code means stays exactly what Python says, and every new node has the location of the node
it stands for, so that tracebacks name the right lines. What the hooks are is said in `names.py`.
"""

from __future__ import annotations

import ast

from grader.source.statements import Statements
from grader.source.visibility import Scopes


def rewrite(tree: ast.Module) -> ast.Module:
    """The module with scheduling points.

    `tree` is what `ast.parse` returned for a module that CPython compiles; its nodes are used up.
    Raises RecursionError for nesting that Python's own recursion limit does not allow.
    """
    statements = Statements(Scopes(tree))
    tree.body = statements.body(tree.body)
    return tree
