from concurrent.futures import Future
from threading import Lock, get_ident


class Once:
    """Every run of func has a Future; who finds it failed makes the next one."""

    def __init__(self, func):
        self._func = func
        self._mutex = Lock()
        self._run = None
        self._ident = None

    def get(self):
        while True:
            with self._mutex:
                mine = self._run is None
                if mine:
                    self._run = Future()
                    self._ident = get_ident()
                elif self._ident == get_ident():
                    raise RuntimeError("func needs its own result")
                run = self._run
            if mine:
                return self._carry_out(run)
            if run.exception() is None:
                return run.result()

    def _carry_out(self, run):
        try:
            result = self._func()
        except BaseException as error:
            with self._mutex:
                self._run = self._ident = None
            run.set_exception(error)
            raise
        self._ident = None
        run.set_result(result)
        return result

    @property
    def done(self):
        run = self._run
        return run is not None and run.done() and run.exception() is None
