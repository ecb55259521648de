"""Small programs with sockets: named ones, and a generator. Each defines `go()`."""

from __future__ import annotations

import random
import textwrap
from typing import Final

_HEAD: Final = """
import selectors, socket, threading

HOST = "127.0.0.1"

def run(*bodies):
    threads = [threading.Thread(target=body) for body in bodies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

def pair():
    with socket.create_server((HOST, 0)) as server:
        client = socket.create_connection(server.getsockname())
        return client, server.accept()[0]

def ends(function, *args):
    try:
        return function(*args)
    except OSError as error:
        return type(error).__name__, error.errno
"""

NAMED: Final = {
    "echo server with one client": """
        def go():
            server = socket.create_server((HOST, 0))
            def serve():
                conn, _ = server.accept()
                with conn:
                    while data := conn.recv(100):
                        conn.sendall(data)
            got = []
            def ask():
                with socket.create_connection(server.getsockname()) as sock:
                    sock.sendall(b"ab")
                    sock.shutdown(socket.SHUT_WR)
                    while data := sock.recv(100):
                        got.append(data.decode())
            run(serve, ask)
            return got
    """,
    "two clients": """
        def go():
            server = socket.create_server((HOST, 0))
            got = []
            def ask(text):
                with socket.create_connection(server.getsockname()) as sock:
                    sock.sendall(text)
            def serve():
                for _ in range(2):
                    conn, _ = server.accept()
                    with conn:
                        got.append(conn.recv(1).decode())
            run(serve, lambda: ask(b"a"), lambda: ask(b"b"))
            return got
    """,
    "half closed": """
        def go():
            a, b = pair()
            got = []
            def first():
                a.sendall(b"x")
                a.shutdown(socket.SHUT_WR)
                got.append(("a", str(ends(a.recv, 9))))
            def second():
                got.append(("b", str(ends(b.recv, 9))))
                b.send(b"y")
                b.close()
            run(first, second)
            return sorted(got)
    """,
    "short reads": """
        def go():
            a, b = pair()
            got = []
            def write():
                a.sendall(b"abc")
                a.sendall(b"de")
                a.close()
            def read():
                while data := b.recv(4):
                    got.append(data.decode())
            run(write, read)
            return got
    """,
    "both write before they read": """
        def go():
            a, b = pair()
            size = 70_000
            def both(sock):
                sock.sendall(bytes(size))
                left = size
                while left:
                    left -= len(sock.recv(left, socket.MSG_WAITALL))
            run(lambda: both(a), lambda: both(b))
            return "through"
    """,
    "closed by another thread": """
        def go():
            a, b = pair()
            got = []
            def read():
                got.append(("read", str(ends(b.recv, 9))))
            def close():
                b.close()
            def write():
                got.append(("write", str(ends(a.send, b"xy"))))
                got.append(("write2", str(ends(a.send, b"z"))))
            run(read, close, write)
            return sorted(got)
    """,
    "shut down while another thread reads": """
        def go():
            a, b = pair()
            got = []
            def read():
                got.append(("read", str(ends(b.recv, 9))))
            def write():
                got.append(("write", str(ends(a.send, b"xy"))))
            run(read, lambda: got.append(("shut", str(ends(b.shutdown, 2)))), write)
            return sorted(got)
    """,
    "listener closed while another thread accepts": """
        def go():
            server = socket.create_server((HOST, 0))
            address = server.getsockname()
            got = []
            def accept():
                got.append(("accept", str(ends(lambda: server.accept()[0].send(b"x")))))
            def close():
                server.close()
                got.append(("again", str(ends(lambda: socket.create_server(address).close()))))
            def connect():
                got.append(("connect", str(ends(
                    lambda: socket.create_connection(address).recv(1)))))
            run(accept, close, connect)
            return sorted(got)
    """,
    "accept without waiting": """
        def go():
            server = socket.create_server((HOST, 0))
            server.setblocking(False)
            got = []
            def serve():
                got.append(str(ends(lambda: server.accept()[0].close())))
            def ask():
                with socket.create_connection(server.getsockname()) as sock:
                    pass
            run(serve, ask)
            return got
    """,
    "one listens late": """
        def go():
            got = []
            server = socket.socket()
            server.bind((HOST, 0))
            address = server.getsockname()
            def serve():
                server.listen(0)
                conn, _ = server.accept()
                conn.close()
                server.close()
            def ask():
                sock = socket.socket()
                got.append(str(sock.connect_ex(address)))
                sock.close()
            run(serve, ask, ask)
            return got
    """,
    "reset": """
        def go():
            a, b = pair()
            got = []
            def first():
                got.append(("a", str(ends(a.send, b"x")), str(ends(a.send, b"x")),
                            str(ends(a.recv, 1))))
            run(first, b.close)
            return got
    """,
    "a full queue": """
        def go():
            server = socket.create_server((HOST, 0), backlog=0)
            got = []
            def ask(name):
                with socket.create_connection(server.getsockname(), timeout=5):
                    got.append(name)
            def serve():
                for _ in range(2):
                    server.accept()[0].close()
            run(serve, lambda: ask("a"), lambda: ask("b"))
            return got
    """,
    "a timeout": """
        def go():
            a, b = pair()
            got = []
            a.settimeout(1)
            def read():
                got.append(str(ends(a.recv, 5)))
            def write():
                b.send(b"x")
            run(read, write)
            return got
    """,
    "without waiting": """
        def go():
            a, b = pair()
            got = []
            a.setblocking(False)
            def read():
                for _ in range(2):
                    got.append(str(ends(a.recv, 1)))
            def write():
                b.send(b"x")
                b.close()
            run(read, write)
            return got
    """,
    "lines of a file": """
        def go():
            a, b = pair()
            got = []
            def read():
                with a, a.makefile("r", newline="\\n") as file:
                    got.extend(file)
            def write():
                with b, b.makefile("wb") as file:
                    file.write(b"one\\n")
                    file.flush()
                    file.write(b"two\\n")
            run(read, write)
            return got
    """,
    "a selector with two writers": """
        def go():
            a, b = pair()
            c, d = socket.socketpair()
            got = []
            def read():
                with selectors.DefaultSelector() as selector:
                    selector.register(a, selectors.EVENT_READ, "a")
                    selector.register(c, selectors.EVENT_READ, "c")
                    while len(selector.get_map()):
                        for key, _ in selector.select():
                            got.append(key.data)
                            selector.unregister(key.fileobj)
            run(read, lambda: b.send(b"x"), d.close)
            return got
    """,
    "registered while another thread selects": """
        def go():
            a, b = pair()
            selector = selectors.DefaultSelector()
            got = []
            def read():
                got.append([key.data for key, _ in selector.select(1)])
            def register():
                selector.register(a, selectors.EVENT_READ, "a")
                b.send(b"x")
                a.close()
            run(read, register)
            return got
    """,
    "two write to one file": """
        def go():
            a, b = pair()
            out = b.makefile("wb")
            def write(text):
                out.write(text)
                out.flush()
            run(lambda: write(b"x"), lambda: write(b"y"))
            return a.recv(2, socket.MSG_WAITALL).decode()
    """,
}  # fmt: skip


def text_of(body: str) -> str:
    """The whole program."""
    return f"{_HEAD}\n{textwrap.dedent(body)}"


_STEPS: Final = (
    "a.recv(2)", "b.recv(1)", "a.send(b'xy')", "b.send(b'z')", "a.close()", "b.close()",
    "a.shutdown(0)", "a.shutdown(1)", "b.shutdown(1)", "b.shutdown(2)", "b.recv(3)", "a.recv(1)",
    "a.getpeername() and None", "a.recv(1, socket.MSG_DONTWAIT)", "b.send(b'')",
    "a.settimeout(1)", "a.send(b'q')",
)  # fmt: skip
_LISTENING: Final = (
    "server.accept()[1] and None", "socket.create_connection(address).send(b'x')",
    "server.close()", "server.shutdown(2)", "socket.socket().connect_ex(address)",
    "server.listen(0)", "socket.create_server(address).close()",
    "server.accept()[0].recv(1)", "socket.create_connection(address).recv(1)",
    "server.settimeout(1)",
    "server.setblocking(False)",
)  # fmt: skip


def generated(seed: int, *, small: bool) -> str:
    """A program of two or three threads that do something at random with one connection, or with
    one listener. `small`: of two, with one or two steps.
    """
    draw = random.Random(seed)
    steps = draw.choice((_STEPS, _LISTENING))
    make = draw.choice(("pair()", "socket.socketpair()"))
    if steps is _LISTENING:
        make = "None, None"
    threads = 2 if small else draw.choice((2, 2, 3))
    lines = [
        "def go():",
        f"    a, b = {make}",
        "    server = socket.create_server((HOST, 0))",
        "    address = server.getsockname()",
        "    got = []",
    ]
    for thread in range(threads):
        lines.append(f"    def body{thread}():")
        for _ in range(draw.randint(1, 2 if small or threads == 3 else 3)):
            step = draw.choice(steps)
            lines.append(f"        got.append(({thread}, str(ends(lambda: {step}))))")
    bodies = ", ".join(f"body{thread}" for thread in range(threads))
    lines += [f"    run({bodies})", "    return sorted(got)"]
    return _HEAD + "\n".join(lines) + "\n"
