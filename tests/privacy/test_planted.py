"""A table of planted secrets: none that is announced reaches the profile, and hardly one that is not."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autocomplete import Profile
from autocomplete.privacy import redact
from autocomplete.text.folding import fold
from autocomplete.text.line import Line
from autocomplete.text.words import WORD

_DATA = Path(__file__).parent / "data"
_LEAST_HELD = 0.95
_MOST_MISTAKEN = 1 / 2000  # of ordinary words


class Row(NamedTuple):
    """One row of the table."""

    part: str
    language: str
    kind: str
    announced: bool
    text: str
    secrets: tuple[str, ...]

    @classmethod
    def read(cls, row: dict[str, str]) -> "Row":
        text, secret = (row[name].replace("\\n", "\n") for name in ("text", "secret"))
        announced = row["announced"] == "yes"
        return cls(row["part"], row["language"], row["kind"], announced, text, tuple(secret.split(";;")))

    @property
    def secret_words(self) -> set[str]:
        """The words that stand in the secrets and nowhere else in the text."""
        around = self.text
        for secret in self.secrets:
            around = around.replace(secret, " ")
        return _words(" ".join(self.secrets)) - _words(around)


def _words(text: str) -> set[str]:
    return {fold(word) for word in WORD.findall(text) if len(word) > 1}


with (_DATA / "planted_secrets.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = [Row.read(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _lines(row: Row) -> list[Line]:
    return [Line(line, row.language, 1.0) for line in row.text.split("\n")]


def _leaked(row: Row, folder: Path) -> set[str]:
    """The words of its secrets that a profile knows once the text was learned; numbers of them are no words."""
    with Profile.open(folder) as profile:
        profile.learn(_lines(row), "note")
        kept = "\n".join(line.text for line in profile.lines(row.language))
        known = {fold(word.text) for word in profile.words(row.language)} | _words(kept)
    numbers = {secret for secret in row.secrets if sum(map(str.isdecimal, secret)) > 3 and secret in kept}
    return (row.secret_words & known) | numbers


@pytest.fixture(scope="module")
def leaked(tmp_path_factory: pytest.TempPathFactory) -> dict[Row, set[str]]:
    """The rows of which something was learned, and what."""
    place = tmp_path_factory.mktemp("planted")
    found = {row: _leaked(row, place / str(number)) for number, row in enumerate(ROWS)}
    return {row: words for row, words in found.items() if words}


def test_the_table_holds_many_secrets_of_both_languages() -> None:
    assert len(ROWS) >= 150
    assert min(Counter(row.language for row in ROWS).values()) > len(ROWS) / 3
    assert sum(row.part.startswith("blind") for row in ROWS) > len(ROWS) / 3
    for row in ROWS:
        assert all(secret in row.text for secret in row.secrets), row


def test_no_announced_secret_is_learned(leaked: dict[Row, set[str]]) -> None:
    assert {row.text: words for row, words in leaked.items() if row.announced} == {}


@pytest.mark.parametrize("language", ["en", "de"])
def test_nearly_no_secret_is_learned(leaked: dict[Row, set[str]], language: str) -> None:
    rows = [row for row in ROWS if row.language == language]
    lost = {row.text: words for row, words in leaked.items() if row.language == language}
    assert len(lost) <= (1 - _LEAST_HELD) * len(rows), lost


def test_ordinary_text_is_hardly_touched() -> None:
    """Letters and notes that speak of passwords, codes and keys, and give none away."""
    text = (_DATA / "ordinary.txt").read_text(encoding="utf-8")
    words = len(WORD.findall(text))
    kept = len(WORD.findall(redact(text).text))
    assert words - kept <= max(1, words * _MOST_MISTAKEN), [
        line for line in text.splitlines() if redact(line).text != line
    ]


_CARRIERS = {
    "en": ["we met at the station {}", "thanks for the tea, {}", "{}", "see you there. {}", "I am home now: {}"],
    "de": ["wir waren am Bahnhof {}", "danke für den Tee, {}", "{}", "bis dann. {}", "ich bin jetzt da: {}"],
}
_WORDINGS = {
    "en": [
        "password: {}", "the password is {}", "my wifi password is {}", "Password? {}", "{} is my password",
        "pasword: {}", "the passphrase is {}", "password\n{}", "What\'s the password?\n{}", "passcode = {}",
    ],
    "de": [
        "Passwort: {}", "das Passwort ist {}", "mein WLAN-Passwort lautet {}", "Passwort? {}", "{} ist mein Passwort",
        "Pasword: {}", "die Passphrase ist {}", "Kennwort\n{}", "Wie ist das Passwort?\n{}", "Kennwort = {}",
    ],
}  # fmt: skip
_invented = st.from_regex(r"[bdfgklmnprst][aeiou](?:[bdfgklmnprst][aeiou]){2,4}x", fullmatch=True)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Profile]:
    """One that the examples share; each forgets its note."""
    with Profile.open(tmp_path_factory.mktemp("planted") / "profile") as profile:
        yield profile


@settings(max_examples=60, deadline=None)
@given(data=st.data(), language=st.sampled_from(["en", "de"]))
def test_no_piece_of_an_announced_secret_reaches_the_words_of_a_profile(
    profile: Profile, language: str, data: st.DataObject
) -> None:
    secret = " ".join(data.draw(st.lists(_invented, min_size=1, max_size=4, unique=True), label="secret"))
    wording = data.draw(st.sampled_from(_WORDINGS[language]), label="wording")
    text = data.draw(st.sampled_from(_CARRIERS[language]), label="carrier").format(wording.format(secret))
    profile.learn([Line(line, language, 1.0) for line in text.split("\n")], "note")
    known = {fold(word.text) for word in profile.words(language)}
    profile.forget_document("note")
    assert not _words(secret) & known


def test_the_same_words_without_an_announcement_are_learned(profile: Profile) -> None:
    """The tests above would notice: what is no secret is known."""
    profile.learn([Line("we met Bidokax at the station", "en", 1.0)], "note")
    known = {word.text for word in profile.words("en")}
    profile.forget_document("note")
    assert {"Bidokax", "station"} <= known
