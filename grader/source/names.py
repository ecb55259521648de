"""The hooks that rewritten code calls: the one place that says how they are called.

A hook is an ordinary function that stands in the `__builtins__` of a rewritten module under a name
that cannot be typed, because it starts with "@". Arguments are positional only. In the signatures
below `name` is a string constant, already mangled (`__x` inside `class C` is `"_C__x"`), `g` is the
module's globals dict, and `cells` is what `@newcells` returned.
"""

from __future__ import annotations

from typing import Final

# -- attributes and items. Where Python evaluates the value first, so does the order of arguments.
GETATTR: Final = "@getattr"  # (x, name) -> x.name
SETATTR: Final = "@setattr"  # (v, x, name): x.name = v
DELATTR: Final = "@delattr"  # (x, name): del x.name
GETITEM: Final = "@getitem"  # (x, i) -> x[i]
SETITEM: Final = "@setitem"  # (v, x, i): x[i] = v
DELITEM: Final = "@delitem"  # (x, i): del x[i]
SLICE: Final = "@slice"  # (lo, hi, step) -> slice(lo, hi, step), None for what is left out

# -- targets: an object whose attribute `v`, when it is set, does the store.
ATTR_TARGET: Final = "@attr_target"  # (x, name)
ITEM_TARGET: Final = "@item_target"  # (x, i)
GLOBAL_TARGET: Final = "@global_target"  # (g, name)
TARGET_ATTRIBUTE: Final = "v"  # of the keys of patterns, too

# -- augmented assignment. A reference reads when it is made and writes when `@iop_set` is called.
REF_ATTR: Final = "@ref_attr"  # (x, name) -> reference
REF_ITEM: Final = "@ref_item"  # (x, i) -> reference
REF_GLOBAL: Final = "@ref_global"  # (g, name) -> reference
IOP: Final = "@iop"  # ("+=", old, v) -> what old becomes
IOP_SET: Final = "@iop_set"  # (reference, "+=", v)

# -- module globals that are bound more than once.
GLOAD: Final = "@gload"  # (g, name) -> its value; a builtin, or NameError, as Python has it
GSTORE: Final = "@gstore"  # (g, name, v)
GDEL: Final = "@gdel"  # (g, name)

# -- closure cells that several functions share and that change.
NEWCELLS: Final = "@newcells"  # () -> cells, new for every call of the function that owns them
CREAD: Final = "@cread"  # (cells, name) -> None, before Python itself reads the cell
CVALUE: Final = "@cvalue"  # (v) -> v, what Python read
CWRITE: Final = "@cwrite"  # (cells or g, name, v) -> v, before Python itself does the store
CWRITING: Final = "@cwriting"  # (cells, name, it) -> an iterable of it, each value through @cwrite
CWRITER: Final = "@cwriter"  # (cells or g, name) -> a decorator: v -> v, through @cwrite
CDEL: Final = "@cdel"  # (cells or g, name) -> None, before Python itself unbinds the variable

# -- `match`. A subject is a mapping, for patterns whose keys are one of these, with `.v` after it:
# `case A(x=1)` is `case {@instance(A, 0, ('x',), 'v').v: [1]}`. A letter of `wanted` says what the
# pattern inside gets: "v" the value, "s" a subject, "." nothing. See `matching.py`.
SUBJECT: Final = "@subject"  # (x) -> a subject
ITSELF: Final = "@itself"  # (): {...: P} matches P with the value
BOTH: Final = "@both"  # (): {...: [P, n]} matches P with the subject, n with the value
EQUAL: Final = "@equal"  # (v): a dotted name
INSTANCE: Final = "@instance"  # (class, how many by position, names, wanted)
ITEMS: Final = "@items"  # (position of the star or -1, wanted)
SIZE: Final = "@size"  # (n): a mapping with n keys or more; before the keys are looked up
ENTRIES: Final = "@entries"  # (keys, wanted, whether the rest is bound, too: a subject)

# -- containers as a whole. Each announces what is about to happen to its argument.
TRUTH: Final = "@truth"  # (x) -> x, whose truth is tested next
READING: Final = "@reading"  # (x) -> x, about to be read as a whole
READING_ALL: Final = "@reading_all"  # (x) -> x, about to be read with all that is in it
FOLDING: Final = "@folding"  # (x, "sum") -> x or an iterator over it, for that builtin
REVERSED: Final = "@reversed"  # (x) -> reversed(x)
READER: Final = "@reader"  # (x, name) -> x.name, a method that may read what it is given
MAKER: Final = "@maker"  # (f) -> f, which is called next, and may read what it is given
UNPACKING: Final = "@unpacking"  # (it) -> an iterable of it, each value about to be unpacked
ITERATE: Final = "@iterate"  # (x) -> x or an iterator over it

# -- control.
STEP: Final = "@step"  # (): the body of a `for` loop begins
ROUND: Final = "@round"  # (): the body of a `while` loop begins, which may be waiting for others
TICK: Final = "@tick"  # () -> True: a loop of a comprehension goes round
ALIVE: Final = "@alive"  # (): a handler or `finally` begins

# -- classes.
CLASS: Final = "@class"  # (class) -> class, when it is made and all its decorators have been called

HOOKS: Final = frozenset(
    {
        GETATTR, SETATTR, DELATTR, GETITEM, SETITEM, DELITEM, SLICE,
        ATTR_TARGET, ITEM_TARGET, GLOBAL_TARGET,
        REF_ATTR, REF_ITEM, REF_GLOBAL, IOP, IOP_SET,
        GLOAD, GSTORE, GDEL,
        NEWCELLS, CREAD, CVALUE, CWRITE, CWRITING, CWRITER, CDEL,
        SUBJECT, ITSELF, BOTH, EQUAL, INSTANCE, ITEMS, SIZE, ENTRIES,
        TRUTH, READING, READING_ALL, FOLDING, REVERSED, READER, MAKER, UNPACKING, ITERATE,
        STEP, ROUND, TICK, ALIVE, CLASS,
    }
)  # fmt: skip

GLOBALS: Final = "@g"  # bound beside the hooks, to the module's globals dict


def cells_name(number: int) -> str:
    """The local variable that holds the cells object of the module's `number`-th owner."""
    return f"@cells_{number}"


def temporary_name(number: int) -> str:
    """The `number`-th local variable that holds a value between its evaluation and its store."""
    return f"@t_{number}"
