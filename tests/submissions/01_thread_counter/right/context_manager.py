import contextlib
import threading
from typing import Iterator


class Counter:
    def __init__(self, start: int = 0) -> None:
        self._lock = threading.Lock()
        self._cell = [start]

    @contextlib.contextmanager
    def _alone(self) -> Iterator[list[int]]:
        self._lock.acquire()
        try:
            yield self._cell
        finally:
            self._lock.release()

    def increment(self, by: int = 1) -> int:
        match by:
            case int():
                with self._alone() as cell:
                    cell[0] += by
                    return cell[0]
            case _:
                raise TypeError(f"by must be an int: {by!r}")

    @property
    def value(self) -> int:
        with self._alone() as cell:
            return cell[0]

    def reset(self) -> int:
        with self._alone() as cell:
            taken = cell.pop()
            cell.append(0)
            return taken
