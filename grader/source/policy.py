"""What a submission may name: imports, builtins and attributes, checked before anything runs.

This teaches; it is not the wall. Python can be reflected upon in more ways than a list can hold,
so the hooks ask again at run time, student code gets builtins without the forbidden ones, and what
must stay secret is in another process.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from grader.source import imports
from grader.source.collect import Collector
from grader.source.imports import (
    ASYNCIO_IMPORTS,
    DEFAULT_IMPORTS,
    PICKLE_IMPORTS,
    PROCESS_IMPORTS,
    SOCKET_IMPORTS,
    forbidden_module,
)

__all__ = [
    "ASYNCIO_IMPORTS",
    "DEFAULT_IMPORTS",
    "FORBIDDEN_BUILTINS",
    "INSIDE",
    "PERMITTED_BUILTINS",
    "PICKLE_IMPORTS",
    "PROCESS_IMPORTS",
    "SHARED",
    "SOCKET_IMPORTS",
    "Problem",
    "check",
    "forbidden_attribute",
    "forbidden_module",
]

_CODE: Final = "because code made while the program runs gets no scheduling points"
_FILE: Final = "because a submission is graded without any files or terminal"
_SPACE: Final = "because it goes around the scheduling points of the variables themselves"
_ENDS: Final = "because it ends the grader's process and not only your program"
INSIDE: Final = "because it leads into the interpreter, out of what the grader controls"
SHARED: Final = "because the schedules to come, and the grader, use it as well"

# Why each builtin is not there, and what to use instead. `vars(obj)` has a rule of its own.
FORBIDDEN_BUILTINS: Final = {
    "eval": (_CODE, "write the expression itself, or look the value up in a dict"),
    "exec": (_CODE, "write the statements themselves, or use a function"),
    "compile": (_CODE, "write a function"),
    "__import__": (_CODE, "write an import statement"),
    "__build_class__": (_CODE, "write a class statement"),
    "open": (_FILE, "keep the data in variables"),
    "input": (_FILE, "take the value as a parameter"),
    "help": (_FILE, "read the documentation outside of the program"),
    "breakpoint": (_FILE, "print the value, or replay the schedule that the grader shows"),
    "globals": (_SPACE, "name the variable, with a 'global' statement to assign to it"),
    "locals": (_SPACE, "name the variable, or keep the values in a dict of your own"),
    "exit": (_ENDS, "return from the function, or raise an exception"),
    "quit": (_ENDS, "return from the function, or raise an exception"),
    "__builtins__": (INSIDE, "use the builtin by its own name"),
    "__loader__": (INSIDE, "use an import statement"),
    "__spec__": (INSIDE, "use __name__"),
}
# What is there: the others, and what a class statement calls.
PERMITTED_BUILTINS: Final = {
    name: value
    for name, value in vars(builtins).items()
    if name not in FORBIDDEN_BUILTINS or name == "__build_class__"
}

_ATTRIBUTES: Final = {
    "__builtins__": "use the builtin by its own name",
    "__closure__": "give the function a parameter, or use an object with attributes",
    "__code__": "call the function; its name is in __name__",
    "__globals__": "name the variable, or give it as a parameter",
    "__getattribute__": "use getattr, and define __getattr__ for what is missing",
    "__import__": "write an import statement",
    "__loader__": "write an import statement",
    "__spec__": "use __name__",
    "__subclasses__": "keep a list of the classes, say in __init_subclass__",
    "_convert_": "write the members of the enum one by one",
    "CodeType": "write a function",
}
_FRAMES: Final = (
    "ag_code", "ag_frame", "cr_code", "cr_frame", "gi_code", "gi_frame",
    "f_back", "f_builtins", "f_code", "f_globals", "f_locals", "tb_frame",
)  # fmt: skip
_INSTEAD: Final = {
    **dict.fromkeys(_FRAMES, "use the traceback module, or pass the value on yourself"),
    **_ATTRIBUTES,
}

# Modules that modules of the standard library have among their attributes, with or without "_".
_INNER_MODULES: Final = frozenset(
    {
        "ast", "bltns", "builtins", "codecs", "ctypes", "dis", "gc", "importlib", "inspect", "io",
        "linecache", "marshal", "nt", "os", "pathlib", "pkgutil", "posix", "runpy", "shutil",
        "signal", "site", "socket", "subprocess", "sys", "tempfile", "thread", "threading",
        "tokenize",
    }
)  # fmt: skip
_LATER: Final = "because that would run at some later time, without scheduling points"
_LAZY: Final = frozenset({"TypeAlias", "TypeVar", "TypeVarTuple", "ParamSpec"})  # since Python 3.12
_RUNS: Final = (
    ast.Call, ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.NamedExpr,
    ast.Await, ast.Yield, ast.YieldFrom, ast.JoinedStr,
)  # fmt: skip
_DOTTED: Final = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a submission must not contain: where it is, and a message that says why."""

    line: int
    kind: Literal["forbidden"]
    message: str


def forbidden_attribute(name: str) -> str | None:
    """Why code must not read or set an attribute of this name, and what to do; None if it may."""
    if name in _INSTEAD:
        return f"the attribute {name!r} cannot be used, {INSIDE}; {_INSTEAD[name]}."
    if name.startswith("@"):
        return f"the name {name!r} cannot be used, {INSIDE}; use a name of letters and digits."
    return None


def check(tree: ast.Module, allowed: frozenset[str]) -> list[Problem]:
    """Everything in a module that a submission must not contain, by line.

    `tree` is what `ast.parse` returned, before rewriting; it is not changed. `allowed` is the
    exercise's allow-list (see `imports`). An empty list means that the module may run.
    """
    checker = _Checker(tree, allowed)
    found = {*checker.names(Collector(tree))}
    for node in ast.walk(tree):
        found.update(checker.node(node))
    return sorted(
        (Problem(line, "forbidden", f"line {line}: {message}") for line, message in found),
        key=lambda problem: (problem.line, problem.message),
    )


_Found = Iterator[tuple[int, str]]  # line, message without it


class _Checker:
    """The rules, one method for each kind of node."""

    def __init__(self, tree: ast.Module, allowed: frozenset[str]) -> None:
        self.allowed = allowed
        self.modules: dict[str, str] = {}  # by the names they are bound to, in whatever scope
        self.vars_of_object: set[ast.expr] = set()  # `vars` in `vars(obj)`
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                self._remember(node)
            elif isinstance(node, ast.Call) and _takes_one(node):
                self.vars_of_object.add(node.func)

    def _remember(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            if isinstance(node, ast.ImportFrom):
                module = f"{node.module}.{alias.name}"
                if imports.is_allowed(module, self.allowed):
                    self.modules[alias.asname or alias.name] = module
            elif alias.asname:
                self.modules[alias.asname] = alias.name
            else:
                top = alias.name.partition(".")[0]
                self.modules[top] = top

    def names(self, collector: Collector) -> _Found:
        """Builtins that are meant where their names stand: not variables of the same name."""
        module = collector.scope
        made = {name for scope in collector.of.values() for name in scope.globals_bound}
        made |= {name for name, places in module.places.items() if places}
        for scope, node in collector.loads:
            name = node.id
            if scope.owner(name) is not module or name in made:
                continue
            if name in FORBIDDEN_BUILTINS:
                why, instead = FORBIDDEN_BUILTINS[name]
                yield node.lineno, f"{name!r} cannot be used, {why}; {instead}."
            elif name == "vars" and node not in self.vars_of_object:
                why = f"'vars' without an object cannot be used, {_SPACE}"
                yield node.lineno, f"{why}; write vars(obj), or name the variable."

    def node(self, node: ast.AST) -> _Found:
        """What is wrong with one node, whatever its scope."""
        if isinstance(node, ast.Import):
            yield from self._import(node)
        elif isinstance(node, ast.ImportFrom):
            yield from self._import_from(node)
        elif isinstance(node, ast.Attribute):
            yield from self._attribute(node)
        elif type(node).__name__ in _LAZY:
            yield from self._lazy(node)
        elif isinstance(node, ast.MatchClass):
            for name in node.kwd_attrs:
                yield from self._name_of_attribute(name, node.lineno)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            # For getattr, attrgetter, __match_args__...
            for name in node.value.split(".") if _DOTTED.fullmatch(node.value) else ():
                yield from self._name_of_attribute(name, node.lineno)

    def _lazy(self, node: ast.AST) -> _Found:
        """A type alias, or a type parameter: evaluated when somebody asks for it."""
        for part in ast.iter_child_nodes(node):
            for each in ast.walk(part):
                if isinstance(each, _RUNS):
                    what = f"a type cannot have code in it, {_LATER}"
                    yield each.lineno, f"{what}; name the type, and call nothing in it."

    def _import(self, node: ast.Import) -> _Found:
        for alias in node.names:
            message = forbidden_module(alias.name, self.allowed)
            if message is not None:
                yield node.lineno, message

    def _import_from(self, node: ast.ImportFrom) -> _Found:
        module = node.module or ""
        if node.level:
            why = "because a submission is one file and no package"
            yield (
                node.lineno,
                f"a relative import cannot be used, {why}; put the code in this file.",
            )
            return
        for alias in node.names:
            whole = f"{module}.{alias.name}"
            if not imports.is_allowed(module, self.allowed):
                wanted = whole if imports.is_package_of_allowed(module, self.allowed) else module
                if not imports.is_allowed(wanted, self.allowed):
                    yield node.lineno, imports.refusal(wanted, self.allowed)
                continue
            yield from self._name_of_module(module, alias.name, node.lineno)
            yield from self._name_of_attribute(alias.name, node.lineno)

    def _attribute(self, node: ast.Attribute) -> _Found:
        yield from self._name_of_attribute(node.attr, node.lineno)
        module = self._module(node.value)
        if module is not None:
            yield from self._name_of_module(module, node.attr, node.lineno)

    def _module(self, node: ast.expr) -> str | None:
        """The module that an expression such as `concurrent.futures` stands for."""
        if isinstance(node, ast.Name):
            return self.modules.get(node.id)
        if isinstance(node, ast.Attribute) and (outer := self._module(node.value)) is not None:
            return f"{outer}.{node.attr}"
        return None

    def _name_of_attribute(self, name: str, line: int) -> _Found:
        message = forbidden_attribute(name)
        if message is not None:
            yield line, message

    def _name_of_module(self, module: str, name: str, line: int) -> _Found:
        whole = f"{module}.{name}"
        allowed = imports.is_allowed(whole, self.allowed)
        if imports.is_taken_away(module, name, self.allowed):
            why = "because to build what it does is this exercise"
            yield (
                line,
                f"{whole!r} cannot be used here, {why}; use the simpler tools of {module!r}.",
            )
        elif name == "*" and any(entry.startswith(f"-{module}.") for entry in self.allowed):
            why = "because some of them are what this exercise is about"
            yield line, f"not all names of {module!r} can be imported, {why}; name those you need."
        elif name.lstrip("_") in _INNER_MODULES - {module} and not allowed:
            why = "because it is a module that another one uses and not part of it"
            yield line, f"{whole!r} cannot be used, {why}; import what you need by its own name."


def _takes_one(node: ast.Call) -> bool:
    """Whether the call has one argument, whatever its values are."""
    return len(node.args) == 1 and not isinstance(node.args[0], ast.Starred)
