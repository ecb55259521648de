"""Names for the objects of one execution, for people: `alice.lock`, `counter._value`, `lock#2`.

Names are worked out when the run is over, so that one object has one name all along, and an
account that gets its own name late is still called by it.
"""

from __future__ import annotations

import re
import sys
from types import FunctionType, ModuleType
from typing import Final

from grader.engine.owned import class_name, core_of, has_place, is_namespace, own_name
from grader.engine.process import Process
from grader.engine.task import Task

_ASSIGNED: Final = re.compile(r"(?:self\.)?(\w+)\s*(?::[^=]*)?=(?!=)")
_HOLDERS: Final = (list, tuple, dict)
_MOST_ITEMS: Final = 100  # of a holder that are looked at
_NO_DATA: Final = (type, FunctionType, ModuleType)
_LIBRARY: Final = sys.stdlib_module_names | {"builtins"}
_MODULE_OF: Final = type.__dict__["__module__"].__get__  # by no code of the student's
_PLAIN: Final = (int, float, bool, str, bytes, type(None), complex)


def _is_of_library(cls: type) -> bool:
    """Whether the class is CPython's own, or one of those that stand for them."""
    module = _MODULE_OF(cls)
    return type(module) is str and module in _LIBRARY


class Names:
    """What objects are called. Tells them apart by identity and keeps them alive meanwhile."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self._things: list[object] = []  # by number, from 1 on
        self._homes: list[Process | None] = []  # the process in which each was met first
        self._links: dict[int, tuple[object, str]] = {}  # reachable as owner.name
        self._made: dict[int, tuple[str, str]] = {}  # "bank.py:12", the source line
        self._kept: list[object] = []  # keeps linked objects alive, so that ids stay theirs
        self._settled: dict[int, str] | None = None
        self._owners: dict[int, tuple[object, str]] = {}  # settled links
        self._counts: dict[str, int] = {}  # nameless objects by class

    def number(self, thing: object, process: Process | None = None) -> int:
        """One number per object, in the order of appearance; 0 is no object."""
        if thing is None:
            return 0
        found = self._numbers.get(id(thing))
        if found is None:
            self._things.append(thing)
            self._homes.append(process)
            found = self._numbers[id(thing)] = len(self._things)
            self._settled = None
        return found

    def link(self, owner: object, name: str, value: object) -> None:
        """`value` is reachable as `owner.name`, `owner[...]` when `name` begins with a bracket,
        just as `name` when owner is None; it is a part of `owner` and goes by its name when
        `name` is empty. The first such link counts.
        """
        # A handle is not kept alive: to drop the last one of a pipe closes it.
        thing = core_of(value) or value
        if not isinstance(thing, _PLAIN) and id(thing) not in self._links:
            self._kept += (owner, thing)
            self._links[id(thing)] = (owner, name)

    def is_linked(self, thing: object) -> bool:
        """Whether something was said about where `thing` is to be found."""
        return id(thing) in self._links

    def whole(self, thing: object) -> object:
        """The stand-in that `thing` is a part of, where the way to it leads through one: what has
        to have a name for `thing` to have one.
        """
        owner = self._links.get(id(thing), (None, ""))[0]
        return owner if hasattr(type(owner), "_controlled_") else thing

    def made(self, thing: object, origin: str, text: str) -> None:
        """`thing` was made at `origin` ("bank.py:12"), which reads `text`."""
        thing = core_of(thing) or thing
        self._kept.append(thing)
        self._made.setdefault(id(thing), (origin, text))

    def origin(self, thing: object) -> str:
        """Where the thing was made, "bank.py:12"; empty where nobody said so."""
        return self._made.get(id(thing), ("", ""))[0]

    def name(self, thing: object) -> str:
        """The name of a thing."""
        if thing is None:
            return ""
        number = self.number(thing)
        if self._settled is None:
            self._settled = self._settle()
        return self._settled[number]

    def as_self(self, thing: object, key: str | None, text: str) -> str | None:
        """The name as a method writes it, `self._lock`, where the source line `text` does so and
        the object whose method it is has no name of its own and is the only one of its class.
        """
        if thing is None:
            return None
        if isinstance(thing, type):  # a plain value on the class, used through an instance
            through = re.search(rf"(\w+)\.{re.escape(key)}\b", text) if key else None
            return through[1] if through else None
        name = self.name(thing)
        root = thing
        while (owner := self._owners.get(id(root))) is not None:
            root = owner[0]
        if not self._is_instance(root) or self._counts.get(class_name(root), 0) != 1:
            return None
        rest = name.removeprefix(class_name(root))
        if not rest and _is_of_library(type(root)):
            return None  # no method of the student's: the line says `self` of something else
        own = f"self{rest}"
        return own if (f"{own}.{key}" if key and not rest else own) in text else None

    # -- settling ----------------------------------------------------------------------------

    def _settle(self) -> dict[int, str]:
        """A name for every number; equal names of different things are told apart."""
        self._link_globals()
        self._link_items()
        self._find_owners()
        self._counts = {}
        for thing in self._things:
            if self._is_instance(thing):
                cls = class_name(thing)
                self._counts[cls] = self._counts.get(cls, 0) + 1
        nth: dict[str, int] = {}
        names: dict[int, str] = {}
        free = {
            number: self._call(thing, nth)
            for number, thing in enumerate(self._things, 1)
            if id(thing) not in self._owners
        }
        self._tell_apart(free, names)
        owned = {
            number: self._by_owner(thing, names)
            for number, thing in enumerate(self._things, 1)
            if id(thing) in self._owners
        }
        parts = {n: name for n, name in owned.items() if self._owners[id(self._things[n - 1])][1]}
        self._tell_apart(parts, names)
        return {**owned, **names}

    def _link_globals(self) -> None:
        """Objects that a module has under a name are called by it."""
        for process in {id(home): home for home in self._homes if home is not None}.values():
            for module in process.modules.values():
                for name, value in list(vars(module).items()):
                    if name.startswith("__") or isinstance(value, _NO_DATA):
                        continue
                    known = {id(value), id(core_of(value))} & self._numbers.keys()
                    if known or type(value) in _HOLDERS:
                        self.link(None, name, value)

    def _link_items(self) -> None:
        """Locks in a list that has a name are called by their places in it."""
        for holder in list(self._kept):
            if type(holder) not in _HOLDERS or not isinstance(holder, _HOLDERS):  # none of theirs
                continue
            if len(holder) > _MOST_ITEMS:
                continue
            pairs = holder.items() if isinstance(holder, dict) else enumerate(holder)
            for key, value in list(pairs):
                if type(key) in (int, str) and hasattr(type(value), "_controlled_"):
                    self.link(holder, f"[{key!r}]", value)

    def _find_owners(self) -> None:
        """Which things are called by the way to them; the owners get numbers too."""
        self._owners = {}
        at = 0
        while at < len(self._things):
            thing, home = self._things[at], self._homes[at]
            at += 1
            link = self._links.get(id(thing))
            if link is None or link[0] is None or not has_place(thing):
                continue
            owner, name = link
            if own_name(thing) is not None and "_controlled_" not in type(thing).__dict__:
                continue
            if not self._is_below(owner, thing):
                self._owners[id(thing)] = (owner, name)
                self.number(owner, home)

    def _is_below(self, thing: object, other: object) -> bool:
        """Whether `thing` is owned, in some steps, by `other`: no circles of owners."""
        at: object = thing
        while at is not other:
            found = self._owners.get(id(at))
            if found is None:
                return False
            at = found[0]
        return True

    def _is_instance(self, thing: object) -> bool:
        """Whether only a number can tell the thing from others of its class."""
        if isinstance(thing, (Task, type)) or is_namespace(thing) or id(thing) in self._made:
            return False
        link = self._links.get(id(thing))
        named = link is not None and (link[0] is None or has_place(thing))
        return not named and own_name(thing) is None

    def _call(self, thing: object, nth: dict[str, int]) -> str:
        """A name without an owner's, perhaps the same as another thing's."""
        if isinstance(thing, Task):
            return thing.name
        if isinstance(thing, type):
            return thing.__name__
        if is_namespace(thing):
            return ""
        own = None if "_controlled_" in type(thing).__dict__ else own_name(thing)
        if own is not None:
            return own
        link = self._links.get(id(thing))
        if link is not None and link[0] is None:
            return link[1]
        made = _ASSIGNED.match(self._made.get(id(thing), ("", ""))[1])
        if made:
            return made[1]
        cls = class_name(thing)
        if self._counts.get(cls, 0) < 2 or not self._is_instance(thing):
            return cls
        nth[cls] = nth.get(cls, 0) + 1
        return f"{cls}{nth[cls]}"

    def _by_owner(self, thing: object, names: dict[int, str]) -> str:
        found = self._owners.get(id(thing))
        if found is None:
            return names[self._numbers[id(thing)]]
        owner, name = self._by_owner(found[0], names), found[1]
        if not owner or not name:
            return owner or name
        return f"{owner}{name}" if name.startswith("[") else f"{owner}.{name}"

    def _tell_apart(self, named: dict[int, str], names: dict[int, str]) -> None:
        """Adds the names to `names`, equal ones with a number or with their process."""
        groups: dict[str, list[int]] = {}
        for number, name in named.items():
            groups.setdefault(name, []).append(number)
        for name, numbers in groups.items():
            homes = [self._homes[number - 1] for number in numbers]
            apart = len(numbers) > 1 and len({id(home) for home in homes}) == len(numbers)
            for index, number in enumerate(numbers, 1):
                home = homes[index - 1]
                if len(numbers) == 1 or not name:
                    names[number] = name
                elif apart and home is not None:
                    names[number] = f"{name} of {home.name}"
                else:
                    names[number] = f"{name}#{index}"
