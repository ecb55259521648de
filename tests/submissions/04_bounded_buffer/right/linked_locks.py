import threading


class Closed(Exception):
    pass


class _Cell:
    """A link of a chain. Its gate is open when the cell after it has been filled, or never will
    be."""

    __slots__ = ("item", "next", "gate")

    def __init__(self):
        self.item = None
        self.next = None
        self.gate = threading.Event()


class BoundedBuffer:
    """A chain without any condition: a get takes the next link and waits at its gate, so that gets
    are served in their order; places are permits."""

    def __init__(self, capacity):
        self._places = threading.BoundedSemaphore(capacity)
        self._head = self._tail = _Cell()
        self._ends = threading.Lock()
        self._shut = threading.Event()
        self._inside = 0

    def put(self, item):
        while not self._places.acquire(timeout=0.05):
            if self._shut.is_set():
                raise Closed
        with self._ends:
            if self._shut.is_set():
                self._places.release()
                raise Closed
            self._inside += 1
            cell = self._tail
            cell.item = item
            if cell.next is None:
                cell.next = _Cell()
            self._tail = cell.next
            cell.gate.set()

    def get(self):
        with self._ends:
            if self._shut.is_set() and self._inside <= 0:
                raise Closed
            cell = self._head
            if cell.next is None:
                cell.next = _Cell()
            self._head = cell.next
            self._inside -= 1  # below zero: so many wait
            filled = cell.gate.is_set()
            if filled:
                self._places.release()
        if not filled:
            cell.gate.wait()
            with self._ends:
                if cell.item is _NOTHING:
                    raise Closed
                self._places.release()
        item, cell.item = cell.item, None
        return item

    def close(self):
        with self._ends:
            if self._shut.is_set():
                return
            self._shut.set()
            cell = self._tail
            while self._inside < 0:
                self._inside += 1
                cell.item = _NOTHING
                cell.gate.set()
                cell = cell.next

    def __len__(self):
        with self._ends:
            return max(0, self._inside)


_NOTHING = _Cell()
