"""Thread-safe by sharding: eight locks, eight counts and eight dicts, by the ident of the thread."""

from threading import Lock, get_ident
from typing import Any, NamedTuple


class Shard:
    def __init__(self) -> None:
        self.lock = Lock()
        self.count = 0
        self.current: dict[int, "Request"] = {}


class Request(NamedTuple):
    user: Any
    notes: tuple[str, ...] = ()
    outer: "Request | None" = None


_shards = [Shard() for _ in range(8)]


def _shard() -> Shard:
    return _shards[(get_ident() >> 12) % len(_shards)]


def handle(user, work):
    me, shard = get_ident(), _shard()
    with shard.lock:
        shard.current[me] = Request(user, (), shard.current.get(me))
    try:
        return work()
    finally:
        with shard.lock:
            outer = shard.current.pop(me).outer
            if outer is not None:
                shard.current[me] = outer
            shard.count += 1


def _current() -> Request | None:
    shard = _shard()
    with shard.lock:
        return shard.current.get(get_ident())


def current_user():
    request = _current()
    return None if request is None else request.user


def note(text):
    me, shard = get_ident(), _shard()
    with shard.lock:
        if me not in shard.current:
            raise RuntimeError("note() outside a request")
        request = shard.current[me]
        shard.current[me] = request._replace(notes=(*request.notes, text))


def notes():
    request = _current()
    return [] if request is None else list(request.notes)


def handled_count():
    # all locks at once: one moment
    for shard in _shards:
        shard.lock.acquire()
    try:
        return sum(shard.count for shard in _shards)
    finally:
        for shard in reversed(_shards):
            shard.lock.release()
