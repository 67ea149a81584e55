"""What is never learned is found wherever it stands, and ordinary prose is left alone."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.privacy import looks_secret, redact, redact_line
from autocomplete.text.line import LEFT_OUT, Line, Span

_SECRETS = {
    "number": ["1234", "12 34", "3.141", "10-200", "1,250,000", "12'500", "1 2 3 4", "٣٤٥٦", "555-1234"],
    "phone number": ["+49 (0)30 / 1234-567", "(030) 123 45 67", "0049 170 1234567", "+1 (555) 123-4567"],
    "card number": ["4111 1111 1111 1111", "4111111111111111", "5500-0055-5555-5559", "411*111*111*111*111*1"],
    "bank account number": [
        "DE89 3704 0044 0532 0130 00",
        "de89370400440532013000",
        "GB29-NWBK-6016-1331-9268-19",
        "D E 8 9 3 7".replace(" ", "") + "0400440532013000",
        "FR14 2004 1010 0505 0001 3M02 606",
        "GB29 NWBK 6016 1331 9268 91",
    ],
    "e-mail address": ["anna.meier@example.com", "me+spam@sub.example.co.uk", "anna [at] example.com"],
    "web address": ["https://example.com/a?b=c", "www.example.com", "example.com/notes", "ftp://files"],
    "link with a password in it": ["https://anna:sommer@example.com/x", "https://example.com/x?access_token=abc"],
    "file path": ["C:\\Users\\anna\\notes", "/home/anna/letters", "~/letters/anna/a"],
    "random characters": [
        "hunter2",
        "Tr0ub4dor&3",
        "xKqZvTpwLm",
        "p@ssword",
        "Sommer!23",
        "AKIAIOSFODNN7EXAMPLE",
        "9b74c9897bac770ffc029102a200c5de",
        "550e8400-e29b-41d4-a716-446655440000",
        "SGVsbG8gV29ybGQhIQ==",
        "a4:5e:60:c1:9f:0b",
        "qwkjzxpvbn",
        "sk-abc12XY-99z",
    ],
    "date": ["12 March 1985", "March 12th, 1985", "3. Mai 1985", "3rd of May 85"],
    "social security or tax number": ["65 170839 J 003", "QQ 12 34 56 C"],
    "postal address": [
        "12 Oak Street",
        "221B Baker Street",
        "12 oak street",
        "1600 Pennsylvania Ave.",
        "5 W. 42nd Street",
        "Lindenallee 7, 10115 Berlin",
        "Berliner Straße 12",
        "Hauptstr. 5a",
        "Unter den Linden 77, 10117 Berlin",
        "NW1 6XE",
        "PO Box 12",
        "Straße des 17. Juni 135, 10623 Berlin",
        "Am Anger 3, 07743 Jena",
    ],
}
_ANNOUNCED = {
    "my password is sunshine": "sunshine",
    "password: correct horse battery staple, thanks": "correct horse battery staple",
    "password for the wifi is sunshine.": "sunshine",
    "Passwort ist Sonnenschein": "Sonnenschein",
    "Das WLAN-Passwort lautet Sonnenschein!": "Sonnenschein",
    "Kennwort: Apfel": "Apfel",
    "Passwort „Sonne“ eingeben": "„Sonne“",
    "Ich habe das Passwort auf Sommer gesetzt": "Sommer",
    "I use sunshine as my password": "sunshine",
    "als Passwort Sonne": "Sonne",
    "PIN 123": "123",
    "Meine PIN lautet 12": "12",
    "CVV: 123": "123",
    "code is swordfish": "swordfish",
    "Der Code ist ABC": "ABC",
    "user: anna": "anna",
    "born on 12 March": "12 March",
    "geboren am 3. Mai": "3. Mai",
    "DOB: 5/6": "5/6",
    "Steuer-ID: AB1": "AB1",
    "Passwort - Sonne": "Sonne",
    "password—sunshine": "sunshine",
    "My password's sunshine": "sunshine",
    "Passwort (Sonne": "Sonne",
    "SSN = 12x": "12x",
}
_PROSE = [
    "My iPhone and the McDonald GmbH sell B2B since COVID-19, don't they?",
    "JavaScript, YouTube, LaTeX, DuckDuckGo, NaNoWriMo, WhatsApp, PostgreSQL and LibreOffice",
    "Donaudampfschifffahrtsgesellschaftskapitän, Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz",
    "Kolleg*innen, Mitarbeiter:innen und Freund_innen sind 100%ig dabei, z. B. am 20.; H&M, AT&T, R&D, rock&roll",
    "At 10:30 or 10:30-11:45, on the 3rd, 5km away, 20er Jahre, CO2, MP3, H1N1, 3mal",
    "The password is wrong and my PIN is required. The code of conduct is good; Passwort vergessen?",
    "Auf Platz 3 der Liste, 5 minutes down the road, in opinion of the standard",
    "The straightforward thoroughbred rhythms of Krzysztof and Tchaikovsky, psychologically; Hauptbahnhof, Knopfdruck",
    "Szczepański und Brzęczyszczykiewicz, Vlhová; International Quarterly 26, number one Spring",
    "Ohhhhhhh hahahahahaha WYSIWYG UNESCO Don't—well...and so on",
]


@pytest.mark.parametrize(("reason", "secret"), [(reason, s) for reason, secrets in _SECRETS.items() for s in secrets])
def test_a_secret_is_replaced_and_named(reason: str, secret: str) -> None:
    redacted = redact(f"so, here: {secret} - as ever")
    assert redacted.text == f"so, here: {LEFT_OUT} - as ever"
    assert redacted.reasons == (reason,)
    assert redact(secret).text.strip(LEFT_OUT + ".") == ""


@pytest.mark.parametrize(("text", "secret"), _ANNOUNCED.items())
def test_what_is_announced_as_a_secret_is_replaced(text: str, secret: str) -> None:
    assert redact(text).text == text.replace(secret, LEFT_OUT)


@pytest.mark.parametrize("text", _PROSE)
def test_prose_is_left_alone(text: str) -> None:
    assert redact(text).text == text


def test_names_beside_an_address_are_left_out_with_it() -> None:
    for text in (
        "Xaver Quandtmeier, Lindenallee 7",
        "Quandtmeier, Lindenallee 7, 10115 Berlin",
        "Xaver Quandtmeier wohnt jetzt in der Lindenallee 7",
        "I live with Xaver Quandtmeier at 12 Oak Street, Springfield, IL 62704, and like it",
        "10115 Berlin, Lindenallee 7 (Quandtmeier)",
    ):
        left = redact(text).text
        for part in ("Xaver", "Quandtmeier", "Lindenallee", "Oak", "Berlin", "Springfield", "IL", "7", "12"):
            assert part not in left


def test_a_street_that_fills_its_line_is_an_address() -> None:
    assert redact("Im Winkel 3").text == redact("An der Alster 5b").text == LEFT_OUT
    assert redact("Im Winkel 3 war es kalt").text == "Im Winkel 3 war es kalt"


_words = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=12), max_size=6)
_planted = st.sampled_from([secret for secrets in _SECRETS.values() for secret in secrets])


@given(_words, _planted, _words)
def test_a_secret_does_not_survive_in_any_text(before: list[str], secret: str, after: list[str]) -> None:
    start, end = " ".join([*before, ""]), " ".join(["", *after])
    redacted = redact(start + secret + end)
    if secret not in start + end:
        assert secret not in redacted.text


@given(_words, st.from_regex(r"[0-9]([ .-]?[0-9]){3,18}", fullmatch=True), _words)
def test_no_number_of_four_digits_survives(before: list[str], number: str, after: list[str]) -> None:
    around = " ".join(before + after)
    assert number not in redact(" ".join([*before, number, *after])).text or number in around


@given(_words, st.from_regex(r"[a-z]{4,9}[0-9]{1,3}[a-z]{0,3}", fullmatch=True), _words)
def test_no_word_with_digits_behind_it_survives(before: list[str], token: str, after: list[str]) -> None:
    assert token not in redact(" ".join([*before, token, *after])).text or token in " ".join(before + after)


@given(st.text(max_size=80))
def test_there_is_one_mark_for_each_reason(text: str) -> None:
    redacted = redact(text)
    assert redacted.text.count(LEFT_OUT) - text.count(LEFT_OUT) <= len(redacted.reasons)
    assert len(redacted.text) <= len(text) + len(redacted.reasons)


_prose = st.sampled_from(["we", "went", "Rome", "is", "password", "ok,", "PIN", "and"])
_fragments = st.lists(st.one_of(_planted, _prose), min_size=1, max_size=8, unique=True)  # so each can be found again


@given(_fragments, st.data())
def test_spans_cover_the_same_words_and_stay_within_the_text(fragments: list[str], data: st.DataObject) -> None:
    text = " ".join(fragments)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6)))
    parts = [(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=False) if start < end]
    spans = tuple(Span(start, end, float(i)) for i, (start, end) in enumerate(parts))
    line = redact_line(Line(text, "en", 5.0, spans))
    if line is None or not spans:
        return
    assert all(0 <= span.start < span.end <= len(line.text) for span in line.spans)
    assert all(one.end <= other.start for one, other in zip(line.spans, line.spans[1:], strict=False))
    kept = _kept(text, line.text)
    for i, span in enumerate(spans):
        covered = "".join(line.text[s.start : s.end] for s in line.spans if s.weight == i).replace(LEFT_OUT, " ")
        assert covered.split() == "".join(text[k] if k in kept else " " for k in range(span.start, span.end)).split()


def _kept(text: str, redacted: str) -> set[int]:
    """Where the characters that are left stood: everything between two marks is found in order."""
    places: set[int] = set()
    pieces = redacted.split(LEFT_OUT)
    at = 0
    for i, piece in enumerate(pieces):
        at = len(text) - len(piece) if i == len(pieces) - 1 and i else text.index(piece, at)
        places |= set(range(at, at + len(piece)))
        at += len(piece)
    return places


def test_spans_move_with_the_text() -> None:
    line = redact_line(Line("call 0170 1234567 or write home", "en", 5.0, (Span(0, 4, 1.0), Span(21, 26, 2.0))))
    assert line == Line(f"call {LEFT_OUT} or write home", "en", 5.0, (Span(0, 4, 1.0), Span(10, 15, 2.0)))


def test_a_line_of_which_nothing_of_the_users_is_left_is_none() -> None:
    assert redact_line(Line("4111 1111 1111 1111", "en", 0.0)) is None
    assert redact_line(Line("", "en", 0.0)) is None
    assert redact_line(Line("see hunter2", "en", 0.0, (Span(4, 11, 1.0),))) is None
    assert redact_line(Line("see you", "en", 0.0)) == Line("see you", "en", 0.0)


def test_words_to_offer_are_judged_alone() -> None:
    assert looks_secret("hunter2")
    assert looks_secret("anna@example.com")
    assert looks_secret(f"a{LEFT_OUT}b")
    assert not any(map(looks_secret, ["password", "Berlin", "don't", "iPhone", "Überraschungsei", "COVID-19"]))


@pytest.mark.parametrize(
    "unit",
    [
        "1", "a", "A", "1 ", "a1", "1a ", "@", "a@", "a.", "Ab ", "AbC", "pin ", "pin:", "password ", "passwort-",
        "password is ", "is ", "as password ", "https://", "//", "\\", "/a", "(", "1,", "DE12", "12 Oak ", "1 Oak St ",
        "Straße ", "a-b-", "Am 1 ", "born ", "May ", "geb. a ", "\u0130", "“", "1234 A ", "=", "a\u0301", "x=", "code ",
    ],
)  # fmt: skip
def test_hostile_lines_take_no_longer_than_their_length_allows(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    start = time.perf_counter()
    redact(text)
    assert time.perf_counter() - start < 8


def test_random_letters_are_mostly_found() -> None:
    draw = random.Random(1)
    tokens = ["".join(draw.choices("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", k=12)) for _ in range(300)]
    assert sum(map(looks_secret, tokens)) > 285
