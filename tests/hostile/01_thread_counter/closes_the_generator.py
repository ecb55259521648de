# attack: ending
# verdict: fail exception
# score: 1
# GeneratorExit is no Exception, so that `except Exception` of a grader does not see it.


class Counter:
    def __init__(self, start=0):
        self._value = start

    def increment(self, by=1):
        raise GeneratorExit("that was all")

    value = property(lambda self: self._value)

    def reset(self):
        raise GeneratorExit
