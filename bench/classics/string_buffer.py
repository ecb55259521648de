"""String buffer: append asks the other buffer for its length and then for its characters.

Source: `java.lang.StringBuffer` of JDK 1.4, found by C. Flanagan, S. Qadeer: A type and effect
system for atomicity, PLDI 2003; SCTBench (`CB/stringbuffer-jdk1.4`).
"""

import threading

from in_threads import run


class Buffer:
    """Characters; each method holds the lock."""

    def __init__(self, text):
        self.text = text
        self.lock = threading.RLock()

    def length(self):
        with self.lock:
            return len(self.text)

    def characters(self, count):
        with self.lock:
            if count > len(self.text):
                raise IndexError(count)
            return self.text[:count]

    def erase(self):
        with self.lock:
            self.text = ""

    def append(self, other):
        with self.lock:
            self.text += other.characters(other.length())

    def append_locked(self, other):
        with self.lock, other.lock:
            self.text += other.characters(other.length())


class Bug:
    """One thread appends a buffer that another one erases."""

    def __init__(self):
        self.whole = Buffer("abc")
        self.part = Buffer("def")

    def append(self):
        self.whole.append(self.part)

    def erase(self):
        self.part.erase()

    def threads(self):
        return [self.append, self.erase]

    def check(self):
        assert self.whole.text in {"abc", "abcdef"}


class Fixed(Bug):
    """The other buffer is locked meanwhile."""

    def append(self):
        self.whole.append_locked(self.part)


def bug():
    """The characters are not there any more."""
    run(Bug())


def fixed():
    """All characters are appended, or none."""
    run(Fixed())
