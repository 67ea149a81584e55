"""What can be written is what lies in the models' folders, by its own name."""

import json
from pathlib import Path

import pytest

import autocomplete
from gui.languages import choices, codes_of, known, name_of


@pytest.fixture
def user_models(own_folders: Path) -> Path:
    folder = own_folders / "data" / "autocomplete-desktop" / "models"
    folder.mkdir(parents=True)
    return folder


def test_the_shipped_languages_and_both_together_can_be_chosen() -> None:
    assert choices() == {"en": "English", "de": "German", "en+de": "English and German"}


def test_a_model_put_into_the_users_folder_is_offered(user_models: Path, english: Path) -> None:
    (user_models / "fr").symlink_to(english)
    assert "fr" in autocomplete.languages()
    assert choices()["fr"] == "French"
    assert choices()["en+fr"] == "English and French"
    assert autocomplete.load("fr").languages == ("en",)  # it is the tiny English model


def test_a_folder_whose_name_is_no_language_is_offered_by_that_name(user_models: Path) -> None:
    (user_models / "work mail").mkdir()
    (user_models / "work mail" / "config.json").write_text(json.dumps({}))
    assert choices()["work mail"] == "work mail"


def test_a_folder_without_a_model_is_not_offered(user_models: Path) -> None:
    (user_models / "notes").mkdir()
    assert "notes" not in autocomplete.languages()


@pytest.mark.parametrize(
    ("choice", "codes", "name"),
    [
        ("en", ("en",), "English"),
        ("both", ("en", "de"), "English and German"),
        ("de+en", ("de", "en"), "German and English"),
    ],
)
def test_a_choice_names_its_languages(choice: str, codes: tuple[str, ...], name: str) -> None:
    assert codes_of(choice) == codes
    assert name_of(choice) == name


def test_what_is_not_installed_any_more_gives_way_to_what_is() -> None:
    assert known("tlh") == "en"
    assert known("en+tlh") == "en"
    assert known("both") == "en+de"
