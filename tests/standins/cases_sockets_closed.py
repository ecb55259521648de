"""Programs in which one thread closes a socket that another one uses. What Linux does is one of the
outcomes under control: here a thread sleeps until another one should be waiting in its call.
"""

import socket
import threading
import time
from typing import Any

HOST = "127.0.0.1"


def _ends(function: Any, *args: Any) -> Any:
    """The result, or the error, as text."""
    try:
        return repr(function(*args))
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _server(**options: Any) -> Any:
    return socket.create_server((HOST, 0), **options)


def _pair() -> Any:
    """The two ends of a connection."""
    with _server() as server:
        client = socket.create_connection(server.getsockname())
        other, _ = server.accept()
    return client, other


def _all(sock: Any, size: int) -> bytes:
    """Just so many bytes, however they come."""
    found = b""
    while len(found) < size and (more := sock.recv(size - len(found))):
        found += more
    return found


def _later(call: Any, found: list[Any]) -> Any:
    """A thread that waits in `call`, and notes how that ends."""
    thread = threading.Thread(target=lambda: found.append(_ends(call)), daemon=True)
    thread.start()
    time.sleep(0.2)
    return thread


def _case_closing_does_not_wake_one_that_reads() -> Any:
    a, b = _pair()
    found: list[Any] = []
    thread = _later(lambda: _all(b, 4), found)
    b.close()
    a.settimeout(0.3)
    seen = [thread.is_alive(), _ends(a.recv, 3), a.send(b"hell")]
    thread.join()
    return found, seen, _ends(a.recv, 3)


def _case_closing_one_that_reads_with_a_timeout() -> Any:
    a, b = _pair()
    b.settimeout(1)
    found: list[Any] = []
    thread = _later(lambda: b.recv(4), found)
    b.close()
    a.send(b"hello")
    thread.join()
    return found, _ends(a.recv, 3)


def _case_closing_does_not_wake_one_that_accepts() -> Any:
    server = _server()
    address = server.getsockname()
    found: list[Any] = []
    thread = _later(lambda: server.accept()[0].getsockname() == address, found)
    server.close()
    seen = [thread.is_alive(), _ends(socket.create_server, address)[:20]]
    client = socket.create_connection(address)
    thread.join()
    return found, seen, _ends(socket.create_connection, address), client.recv(1)


def _case_closing_one_that_accepts_with_a_timeout() -> Any:
    server = _server()
    server.settimeout(0.5)
    found: list[Any] = []
    thread = _later(server.accept, found)
    server.close()
    thread.join()
    return found


def _case_shutdown_wakes_one_that_accepts() -> Any:
    server = _server()
    address = server.getsockname()
    found: list[Any] = []
    thread = _later(server.accept, found)
    server.shutdown(socket.SHUT_RDWR)
    thread.join()
    return [
        found,
        _ends(server.accept),
        _ends(server.shutdown, 2),
        server.getsockname() == address,
        _ends(socket.create_connection, address),
    ]


def _case_shutdown_of_a_listener_for_writing() -> Any:
    server = _server()
    return [server.shutdown(socket.SHUT_WR), server.shutdown(socket.SHUT_RD), _ends(server.accept)]


def _case_shutdown_wakes_one_that_reads() -> Any:
    a, b = _pair()
    found: list[Any] = []
    thread = _later(lambda: b.recv(4), found)
    b.shutdown(socket.SHUT_RDWR)
    thread.join()
    return found, a.recv(3)
