"""Sockets beyond what `cases_sockets.py` compares with CPython: processes, servers, what is not
modelled.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from grader.engine.runtime import NotModelled
from tests.programs import outcomes
from tests.standins.multiprocessing import harness

_PROCESSES = """
import multiprocessing, socket

def ask(address, text):
    with socket.create_connection(address) as sock:
        sock.sendall(text)

def serve(server, queue):
    conn, _ = server.accept()
    with conn, conn.makefile("rb") as file:
        queue.put(file.read())

def listen(pipe):
    with socket.create_server(("127.0.0.1", 0)) as server:
        pipe.send(server.getsockname())
        conn, _ = server.accept()
        conn.recv(1)

def go_connect():
    with socket.create_server(("127.0.0.1", 0)) as server:
        child = multiprocessing.Process(target=ask, args=(server.getsockname(), b"hello"))
        child.start()
        conn, _ = server.accept()
        with conn, conn.makefile("rb") as file:
            found = file.read().decode()
        child.join()
    return found

def go_pass():
    queue = multiprocessing.Queue()
    with socket.create_server(("127.0.0.1", 0)) as server:
        child = multiprocessing.Process(target=serve, args=(server, queue))
        child.start()
        address = server.getsockname()
    ask(address, b"hello")
    found = queue.get().decode()
    child.join()
    return found

def go_die():
    here, there = multiprocessing.Pipe()
    child = multiprocessing.Process(target=listen, args=(there,))
    child.start()
    sock = socket.create_connection(here.recv())
    child.terminate()
    child.join()
    return sock.recv(1).decode()
"""


@pytest.mark.parametrize(("scenario", "expected"), [
    ("go_connect", {'"hello"'}), ("go_pass", {'"hello"'}),
    ("go_die", {'""', "ConnectionResetError: [Errno 104] Connection reset by peer",}),
])  # fmt: skip
def test_processes_share_the_ports(scenario: str, expected: set[str]) -> None:
    """A port of one process is there for another, a socket can be an argument, and one that ends
    closes its sockets: what was not accepted by then is reset.
    """
    found = harness.every_outcome(_PROCESSES, lambda module: getattr(module, scenario)())
    assert found.exhausted
    assert expected == set(found.outcomes)


_SERVER = """
import socket, socketserver, threading

class Handler(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile:
            self.wfile.write(b"echo " + line)

def main():
    with socketserver.{server}(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with socket.create_connection(server.server_address) as sock, sock.makefile("rb") as file:
            sock.sendall(b"hello\\n")
            found = file.readline()
        server.shutdown()
        thread.join()
    return found.decode()
"""


@pytest.mark.parametrize("server", ["TCPServer", "ThreadingTCPServer"])
def test_servers_run_cpythons_code(server: str) -> None:
    """`socketserver` is CPython's, with scheduling points."""
    assert ["echo hello\n"] == outcomes(_SERVER.format(server=server))


def test_a_count_that_handlers_share_is_seen_to_be_lost() -> None:
    """Handlers of a threading server run side by side."""
    text = """
import socket, socketserver, threading

class Handler(socketserver.BaseRequestHandler):
    def handle(self):
        self.server.count += 1

def main():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.count = 0
        clients = [socket.create_connection(server.server_address) for _ in range(2)]
        for _ in clients:
            server.handle_request()
    return server.count
"""
    found = harness.every_outcome(text, lambda module: module.main())
    assert {"1", "2"} == set(found.outcomes)


@pytest.mark.parametrize("program", [
    "socket.socket(type=socket.SOCK_DGRAM)", "socket.create_connection(('example.com', 80))",
    "socket.gethostbyname('10.1.2.3')", "socket.getservbyname('http')",
    "socket.socketpair()[0].sendfile(None)", "socket.send_fds",
    "socket.socket(socket.AF_PACKET)", "selectors.KqueueSelector if 0 else socket.if_nameindex()",
    "socket.socketpair()[0].recv(1, socket.MSG_OOB)",
])  # fmt: skip
def test_what_is_not_modelled_cannot_be_graded(program: str) -> None:
    """It is no error of the student's code."""
    with pytest.raises(NotModelled, match="cannot be"):
        outcomes(f"import selectors, socket\ndef main():\n    return {program}\n")


def test_short_reads_are_few() -> None:
    """A direction of a connection is cut at most twice, and not where nobody can tell."""
    text = """
import socket
def go(read):
    a, b = socket.socketpair()
    a.sendall(b"abcdef")
    a.close()
    return read(b)
def recv(sock):
    found = []
    while data := sock.recv(4):
        found.append(data.decode())
    return found
"""
    found = harness.every_outcome(text, lambda module: module.go(module.recv))
    expected: list[Any] = [
        ["abcd", "ef"], ["abcd", "e", "f"], ["a", "bcde", "f"], ["a", "b", "cdef"]
    ]  # fmt: skip
    assert {json.dumps(each) for each in expected} == set(found.outcomes)
    lines = harness.every_outcome(text, lambda module: module.go(lambda s: s.makefile().read()))
    assert {'"abcdef"'} == set(lines.outcomes)
    assert 1 == lines.count


def test_a_character_of_several_bytes_can_be_cut() -> None:
    """Decoding what one `recv` gave fails in some schedule."""
    text = """
import socket
def main():
    a, b = socket.socketpair()
    a.sendall("n\\u00e9e".encode())
    return b.recv(9).decode()
"""
    found = outcomes(text)
    assert "née" in found
    assert any("UnicodeDecodeError" in str(each) for each in found)
