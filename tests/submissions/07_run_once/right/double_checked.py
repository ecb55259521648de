import threading


class Once(object):
    """Looks without the lock first, and once more when it has the lock."""

    _NOTHING = object()

    def __init__(self, func):
        self.__func = func
        self.__lock = threading.Lock()
        self.__owner = 0
        self.__result = Once._NOTHING

    def get(self):
        result = self.__result
        if result is not Once._NOTHING:
            return result
        me = threading.get_ident()
        if self.__owner == me:
            raise RuntimeError("already running in this thread")
        self.__lock.acquire()
        try:
            if self.__result is Once._NOTHING:
                self.__owner = me
                try:
                    self.__result = self.__func()
                finally:
                    self.__owner = 0
            return self.__result
        finally:
            self.__lock.release()

    done = property(lambda self: self.__result is not Once._NOTHING)
