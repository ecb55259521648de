"""Classes that CPython has written in Python, with scheduling points of their own: containers
(`UserDict` and its like, `ChainMap`, `Counter`, the weak ones) and the servers of `socketserver`.

Their code is CPython's, rewritten as a student's is. So what they touch is what is inside (`.data`,
`.maps`), and what is not atomic in CPython (`setdefault` of a `UserDict`, `Counter.update`) is not
atomic here.
"""

from __future__ import annotations

import _collections_abc
import ast
import builtins
import copy
import functools
import importlib
import inspect
from types import ModuleType
from typing import Any, Final

from grader.engine import runtime
from grader.engine.containers import owners_of
from grader.engine.operation import WRITE
from grader.source import names
from grader.source.build import call, load, point, statement
from grader.source.hooks import HOOKS
from grader.source.hooks.identities import identity
from grader.source.hooks.shared import know_classes, share, shared_classes
from grader.source.scopes import Kind
from grader.source.statements import Statements
from grader.source.visibility import Scopes
from grader.standins import selectors, socket, threading, time, traceback
from grader.standins.fresh import system
from grader.standins.sealed import seal
from grader.standins.weakref import is_collecting

# Module that offers them -> module that has them -> their names.
_CLASSES: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "collections": {"collections": ("ChainMap", "Counter", "UserDict", "UserList", "UserString")},
    "weakref": {
        "weakref": ("WeakKeyDictionary", "WeakValueDictionary"), "_weakrefset": ("WeakSet",),
    },
    "socketserver": {
        "socketserver": (
            "BaseServer", "TCPServer", "_Threads", "_NoThreads", "ThreadingMixIn",
            "ThreadingTCPServer", "BaseRequestHandler", "StreamRequestHandler", "_SocketWriter",
        ),
    },
}  # fmt: skip

# What the weak containers keep for themselves. That is bound once, or changes with `data`.
_OWN: Final = frozenset({"data", "_remove", "_pending_removals", "_iterating", "_dirty_len"})
# Called when an object dies, which is a part of the step in which it does.
_AT_DEATH: Final = frozenset({"remove", "_remove"})
_LATER: Final = frozenset({"_commit_removals", "_scrub_removals"})
_DIED: Final = "@died"
_INHERITS_UPDATE: Final = frozenset({"UserDict", "ChainMap"})


def classes(module: str) -> dict[str, Any]:
    """The classes of that module that are to be used in place of CPython's."""
    made: dict[str, Any] = {}
    for home, wanted in _CLASSES.get(module, {}).items():
        made.update(_rewritten(home, wanted))
    return made


def prepare() -> None:
    """Makes them all: once for many processes, in the one that they are forked from. No class that
    a student's code can get at can be changed in these processes.
    """
    prepare_classes()
    seal(shared_classes())


def prepare_classes() -> None:
    """Makes them all."""
    for module in _CLASSES:
        classes(module)
    socket.library()
    know_classes()


@functools.cache
def _rewritten(home: str, wanted: tuple[str, ...]) -> dict[str, Any]:
    """Made once: their code asks at each step which execution is running."""
    module = importlib.import_module(home)
    try:
        tree = ast.parse(inspect.getsource(module))
        mapping = ast.parse(inspect.getsource(_collections_abc))
    except (OSError, TypeError):  # an interpreter without the sources of its library
        return {}
    found = [
        node for node in tree.body if isinstance(node, ast.ClassDef) and node.name in wanted
    ]  # fmt: skip
    for node in found:
        if node.name in _INHERITS_UPDATE:
            node.body.append(_update(mapping))
    tree.body = list[ast.stmt](found)
    own = _OWN if "weakref" in home else frozenset[str]()
    tree.body = _Rewriter(Scopes(tree), own).body(tree.body)
    code = compile(tree, module.__file__ or home, "exec", dont_inherit=True)
    namespace = {
        **vars(module), "Mapping": _collections_abc.Mapping,
        "__builtins__": {
            **vars(builtins), **HOOKS, "id": identity, _DIED: _died,
        },
    }  # fmt: skip
    if home == "socketserver":
        _surround(namespace)
    if "_count_elements" in namespace:
        count = functools.partial(_count_elements, namespace["_count_elements"])
        namespace["_count_elements"] = count
    namespace[names.GLOBALS] = namespace
    exec(code, namespace)  # noqa: S102 - CPython's own code
    made = {name: namespace[name] for name in wanted}
    share(each for each in made.values() if isinstance(each, type))
    return made


def _surround(namespace: dict[str, Any]) -> None:
    """What `socketserver` imports is under control."""
    for name, public in (
        ("selectors", selectors.public), ("socket", socket.public), ("threading", threading.public),
        ("traceback", traceback.public),
    ):  # fmt: skip
        namespace[name] = ModuleType(name)
        namespace[name].__dict__.update(public())
    namespace["sys"] = system({})
    namespace["time"] = time.monotonic
    namespace["_ServerSelector"] = namespace["selectors"].DefaultSelector

    def importer(name: str, *args: Any) -> Any:
        return namespace[name]

    namespace["__builtins__"]["__import__"] = importer


def _update(tree: ast.Module) -> ast.stmt:
    """`MutableMapping.update`, a new copy of it."""
    return copy.deepcopy(next(
        method
        for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "MutableMapping"
        for method in node.body if isinstance(method, ast.FunctionDef) and method.name == "update"
    ))  # fmt: skip


class _Rewriter(Statements):
    """As for a student's code, but for what nobody is to see."""

    def __init__(self, scopes: Scopes, own: frozenset[str]) -> None:
        super().__init__(scopes)
        self._own = own

    def _is_own(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Attribute) and node.attr in self._own

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """Read an attribute."""
        return node if self._is_own(node) else super().visit_Attribute(node)

    def reading(self, node: ast.expr) -> ast.expr:
        """Read a container."""
        hidden = self._is_own(node) and isinstance(node, ast.Attribute) and node.attr != "data"
        return node if hidden else super().reading(node)

    def test(self, node: ast.expr) -> ast.expr:
        """Ask whether a container is empty."""
        hidden = self._is_own(node) and isinstance(node, ast.Attribute) and node.attr != "data"
        return node if hidden else super().test(node)

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        """Assign."""
        if any(map(self._is_own, node.targets)):
            node.value = self.expression(node.value)
            return [node]
        return super().visit_Assign(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.stmt:
        """Define a class: its methods are rewritten, what runs now is not."""
        with self.inside(self.scopes.of[node]):
            node.body = [
                self.visit_FunctionDef(each) if isinstance(each, ast.FunctionDef) else each
                for each in node.body
            ]
        return node

    def defaults(self, arguments: ast.arguments) -> None:
        """Leave default values as they are: they are evaluated when no execution is running."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.stmt:
        """Define a method, or what is called when an object dies."""
        if self._own and node.name in _LATER:
            return node
        if self._own and node.name in _AT_DEATH and self.scope.kind is Kind.FUNCTION:
            place = point(node)
            node.body.insert(0, statement(call(place, _DIED, load("selfref", place)), place))
            return node
        return super().visit_FunctionDef(node)


def _died(container: Any) -> None:
    """An object of that weak container (a reference to it) has died: the step in which it did has
    changed the container, too.
    """
    owner = container()
    execution = runtime.now.execution
    if owner is None or execution is None or execution.over or is_collecting():
        return
    execution.turned_out(None, (owner.data, None, WRITE))


def _count_elements(real: Any, mapping: Any, iterable: Any) -> None:
    """`Counter.update` with what is no mapping: CPython counts in C."""
    execution = runtime.current()
    seen = not execution.solo or execution.recorder is not None
    if seen:
        execution.perform("update", mapping, None, WRITE, also=owners_of([iterable]))
    moves = len(execution.log)
    real(mapping, iterable)
    if seen and len(execution.log) != moves:  # it called the student's code
        execution.perform("update", mapping, None, WRITE)
