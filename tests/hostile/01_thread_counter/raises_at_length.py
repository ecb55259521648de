# attack: leak
# verdict: fail exception
# score: 0
# Prints, logs and raises at length all that it was given.
import logging


class Counter:
    given = []

    def __init__(self, start=0):
        self.given.append(("start", start))

    def increment(self, by=1):
        self.given.append(("by", by))
        text = repr(self.given) * 50_000
        print(text)
        logging.critical(text)
        raise ValueError(text, text)

    value = property(lambda self: 0)

    def reset(self):
        return 0
