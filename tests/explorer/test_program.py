"""The student's module: made anew for every schedule, found where the standard library looks."""

from __future__ import annotations

import sys

import pytest

from grader.source.imports import DEFAULT_IMPORTS, PICKLE_IMPORTS, PROCESS_IMPORTS
from tests.programs import outcomes

ALLOWED = DEFAULT_IMPORTS | PROCESS_IMPORTS | PICKLE_IMPORTS
MODULES = {entry.removesuffix(".*") for entry in ALLOWED if not entry.startswith("-")}


@pytest.mark.parametrize("module", sorted(MODULES))
def test_what_may_be_imported_can_be(module: str) -> None:
    """What the checker lets pass, the importer has."""
    assert [1] == outcomes(f"import {module}\ndef main(): return 1", allowed=ALLOWED)
    assert [1] == outcomes(f"from {module} import *\ndef main(): return 1", allowed=ALLOWED)


TEXT_ANNOTATIONS = """
from __future__ import annotations
import enum, functools, threading, typing
from dataclasses import KW_ONLY, InitVar, dataclass, field, fields, replace
from typing import ClassVar, NamedTuple

@dataclass(order=True)
class Account:
    made: ClassVar[int] = 0
    balance: int
    rate: InitVar[int | None] = None
    _: KW_ONLY
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)
    friends: list[Account] = field(default_factory=list, compare=False)

    def __post_init__(self, rate):
        self.balance += rate or 0

@dataclass(frozen=True, slots=True)
class Key:
    name: str

class Pair(NamedTuple):
    left: Account
    right: Account

class Kind(enum.Enum):
    ONE = 1

@functools.singledispatch
def kind(value): return "any"
@kind.register
def _(value: Account): return "account"
"""


def test_annotations_that_are_text() -> None:
    """Dataclasses and typing find what an annotation means in the module of the class."""
    text = (
        TEXT_ANNOTATIONS
        + """
def main():
    account = Account(1, 2)
    return [
        [each.name for each in fields(Account)], account.balance, account < Account(4),
        hash(Key("a")) == hash(Key("a")), replace(account, rate=1).balance,
        typing.get_type_hints(Account)["friends"] == list[Account],
        typing.get_type_hints(Pair)["left"] is Account, kind(account), kind(1), Kind(1).name,
    ]
"""
    )
    names = ["balance", "lock", "friends"]
    assert [[names, 3, True, True, 4, True, True, "account", "any", "ONE"]] == outcomes(
        text, allowed=ALLOWED
    )


def test_each_process_finds_its_own_classes() -> None:
    """The module of a spawned process is another one, and so are its classes."""
    text = (
        TEXT_ANNOTATIONS
        + """
import multiprocessing
@dataclass
class Late:
    other: Account
def child(queue):
    queue.put(typing.get_type_hints(Late)["other"] is Account)
def main():
    queue = multiprocessing.Queue()
    process = multiprocessing.Process(target=child, args=(queue,))
    process.start()
    seen = [queue.get(), typing.get_type_hints(Late)["other"] is Account]
    process.join()
    return seen
"""
    )
    assert [[True, True]] == outcomes(text, allowed=ALLOWED)


def test_modules_of_the_interpreter_stay() -> None:
    """A file with the name of a module that is in use does not take its place."""
    before = dict(sys.modules)
    assert [3] == outcomes("def main(): return 3", "functools")
    assert [4] == outcomes("def main(): return 4", "program")
    assert before == {name: sys.modules[name] for name in before}
    assert "program" not in sys.modules
