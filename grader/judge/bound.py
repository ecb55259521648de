"""What the names of a submission lead to in a real run: its builtins, and the modules it imports.

The code runs as it is, on plain CPython, in the process that speaks to the judge. The policy has
checked the names that are written out. Those that are made while it runs meet the same rules here,
as far as they go through a builtin, a module or the dict of an object; `docs/policy.md` says what
that leaves open.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from grader.source import names
from grader.source.build import call
from grader.source.hooks import guard
from grader.source.hooks.shared import know_classes
from grader.source.imports import is_allowed
from grader.source.matching import KEYS, Subject
from grader.source.policy import PERMITTED_BUILTINS, forbidden_module
from grader.source.subjects import Subjects
from grader.standins import containers, functools, students, texts

# These take the names of attributes as texts, and ask the student's own `getattr` for them.
_ASKING: Final[dict[str, dict[str, Any]]] = {
    "functools": {
        name: value
        for name, value in functools.public().items()
        if name in ("update_wrapper", "wraps")
    },
    "operator": {
        name: value
        for name, value in containers.operator().items()
        if name in ("attrgetter", "methodcaller")
    },
    "string": {"Formatter": texts.Formatter},
}
# Out of these one gets at frames, at code, or at any address in memory.
_LEFT_OUT: Final[dict[str, frozenset[str]]] = {
    "multiprocessing.sharedctypes": frozenset({"typecode_to_type"}),
    "threading": frozenset(
        {"getprofile", "gettrace", "setprofile", "setprofile_all_threads", "settrace",
         "settrace_all_threads"}
    ),
    "traceback": frozenset({"walk_stack", "walk_tb"}),
    "types": frozenset({"CodeType", "FrameType"}),
}  # fmt: skip
# Attributes that lead anywhere, whatever the names in them. So may those that are CPython's own
# business: `warnings.catch_warnings()._module` is a module with all that it has imported.
_LEADING: Final = frozenset({"__dict__", "__self__"})


def load(name: str, allowed: frozenset[str]) -> ModuleType:
    """The module of this name, found on the path and executed with these surroundings. Raises what
    its code raises.
    """
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    know_classes()
    available = _builtins(_Modules(name, allowed))
    available["@g"] = module.__dict__  # what tells its functions from those of others
    module.__dict__["__builtins__"] = available
    students.bind(available)
    sys.modules[name] = module
    assert spec.origin is not None
    tree = _Guarded().visit(ast.parse(Path(spec.origin).read_bytes(), spec.origin))
    code = compile(tree, spec.origin, "exec", dont_inherit=True)
    exec(code, module.__dict__)  # noqa: S102 - what this process is for
    return module


class _Guarded(ast.NodeTransformer, Subjects):
    """The module with such attributes looked up by its own `getattr`, as are those that a class
    pattern takes by position: `__match_args__` may have names that were made at run time.
    """

    def visit_Match(self, node: ast.Match) -> ast.stmt:
        """A match. Its patterns stay as they are where nothing has to be asked."""
        if any(self.looks_inside(case.pattern) for case in node.cases):
            node.subject = call(node.subject, names.SUBJECT, node.subject)
            for case in node.cases:
                case.pattern = self.on_subject(case.pattern)
        self.generic_visit(node)
        return node

    def expression(self, node: ast.expr) -> ast.expr:
        """What is in a pattern is visited with it."""
        return node

    def looks_inside(self, pattern: ast.pattern) -> bool:
        """Whether it, or what is in it, takes something by position, or names such an attribute."""
        return any(
            (isinstance(each, ast.MatchClass) and bool(each.patterns))
            or (isinstance(each, ast.Attribute) and _may_lead(each.attr))
            or (isinstance(each, ast.MatchClass) and any(map(_may_lead, each.kwd_attrs)))
            for each in ast.walk(pattern)
        )

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        """An attribute, and what it is of."""
        self.generic_visit(node)
        if not _may_lead(node.attr) or not isinstance(node.ctx, ast.Load):
            return node
        arguments: list[ast.expr] = [node.value, ast.Constant(node.attr)]
        call = ast.Call(ast.Name("@get", ast.Load()), arguments, [])
        ast.fix_missing_locations(ast.copy_location(call, node))
        return call


def _may_lead(name: str) -> bool:
    return name in _LEADING or (name[0] == "_" and name[:2] != "__")


class _Modules:
    """The modules that may be imported, each as an object of the submission's own."""

    def __init__(self, name: str, allowed: frozenset[str]) -> None:
        """`name`: of the submission."""
        self._allowed = allowed
        self._known_to_pickles = {name, "builtins", "copyreg"}  # it imports what classes are of
        self._known: dict[str, ModuleType] = {}

    def __call__(
        self, name: str, globals: Any = None, locals: Any = None,  # noqa: A002 - __import__'s names
        fromlist: Any = (), level: int = 0,
    ) -> ModuleType:  # fmt: skip
        """`__import__`."""
        if name in self._known_to_pickles:
            return ModuleType(name)  # it finds the module itself
        problem = forbidden_module(name, self._allowed)
        if level or problem is not None:
            raise ImportError(problem or "a submission is one file and no package", name=name)
        root = self.front_of(importlib.import_module(name.partition(".")[0]))
        real = importlib.import_module(name)
        for each in fromlist or ():  # a module below it, as `from multiprocessing import managers`
            path = f"{name}.{each}"
            if not hasattr(real, each) and is_allowed(path, self._allowed):
                with contextlib.suppress(ModuleNotFoundError):
                    importlib.import_module(path)
        found = root
        for part in name.split(".")[1:]:
            found = getattr(found, part)
        return found if fromlist else root

    def front_of(self, real: ModuleType) -> ModuleType:
        """Its public names; what it has imported itself is not among them."""
        path = real.__name__
        front = self._known.get(path)
        if front is None:
            front = self._known[path] = _Front(path, real.__doc__)
            left_out = _LEFT_OUT.get(path, frozenset())
            public = {
                name: value
                for name, value in vars(real).items()
                if not isinstance(value, ModuleType) and name not in left_out
                and (name[:1] != "_" or name == "__all__" or path == "__future__")
            }  # fmt: skip
            front.__dict__.update({**public, **_ASKING.get(path, {})})
            front.__dict__["__getattr__"] = _Below(self, real)
        return front


class _Front(ModuleType):
    """A module that shows some names of another one. One that is set here is set there as well,
    whose functions look at it (`threading.excepthook = ...`).
    """

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, value)
        real = sys.modules[self.__name__]
        if name in vars(real):
            setattr(real, name, value)


class _Below:
    """`__getattr__` of such a module: what it makes when asked for it, and the modules below it."""

    __slots__ = ("_modules", "_real")

    def __init__(self, modules: _Modules, real: ModuleType) -> None:
        self._modules = modules
        self._real = real

    def __call__(self, name: str) -> Any:
        home = self._real.__name__
        path = f"{home}.{name}"
        if name in getattr(self._real, "__all__", ()) and name not in _LEFT_OUT.get(home, ()):
            return getattr(self._real, name)  # made when it is first asked for
        found = vars(self._real).get(name)
        if not isinstance(found, ModuleType) or found.__name__ != path:
            raise AttributeError(f"module {home!r} has no attribute {name!r}")
        return self._modules.front_of(found)


def _builtins(modules: _Modules) -> dict[str, Any]:
    asking = {
        "getattr": _get, "hasattr": _has, "setattr": _set, "delattr": _delete, "vars": _vars,
    }  # fmt: skip
    hooks = {"@get": _get, names.SUBJECT: _Subject, **KEYS}
    return {**PERMITTED_BUILTINS, **asking, "__import__": modules, **hooks}


class _Subject(Subject):
    """A value that is matched."""

    __slots__ = ()

    def attribute(self, name: str) -> Any:
        """An attribute, which may have any name that `getattr` may be asked for."""
        return _get(self.value, name)


def _checked(name: Any) -> Any:
    name = guard.plain_name(name)
    if type(name) is str:
        guard.check_name(name)
    return name


def _get(obj: Any, name: Any, /, *default: Any) -> Any:
    """`getattr`."""
    try:
        found = getattr(obj, _checked(name))
        if type(found) is ModuleType and type(obj) is not _Front:
            guard.check_module(found, name)
        # The dict of a class is one of descriptors, which get at everything.
        return guard.namespace_to_show(obj, found) if name == "__dict__" else found
    except AttributeError:
        if len(default) != 1:
            raise
        return default[0]


def _has(obj: Any, name: Any, /) -> bool:
    """`hasattr`."""
    missing = object()
    return _get(obj, name, missing) is not missing


def _set(obj: Any, name: Any, value: Any, /) -> None:
    """`setattr`."""
    name = _checked(name)
    guard.check_write(obj, name)
    setattr(obj, name, value)


def _delete(obj: Any, name: Any, /) -> None:
    """`delattr`."""
    name = _checked(name)
    guard.check_write(obj, name)
    delattr(obj, name)


def _vars(obj: Any, /) -> Any:
    """`vars`; without an object it has no place in a submission."""
    return guard.namespace_to_show(obj, vars(obj))
