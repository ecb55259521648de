# attack: lying-value
# verdict: fail wrong-result
# Lists of lists of lists: a value that takes no room here and 10 ** 36 items where it is written down.

many = [1]
for _ in range(11):
    many = [many] * 2_000
itself = []
itself.append(itself)
deep = ()
for _ in range(1_000):
    deep = (deep,)


class Counter:
    def __init__(self, start=0):
        pass

    def increment(self, by=1):
        return {"many": many, "itself": itself, "deep": deep}

    value = property(lambda self: many)

    def reset(self):
        return deep
