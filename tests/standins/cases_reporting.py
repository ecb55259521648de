# ruff: noqa: B028 - written as students write it
"""Programs that log, warn and print tracebacks: the same with CPython and under control."""

import logging
import logging as again
import threading
import traceback
import warnings
from typing import Any


class _Kept(logging.Handler):
    """Keeps what it is given, as text."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """One more line."""
        self.lines.append(self.format(record))


def _logger(name: str, form: str = "%(levelname)s %(name)s: %(message)s") -> Any:
    logger = logging.getLogger(name)
    logger.propagate = False
    kept = _Kept()
    kept.setFormatter(logging.Formatter(form))
    logger.addHandler(kept)
    return logger, kept.lines


def _case_levels() -> Any:
    logger, lines = _logger("levels")
    logger.info("not shown")
    logger.setLevel(logging.INFO)
    logger.info("number %d of %s", 1, "two")
    logger.warning("careful")
    logger.log(logging.ERROR, "wrong")
    logger.debug("not shown")
    return [lines, logger.isEnabledFor(logging.DEBUG), logging.getLevelName(30)]


def _case_names_and_parents() -> Any:
    outer, lines = _logger("outer")
    inner = logging.getLogger("outer.inner")
    inner.warning("up")
    return [lines, inner.parent is outer, logging.getLogger("outer") is outer, again is logging]


def _case_threads_have_names() -> Any:
    logger, lines = _logger("threads", "%(threadName)s %(message)s")
    thread = threading.Thread(target=logger.error, args=("here",), name="worker")
    thread.start()
    thread.join()
    logger.error("there")
    return lines


def _case_exceptions() -> Any:
    logger, lines = _logger("exceptions", "%(message)s")
    try:
        {}["key"]
    except KeyError:
        logger.exception("failed")
    return [[line.splitlines()[0], line.splitlines()[-1]] for line in lines]


def _case_filters_and_adapters() -> Any:
    logger, lines = _logger("filters")
    logger.addFilter(lambda record: "secret" not in record.getMessage())
    logger.error("secret")
    logging.LoggerAdapter(logger, {"user": 1}).error("public")
    logger.disabled = True
    logger.error("off")
    return lines


def _case_warnings_are_kept() -> Any:
    with warnings.catch_warnings(record=True) as kept:
        warnings.simplefilter("always")
        warnings.warn("careful")
        warnings.warn("old", DeprecationWarning)
    return [[str(each.message), each.category.__name__] for each in kept or []]


def _case_warnings_as_errors() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            warnings.warn("careful", RuntimeWarning)
        except RuntimeWarning as error:
            return repr(error)
    return "went on"


def _case_warned_once() -> Any:
    with warnings.catch_warnings(record=True) as kept:
        warnings.simplefilter("once")
        for _ in range(3):
            warnings.warn("again")
    return len(kept or [])


def _fails(depth: int) -> Any:
    return _fails(depth - 1) if depth else {}["key"]


def _case_traceback_of_a_caught_error() -> Any:
    try:
        _fails(2)
    except KeyError as error:
        frames = traceback.extract_tb(error.__traceback__)
        lines = traceback.format_exc().splitlines()
        return [
            [frame.name for frame in frames], lines[0], lines[-1],
            traceback.format_exception_only(type(error), error),
            traceback.format_exception(error)[-1], len(traceback.format_tb(error.__traceback__)),
        ]  # fmt: skip


def _case_traceback_of_a_chain() -> Any:
    try:
        try:
            _fails(0)
        except KeyError as error:
            raise ValueError("outer") from error
    except ValueError as error:
        lines = "".join(traceback.format_exception(error)).splitlines()
        return [line for line in lines if not line.startswith(" ")]


def _case_traceback_exception() -> Any:
    try:
        _fails(1)
    except KeyError as error:
        whole = traceback.TracebackException.from_exception(error)
        return [[frame.name for frame in whole.stack], str(whole)]


def _case_no_error() -> Any:
    return traceback.format_exc()
