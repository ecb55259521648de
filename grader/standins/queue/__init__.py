"""The controlled stand-in of `queue`: what a student's `import queue` gets."""

from __future__ import annotations

from typing import Any

from grader.standins.queue.errors import Empty, Full, ShutDown
from grader.standins.queue.queues import LifoQueue, PriorityQueue, Queue
from grader.standins.queue.simple import SimpleQueue

for _class in (Queue, LifoQueue, PriorityQueue):
    _class.__module__ = "queue"
SimpleQueue.__module__ = "_queue"

__all__ = [
    "Empty",
    "Full",
    "LifoQueue",
    "PriorityQueue",
    "Queue",
    "ShutDown",
    "SimpleQueue",
    "public",
]


def public() -> dict[str, Any]:
    """The names of the module."""
    return {
        "Empty": Empty, "Full": Full, "LifoQueue": LifoQueue, "PriorityQueue": PriorityQueue,
        "Queue": Queue, "ShutDown": ShutDown, "SimpleQueue": SimpleQueue,
    }  # fmt: skip
