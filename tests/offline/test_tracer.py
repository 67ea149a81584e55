"""The checker is checked: what must not be done is done before its eyes, in Python and beneath it."""

import sys
from pathlib import Path

import pytest

from tests.offline.conftest import needs_strace
from tests.traced import ProfileFolder, Trace

pytestmark = needs_strace

NATIVE = "import ctypes, socket; libc = ctypes.CDLL(None); "
CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}], check=True)"
THREAD = "import threading; t = threading.Thread(target=exec, args=({!r},)); t.start(); t.join()"
CHANGE_REFUSED = "import contextlib\nwith contextlib.suppress(OSError): open('/proc/version', 'a')"
UDP = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"


def test_what_does_nothing_is_found_to_do_nothing(home: ProfileFolder) -> None:
    assert home.python("-c", "") == Trace(programs={Path(sys.executable).name})


@pytest.mark.parametrize(
    ("code", "family"),
    [
        (UDP, "AF_INET"),
        ("import socket; socket.socket(socket.AF_INET6)", "AF_INET6"),
        ("import socket; socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)", "AF_NETLINK"),
        (NATIVE + "libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0)", "AF_INET"),
        (NATIVE + "libc.getaddrinfo(b'example.invalid', b'443', None, ctypes.byref(ctypes.c_void_p()))", "AF_INET"),
        (CHILD.format(UDP), "AF_INET"),
        (CHILD.format(CHILD.format(UDP)), "AF_INET"),
        (THREAD.format(UDP), "AF_INET"),
    ],
)
def test_a_socket_is_seen_whoever_opens_it(home: ProfileFolder, code: str, family: str) -> None:
    assert family in home.python("-c", code).sockets


def test_a_local_socket_is_seen_by_its_address(home: ProfileFolder) -> None:
    place = home.files / "listening"
    code = f"import socket; socket.socket(socket.AF_UNIX).bind({str(place)!r})"
    assert home.python("-c", code).sockets == {str(place)}


def test_a_local_socket_without_a_file_is_seen_by_its_name(home: ProfileFolder) -> None:
    code = r"import socket; socket.socket(socket.AF_UNIX).connect_ex('\0of-nobody')"
    assert home.python("-c", code).sockets == {"@of-nobody"}


def test_a_local_socket_without_a_name_is_seen(home: ProfileFolder) -> None:
    assert home.python("-c", "import socket; socket.socket(socket.AF_UNIX).bind('')").sockets == {"AF_UNIX"}


def test_the_two_ends_of_a_pair_are_no_socket(home: ProfileFolder) -> None:
    assert home.python("-c", "import socket; socket.socketpair()").sockets == set()


@pytest.mark.parametrize(
    "code",
    [
        "open({0!r}, 'w')",
        "import os; os.mkdir({0!r})",
        "import os; os.symlink('/nowhere', {0!r})",
        "import os; os.link(__import__('sys').executable, {0!r})",
        "import os; os.mkfifo({0!r})",
        "open('mine', 'w'); import os; os.rename('mine', {0!r})",
        "import ctypes; ctypes.CDLL(None).creat({0!r}.encode(), 0o600)",
        "import sqlite3; sqlite3.connect({0!r}).execute('create table t (c)')",
        "import os; os.symlink({0!r}, 'link'); open('link', 'w')",
        CHILD.format("open('{0}', 'w')"),
    ],
)
def test_a_change_outside_is_seen_however_it_is_made(home: ProfileFolder, code: str) -> None:
    foreign = home.folder / ".cache" / "Größe"
    foreign.parent.mkdir()
    trace = home.python("-c", code.format(str(foreign)))
    assert foreign in trace.changed_outside(home.files)


@pytest.mark.parametrize(
    "call", ["chmod('a', 0o600)", "utime('a')", "truncate('a', 0)", "remove('a')", "chown('a', -1, -1)"]
)
def test_a_change_to_a_file_that_is_there_is_seen(home: ProfileFolder, call: str) -> None:
    file = home.files / "a"
    file.touch()
    assert home.python("-c", f"import os; os.{call}").changed == {file}


def test_a_change_that_was_only_refused_is_seen(home: ProfileFolder) -> None:
    assert Path("/proc/version") in home.python("-c", CHANGE_REFUSED).changed


def test_what_is_only_read_is_not_changed(home: ProfileFolder) -> None:
    assert home.python("-c", "import json, sys; open(sys.executable, 'rb').read(9)").changed == set()


def test_what_is_ours_and_the_folders_above_it_may_be_changed(home: ProfileFolder) -> None:
    made = home.ours[0] / "a"
    trace = home.python("-c", f"import os; os.makedirs({str(made)!r})")
    assert made in trace.changed
    assert trace.changed_outside(*home.ours) == set()


def test_a_program_is_seen_that_is_looked_for_in_vain(home: ProfileFolder) -> None:
    code = "import subprocess, contextlib\nwith contextlib.suppress(OSError): subprocess.run(['not-there'])"
    assert "not-there" in home.python("-c", code).programs
