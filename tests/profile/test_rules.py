"""The rules of learning and forgetting, R44 to R50, in the engine; R48 is in test_canaries."""

from collections.abc import Callable
from pathlib import Path

import pytest

import autocomplete
from autocomplete import Completer, Profile
from autocomplete.errors import ProfileError
from autocomplete.text.folding import fold
from autocomplete.text.line import Line, Span

Learn = Callable[..., int]


@pytest.fixture
def completer(english: Path, profile: Profile) -> Completer:
    """Reads `profile`."""
    return autocomplete.load(english, profile=profile)


@pytest.fixture
def write(profile: Profile) -> Learn:
    """Teaches lines that were typed, one after the other."""

    def write(*texts: str) -> int:
        return profile.learn([Line(text, "en", 1.0) for text in texts], "a letter")

    return write


def _offered(completer: Completer, text: str) -> list[str]:
    stream = completer.stream()
    stream.update(text)
    return [suggestion.text for suggestion in stream.suggest(5)]


def _taught(text: str, word: str, weight: float) -> Line:
    """A line whose `word` has a weight of its own; the rest is typed."""
    start = text.index(word)
    end = start + len(word)
    return Line(text, "en", 1.0, (Span(0, start, 1.0), Span(start, end, weight), Span(end, len(text), 1.0)))


@pytest.mark.parametrize(("picked", "typed"), [("Quendolin", "Querkopf"), ("Querkopf", "Quendolin")])
def test_r44_a_word_picked_teaches_more_than_a_word_typed(completer, profile, picked, typed):
    for _ in range(3):
        profile.learn([_taught(f"we met {picked} again", picked, 2.0), Line(f"we met {typed} again", "en", 1.0)], "a")
    offered = _offered(completer, "we met que")
    assert offered.index(picked) < offered.index(typed)


def test_r44_what_the_user_did_not_write_teaches_nothing(completer, profile):
    """As a word that was corrected for them, or pasted: it is in the line, and in none of its spans."""
    profile.learn([Line("we met Quendolin again", "en", 1.0, (Span(0, 7, 1.0), Span(16, 22, 1.0)))] * 3, "a")
    assert {word.text for word in profile.words("en")} == {"we", "met", "again"}
    assert "Quendolin" not in _offered(completer, "we met que")


def test_r45_a_new_word_is_offered_from_its_second_sighting_on(completer, write):
    write("we met Quendolin")
    assert "Quendolin" not in _offered(completer, "today we met que")
    write("we met Quendolin")
    assert "Quendolin" in _offered(completer, "today we met que")


def test_r45_an_added_word_is_offered_at_once(completer, profile):
    profile.add_word("Quendolin", "en")
    assert "Quendolin" in _offered(completer, "que")


@pytest.mark.parametrize("change", [Profile.forget_word, Profile.never_offer])
def test_r46_a_suggestion_forgotten_or_banned_is_gone_and_comes_back_when_that_is_undone(
    completer, profile, write, change
):
    write(*["we met Quendolin"] * 3)
    assert "Quendolin" in _offered(completer, "we met que")
    change(profile, "Quendolin")
    assert "Quendolin" not in _offered(completer, "we met que")
    profile.undo()
    assert "Quendolin" in _offered(completer, "we met que")


def test_r46_a_word_of_the_language_is_banned_and_allowed_like_one_learned(completer, profile):
    word = _offered(completer, "See you ")[0]
    profile.never_offer(word)
    assert fold(word) not in map(fold, _offered(completer, "See you "))
    profile.allow(word)
    assert word in _offered(completer, "See you ")


def test_r47_a_new_stream_knows_nothing_of_what_another_was_given(completer, profile):
    """Incognito begins and ends with one; what was written in it is not learned."""
    private = completer.stream()
    private.update("we met Quendolin and Quendolin. Que")
    assert "Quendolin" in [suggestion.text for suggestion in private.suggest(5)]
    assert "Quendolin" not in _offered(completer, "we met que")
    assert profile.words("en") == []


@pytest.mark.parametrize("text", ["the ", "the bast", "Bastar", "BAST"])
def test_r49_an_offensive_word_is_not_offered(completer, write, text):
    write(*["the bastards again"] * 2)
    assert "bastards" not in map(fold, _offered(completer, text))


def test_r49_unless_that_is_switched_on(english, profile, write):
    write(*["the bastards again"] * 2)
    assert "bastards" in _offered(autocomplete.load(english, profile=profile, offensive=True), "the bast")


def test_r49_no_word_is_corrected_to_one_that_is_not_offered(completer, profile):
    def corrected() -> str | None:
        stream = completer.stream()
        stream.update("I see teh ")
        correction = stream.correct()
        return correction and correction.text

    assert corrected() == "the"
    profile.never_offer("the")
    assert corrected() is None


def test_r50_delete_leaves_nothing_in_the_folder_or_beside_it(tmp_path, line):
    (tmp_path / "other").mkdir()
    before = sorted(tmp_path.rglob("*"))
    profile = Profile.open(tmp_path / "profile")
    profile.learn([line("heron")], "a")
    profile.add_model("en", {"step.onnx": b"x"}, {}, active=True)
    profile.scratch("en").write("state", b"x")
    profile.set_passphrase("secret")
    profile.delete()
    assert sorted(tmp_path.rglob("*")) == before
    with pytest.raises(ProfileError, match="was closed"):
        profile.words("en")
