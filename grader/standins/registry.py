"""Which classes are stand-ins. A mark on a class does not tell: a student's class could bear it
too, and would be trusted to announce what it does, or to say how it travels to another process.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from typing import Any, Final

from grader.engine.attributes import CONTROLLED
from grader.engine.classes import STAND_INS, mro_of, namespace_of

_MAY_BE_DEFINED: Final = frozenset({"_exposed_", "_mapping_", "_method_to_typeid_"})
_AT_BIRTH: Final = "__init_subclass__"


def register(package: str) -> None:
    """All classes in the modules of the package; those with a `_controlled_` of their own announce
    what they do.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith(f"{package}."):
            for each in vars(module).values():
                if isinstance(each, type) and _is_ours(each, package):
                    add(each)
    for each in CONTROLLED:
        if CONTROLLED.isdisjoint(mro_of(each)[1:]):
            _check_subclasses(each)


def _is_ours(cls: type, package: str) -> bool:
    """Public classes say that they are of the module that they stand in for."""
    home = str(namespace_of(cls).get("__module__", ""))
    return home.startswith(package) or "_controlled_" in namespace_of(cls)


def add(cls: type) -> type:
    """One more, made while a program runs."""
    STAND_INS.add(cls)
    if "_controlled_" in namespace_of(cls):
        CONTROLLED.add(cls)
    return cls


@contextlib.contextmanager
def making() -> Iterator[None]:
    """Within this, classes are made that are ours."""
    global _making  # noqa: PLW0603 - nobody else runs meanwhile
    _making = True
    try:
        yield
    finally:
        _making = False


_making = False


def _check_subclasses(cls: Any) -> None:
    """From now on, whoever makes a subclass, in whatever way, is told if it would replace what the
    stand-in does inside.
    """
    own: Any = namespace_of(cls).get(_AT_BIRTH)

    def born(made: Any, /, **options: Any) -> None:
        if not _making:
            _check_subclass(made)
        if own is None:
            super(cls, made).__init_subclass__(**options)
        else:
            own.__get__(None, made)(**options)

    setattr(cls, _AT_BIRTH, classmethod(born))


def _check_subclass(made: type) -> None:
    replaced = replaces(made, namespace_of(made))
    if replaced is not None:
        raise TypeError(
            f"the class {made.__name__!r} cannot have a {replaced!r} of its own, because what it "
            "is derived from needs that name inside; use another name."
        )
    its_own: Any = namespace_of(made).get(_AT_BIRTH)
    if its_own is not None:  # it need not call that of its base

        def born(later: Any, /, **options: Any) -> None:
            _check_subclass(later)
            its_own.__get__(None, later)(**options)

        type.__setattr__(made, _AT_BIRTH, classmethod(born))


def replaces(cls: type, names: Iterable[str]) -> str | None:
    """The first of the names that a stand-in among the bases of the class has for itself."""
    private = [each for each in names if is_private(each)]
    for base in mro_of(cls)[1:]:
        if base in STAND_INS:
            for each in private:
                if each in namespace_of(base):
                    return each
    return None


def is_private(name: str) -> bool:
    """Whether the name is of the form that stand-ins have for themselves."""
    sunder = name[:1] == name[-1:] == "_" and len(name) > 2 and name[:2] != "__"
    return sunder and name not in _MAY_BE_DEFINED
