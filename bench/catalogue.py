"""The classic programs of classics/: their parameters, and what is expected of each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.explorer import Program

FOLDER = Path(__file__).with_name("classics")
HELPER = "in_threads"  # the module that the programs share


@dataclass(frozen=True, slots=True)
class Classic:
    """One program with its parameters; none given: those that it has by itself."""

    module: str
    kind: str  # of the failure of `bug`, in the words of `grader explore`
    parameters: tuple[int, ...] = ()
    exhausted: bool = True  # whether the default budget is enough for all of `fixed`
    slow: bool = False  # takes more than a second or two

    def __str__(self) -> str:
        """Such as `reorder(5)`."""
        return f"{self.module}({', '.join(map(str, self.parameters))})"


def _family(module: str, kind: str, *sizes: int, slow: tuple[int, ...] = ()) -> list[Classic]:
    """The program in several sizes, all of which can be exhausted."""
    return [Classic(module, kind, (size,), slow=size in slow) for size in sizes]


CLASSICS = [
    Classic("aba", "exception"),
    Classic("account", "exception"),
    Classic("airline", "exception"),
    Classic("airline", "exception", (6, 5), slow=True),
    *_family("bluetooth_driver", "exception", 1, 2),
    *_family("bounded_buffer", "exception", 2, 3, slow=(3,)),
    *_family("carter", "deadlock", 1, 2, slow=(2,)),
    Classic("check_then_get", "lost-wakeup"),
    Classic("circular_buffer", "exception"),
    *_family("dining_philosophers", "deadlock", 2, 3, 4, 5, 6, 7, slow=(5, 6, 7)),
    *_family("fibonacci", "exception", 2, 3, 5, slow=(5,)),
    Classic("indexer", "exception"),
    *_family("lazy_initialisation", "exception", 2, 3),
    *_family("lock_order", "deadlock", 3, 5),
    Classic("lost_wakeup", "lost-wakeup"),
    Classic("peterson", "exception", exhausted=False, slow=True),  # its busy loops have no end
    Classic("phase_barrier", "exception"),
    # A wrong count shows in several ways; these are the ones that are found first.
    Classic("readers_writers", "lock-not-released", (2,)),
    Classic("readers_writers", "exception", (3,)),
    *_family("reorder", "exception", 3, 4, 5),
    Classic("reorder", "exception", (10,), exhausted=False, slow=True),
    Classic("reorder", "exception", (20,), exhausted=False, slow=True),
    *_family("stack", "exception", 1, 3),
    Classic("string_buffer", "exception"),
    *_family("token_ring", "exception", 3, 5, 7),
    *_family("two_stage", "exception", 1, 2),
    Classic("two_stage", "exception", (10,), exhausted=False, slow=True),
    *_family("work_stealing", "exception", 2, 3),
    *_family("wrong_lock", "exception", 1, 3),
    *_family("wrong_wakeup", "lost-wakeup", 2),
]


def program(classic: Classic, function: str) -> Program:
    """`bug` or `fixed` as `grader explore` takes it: any module may be imported."""
    from grader.explorer import Program
    from grader.source.load import from_file

    sources = {
        name: from_file(FOLDER / f"{name}.py", allowed=None) for name in (classic.module, HELPER)
    }
    return Program(
        sources,
        classic.module,
        lambda module, *parameters: getattr(module, function)(*parameters),
        classic.parameters,
    )
