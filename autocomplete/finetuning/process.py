"""What the fine-tuning process asks of the system: to stand back, and how much memory it took."""

import os
import sys


def stand_back(nice: int) -> None:
    """Let other programs go first, where the system knows how."""
    if hasattr(os, "nice"):
        os.nice(nice)


def largest_memory() -> int:
    """The most memory this process ever had, in bytes; 0 where the system does not tell."""
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
