"""What a profile changes about the suggestions, and what it never changes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import autocomplete
from autocomplete import Completer, Profile
from autocomplete.text.folding import fold
from autocomplete.text.line import Line

NOW = 1_700_000_000.0
LEARNED = ["Quendolin likes the Zwirkelbach", "we met Quendolin at the Zwirkelbach", "Ünerhört, said Quendolin"] * 2
PIECES = st.sampled_from(
    ["we ", "met ", "Qu", "que", "end", "the ", "Zw", "zwi", "rkel", "ü", "un", "U", " ", "\n", ". ", "at ", "I'm "]
)

Learn = Callable[..., None]


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profile]:
    """One that knows the lines of `LEARNED`."""
    with Profile.open(tmp_path_factory.mktemp("profiles") / "taught") as profile:
        _learn(profile, *LEARNED)
        yield profile


@pytest.fixture(scope="module")
def personal(english: Path, profile: Profile) -> Completer:
    return autocomplete.load(english, profile=profile)


@pytest.fixture
def own(english: Path, tmp_path: Path) -> Iterator[tuple[Completer, Profile]]:
    """A completer and a profile to change."""
    with Profile.open(tmp_path / "own") as profile:
        yield autocomplete.load(english, profile=profile), profile


def _learn(profile: Profile, *texts: str) -> None:
    profile.learn([Line(text, "en", NOW) for text in texts], "a letter")


def _offered(completer: Completer, text: str) -> list[str]:
    stream = completer.stream()
    stream.update(text)
    return [suggestion.text for suggestion in stream.suggest(3)]


def test_a_word_of_the_users_is_completed(personal, en):
    assert "Quendolin" in _offered(personal, "yesterday que")
    assert "Quendolin" not in _offered(en, "yesterday que")


def test_it_is_foretold_where_it_stood_before(personal):
    assert "Zwirkelbach" in _offered(personal, "we met Quendolin at the ")


def test_the_base_still_suggests_what_the_user_has_not_shown_to_know_better(personal, en):
    assert set(_offered(en, "I am on my w")) & set(_offered(personal, "I am on my w"))


@settings(max_examples=40)
@given(st.lists(PIECES, max_size=8).map("".join))
def test_every_suggestion_begins_as_typed(personal, text):
    stream = personal.stream()
    stream.update(text)
    typed = text.split("\n")[-1].split(" ")[-1]
    if typed.isalpha():
        assert all(fold(suggestion.text).startswith(fold(typed)) for suggestion in stream.suggest(5))
    assert sum(suggestion.probability for suggestion in stream.suggest(50)) <= 1 + 1e-6


@settings(max_examples=40)
@given(st.lists(st.one_of(PIECES, st.integers(1, 3)), max_size=8))
def test_a_stream_with_a_profile_suggests_what_a_fresh_one_would(personal, edits):
    stream, text = personal.stream(), ""
    for edit in edits:
        text = text[: max(0, len(text) - edit)] if isinstance(edit, int) else text + edit
        stream.update(text)
        fresh = personal.stream()
        fresh.update(text)
        got, wanted = stream.suggest(3), fresh.suggest(3)
        assert [s.probability for s in got] == pytest.approx([s.probability for s in wanted], abs=1e-4)


def test_what_is_learned_now_is_known_at_the_next_word(own):
    completer, profile = own
    stream = completer.stream()
    stream.update("we met ")
    stream.suggest(3)
    _learn(profile, "we met Quendolin", "we met Quendolin")
    stream.update("we met Que")
    stream.suggest(3)
    stream.update("today we met que")
    assert "Quendolin" in [suggestion.text for suggestion in stream.suggest(3)]


def test_a_forgotten_word_is_gone_at_once_from_the_place_it_was_offered_at(own):
    completer, profile = own
    _learn(profile, *LEARNED)
    stream = completer.stream()
    stream.update("today que")
    assert "Quendolin" in [suggestion.text for suggestion in stream.suggest(3)]
    profile.forget_word("Quendolin")
    assert "Quendolin" not in [suggestion.text for suggestion in stream.suggest(3)]


def test_it_is_gone_from_the_page_it_was_written_on_until_it_is_written_again(own):
    completer, profile = own
    _learn(profile, *LEARNED)
    stream = completer.stream()
    stream.update("Quendolin was here. Now que")
    assert "Quendolin" in [suggestion.text for suggestion in stream.suggest(3)]
    profile.forget_word("Quendolin")
    assert "Quendolin" not in [suggestion.text for suggestion in stream.suggest(3)]
    _learn(profile, "Quendolin was here again")
    assert "Quendolin" in [suggestion.text for suggestion in stream.suggest(3)]


@pytest.mark.parametrize("written", ["quendolin", "QUENDOLIN", "Quendolin"])
def test_a_word_that_is_never_to_be_offered_is_not_in_any_case(own, written):
    completer, profile = own
    _learn(profile, *LEARNED)
    profile.never_offer(written)
    for typed in ("que", "Que", "QUE", "we met "):
        assert "quendolin" not in map(fold, _offered(completer, typed))
    profile.allow(written)
    assert "Quendolin" in _offered(completer, "que")


def test_that_holds_for_words_of_the_base_and_for_continuations(own, en):
    completer, profile = own
    stream = completer.stream()
    text = "See you "
    profile.never_offer(_offered(en, text)[0])
    assert _offered(en, text)[0] not in _offered(completer, text)
    stream.update(text)
    assert not stream.continuation().startswith(_offered(en, text)[0])


def test_own_words_are_never_corrected(own):
    completer, profile = own

    def corrected() -> bool:
        stream = completer.stream()
        stream.update("I see teh ")
        return stream.correct() is not None

    assert corrected()
    profile.add_word("teh", "en")
    assert not corrected()


def test_two_profiles_side_by_side_never_mix(english, tmp_path):
    with Profile.open(tmp_path / "one") as one, Profile.open(tmp_path / "other") as other:
        first, second = autocomplete.load(english, profile=one), autocomplete.load(english, profile=other)
        for turn in range(2):
            _learn(one, f"we met Quendolin number {turn}")
            _learn(other, f"we met Querkopf number {turn}")
        assert "Quendolin" in _offered(first, "que")
        assert "Querkopf" not in _offered(first, "que")
        assert "Querkopf" in _offered(second, "que")
        assert "Quendolin" not in _offered(second, "que")
        one.never_offer("the")
        assert not one.never() & other.never()


def test_a_profile_teaches_only_the_language_written(english, german, own, tmp_path):
    completer, profile = autocomplete.load(english, german, profile=own[1]), own[1]
    _learn(profile, *LEARNED)
    assert "Quendolin" in _offered(completer, "we met the que")
    only_german = autocomplete.load(german, profile=profile)
    assert "Quendolin" not in _offered(only_german, "que")
