"""An append-only ledger of events; what is current is worked out from the entries of the thread."""

import threading
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    BEGIN = "begin"
    NOTE = "note"
    END = "end"


@dataclass(frozen=True)
class Entry:
    thread: object
    kind: Kind
    value: object = None


_ledger = []


class NoRequest(RuntimeError):
    pass


def _open_requests():
    """The requests that this thread is in, outer ones first: [user, notes]."""
    me = threading.current_thread()
    found = []
    for entry in tuple(_ledger):
        if entry.thread is not me:
            continue
        if entry.kind is Kind.BEGIN:
            found.append([entry.value, []])
        elif entry.kind is Kind.NOTE:
            found[-1][1].append(entry.value)
        else:
            found.pop()
    return found


def _write(kind, value=None):
    _ledger.append(Entry(threading.current_thread(), kind, value))


def handle(user, work):
    _write(Kind.BEGIN, user)
    try:
        return work()
    finally:
        _write(Kind.END)


def current_user():
    requests = _open_requests()
    return requests[-1][0] if requests else None


def note(text):
    if not _open_requests():
        raise NoRequest
    _write(Kind.NOTE, text)


def notes():
    requests = _open_requests()
    return requests[-1][1] if requests else []


def handled_count():
    return sum(entry.kind is Kind.END for entry in tuple(_ledger))
