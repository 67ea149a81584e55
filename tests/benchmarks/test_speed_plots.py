"""The pictures of the speed benchmark are drawn from its figures."""

import pytest

pytest.importorskip("matplotlib")

from benchmarks.speed.plots import LENGTH, STEPS, draw


def test_both_pictures_are_drawn_from_the_figures_of_a_run(tmp_path) -> None:
    by_length = {length: {"p50": 0.3, "p99": 3.0, "ratio": 1.0} for length in ("1000", "1000000")}
    figures = {
        "length": {"en": {"update": by_length, "edit": by_length}},
        "bandwidth": {"1": 80.0, "8": 90.0, "500": 20.0},
        "steps": [
            {"size": "1 × 512", "backend": "by hand", "megabytes": 6.8, "warm": 440.0},
            {"size": "scores of 12,000", "backend": "by hand", "megabytes": 12.3, "warm": 900.0},
        ],
    }
    draw(figures, tmp_path / "images")
    for name in (LENGTH, STEPS):
        assert (tmp_path / "images" / name).read_bytes().startswith(b"\x89PNG")
