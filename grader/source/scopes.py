"""Name resolution: what each name means where, and which variables several tasks can see change.

CPython's own `symtable` reads text only, so the scopes of a tree are found here, by the rules of
the language reference (section 4.2, "Naming and binding"). Names are kept mangled.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field


class Kind(enum.Enum):
    """What makes a scope."""

    MODULE = enum.auto()
    CLASS = enum.auto()
    FUNCTION = enum.auto()  # def and async def
    LAMBDA = enum.auto()
    COMPREHENSION = enum.auto()  # generator expressions too
    TYPE = enum.auto()  # around a generic class, function or alias


@dataclass(eq=False, slots=True)
class Scope:
    """One scope. `places` counts where a name of this very scope is bound; 0: declared only."""

    kind: Kind
    parent: Scope | None
    private: str | None  # the class whose name mangles `__x` here
    places: dict[str, int] = field(default_factory=dict)
    looped: set[str] = field(default_factory=set)  # bound inside a loop
    deleted: set[str] = field(default_factory=set)
    used: set[str] = field(default_factory=set)
    globals: set[str] = field(default_factory=set)  # declared `global`
    globals_bound: set[str] = field(default_factory=set)  # and bound here
    nonlocals: dict[str, int] = field(default_factory=dict)  # declared so; bound at so many places
    captured: set[str] = field(default_factory=set)  # used by a function that may outlive the call
    visible: set[str] = field(default_factory=set)  # of a module: globals; of a function: cells
    number: int = 0  # of the cells object of a function that has visible cells

    def mangle(self, name: str) -> str:
        """`name` as the compiler stores it here."""
        if self.private is None or not name.startswith("__"):
            return name
        if name.endswith("__") or "." in name:
            return name
        owner = self.private.lstrip("_")
        return f"_{owner}{name}" if owner else name

    def bind(self, name: str, *, loop: bool) -> None:
        """Count one more place that binds `name`, which is mangled."""
        if self.kind is not Kind.MODULE:
            if name in self.globals:
                self.globals_bound.add(name)
                return
            if name in self.nonlocals:
                self.nonlocals[name] += 1
                return
        self.places[name] = self.places.get(name, 0) + 1
        if loop:
            self.looped.add(name)

    def outwards(self) -> Iterator[Scope]:
        """This scope and those around it, innermost first."""
        scope: Scope | None = self
        while scope is not None:
            yield scope
            scope = scope.parent

    def owner(self, name: str) -> Scope:
        """The scope that `name`, which is mangled, belongs to when it is used here.

        The module's scope stands for builtins too. In a class body this is where a name is looked
        up after the body itself.
        """
        for scope in self.outwards():
            if scope.kind is Kind.CLASS and scope is not self:
                continue
            if scope.kind is Kind.MODULE or name in scope.globals:
                break
            if name in scope.places:
                return scope
        return next(scope for scope in self.outwards() if scope.kind is Kind.MODULE)

    def sees_class_body(self) -> bool:
        """Whether plain names are looked up in a class's namespace first."""
        if self.kind is Kind.TYPE and self.parent is not None:
            return self.parent.sees_class_body()
        return self.kind is Kind.CLASS

    def is_in_function(self) -> bool:
        """Whether what is written here runs when a function is called."""
        return any(scope.kind in (Kind.FUNCTION, Kind.LAMBDA) for scope in self.outwards())
