import queue


class Closed(Exception):
    pass


class BoundedBuffer(queue.Queue):
    """A Queue that can be closed, with the locks that a Queue has anyway."""

    closed = False

    def put(self, item):
        with self.mutex:
            while not self.closed and self._qsize() >= self.maxsize:
                self.not_full.wait()
            if self.closed:
                raise Closed()
            self._put(item)
            self.not_empty.notify()

    def get(self):
        with self.mutex:
            while not self.closed and not self._qsize():
                self.not_empty.wait()
            if not self._qsize():
                raise Closed()
            item = self._get()
            self.not_full.notify()
            return item

    def close(self):
        with self.mutex:
            self.closed = True
            self.not_empty.notify_all()
            self.not_full.notify_all()

    def __len__(self):
        return self.qsize()
