"""What a rule has found, before it is told."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Finding:
    """One reading of a failing run. Of several, the one with the greatest weight is told.

    `focus` are the indexes of the steps that matter, in order; `wrong_at` is the one where it
    goes wrong, `note` says in words what goes wrong there, `facts` are further sentences about
    just this run.
    """

    kind: str
    focus: list[int]
    wrong_at: int | None = None
    note: str = ""
    weight: int = 0
    facts: list[str] = field(default_factory=list)
