"""Times in seconds since the epoch, which files of others and damaged ones may get absurdly wrong."""

from typing import Any

# The year 2242: what claims to be later is no time at all.
LATEST = 2.0**33


def is_plausible(when: Any) -> bool:
    """Whether something can have been written then; not at infinity, nor at no number."""
    return isinstance(when, int | float) and 0 <= when <= LATEST


def plausible(when: Any) -> float:
    """The time, or 0 where it cannot be one: it is not known."""
    return float(when) if is_plausible(when) else 0.0
