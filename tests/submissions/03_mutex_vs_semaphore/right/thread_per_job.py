import threading


class Gate:
    """Every job gets a thread of its own, which waits for a permit and is joined."""

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self._permits = threading.Semaphore(limit)
        self._lock = threading.Lock()
        self._running = set()
        self._peak = 0
        self._done = 0

    def run(self, job):
        result = []
        error = []

        def work():
            me = threading.current_thread()
            with self._permits:
                with self._lock:
                    self._running.add(me)
                    self._peak = max(self._peak, len(self._running))
                try:
                    result.append(job())
                except BaseException as raised:
                    error.append(raised)
                finally:
                    with self._lock:
                        self._running.discard(me)
                        self._done += 1

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        if error:
            raise error[0]
        return result[0]

    @property
    def active(self):
        with self._lock:
            return len(self._running)

    @property
    def peak(self):
        return self._peak

    @property
    def done(self):
        return self._done
