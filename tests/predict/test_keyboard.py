"""Which slips a keyboard invites: keys side by side, letters swapped, doubled, missing or too many."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.predict.keyboard import neighbours, slips

QWERTY, QWERTZ = neighbours("qwerty"), neighbours("qwertz")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _likeliest(typed: str, meant: str) -> float:
    """The log-probability of the likeliest single slip that makes `typed` of `meant`."""
    return max(p for word, p in slips(typed, LETTERS, QWERTY) if word == meant)


def _distance(a: str, b: str) -> int:
    """Damerau's: letters put in, left out, replaced, and neighbours swapped once (optimal string alignment)."""
    rows = [[max(i, j) if 0 in (i, j) else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i, j in product(range(1, len(a) + 1), range(1, len(b) + 1)):
        rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
        if i > 1 and j > 1 and a[i - 2 : i] == b[j - 1] + b[j - 2]:
            rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@pytest.mark.parametrize("near", [QWERTY, QWERTZ], ids=["qwerty", "qwertz"])
def test_neighbours_are_neighbours_of_each_other(near):
    for key, around in near.items():
        assert key not in around
        assert len(set(around)) == len(around) <= 6
        assert all(key in near[other] for other in around)


@pytest.mark.parametrize("near", [QWERTY, QWERTZ], ids=["qwerty", "qwertz"])
def test_every_letter_has_neighbours(near):
    assert all(near[letter] for letter in LETTERS)


def test_the_middle_of_the_keyboard_is_the_same_in_both_layouts():
    assert set(QWERTY["g"]) == set("tyfhvb")
    assert set(QWERTZ["g"]) == set("tzfhvb")


def test_a_german_keyboard_has_z_beside_u_and_y_beside_x():
    assert set(QWERTZ["z"]) == set("tugh")
    assert set(QWERTZ["y"]) == set("asx")
    assert set(QWERTY["y"]) == set("tugh")
    assert set(QWERTY["z"]) == set("asx")


def test_umlauts_have_keys_on_a_german_keyboard_only():
    assert "ö" in QWERTZ["l"]
    assert "ö" not in QWERTY


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tgis", "this"),  # neighbouring key
        ("tpis", "this"),  # far key
        ("thsi", "this"),  # swapped
        ("thhis", "this"),  # doubled
        ("leter", "letter"),  # single instead of double
        ("ths", "this"),  # missing
        ("thpis", "this"),  # extra
        ("his", "this"),  # missing in front
        ("thi", "this"),  # missing at the end
    ],
)
def test_a_slip_of_each_kind_is_undone(typed, meant):
    assert -15 < _likeliest(typed, meant) < 0


@pytest.mark.parametrize(
    ("likely", "less"),
    [
        (("tgis", "this"), ("tpis", "this")),  # a neighbouring key, a far one
        (("thsi", "this"), ("thps", "this")),  # swapped letters, a far key
        (("thjis", "this"), ("thpis", "this")),  # a key hit together with its neighbour, one hit elsewhere
        (("thhis", "this"), ("thpis", "this")),  # a letter twice, any other too many
        (("thks", "this"), ("rhis", "this")),  # a neighbouring key inside the word, one for its first letter
        (("htis", "this"), ("phis", "this")),  # first letters swapped, a far first letter
        (("hose", "house"), ("hous", "house")),  # a letter missing inside, at the end
        (("houpse", "house"), ("housep", "house")),  # a letter too many inside, at the end
        (("tihs", "this"), ("htis", "this")),  # swapped inside, in front
    ],
)
def test_some_slips_are_likelier_than_others(likely, less):
    assert _likeliest(*likely) > _likeliest(*less)


def test_one_slip_reaches_exactly_the_words_at_distance_one():
    words = ["".join(word) for length in range(6) for word in product("abc", repeat=length)]
    for typed in words[:40]:  # of up to three letters
        reached = {meant for meant, _ in slips(typed, "abc", QWERTY)}
        assert reached == {word for word in words if abs(len(word) - len(typed)) < 2 and _distance(word, typed) == 1}


@given(st.text(st.sampled_from("abcß'-é"), max_size=8))
def test_what_was_typed_is_no_slip_of_itself_and_no_slip_is_certain(typed):
    for meant, p in slips(typed, "abc'-", QWERTY):
        assert meant != typed
        assert p < 0
