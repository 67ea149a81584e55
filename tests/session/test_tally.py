"""Keystrokes saved."""

from autocomplete.session.tally import Tally


def test_a_pick_saves_what_was_not_typed() -> None:
    tally = Tally()
    for _ in range(3):
        tally.add(1)
    tally.add(7)
    assert tally.saved == 6
    assert tally.share == 0.6


def test_corrections_never_make_it_negative() -> None:
    tally = Tally()
    tally.add(1)
    tally.add(-1)
    assert tally.saved == 0
    assert tally.share == 0.0
