"""Ctrl+C at odd moments: no traceback, and the exit code of a stop."""

import os
import signal
import subprocess
import sys
import time

import pytest

PROGRAM = """
import autocomplete.cli.app
from autocomplete.cli import main

def broken():
    {0}

autocomplete.cli.app.main = broken
main()
"""


def ended(statement: str) -> subprocess.CompletedProcess[str]:
    """A command that does this, and nothing else."""
    command = [sys.executable, "-c", PROGRAM.format(statement)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("how", ["raise KeyboardInterrupt", "raise ImportError('failed') from KeyboardInterrupt()"])
def test_ctrl_c_while_it_is_imported_ends_it_quietly(how):
    done = ended(how)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_nothing_is_imported_before_somebody_listens_for_ctrl_c():
    look = "import sys; there = set(sys.modules); import autocomplete.cli; print(*sorted(set(sys.modules) - there))"
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["autocomplete", "autocomplete.cli"]


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
@pytest.mark.parametrize("after", [0.08, 0.16, 0.24, 0.4])
def test_ctrl_c_after_a_part_of_a_second_leaves_no_traceback(after):
    command = [sys.executable, "-c", "print(flush=True); from autocomplete.cli import main; main()", "suggest"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        process.stdout.readline()  # Python itself is up
        time.sleep(after)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert err == b""
    assert process.returncode in (130, -signal.SIGINT)
