"""How deep code is nested: one limit for all versions of Python, below that of each compiler."""

from __future__ import annotations

import ast
from typing import Final

# CPython's own limits differ by version and by how deep the caller's stack is; rewriting takes up
# to six frames a level, of the thousand there are. An `elif` or `+` in a row counts as a level.
MAX_DEPTH: Final = 100


def depth(tree: ast.Module) -> int:
    """How many statements and expressions lie within each other at the deepest place of `tree`.

    Without recursion, because the nesting may be deeper than the interpreter allows.
    """
    deepest = 0
    level: list[ast.AST] = [tree]
    while level := [child for node in level for child in ast.iter_child_nodes(node)]:
        deepest += 1
    return deepest
