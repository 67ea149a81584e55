"""A file of the system that says to be an ordinary one, and keeps whoever reads on waiting at its end."""

import os

import pytest

LOG = "/proc/kmsg"


def may_read_log() -> bool:
    try:
        os.close(os.open(LOG, os.O_RDONLY))
    except OSError:
        return False
    return True


needs_log = pytest.mark.skipif(not may_read_log(), reason=f"{LOG} may not be read here")
