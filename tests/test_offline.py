"""The guard in conftest.py that keeps every other test off the network."""

import socket
import urllib.request

import pytest


def test_a_network_socket_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="offline"):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)


def test_a_default_socket_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="offline"):
        socket.socket()


def test_a_download_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="offline"):
        urllib.request.urlopen("http://example.invalid/model")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no local sockets on this system")
def test_two_ends_of_a_local_pair_may_talk() -> None:
    one, other = socket.socketpair()
    with one, other:
        one.sendall(b"hello")
        assert other.recv(5) == b"hello"
