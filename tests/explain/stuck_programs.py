"""Programs with `run()` that never come to their end, or leave somebody behind; by kind."""

from __future__ import annotations

from typing import Final

STUCK: Final[dict[str, dict[str, str]]] = {
    "starvation": {
        "a worker that never lets go for long": """
            import threading, time
            lock, done, n = threading.Lock(), False, 0
            def work():
                global n
                while not done:
                    with lock:
                        n += 1
            def stop():
                global done
                while not lock.acquire(blocking=False):
                    time.sleep(0)
                done = True
                lock.release()
            def run():
                threads = [threading.Thread(target=f) for f in (work, stop)]
                [thread.start() for thread in threads]
                [thread.join() for thread in threads]
        """,
        "readers that keep the writer out": """
            import threading
            class Book:
                def __init__(self):
                    self.lock = threading.Lock()
                    self.reads = 0
                    self.written = None
                def read(self):
                    while self.written is None:
                        self.lock.acquire()
                        self.reads = self.reads + 1
                        self.lock.release()
                def write(self):
                    with self.lock:
                        self.written = "done"
            def run():
                book = Book()
                reader = threading.Thread(target=book.read)
                writer = threading.Thread(target=book.write)
                reader.start()
                writer.start()
                reader.join()
        """,
        "a producer that never waits": """
            import threading
            items, full = [], threading.Event()
            def produce():
                while not full.is_set():
                    items.append(len(items))
                    if full.is_set():
                        return
            class Watch:
                enough = False
            def grow(watch):
                n = 0
                while not watch.enough:
                    n += 1
                    watch.n = n
            def run():
                watch = Watch()
                worker = threading.Thread(target=grow, args=(watch,))
                worker.start()
                watcher = threading.Thread(target=setattr, args=(watch, "enough", True))
                watcher.start()
                worker.join()
        """,
    },
    "livelock": {
        "a flag that nobody sets": """
            import threading, time
            ready = False
            def wait():
                while not ready:
                    time.sleep(0.1)
            def run():
                thread = threading.Thread(target=wait)
                thread.start()
                thread.join()
        """,
        "everybody gives way": """
            import threading
            a, b = threading.Lock(), threading.Lock()
            def both(first, second):
                while True:
                    with first:
                        if second.acquire(blocking=False):
                            second.release()
                            return
            def run():
                pairs = [(a, b), (b, a)]
                threads = [threading.Thread(target=both, args=pair) for pair in pairs]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
        """,
        "after you": """
            import threading, time
            class Door:
                def __init__(self):
                    self.wants = [False, False]
                def enter(self, me):
                    self.wants[me] = True
                    while self.wants[1 - me]:
                        time.sleep(0)
                    self.wants[me] = True
            def run():
                door = Door()
                threads = [threading.Thread(target=door.enter, args=(me,)) for me in (0, 1)]
                [thread.start() for thread in threads]
                [thread.join() for thread in threads]
        """,
    },
    "leaked-task": {
        "a worker that waits for work": """
            import queue, threading
            def run():
                jobs = queue.Queue()
                threading.Thread(target=jobs.get).start()
        """,
        "a thread that waits to be told": """
            import threading
            class Box:
                def __init__(self):
                    self.told = threading.Event()
                    self.thread = threading.Thread(target=self.told.wait)
                    self.thread.start()
            def run():
                return Box() is None
        """,
        "a consumer without an end": """
            import threading
            changed = threading.Condition()
            items = []
            def consume():
                while True:
                    with changed:
                        while not items:
                            changed.wait()
                        items.pop()
            def run():
                threading.Thread(target=consume).start()
                with changed:
                    items.append(1)
                    changed.notify()
        """,
    },
    "join-before-drain": {
        "one worker": """
            from multiprocessing import Process, Queue
            def fill(queue):
                queue.put("x" * 200_000)
            def run():
                queue = Queue()
                worker = Process(target=fill, args=(queue,))
                worker.start()
                worker.join()
                return len(queue.get())
        """,
        "several workers": """
            import multiprocessing
            def fill(results, n):
                results.put([n] * 50_000)
            def run():
                results = multiprocessing.Queue()
                workers = [
                    multiprocessing.Process(target=fill, args=(results, n)) for n in range(2)
                ]
                for worker in workers:
                    worker.start()
                for worker in workers:
                    worker.join()
                return [results.get() for _ in workers]
        """,
        "a pipe": """
            from multiprocessing import Pipe, Process
            def fill(end):
                end.send(b"x" * 300_000)
                end.close()
            def run():
                mine, theirs = Pipe()
                worker = Process(target=fill, args=(theirs,))
                worker.start()
                worker.join()
                return mine.recv()
        """,
    },
    "lost-wakeup": {
        "the signal comes before the wait": """
            import threading
            changed = threading.Condition()
            def tell():
                with changed:
                    changed.notify_all()
            def run():
                thread = threading.Thread(target=tell)
                thread.start()
                with changed:
                    changed.wait()
        """,
        "looked at without the lock": """
            import threading
            class Gate:
                def __init__(self):
                    self.changed = threading.Condition()
                    self.is_open = False
                def open(self):
                    self.is_open = True
                    with self.changed:
                        self.changed.notify()
                def enter(self):
                    if not self.is_open:
                        with self.changed:
                            self.changed.wait()
            def run():
                gate = Gate()
                thread = threading.Thread(target=gate.open)
                thread.start()
                gate.enter()
        """,
        "an event that is cleared too late": """
            import threading
            class Slot:
                def __init__(self):
                    self.event = threading.Event()
                def give(self):
                    self.event.set()
                def take(self):
                    self.event.clear()
                    self.event.wait()
            def run():
                slot = Slot()
                thread = threading.Thread(target=slot.give)
                thread.start()
                slot.take()
        """,
        "notify, and two wait for different things": """
            import threading
            class Turns:
                def __init__(self):
                    self.changed = threading.Condition()
                    self.given = set()
                def wait(self, mine):
                    with self.changed:
                        while mine not in self.given:
                            self.changed.wait()
                def give(self, turn):
                    with self.changed:
                        self.given.add(turn)
                        self.changed.notify()
            def run():
                turns = Turns()
                second = threading.Thread(target=turns.wait, args=(2,), daemon=True)
                second.start()
                first = threading.Thread(target=turns.wait, args=(1,))
                first.start()
                turns.give(1)
                first.join()
        """,
        "notify, and two wait for the same": """
            import threading
            changed, ready = threading.Condition(), False
            def wait():
                with changed:
                    changed.wait_for(lambda: ready)
            def run():
                global ready
                threads = [threading.Thread(target=wait) for _ in range(2)]
                for thread in threads:
                    thread.start()
                with changed:
                    ready = True
                    changed.notify()
                for thread in threads:
                    thread.join()
        """,
        "notify, and a buffer with two sides": """
            import threading
            class Buffer:
                def __init__(self):
                    self.changed = threading.Condition()
                    self.items = []
                def put(self):
                    with self.changed:
                        while self.items:
                            self.changed.wait()
                        self.items.append(1)
                        self.changed.notify()
                def get(self):
                    with self.changed:
                        while not self.items:
                            self.changed.wait()
                        self.items.pop()
                        self.changed.notify()
            def run():
                buffer = Buffer()
                work = [buffer.get, buffer.get, buffer.put, buffer.put]
                threads = [threading.Thread(target=f) for f in work]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
        """,
    },
}
"""Kind, then how it is written, then the program."""
