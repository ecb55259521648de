"""For each kind of failure: what it is called, why it is wrong, and what to read.

Never the solution of an exercise: what is said here holds for any program with this bug.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from grader.explain.stories_ko import STORIES as KOREAN
from grader.explain.stories_ko import WHATEVER_SCHEDULE as KOREAN_WHATEVER

_LIBRARY: Final = "https://docs.python.org/3/library/"


@dataclass(frozen=True, slots=True)
class Story:
    """What can be said about every failure of one kind."""

    title: str
    why: str
    read_more: str


STORIES: Final[dict[str, tuple[str, str, str]]] = {
    "lost-update": (
        "lost update",
        (
            "Reading a value, working out a new one and writing it back are three steps, and "
            "another task can come in between them. What it wrote there is overwritten and "
            "gone."
        ),
        f"{_LIBRARY}threading.html#lock-objects (Lock objects)",
    ),
    "check-then-act": (
        "check, then act",
        (
            "A check tells how things are at one moment. When the next step is taken, another "
            "task may have changed them: the check and what depends on it have to be one step."
        ),
        f"{_LIBRARY}threading.html#with-locks (with statements and locks)",
    ),
    "torn-read": (
        "torn read",
        (
            "Several reads that belong together are not one step. A task that changes things "
            "in between makes them a picture of two different moments, which never was true."
        ),
        f"{_LIBRARY}threading.html#lock-objects (Lock objects)",
    ),
    "order-violation": (
        "wrong order",
        (
            "The code counts on something having been done before, but nothing makes it wait "
            "for that. Started earlier, or usually faster, does not mean finished."
        ),
        f"{_LIBRARY}threading.html#thread-objects (join)",
    ),
    "wrong-result": (
        "wrong result",
        (
            "The result is not what the contract says in this schedule; in another one it may "
            "be right. Go through the steps in their order: at which of them is something no "
            "longer as it should be?"
        ),
        "the statement of this exercise, word by word",
    ),
    "not-linearizable": (
        "no order of the calls explains this",
        (
            "Each call should seem to happen at one moment between its start and its end. "
            "There is no order of these calls, one after another, in which they would give "
            "these results."
        ),
        f"{_LIBRARY}threading.html#lock-objects (Lock objects)",
    ),
    "over-synchronised": (
        "too much is kept apart",
        (
            "This gives right results, but some tasks wait for others although they need "
            "nothing from each other: things that should be able to happen at the same time "
            "never do."
        ),
        "the statement of this exercise: what may happen side by side",
    ),
    "deadlock": (
        "deadlock",
        (
            "Each of these tasks holds what another one needs and waits for what another one "
            "holds. None gives anything back before it gets the rest, so all of them wait for "
            "ever."
        ),
        "https://en.wikipedia.org/wiki/Deadlock (the four conditions of a deadlock)",
    ),
    "self-deadlock": (
        "waits for itself",
        (
            "This task asks for a lock that it already holds. A plain Lock does not care who "
            "asks: it lets nobody in before it is released, and the one who could do that is "
            "waiting."
        ),
        f"{_LIBRARY}threading.html#rlock-objects (RLock and Lock: the difference)",
    ),
    "lock-not-released": (
        "lock never released",
        (
            "Somebody took this lock and went away without giving it back, perhaps by an early "
            "return or an exception. Everybody who asks for it from then on waits for ever."
        ),
        f"{_LIBRARY}threading.html#with-locks (with statements and locks)",
    ),
    "lost-wakeup": (
        "nobody wakes it",
        (
            "This task waits to be told something, and nobody is left who will tell it. A "
            "signal is not kept: one that comes before the wait, or wakes somebody else, is "
            "gone."
        ),
        f"{_LIBRARY}threading.html#condition-objects (Condition objects)",
    ),
    "livelock": (
        "goes round for ever",
        (
            "The program is busy, but nothing changes any more: a loop waits for something "
            "that nobody will do, or everybody gives way and tries again in the same order."
        ),
        f"{_LIBRARY}threading.html#condition-objects (waiting without a loop that is busy)",
    ),
    "starvation": (
        "one never gets its turn",
        (
            "Some tasks go on again and again while another one waits all the time. It is not "
            "stuck for good, but nothing makes sure that its turn ever comes."
        ),
        f"{_LIBRARY}threading.html#condition-objects (Condition objects)",
    ),
    "leaked-task": (
        "left behind",
        (
            "The work is over, but a thread or process that was started for it is still there, "
            "waiting. Who starts something also has to see to its end."
        ),
        f"{_LIBRARY}threading.html#thread-objects (Thread objects)",
    ),
    "exception": (
        "exception",
        (
            "An exception reached the end of a task without being caught. The steps above show "
            "what the tasks did before it."
        ),
        "https://docs.python.org/3/tutorial/errors.html (Errors and exceptions)",
    ),
    "lost-exception": (
        "an error that nobody hears of",
        (
            "Something failed in another thread or process, and the one who asked for the work "
            "never learns of it. An exception ends the task it happens in; it does not travel "
            "by itself."
        ),
        f"{_LIBRARY}threading.html (threading.excepthook)",
    ),
    "short-read": (
        "only a part has arrived",
        (
            "A stream has no borders between messages: one read may give a part of a message, "
            "or the end of one and the start of the next."
        ),
        "https://docs.python.org/3/howto/sockets.html#using-a-socket (Using a socket)",
    ),
    "join-before-drain": (
        "waits for the end before reading",
        (
            "A task that still has data to hand over cannot end, because there is no room left "
            "for it. Whoever waits for its end before reading the data waits for ever."
        ),
        f"{_LIBRARY}multiprocessing.html (Joining processes that use queues)",
    ),
    "per-process-lock": (
        "each process has its own lock",
        (
            "Both processes hold a lock, but not the same one: each has a lock that was made "
            "for it alone, with its own copy of the module, say, or of an object that was sent "
            "to it. A lock keeps out only those who ask for the same."
        ),
        f"{_LIBRARY}multiprocessing.html (Contexts and start methods: spawn)",
    ),
}

WHATEVER_SCHEDULE: Final[dict[str, str]] = {
    "wrong-result": (
        "The result is not what the contract says, and no clumsy moment is needed to see it: go "
        "through your code as if one task ran after another."
    )
}
"""The reasons that are given where it goes wrong in every schedule, not only in some."""


def story(kind: str, language: str = "en", *, always: bool = False) -> Story:
    """What is said about failures of `kind`, in English ("en") or Korean ("ko"). `always`: the
    schedule does not matter.
    """
    korean = language == "ko"
    found = (KOREAN if korean else STORIES).get(kind)
    if found is None:
        return Story(kind.replace("-", " "), "", "")
    title, why, read_more = found
    if always:
        why = (KOREAN_WHATEVER if korean else WHATEVER_SCHEDULE).get(kind, why)
    return Story(title, why, read_more)
