"""A daemon thread owns the count; questions wait in the same queue behind what was counted."""

import queue
import threading

_here = threading.local()
_inbox = queue.Queue()


def _count():
    handled = 0
    while True:
        answer = _inbox.get()
        if answer is None:
            handled += 1
        else:
            answer.put(handled)


threading.Thread(target=_count, daemon=True).start()


def handle(user, work):
    before = vars(_here).copy()
    _here.user = user
    _here.notes = []
    try:
        return work()
    finally:
        vars(_here).clear()
        vars(_here).update(before)
        _inbox.put(None)


def current_user():
    return getattr(_here, "user", None)


def note(text):
    if not hasattr(_here, "notes"):
        raise RuntimeError("note() needs a request")
    _here.notes.append(text)


def notes():
    return list(getattr(_here, "notes", []))


def handled_count():
    answer = queue.SimpleQueue()
    _inbox.put(answer)
    return answer.get()
