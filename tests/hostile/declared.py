"""What each hostile file declares in its first comment: its attack, and the right verdict on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

ATTACKS: Final = frozenset(
    {
        "file", "shadowing", "ending", "forged-reply", "reflection", "patching", "lying-value",
        "pickle", "bomb", "survivor", "snooping", "network", "leak", "markup", "luck", "shortcut",
        "two-faced", "unmodelled", "score",
    }
)  # fmt: skip
"""What can be tried, as the README beside this file describes it."""

_KEYS: Final = frozenset({"attack", "verdict", "score", "needs", "imports", "open"})


@dataclass(frozen=True, slots=True)
class Declared:
    """What a file tries, and what becomes of it."""

    attack: str
    verdict: str
    kind: str | None  # of the first check that is not passed; None when all are; or "this or that"
    score: float | None  # that it earns honestly; None: all there is
    about: str
    needs_sandbox: bool = False
    imports: tuple[str, ...] = ()  # what it may import here, and nowhere else
    open: str | None = None  # why the verdict is not yet as declared

    def is_met_by(self, kind: str | None) -> bool:
        """Whether the kind is one of those declared: a bomb may meet one limit or another first."""
        return kind in (self.kind.split(" or ") if self.kind is not None else [None])


class NotDeclared(Exception):
    """A file without a proper first comment; the message says what is missing."""


def declared(path: Path) -> Declared:
    """What the first comment of `path` declares: lines `# key: value`, then sentences."""
    values: dict[str, str] = {}
    about: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            break
        key, colon, value = line[2:].partition(": ")
        if colon and key in _KEYS and not about:
            values[key] = value
        else:
            about.append(line[2:])
    attack = values.get("attack", "")
    verdict, _, kind = values.get("verdict", "").partition(" ")
    if attack not in ATTACKS:
        raise NotDeclared(f"{path}: {attack!r} is no attack; there is {', '.join(sorted(ATTACKS))}")
    if (verdict == "pass") == bool(kind) or verdict not in ("pass", "fail", "cannot-grade"):
        raise NotDeclared(f"{path}: verdict is 'pass', 'fail KIND' or 'cannot-grade KIND'")
    if not about:
        raise NotDeclared(f"{path}: say in a sentence what it tries")
    if values.get("needs", "sandbox") != "sandbox":
        raise NotDeclared(f"{path}: all that a file can need is a sandbox")
    imports = tuple(values["imports"].split(", ")) if "imports" in values else ()
    score = None if verdict == "pass" else float(values.get("score", "0"))
    return Declared(
        attack, verdict, kind or None, score, " ".join(about), "needs" in values, imports,
        values.get("open"),
    )  # fmt: skip
