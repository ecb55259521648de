import threading


def _make():
    local = threading.local()
    lock = threading.Lock()
    ended = 0

    def handle(user, work):
        nonlocal ended
        said = []

        def ask(what):
            return {"user": user, "notes": said}[what]

        outer = getattr(local, "ask", None)
        local.ask = ask
        try:
            return work()
        finally:
            local.ask = outer
            lock.acquire()
            try:
                ended += 1
            finally:
                lock.release()

    def ask(what):
        inner = getattr(local, "ask", None)
        return inner(what) if inner else None

    def current_user():
        return ask("user")

    def note(text):
        said = ask("notes")
        if said is None:
            raise RuntimeError("note() outside of handle()")
        said.append(text)

    def notes():
        return list(ask("notes") or [])

    def handled_count():
        return ended

    return handle, current_user, note, notes, handled_count


handle, current_user, note, notes, handled_count = _make()
