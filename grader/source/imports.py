"""What a student may import: the lists of the syllabus, and how an entry is read.

An allow-list is a frozenset of dotted names. `"queue"` allows that module and none below it;
`"multiprocessing.*"` allows it and everything below; `"-threading.Barrier"` takes one name of an
allowed module away, for an exercise whose lesson is to build it.
"""

from __future__ import annotations

from typing import Final

DEFAULT_IMPORTS: Final = frozenset(
    {
        "threading", "queue", "time", "collections", "collections.abc", "dataclasses",
        "functools", "itertools", "contextlib", "contextvars", "typing", "types", "enum", "abc",
        "operator", "copy", "math", "random", "heapq", "bisect", "string", "re", "json", "struct",
        "weakref", "numbers", "concurrent.futures", "traceback", "warnings", "logging",
    }
)  # fmt: skip
PROCESS_IMPORTS: Final = frozenset({"multiprocessing.*", "concurrent.futures.process"})
PICKLE_IMPORTS: Final = frozenset({"pickle"})  # exercises 08 and 28
SOCKET_IMPORTS: Final = frozenset({"socket", "selectors", "socketserver"})
ASYNCIO_IMPORTS: Final = frozenset({"asyncio"})  # exercises 10 and 25 to 30

# What to use in place of a module that students reach for. Others get the list of what there is.
_INSTEAD: Final = {
    "_thread": "threading",
    "asyncio": "threading",
    "datetime": "time",
    "eventlet": "threading",
    "gevent": "threading",
    "greenlet": "threading",
    "multiprocessing": "threading",
    "select": "selectors",
    "subprocess": "multiprocessing",
    "timeit": "time.perf_counter",
    "trio": "asyncio",
}


def is_allowed(module: str, allowed: frozenset[str]) -> bool:
    """Whether the module of this dotted name may be imported."""
    if module in allowed or module == "__future__":  # which only tells the compiler something
        return True
    parts = module.split(".")
    return any(".".join([*parts[:n], "*"]) in allowed for n in range(1, len(parts) + 1))


def is_taken_away(module: str, name: str, allowed: frozenset[str]) -> bool:
    """Whether this one name of an allowed module is not to be used."""
    return f"-{module}.{name}" in allowed


def is_package_of_allowed(module: str, allowed: frozenset[str]) -> bool:
    """Whether something below `module` is allowed, as `concurrent` is for `concurrent.futures`."""
    return any(entry.startswith(f"{module}.") for entry in allowed)


def refusal(module: str, allowed: frozenset[str]) -> str:
    """Why `module` cannot be imported and what can be, as a clause without its line."""
    top = module.partition(".")[0]
    why = "because the grader's scheduler controls only what this exercise lists"
    instead = _INSTEAD.get(top, top if is_allowed(top, allowed) else "")
    if instead != module and is_allowed(instead.partition(".")[0], allowed):
        return f"{module!r} cannot be imported here, {why}; use {instead!r} instead."
    entries = sorted(entry.removesuffix(".*") for entry in allowed if not entry.startswith("-"))
    use = f"what can be imported: {', '.join(entries)}" if entries else "import nothing"
    return f"{module!r} cannot be imported here, {why}; {use}."


def forbidden_module(module: str, allowed: frozenset[str]) -> str | None:
    """The reason why a module object of this name must not reach a student's code, or None.

    For run time: the attributes of an allowed module may be other modules (`contextlib.os`).
    """
    if is_allowed(module, allowed) or is_package_of_allowed(module, allowed):
        return None
    return refusal(module, allowed)
