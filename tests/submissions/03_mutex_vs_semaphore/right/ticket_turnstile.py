import threading


class Gate:
    """Tickets, as at the baker's: number n may come in once fewer than `limit` of the numbers
    before it are still missing among those that have ended.
    """

    def __init__(self, limit):
        if limit < 1:
            raise ValueError("limit must be at least 1")
        self.limit = limit
        self.tickets = 0
        self.active = 0
        self.peak = 0
        self.done = 0
        self.board = threading.Condition(threading.Lock())

    def run(self, job):
        self.board.acquire()
        ticket = self.tickets
        self.tickets += 1
        while ticket >= self.done + self.limit:
            self.board.wait()
        self.active += 1
        self.peak = max(self.peak, self.active)
        self.board.release()
        try:
            return job()
        finally:
            self.board.acquire()
            self.active -= 1
            self.done += 1
            self.board.notify_all()
            self.board.release()
