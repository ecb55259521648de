"""Names and addresses. There is one machine, `localhost`, and nothing beyond it."""

from __future__ import annotations

import errno
import os
import socket as _real
from typing import Any, Final

from grader.engine import runtime
from grader.standins.socket.files import error_of
from grader.standins.socket.ports import WILDCARDS, Address

HOST: Final = "localhost"
_NAMES: Final = (HOST, "localhost.localdomain", "ip6-localhost", "")
_MOST: Final = 65_535
INET: Final = {int(_real.AF_INET): "AF_INET", int(_real.AF_INET6): "AF_INET6"}


def parse(family: int, address: Any, caller: str) -> Address:
    """The address as `getsockname` gives it. Raises CPython's errors; refuses what is not on this
    machine.
    """
    if family not in INET:
        return _path(address)
    name = INET[family]
    if not isinstance(address, tuple):
        raise TypeError(f"{caller}(): {name} address must be tuple, not {type(address).__name__}")
    if not (2 <= len(address) <= (2 if name == "AF_INET" else 4)):
        pair = (
            "a pair (host, port)"
            if name == "AF_INET"
            else "a tuple (host, port[, flowinfo[, scopeid]])"
        )
        raise TypeError(f"{name} address must be {pair}")
    host, port = address[:2]
    if not isinstance(port, int) and not hasattr(port, "__index__"):
        raise TypeError(f"'{type(port).__name__}' object cannot be interpreted as an integer")
    if not isinstance(host, (str, bytes, bytearray)):
        raise TypeError(f"str, bytes or bytearray expected, not {type(host).__name__}")
    port = int(port)
    if not 0 <= port <= _MOST:
        raise OverflowError(f"{caller}(): port must be 0-65535.")
    number = numeric(host if isinstance(host, str) else bytes(host).decode(), family, caller)
    return (number, port) if name == "AF_INET" else (number, port, 0, 0)


def numeric(host: str, family: int, caller: str) -> str:
    """The address that a host's name stands for."""
    v6 = family == _real.AF_INET6
    if host == "":
        return "::" if v6 else "0.0.0.0"  # noqa: S104 - modelled: nothing is bound for real
    if host in _NAMES:
        return "::1" if v6 else "127.0.0.1"
    try:
        plain = _real.inet_ntop(family, _real.inet_pton(family, host))
    except OSError:
        beyond(host)
    if plain in WILDCARDS:
        if caller == "connect":
            return "::1" if v6 else "127.0.0.1"
        return plain
    if plain == "::1" or (not v6 and plain.startswith("127.")):
        return plain
    if caller == "bind":
        raise error_of(errno.EADDRNOTAVAIL)
    beyond(host)
    return plain


def beyond(host: str) -> None:
    """Ends the execution: there is no such machine."""
    runtime.current().refuse(
        runtime.NotModelled(
            f"{host!r} is not this machine. Under control there is only the loopback "
            "('localhost', '127.0.0.1', '::1'), so code that goes beyond it cannot be graded."
        )
    )


def _path(address: Any) -> Address:
    if isinstance(address, str | os.PathLike):
        return os.fspath(address)
    if isinstance(address, bytes | bytearray):
        text = bytes(address)
        return text if text.startswith(b"\0") else os.fsdecode(text)
    raise TypeError(f"a bytes-like object is required, not '{type(address).__name__}'")


# -- functions of the module ---------------------------------------------------------------------


def gethostname() -> str:
    """As in CPython."""
    return HOST


def gethostbyname(hostname: str, /) -> str:
    """As in CPython."""
    return numeric(hostname, _real.AF_INET, "gethostbyname")


def gethostbyname_ex(hostname: str, /) -> tuple[str, list[str], list[str]]:
    """As in CPython."""
    return HOST, [], [gethostbyname(hostname)]


def gethostbyaddr(ip_address: str, /) -> tuple[str, list[str], list[str]]:
    """As in CPython."""
    family = _real.AF_INET6 if ":" in ip_address else _real.AF_INET
    return HOST, [], [numeric(ip_address, family, "gethostbyaddr")]


def getnameinfo(sockaddr: Any, flags: int, /) -> tuple[str, str]:
    """As in CPython, for hosts; ports stay numbers."""
    host, port = sockaddr[:2]
    numbers = _real.getnameinfo((host, port), flags | _real.NI_NUMERICHOST | _real.NI_NUMERICSERV)
    return (numbers[0] if flags & _real.NI_NUMERICHOST else HOST), numbers[1]


def getaddrinfo(
    host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0  # noqa: A002 - CPython's name
) -> list[Any]:  # fmt: skip
    """As in CPython, for this machine; without a family: IPv4."""
    text = bytes(host).decode() if isinstance(host, bytes | bytearray) else host
    if text in _NAMES and text is not None:
        text = "::1" if family == _real.AF_INET6 else "127.0.0.1"
    if text is not None:
        try:
            _real.getaddrinfo(text, None, flags=_real.AI_NUMERICHOST)
        except OSError:
            beyond(text)
    elif not family:
        family = _real.AF_INET
    return list(_real.getaddrinfo(text, port, family, type, proto, flags | _real.AI_NUMERICHOST))
