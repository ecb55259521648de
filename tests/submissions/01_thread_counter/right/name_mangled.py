import threading as th


class Counter:
    __slots__ = ("__lock", "__value", "__weakref__")

    def __init__(self, start=0):
        self.__lock = th.Lock()
        self.__value = start

    def increment(self, by=1):
        if not isinstance(by, int): raise TypeError("int please")
        with self.__lock:
            self.__value += by
            v = self.__value
        return v

    @property
    def value(self): return self.__value

    def reset(self):
        with self.__lock:
            v = self.__value
            self.__value = 0
        return v
