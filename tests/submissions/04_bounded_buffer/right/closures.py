import threading


class Closed(Exception):
    pass


class BoundedBuffer:
    def __init__(self, capacity):
        monitor = threading.Condition(threading.Lock())
        items = []
        closed = False

        def put(item):
            nonlocal closed
            with monitor:
                while len(items) >= capacity and not closed:
                    monitor.wait()
                if closed:
                    raise Closed
                items.insert(0, item)
                monitor.notify_all()

        def get():
            with monitor:
                while not items and not closed:
                    monitor.wait()
                if items:
                    monitor.notify_all()
                    return items.pop()
                raise Closed

        def close():
            nonlocal closed
            with monitor:
                closed = True
                monitor.notify_all()

        self.put, self.get, self.close = put, get, close
        self._size = lambda: len(items)

    def __len__(self):
        return self._size()
