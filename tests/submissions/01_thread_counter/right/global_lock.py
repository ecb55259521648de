import threading

# 모든 카운터가 같은 자물쇠를 쓴다 (값은 카운터마다 따로)
_LOCK = threading.Lock()


class Counter:
    def __init__(self, start=0):
        self.숫자 = start

    def increment(self, by=1):
        if not isinstance(by, int):
            raise TypeError("정수만 더할 수 있습니다")
        with _LOCK:
            self.숫자 += by
            return self.숫자

    @property
    def value(self):
        with _LOCK:
            return self.숫자

    def reset(self):
        with _LOCK:
            예전 = self.숫자
            self.숫자 = 0
            return 예전
