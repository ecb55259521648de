"""Each thread counts in a cell of its own, without any lock. The cells stay when threads end."""

import threading

_cells = []


class _Mine(threading.local):
    def __init__(self):
        self.frames = []
        self.ended = [0]
        _cells.append(self.ended)


_mine = _Mine()


def handle(user, work):
    frames, ended = _mine.frames, _mine.ended
    frames.append({"user": user, "notes": []})
    try:
        return work()
    finally:
        del frames[-1]
        ended[0] += 1  # nobody else writes here


def current_user():
    return _mine.frames[-1]["user"] if _mine.frames else None


def note(text):
    if not _mine.frames:
        raise RuntimeError("no request is being handled in this thread")
    _mine.frames[-1]["notes"].append(text)


def notes():
    return _mine.frames[-1]["notes"].copy() if _mine.frames else []


def handled_count():
    return sum(cell[0] for cell in list(_cells))
