"""What CPython's `socket` imports as `_socket`: the sockets, and the functions beside them."""

from __future__ import annotations

import errno
import socket as _real
from types import ModuleType
from typing import Any, Final

from grader.engine import runtime
from grader.engine.operation import WRITE
from grader.standins.socket import addresses
from grader.standins.socket.calls import close_number, default_timeout, set_default_timeout
from grader.standins.socket.connections import connection
from grader.standins.socket.files import HANDLE, error_of, file_of, open_file
from grader.standins.socket.lowlevel import Socket


def socketpair(family: int | None = None, type: int = 1, proto: int = 0) -> Any:  # noqa: A002 - CPython's name
    """As in CPython."""
    family = int(_real.AF_UNIX) if family is None else int(family)
    if family != _real.AF_UNIX:
        raise error_of(errno.EOPNOTSUPP)
    first, second = Socket(family, type, proto), Socket(family, type, proto)
    for handle, end in zip((first, second), connection("", "", local=True), strict=True):
        handle._core_.connected = end
        handle._core_.bound = ""
    return first, second


def dup(fd: int, /) -> int:
    """As in CPython."""
    file = file_of(fd)
    runtime.current().perform("dup", file, HANDLE, WRITE)
    return open_file(file)


_PURE: Final = (
    "CMSG_LEN", "CMSG_SPACE", "error", "gaierror", "herror", "htonl", "htons", "inet_aton",
    "inet_ntoa", "inet_ntop", "inet_pton", "ntohl", "ntohs", "timeout",
)  # fmt: skip


def lowlevel() -> ModuleType:
    """The module."""
    import _socket

    made = ModuleType("_socket")
    constants = {name: value for name, value in vars(_socket).items() if type(value) is int}
    made.__dict__.update(
        {
            **constants,
            **{name: getattr(_socket, name) for name in _PURE if hasattr(_socket, name)},
            "SocketType": Socket, "close": close_number, "dup": dup, "has_ipv6": True,
            "getaddrinfo": addresses.getaddrinfo, "getdefaulttimeout": default_timeout,
            "gethostbyaddr": addresses.gethostbyaddr, "gethostbyname": addresses.gethostbyname,
            "gethostbyname_ex": addresses.gethostbyname_ex, "gethostname": addresses.gethostname,
            "getnameinfo": addresses.getnameinfo, "setdefaulttimeout": set_default_timeout,
            "socket": Socket, "socketpair": socketpair,
        }
    )  # fmt: skip
    return made
