"""What one line announces and another holds, and what is not finished yet."""

from pathlib import Path

import pytest

from autocomplete import Profile
from autocomplete.privacy import Redactor, redact, unfinished
from autocomplete.text.line import LEFT_OUT, Line, Span


@pytest.mark.parametrize(
    "text",
    [
        "Password:\nquillfeather",
        "Password:\n\nquillfeather",
        "What's the password?\nquillfeather",
        "What's the password?\nhang on\nquillfeather",
        "can you send me the wifi password?\nsure, it's quillfeather",
        "Wie war nochmal das Passwort?\nquillfeather",
        "Das Passwort für den Router ist\nquillfeather",
    ],
)
def test_what_the_line_above_asks_for_or_announces_is_left_out(text: str) -> None:
    redacted = redact(text).text
    assert "quillfeather" not in redacted
    assert redacted.split("\n")[0] == text.split("\n")[0]


@pytest.mark.parametrize(
    "text",
    [
        "Forgot your password?\nClick the link below to go on.",
        "I forgot my password\nso I asked for a new one",
        "What is the secret of your success?\nhard work",
        "What is the key difference?\nnone that I can see",
        "Passwort vergessen?\nDann hier klicken.",
    ],
)
def test_other_questions_leave_the_line_below_alone(text: str) -> None:
    assert redact(text).text == text


def test_only_the_answer_is_left_out_and_not_what_follows_it() -> None:
    assert (
        redact("Password:\nquillfeather\nsee you on Monday then").text
        == f"Password:\n{LEFT_OUT}\nsee you on Monday then"
    )


def test_a_private_key_is_left_out_from_its_first_line_to_its_last() -> None:
    redactor = Redactor()
    lines = ["here:", "-----BEGIN PRIVATE KEY-----", "quillfeather", "-----END PRIVATE KEY-----", "that is it"]
    assert [redactor.redact(line).text for line in lines] == ["here:", *[LEFT_OUT] * 3, "that is it"]


def test_what_stands_above_a_line_announces_and_is_not_learned(tmp_path: Path) -> None:
    profile = Profile.open(tmp_path / "profile")
    profile.learn([Line("quillfeather", "en", 1.0, (), "Hello Tom\nPassword:\n")], "note")
    profile.learn([Line("it is quillfeather", "en", 1.0, (Span(0, 18, 1.0),), "What's the password?")], "note")
    profile.learn([Line("we met quillfeather", "en", 1.0, (), "We went out.")], "note")
    assert [line.text for line in profile.lines("en")] == ["we met quillfeather"]
    profile.close()


@pytest.mark.parametrize(
    ("before", "held_back"),
    [
        ("one two thr", "thr"),
        ("one two ", ""),
        ("", ""),
        ("write to anna.mei", "anna.mei"),
        ("write to anna.meier@", "anna.meier@"),
        ("call anna at exam", "anna at exam"),
        ("we live in Lindenallee ", "Lindenallee "),
        ("call +49 170 ", "+49 170 "),
        ("sunflower is my ", "sunflower is my "),
    ],
)
def test_what_may_become_a_secret_is_unfinished(before: str, held_back: str) -> None:
    assert before[unfinished(before) :] == held_back
