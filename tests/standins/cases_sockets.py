"""Programs with sockets. Each case does the same on Linux's loopback and under control."""

import selectors
import socket
import struct
import threading
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


# -- closing -------------------------------------------------------------------------------


def _case_reads_to_the_end_after_the_other_side_closed() -> Any:
    a, b = _pair()
    b.sendall(b"xyz")
    b.close()
    return [_all(a, 3), a.recv(5), a.recv(5)]


def _case_send_to_a_closed_one() -> Any:
    a, b = _pair()
    b.close()
    return [
        _ends(a.send, b"a"),
        _ends(a.send, b"b"),
        a.recv(5),
        _ends(a.send, b"c"),
        _ends(a.shutdown, 2),
        _ends(a.getpeername),
    ]


def _case_send_to_a_closed_one_then_read_what_it_had_sent() -> Any:
    a, b = _pair()
    b.sendall(b"xyz")
    b.close()
    return [_ends(a.send, b"a"), _all(a, 2), _ends(a.send, b"b"), a.recv(5), a.recv(5)]


def _case_closed_with_unread_data() -> Any:
    a, b = _pair()
    a.sendall(b"xyz")
    b.sendall(b"ab")
    b.close()
    return [
        _all(a, 2),
        _ends(a.recv, 5),
        _ends(a.recv, 5),
        _ends(a.send, b"b"),
        _ends(a.shutdown, socket.SHUT_WR),
    ]


def _case_send_to_one_that_closed_with_unread_data() -> Any:
    a, b = _pair()
    a.sendall(b"xyz")
    b.close()
    return [_ends(a.send, b"a"), _ends(a.send, b"a"), _ends(a.recv, 5)]


def _case_closed_with_unread_data_after_shutdown() -> Any:
    a, b = _pair()
    b.shutdown(socket.SHUT_WR)
    a.sendall(b"xyz")
    b.close()
    return [_ends(a.send, b"a"), _ends(a.send, b"a"), _ends(a.recv, 5)]


def _case_linger_of_zero_resets() -> Any:
    a, b = _pair()
    b.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    b.sendall(b"ab")
    b.close()
    return [_all(a, 2), _ends(a.recv, 3), _ends(a.recv, 3)]


def _case_a_closed_socket() -> Any:
    sock = socket.socket()
    sock.close()
    calls = [
        (sock.recv, 1),
        (sock.send, b"a"),
        (sock.sendall, b"a"),
        (sock.connect, (HOST, 9)),
        (sock.connect_ex, (HOST, 9)),
        (sock.getsockname,),
        (sock.getpeername,),
        (sock.listen,),
        (sock.accept,),
        (sock.close,),
        (sock.shutdown, 2),
        (sock.detach,),
        (sock.settimeout, 1),
        (sock.bind, (HOST, 0)),
        (sock.fileno,),
        (sock.setblocking, 1),
        (sock.getsockopt, socket.SOL_SOCKET, socket.SO_REUSEADDR),
        (sock.dup,),
    ]
    return [_ends(*call) for call in calls], repr(sock)


def _case_with_closes() -> Any:
    a, b = _pair()
    with a as same:
        pass
    return same is a, a.fileno(), _ends(a.recv, 1), b.recv(1)


# -- shutdown ------------------------------------------------------------------------------


def _case_shutdown_of_writing() -> Any:
    a, b = _pair()
    b.shutdown(socket.SHUT_WR)
    return [
        _ends(b.send, b"a"),
        _ends(b.shutdown, socket.SHUT_WR),
        a.recv(3),
        a.send(b"abc"),
        _all(b, 3),
        a.getpeername() == b.getsockname(),
    ]


def _case_shutdown_of_reading() -> Any:
    a, b = _pair()
    b.shutdown(socket.SHUT_RD)
    found = [b.recv(4), a.send(b"abc"), _all(b, 3), b.recv(4), b.send(b"q"), a.recv(3)]
    b.close()
    return [*found, _ends(a.send, b"z"), _ends(a.send, b"z")]


def _case_shutdown_of_both() -> Any:
    a, b = _pair()
    b.shutdown(socket.SHUT_RDWR)
    return [a.recv(3), _ends(a.send, b"hello"), _ends(a.send, b"hello"), _ends(b.send, b"x")]


def _case_shutdown_on_both_sides() -> Any:
    a, b = _pair()
    b.shutdown(socket.SHUT_WR)
    a.shutdown(socket.SHUT_WR)
    return [
        _ends(a.shutdown, 2),
        _ends(b.shutdown, 2),
        _ends(a.getpeername),
        _ends(b.getpeername),
        a.recv(4),
        _ends(a.send, b"e"),
        _ends(a.shutdown, 5),
    ]


# -- connecting ----------------------------------------------------------------------------


def _case_nobody_listens() -> Any:
    sock = socket.socket()
    return [
        _ends(sock.connect, (HOST, 1)),
        sock.connect_ex((HOST, 1)),
        _ends(sock.recv, 1),
        _ends(socket.create_connection, (HOST, 1)),
        _ends(socket.create_connection, ("localhost", 1)),
    ]


def _case_not_connected() -> Any:
    sock = socket.socket()
    return [
        _ends(sock.recv, 1),
        _ends(sock.send, b"a"),
        _ends(sock.accept),
        _ends(sock.getpeername),
        sock.getsockname(),
        _ends(sock.shutdown, 2),
        sock.listen(),
        sock.listen(),
        _ends(sock.bind, (HOST, 0)),
        _ends(sock.connect, (HOST, 1)),
        _ends(sock.send, b"a"),
        _ends(sock.recv, 1),
    ]


def _case_bound_but_nobody_listens() -> Any:
    sock = socket.socket()
    sock.bind((HOST, 0))
    return [
        _ends(sock.bind, (HOST, 0)),
        _ends(socket.create_connection, sock.getsockname()),
        _ends(sock.accept),
    ]


def _case_connected_already() -> Any:
    server = _server()
    sock = socket.create_connection(server.getsockname())
    address = server.getsockname()
    return [
        _ends(sock.connect, address),
        sock.connect_ex(address),
        _ends(sock.listen),
        _ends(sock.bind, (HOST, 0)),
        _ends(sock.accept),
        _ends(server.connect, address),
    ]


def _case_connect_without_waiting() -> Any:
    server = _server()
    sock = socket.socket()
    sock.setblocking(False)
    return [
        sock.connect_ex(server.getsockname()),
        sock.connect_ex(server.getsockname()),
        sock.connect_ex(server.getsockname()),
        _ends(sock.recv, 1),
        sock.send(b"a"),
        sock.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR),
    ]


def _case_connect_without_waiting_to_nobody() -> Any:
    sock = socket.socket()
    sock.setblocking(False)
    found = [
        _ends(sock.connect, (HOST, 1)),
        _ends(sock.connect, (HOST, 1)),
        _ends(sock.connect, (HOST, 1)),
    ]
    error = (socket.SOL_SOCKET, socket.SO_ERROR)
    return [*found, sock.getsockopt(*error), sock.getsockopt(*error)]


def _case_the_queue_of_a_listener_is_full() -> Any:
    server = _server(backlog=1)
    found, clients = [], []
    for _ in range(3):
        clients.append(socket.socket())
        clients[-1].settimeout(0.3)
        found.append(_ends(clients[-1].connect, server.getsockname()))
    return found


def _case_a_listener_closes_before_it_accepts() -> Any:
    found = []
    for first in ("recv", "send"):
        server = _server()
        client = socket.create_connection(server.getsockname())
        server.close()
        found += [
            _ends(getattr(client, first), 3 if first == "recv" else b"a"),
            _ends(client.send, b"s"),
            _ends(client.recv, 3),
        ]
    return found


def _case_a_client_closes_before_it_is_accepted() -> Any:
    with _server() as server:
        with socket.create_connection(server.getsockname()) as client:
            client.sendall(b"ab")
            address = client.getsockname()
        other, name = server.accept()
    return name == address, _all(other, 2), other.recv(1)


def _case_accept_times_out() -> Any:
    with _server() as server:
        server.settimeout(0.1)
        found = [_ends(server.accept), server.gettimeout()]
        server.setblocking(False)
        return [*found, _ends(server.accept), server.gettimeout(), server.getblocking()]


def _case_what_is_accepted_waits() -> Any:
    with _server() as server:
        server.settimeout(1)
        client = socket.create_connection(server.getsockname(), timeout=2)
        other, _ = server.accept()
    return client.gettimeout(), other.gettimeout(), other.getpeername() == client.getsockname()


# -- ports ---------------------------------------------------------------------------------


def _bind(address: Any, reuse: bool) -> Any:
    with socket.socket() as sock:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, reuse)
        return _ends(sock.bind, address)


def _case_a_port_after_its_server() -> Any:
    found = []
    for reuse in (False, True):
        for order in ("server", "client"):
            server = socket.socket()
            server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, reuse)
            server.bind((HOST, 0))
            server.listen()
            address = server.getsockname()
            client = socket.create_connection(address)
            other, _ = server.accept()
            found += [_bind(address, reuse)]
            server.close()
            found += [_bind(address, reuse)]
            for each in (client, other) if order == "client" else (other, client):
                each.close()
            found += [_bind(address, reuse), _bind(address, not reuse)]
    return found


def _case_a_port_of_two() -> Any:
    found = []
    with socket.socket() as one, socket.socket() as two, socket.socket() as three:
        for each in (one, two):
            each.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        one.bind((HOST, 0))
        address = one.getsockname()
        found += [_ends(two.bind, address), _ends(three.bind, address), one.listen()]
        found += [_ends(two.listen), _ends(three.bind, ("", address[1]))]
        found += [_bind(("127.0.0.2", address[1]), False)]
    return found


def _case_addresses_that_are_none() -> Any:
    sock = socket.socket()
    return [
        _ends(sock.bind, (HOST, 70_000)),
        _ends(sock.bind, "abc"),
        _ends(sock.bind, (HOST,)),
        _ends(sock.bind, (HOST, "80")),
        _ends(sock.connect, (HOST, -1)),
        _ends(sock.bind, ("10.1.2.3", 0)),
        _ends(sock.connect, (3, 80)),
    ]


def _case_a_server_that_cannot_be_made() -> Any:
    with _server() as server:
        address = server.getsockname()
        return _ends(socket.create_server, address).replace(str(address[1]), "PORT")


# -- sending and receiving -----------------------------------------------------------------


def _case_arguments_that_are_wrong() -> Any:
    a, b = _pair()
    return [
        _ends(a.recv, -1),
        a.recv(0),
        _ends(a.sendall, "abc"),
        _ends(a.settimeout, -1),
        _ends(a.recv_into, bytearray(3), 5),
        _ends(a.settimeout, "1"),
        _ends(a.send, 3),
        _ends(a.recv, "1"),
        _ends(b.recv_into, b"abc"),
        _ends(a.listen),
    ]


def _case_nothing_there() -> Any:
    a, b = _pair()
    a.settimeout(0.1)
    b.setblocking(False)
    return [
        _ends(a.recv, 1),
        _ends(b.recv, 1),
        _ends(b.recv_into, bytearray(3)),
        _ends(a.recv, 1, socket.MSG_DONTWAIT),
        _ends(b.sendall, b""),
    ]


def _case_nobody_reads() -> Any:
    a, b = _pair()
    a.settimeout(0.3)
    b.setblocking(False)
    data = b"x" * 20_000_000
    return [_ends(a.sendall, data), _ends(b.sendall, data), 0 < len(b.recv(10)) <= 10]


def _case_a_large_message() -> Any:
    a, b = _pair()
    data = bytes(range(256)) * 1_000
    thread = threading.Thread(target=lambda: (a.sendall(data), a.close()))
    thread.start()
    found = bytearray()
    while more := b.recv(65_536):
        found += more
    thread.join()
    return found == data


def _case_recv_into() -> Any:
    a, b = _pair()
    a.sendall(b"hello")
    buffer = bytearray(8)
    with memoryview(buffer) as view:
        count = 0
        while count < 5:
            count += b.recv_into(view[count:])
    a.sendall(b"ab")
    return buffer, b.recv_into(buffer, 1), buffer


def _case_flags() -> Any:
    a, b = _pair()
    a.sendall(b"hello")
    return [
        b.recv(1, socket.MSG_PEEK),
        b.recv(5, socket.MSG_WAITALL),
        _ends(b.recv, 5, socket.MSG_DONTWAIT),
        b.sendmsg([b"a", b"b"]),
        _all(a, 2),
        a.send(bytearray(b"xyz")),
        a.send(memoryview(b"xyz")),
        _all(b, 6),
        a.send(b"x"),
        b.recvfrom(5),
    ]


def _case_options() -> Any:
    sock = socket.socket()
    found = [
        sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR),
        sock.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_STREAM,
        sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN),
    ]
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    sock.listen()
    return [
        *found,
        sock.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR),
        sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY),
        sock.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN),
        sock.family,
        sock.type,
        sock.proto,
        type(sock.family).__name__,
        repr(sock.type),
    ]


def _case_dup_and_detach() -> Any:
    a, b = _pair()
    other = a.dup()
    a.close()
    found = [other.send(b"ab"), _all(b, 2)]
    number = other.detach()
    again = socket.socket(fileno=number)
    found += [_ends(other.send, b"x"), other.fileno(), again.fileno() == number, again.send(b"q")]
    again.close()
    return [*found, b.recv(1), b.recv(1), _ends(socket.socket, 2, 1, 0, 99_999)]


def _case_a_socket_that_nobody_has() -> Any:
    a, b = _pair()
    del a
    return b.recv(1)


def _case_default_timeout() -> Any:
    found = [socket.getdefaulttimeout(), socket.setdefaulttimeout(0.1)]
    try:
        a, _b = _pair()
        return [*found, a.gettimeout(), _ends(a.recv, 1), _ends(socket.setdefaulttimeout, -1)]
    finally:
        socket.setdefaulttimeout(None)


# -- pairs ---------------------------------------------------------------------------------


def _case_pair_closed() -> Any:
    a, b = socket.socketpair()
    b.close()
    return [
        _ends(a.send, b"x"),
        a.recv(2),
        _ends(a.shutdown, 2),
        a.getpeername(),
        a.getsockname(),
        a.family,
        a.type,
    ]


def _case_pair_closed_with_unread_data() -> Any:
    a, b = socket.socketpair()
    a.send(b"q")
    b.sendall(b"zz")
    b.close()
    found = [_all(a, 2), _ends(a.recv, 2), a.recv(2), _ends(a.send, b"x")]
    a, b = socket.socketpair()
    a.send(b"q")
    b.close()
    return [*found, _ends(a.send, b"x"), _ends(a.recv, 2), a.recv(2)]


def _case_pair_shut_down() -> Any:
    a, b = socket.socketpair()
    a.send(b"abc")
    b.shutdown(socket.SHUT_RD)
    found = [_all(b, 3), b.recv(2), _ends(a.send, b"x"), b.send(b"k"), a.recv(2)]
    a, b = socket.socketpair()
    b.shutdown(socket.SHUT_WR)
    a.shutdown(socket.SHUT_WR)
    return [*found, _ends(b.shutdown, 2), _ends(a.send, b"x"), b.recv(2)]


# -- file objects --------------------------------------------------------------------------


def _case_lines() -> Any:
    a, b = _pair()
    with a, a.makefile("w", encoding="utf-8", newline="\n") as out:
        out.write("ä\nsecond\nrest")
    with b, b.makefile("r", encoding="utf-8", newline="\n") as file:
        return [file.readline(), next(file), file.read(2), file.read(), file.readline(), file.mode]


def _case_bytes_of_a_file() -> Any:
    a, b = _pair()
    with a, a.makefile("rwb") as file:
        file.write(b"one\ntwo\nthree")
        file.flush()
        other = b.makefile("rb")
        found = [
            other.readline(),
            other.peek(1)[:1],
            other.read(3),
            other.readline(),
            other.read(3),
        ]
        a.shutdown(socket.SHUT_WR)
        return [
            *found,
            other.read(),
            other.read(),
            list(other),
            type(other).__name__,
            other.readable(),
            other.writable(),
        ]


def _case_a_raw_file() -> Any:
    a, b = _pair()
    raw = a.makefile("rwb", buffering=0)
    found = [
        raw.write(b"abc"),
        _all(b, 3),
        raw.readable(),
        raw.writable(),
        raw.mode,
        raw.seekable(),
        type(raw).__name__,
    ]
    raw.close()
    return [
        *found,
        raw.closed,
        _ends(raw.readline),
        _ends(a.makefile, "x"),
        _ends(a.makefile, "r", 0),
    ]


def _case_a_file_keeps_the_socket_open() -> Any:
    a, b = _pair()
    file = a.makefile("rb")
    a.close()
    found = [b.send(b"ab\n"), file.readline(), a.fileno() >= 0]
    file.close()
    return [*found, b.recv(1), _ends(file.readline)]


def _case_a_file_that_nobody_has() -> Any:
    a, b = _pair()
    file = a.makefile("rb")
    a.close()
    del file, a
    return b.recv(1)


def _case_a_file_times_out() -> Any:
    a, b = _pair()
    a.settimeout(0.1)
    file = a.makefile("rb")
    found = [_ends(file.readline), _ends(file.readline)]
    b.setblocking(False)
    other = b.makefile("rb", buffering=0)
    return [*found, other.read(3)]


# -- functions -----------------------------------------------------------------------------


def _case_functions() -> Any:
    return [
        socket.htons(1),
        socket.ntohl(1),
        socket.inet_aton("1.2.3.4"),
        socket.inet_ntoa(b"\1\2\3\4"),
        socket.inet_pton(socket.AF_INET6, "::1"),
        socket.gethostbyname("localhost"),
        socket.gethostbyname(""),
        socket.getaddrinfo(HOST, 80, type=socket.SOCK_STREAM),
        socket.error is OSError,
        socket.timeout is TimeoutError,
        socket.gaierror.__name__,
        socket.SHUT_RDWR,
        socket.SOMAXCONN > 0,
        socket.has_ipv6,
        int(socket.SO_REUSEADDR),
    ]


def _case_ipv6() -> Any:
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as server:
        host, port, *rest = server.getsockname()
        with socket.create_connection((host, port)) as client:
            other, name = server.accept()
            with other:
                client.sendall(b"x")
                return [host, rest, name == client.getsockname(), other.recv(1)]


# -- selectors -----------------------------------------------------------------------------


def _seen(found: Any) -> Any:
    return [(key.data, events) for key, events in found]


def _case_selector() -> Any:
    a, b = socket.socketpair()
    with selectors.DefaultSelector() as selector:
        key = selector.register(a, selectors.EVENT_READ, "data")
        found = [
            key.fd == a.fileno(),
            key.fileobj is a,
            key.events,
            key.data,
            _seen(selector.select(0)),
            _seen(selector.select(-1)),
            _seen(selector.select(0.1)),
        ]
        b.send(b"x")
        found += [_seen(selector.select()), _seen(selector.select(5))]
        found += [selector.modify(a, 3, "new")[2:], _seen(selector.select())]
        a.recv(1)
        found += [
            _seen(selector.select()),
            selector.get_key(a).data,
            len(selector.get_map()),
            a in selector.get_map(),
            b in selector.get_map(),
            list(selector.get_map()) == [a.fileno()],
        ]
        found += [
            selector.modify(a, 3, "again").data,
            selector.unregister(a).data,
            _seen(selector.select(0)),
        ]
    return [
        *found,
        selector.get_map(),
        _ends(selector.get_key, a),
        _ends(selector.select),
        _ends(selector.register, a, 1),
    ]


def _case_selector_that_is_misused() -> Any:
    a, b = socket.socketpair()
    selector = selectors.DefaultSelector()
    selector.register(a, 1)
    calls = [
        (selector.register, a, 4),
        (selector.register, b, 0),
        (selector.register, 3.5, 1),
        (selector.register, -1, 1),
        (selector.register, "x", 1),
        (selector.modify, 2.5, 1),
    ]
    errors = [
        _ends(selector.register, a, 1),
        _ends(selector.unregister, b),
        _ends(selector.get_key, b),
        _ends(selector.modify, b, 1),
    ]
    return [_ends(*call) for call in calls], [each[:9] for each in errors]


def _case_selector_and_closed_sockets() -> Any:
    a, b = socket.socketpair()
    selector = selectors.DefaultSelector()
    selector.register(a, selectors.EVENT_READ, "a")
    selector.register(b, selectors.EVENT_READ | selectors.EVENT_WRITE, "b")
    a.close()
    found = [_seen(selector.select(0)), b.recv(1), _seen(selector.select(0))]
    return [*found, selector.unregister(a).data, _ends(selector.register, a, 1)[:25]]


def _case_selector_of_a_server() -> Any:
    with _server() as server, selectors.DefaultSelector() as selector:
        server.setblocking(False)
        selector.register(server, selectors.EVENT_READ, "server")
        found = [_seen(selector.select(0))]
        client = socket.create_connection(server.getsockname())
        found.append(_seen(selector.select(1)))
        other, _ = server.accept()
        found.append(_seen(selector.select(0)))
        other.setblocking(False)
        selector.register(other, selectors.EVENT_READ, "other")
        client.sendall(b"abc")
        found += [_seen(selector.select(1)), _all(other, 3), _seen(selector.select(0))]
        client.close()
        return [*found, _seen(selector.select(1)), other.recv(1)]


def _case_selector_of_a_full_socket() -> Any:
    a, b = socket.socketpair()
    a.setblocking(False)
    with selectors.DefaultSelector() as selector:
        selector.register(a, selectors.EVENT_WRITE, "a")
        found = [_seen(selector.select(0)), _ends(a.sendall, bytes(10_000_000))]
        found.append(_seen(selector.select(0.1)))
        b.setblocking(False)
        while _ends(b.recv, 100_000)[:5] != "Block":
            pass
        return [*found, _seen(selector.select(1))]


def _case_selector_woken() -> Any:
    a, b = _pair()
    wake, waker = socket.socketpair()
    with selectors.DefaultSelector() as selector:
        selector.register(a, selectors.EVENT_READ, "a")
        selector.register(wake, selectors.EVENT_READ, "wake")
        thread = threading.Thread(target=lambda: waker.send(b"x"))
        thread.start()
        found = _seen(selector.select())
        thread.join()
        b.close()
        wake.recv(1)
        return [found, _seen(selector.select()), a.recv(1)]
