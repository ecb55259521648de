"""Programs with sockets that fail: what is said about them."""

from __future__ import annotations

import textwrap
from typing import Any

from tests.explain.failing import Failure, Find

_HEAD = """
import socket, threading

def serving(serve):
    server = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=lambda: serve(server))
    thread.start()
    return server, thread
"""


def _failure(failure: Find, body: str) -> Failure:
    scenario: Any = lambda module: module.main()  # noqa: E731 - one call
    return failure(_HEAD + textwrap.dedent(body), scenario)


def _words(found: Failure) -> str:
    return " ".join(found.text(width=100).split())


def test_one_recv_taken_for_a_message(failure: Find) -> None:
    """It is a short read, whatever goes wrong because of it."""
    found = _failure(failure, """
        def serve(server):
            conn, _ = server.accept()
            data = conn.recv(1024)
            assert data == b"hello", data

        def main():
            server, thread = serving(serve)
            with socket.create_connection(server.getsockname()) as client:
                client.sendall(b"hello")
            thread.join()
    """)  # fmt: skip
    assert found.kind() == "short-read"
    assert "receives b'h' (1 of the 5 bytes there) from conn" in _words(found)
    assert "got 1 of the 5 bytes that were sent: the rest comes with a later call" in _words(found)


def test_a_send_whose_count_nobody_looks_at(failure: Find) -> None:
    """It says how much was never sent."""
    found = _failure(failure, """
        def serve(server):
            conn, _ = server.accept()
            got = 0
            while data := conn.recv(100_000):
                got += len(data)
            assert got == 100_000

        def main():
            server, thread = serving(serve)
            with socket.create_connection(server.getsockname()) as client:
                client.send(bytes(100_000))
            thread.join()
    """)  # fmt: skip
    assert found.kind() == "short-read"
    assert "took 65536 of 100000 bytes and returned 65536; the rest was never sent" in _words(found)


def test_client_and_server_wait_for_each_other(failure: Find) -> None:
    """A client that does not say that it is through, and a server that reads to the end."""
    found = _failure(failure, """
        def serve(server):
            conn, _ = server.accept()
            while conn.recv(1024):
                pass
            conn.sendall(b"done")

        def main():
            server, thread = serving(serve)
            client = socket.create_connection(server.getsockname())
            client.sendall(b"hello")
            return client.recv(4)
    """)  # fmt: skip
    assert found.kind() == "deadlock"
    assert "main waits for data on client" in _words(found)
    assert "waits for data on conn" in _words(found)


def test_a_socket_closed_under_somebody_who_waits(failure: Find) -> None:
    """It says that closing does not wake."""
    found = _failure(failure, """
        def serve(server):
            try:
                server.accept()
            except OSError:
                pass

        def main():
            server, thread = serving(serve)
            server.close()
            thread.join()
    """)  # fmt: skip
    assert found.kind() == "lost-wakeup"
    assert "waits for a connection on server" in _words(found)
    assert "while Thread-1 was in accept: that does not wake it (shutdown does)" in _words(found)
