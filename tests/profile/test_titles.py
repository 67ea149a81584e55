"""What is kept of a document's name and place: enough to know it again, and no secret."""

from collections.abc import Callable
from pathlib import Path

import pytest

from autocomplete import Profile
from autocomplete.privacy import redact_title
from autocomplete.text.line import Line

LINE = Line("we met at the station", "en", 1.0)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("+49 170 1234567.txt", "….txt"),
        ("WhatsApp Chat mit +49 170 1234567.txt", "WhatsApp Chat mit ….txt"),
        ("Anruf_0170_1234567 vom 2024-03-01.txt", "Anruf_… vom 2024-03-01.txt"),
        ("anna.meier@example.org", "…"),
        ("DE89370400440532013000.docx", "….docx"),
        ("password quillfeather.txt", "password ….txt"),
        ("/home/x/anna@example.org/0170 1234567.txt", "/home/x/…/….txt"),
    ],
)
def test_secrets_in_a_name_are_left_out(name: str, kept: str) -> None:
    assert redact_title(name) == kept


@pytest.mark.parametrize(
    "name",
    [
        "letter.txt", "Untitled", "Rechnung 2024.pdf", "2024-03-01 Brief.odt", "01.03.2024 Brief.txt", "1. Kapitel.md",
        "IMG_20240301_123456.txt", "heise.de.html", "/home/x/Documents/letters 2019/letter 3.txt", "",
        "550e8400-e29b-41d4-a716-446655440000",
    ],
)  # fmt: skip
def test_other_names_stay_as_they_are(name: str) -> None:
    assert redact_title(name) == name


def test_a_telephone_number_in_a_path_is_in_no_byte_of_the_profile(
    profile: Profile, bytes_in: Callable[[], bytes]
) -> None:
    path = "/home/x/chats/Anna +49 170 1234567.txt"
    profile.learn([LINE], path, Path(path).name)
    profile.learn([LINE], path, Path(path).name)
    (document,) = profile.documents()
    assert document.title == "Anna ….txt"
    assert "1234567" not in document.id
    assert b"170" not in bytes_in()
    assert b"1234567" not in bytes_in()


@pytest.mark.parametrize("by_path", [True, False])
def test_such_a_document_is_forgotten_by_its_path_and_by_its_id(profile: Profile, by_path: bool) -> None:
    path = "/home/x/+49 170 1234567.txt"
    profile.learn([LINE], path, "+49 170 1234567.txt")
    (document,) = profile.documents()
    assert profile.forget_document(path if by_path else document.id)
    assert profile.lines("en") == []


def test_a_text_saved_under_such_a_name_is_kept_without_it(profile: Profile) -> None:
    profile.learn([LINE], "untitled-1", "Untitled")
    profile.rename_document("untitled-1", "/home/x/0170 1234567.txt", "0170 1234567.txt")
    (document,) = profile.documents()
    assert (document.title, "1234567" in document.id) == ("….txt", False)
