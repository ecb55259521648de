# attack: leak
# verdict: fail exception
# score: 0
# Raises what it can find out about who called it, and with what.
import logging
import threading
import traceback
import warnings


class Counter:
    def __init__(self, start=0):
        self._start = start

    def increment(self, by=1):
        handler = logging.Formatter("%(pathname)s %(lineno)d %(funcName)s %(processName)s %(process)d")
        record = logging.getLogger().makeRecord("x", 40, "f", 1, "m", (), None, "func", {}, None)
        raise ValueError(
            " ".join(traceback.format_stack()) + repr(threading.enumerate()) + handler.format(record)
            + "".join(traceback.format_list(traceback.extract_stack(limit=50)))
        )

    value = property(lambda self: 0)

    def reset(self):
        warnings.warn("here", stacklevel=50)
        return 0
