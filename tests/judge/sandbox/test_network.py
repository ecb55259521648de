import os
import socket
import threading
from collections.abc import Iterator

import pytest

from grader.judge.sandbox import Sandbox
from grader.judge.sandbox.inside import landlock
from tests.judge.sandbox import attacks

CONNECTS = """
import socket
def work(family, address):
    address = tuple(address) if isinstance(address, list) else address
    try:
        with socket.socket(getattr(socket, family)) as one:
            one.settimeout(3)
            one.connect(address)
            return 'connected'
    except OSError:
        return 'no'
"""


@pytest.fixture
def listener() -> Iterator[tuple[str, int]]:
    """The address of a server on this machine's loopback."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_accept, args=(server,), daemon=True).start()
        yield server.getsockname()


def _accept(server: socket.socket) -> None:
    try:
        while True:
            server.accept()[0].close()
    except OSError:
        pass


def test_the_machines_loopback_is_not_reachable(
    isolated: Sandbox, listener: tuple[str, int]
) -> None:
    """What listens there is none of a submission's business."""
    assert "no" == attacks.value(isolated, CONNECTS, "AF_INET", listener)


def test_not_even_where_an_exercise_is_about_sockets(
    namespaced: Sandbox, listener: tuple[str, int]
) -> None:
    """In namespaces."""
    assert "no" == attacks.value(namespaced, CONNECTS, "AF_INET", listener, network=True)
    assert "no" == attacks.value(namespaced, CONNECTS, "AF_INET", ["192.0.2.1", 80], network=True)


def test_there_is_a_loopback_of_its_own(isolated: Sandbox) -> None:
    """By number and by name, for connections and in namespaces for datagrams."""
    code = """
import socket, threading
def work():
    with socket.create_server(('localhost', 0)) as server:
        def echo():
            one, _ = server.accept()
            with one:
                one.sendall(one.recv(100))
        threading.Thread(target=echo).start()
        with socket.create_connection(('localhost', server.getsockname()[1])) as one:
            one.sendall(b'hello')
            return one.recv(100).decode()
"""
    assert "hello" == attacks.value(isolated, code, network=True)


@pytest.mark.parametrize("network", [False, True])
def test_only_local_sockets_and_those_of_the_internet_can_be_made(
    isolated: Sandbox, network: bool
) -> None:
    """AF_VSOCK would lead out of a network namespace; netlink and packets are nobody's need."""
    code = """
import socket
def work():
    made = []
    for family in range(1, 46):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
            try:
                socket.socket(family, kind).close()
                made.append(family)
            except OSError:
                pass
    return sorted(set(made))
"""
    has_network = network or isolated.name == "bubblewrap"
    expected = {1, int(socket.AF_INET), int(socket.AF_INET6)} if has_network else {1}
    made = attacks.value(isolated, code, network=network)
    assert isinstance(made, list)
    assert expected >= set(made) >= expected - {int(socket.AF_INET6)}


def test_a_local_socket_without_a_path_is_not_reachable(isolated: Sandbox) -> None:
    """Abstract names are the machine's, unless something keeps them apart."""
    if isolated.name == "landlock" and landlock.version() < 6:
        pytest.skip("This kernel's Landlock does not restrict them (it does from Linux 6.12 on).")
    name = f"\0racecourse-{os.getpid()}"
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(name)
        server.listen()
        assert "no" == attacks.value(isolated, CONNECTS, "AF_UNIX", name)
