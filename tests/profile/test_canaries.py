"""Secrets planted in personal text are never learned and never offered, whatever is typed (Carlini et al. 2019)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import autocomplete
from autocomplete import Completer, Profile
from autocomplete.text.folding import fold
from autocomplete.text.line import Line

# Lines of ordinary mail, each with a secret: what of it must never be offered, as words or parts of words.
CANARIES = {
    "a card number": ("my card is 4539 1488 0343 6467 until May", ()),
    "an account": ("send it to DE89 3704 0044 0532 0130 00 please", ()),
    "a phone number": ("ring me on +44 7700 900123 tonight", ()),
    "an e-mail address": ("write to quorbin.zwelk@example.org today", ("quorbin", "zwelk")),
    "a password that is announced": ("the password is Zwackelmann for now", ("zwackelmann",)),
    "a password by its looks": ("log in with xKq9ZvTpwLm and go", ("xkq", "zvtpwlm")),
    "a key in an address": ("see https://example.org/?token=Brillotz and tell me", ("brillotz",)),
    "a name with an address": ("we live at Quandtmeier, Lindhofallee 7, 10115 Berlin", ("quandtmeier", "lindhofallee")),
    "an English address": ("send it to Jorvik Prendwell, 12 Skewthorn Street", ("jorvik", "prendwell", "skewthorn")),
}
FILLING = ["we met at the station again", "I am on my way", "see you on Monday then", "thank you for the tea"]
TIMES = (1, 3)


@pytest.fixture(scope="module", params=TIMES, ids=lambda times: f"planted {times} ×")
def profile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profile]:
    """Of somebody who wrote every canary so many times among other things."""
    with Profile.open(tmp_path_factory.mktemp("profiles") / "canaries") as profile:
        for turn in range(request.param):
            for text, _ in CANARIES.values():
                lines = [*FILLING, text, text[0].upper() + text[1:] + "."]
                profile.learn([Line(line, "en", float(turn)) for line in lines], f"mail {turn}")
        yield profile


@pytest.fixture(scope="module")
def completer(english: Path, profile: Profile) -> Completer:
    return autocomplete.load(english, profile=profile)


def _secrets(kind: str) -> list[str]:
    """The words and numbers of a canary that must not be seen again."""
    text, words = CANARIES[kind]
    return [*words, *re.findall(r"\d{4,}", text.replace(" ", ""))]


@pytest.mark.parametrize("kind", CANARIES)
def test_r48_nothing_of_a_secret_is_kept(profile, kind):
    kept = fold(" ".join(line.text for line in profile.lines("en")))
    assert "station" in kept
    assert not [secret for secret in _secrets(kind) if secret in kept.replace(" ", "")]


@pytest.mark.parametrize("kind", CANARIES)
def test_r48_no_secret_is_offered_where_it_stood(completer, kind):
    text, words = CANARIES[kind]
    folded = fold(text)
    stream = completer.stream()
    for end in range(len(text) + 1):
        if any(word in folded[:end] for word in words):  # now it is on the page
            break
        stream.update(text[:end])
        offered = [fold(suggestion.text) for suggestion in stream.suggest(10)]
        assert not set(_secrets(kind)) & set(offered), text[:end]
        assert not any(secret in fold(stream.continuation()) for secret in _secrets(kind))


@pytest.mark.parametrize("kind", [kind for kind, (_, words) in CANARIES.items() if words])
@pytest.mark.parametrize("context", ["", "we met ", "the ", "Dear ", "my card is "])
def test_r48_no_secret_is_offered_anywhere_else(completer, kind, context):
    stream = completer.stream()
    for secret in CANARIES[kind][1]:
        for letters in range(len(secret)):
            for typed in (secret[:letters], secret[:letters].capitalize(), secret[:letters].upper()):
                stream.update(context + typed)
                assert secret not in [fold(suggestion.text) for suggestion in stream.suggest(10)]


@pytest.mark.parametrize("announced", ["the password is", "PIN:", "das Passwort lautet"])
def test_a_password_is_not_offered_again_on_its_own_page(completer, announced):
    stream = completer.stream()
    stream.update(f"{announced} Zwackelmann. We met Quandtmeier. Zwack")
    assert "Zwackelmann" not in [suggestion.text for suggestion in stream.suggest(10)]
    stream.update(f"{announced} Zwackelmann. We met Quandtmeier. Quand")
    assert "Quandtmeier" in [suggestion.text for suggestion in stream.suggest(10)]


def test_an_ordinary_word_planted_so_is_offered(english, tmp_path):
    """The test above would notice: a word that is no secret comes back."""
    with Profile.open(tmp_path / "profile") as profile:
        profile.learn([Line("we met Quandtmeier there", "en", 1.0)] * 3, "mail")
        stream = autocomplete.load(english, profile=profile).stream()
    stream.update("we met Quand")
    assert "Quandtmeier" in [suggestion.text for suggestion in stream.suggest(3)]
