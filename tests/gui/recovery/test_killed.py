"""Somebody types into the real app, and its process is killed: two seconds at most are lost, whatever the size."""

import random
import sys

import pytest

from benchmarks.killed_typing import kill_one

PROMISE = 2.0  # seconds

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9")


@pytest.mark.parametrize(("size", "kills"), [(0, 2), (3_000_000, 1), (15_000_000, 1)])
def test_at_a_kill_two_seconds_at_most_are_lost_and_nothing_is_open_to_others(size: int, kills: int) -> None:
    moments = random.Random(size)
    for _ in range(kills):
        outcome = kill_one(size, after=moments.uniform(1.5, 3.5), seed=moments.random(), engine=False)
        assert outcome.pressed > 0
        assert outcome.age <= PROMISE
        assert outcome.readable == 0
