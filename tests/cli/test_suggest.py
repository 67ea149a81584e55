"""`autocomplete suggest`: what it prints for texts and lines, good and bad."""

import json

import pytest


def test_the_words_come_best_first_with_tabs_between(run) -> None:
    result = run("suggest", "I am on my w")
    assert result.stdout == "way\twas\twhat\n"
    assert result.exit_code == 0


def test_a_text_without_quotes_is_one_text(run) -> None:
    assert run("suggest", "I", "am", "on", "my", "wh").stdout == "what\n"


def test_a_space_at_the_end_asks_for_the_next_word(run) -> None:
    assert run("suggest", "on my ", "-k", "1").stdout == "way\n"


def test_an_empty_text_asks_for_a_first_word(run) -> None:
    assert run("suggest", "", "-k", 2).stdout == "way\twas\n"


def test_without_a_text_each_line_of_stdin_gets_a_line(run) -> None:
    result = run("suggest", stdin="my w\nno such x\r\nwas gr\n\n")
    assert result.stdout.split("\n") == ["way\twas\twhat", "", "grün", "way\twas\twhat", ""]


def test_a_last_line_without_an_end_counts(run) -> None:
    assert run("suggest", stdin="wh").stdout == "what\n"


def test_no_line_gets_no_line(run) -> None:
    assert run("suggest", stdin="").stdout == ""


def test_json_names_the_text_and_the_probabilities(run) -> None:
    result = run("suggest", "--json", "alles gr")
    assert json.loads(result.stdout) == {
        "text": "alles gr",
        "suggestions": [{"text": "grün", "probability": 0.5}],
    }
    assert "grün" in result.stdout


def test_json_is_one_object_a_line(run) -> None:
    lines = run("suggest", "--json", stdin="w\nx\n").stdout.splitlines()
    assert [len(json.loads(line)["suggestions"]) for line in lines] == [3, 0]


def test_english_is_loaded_unless_said_otherwise(run, loaded) -> None:
    run("suggest", "w")
    run("suggest", "w", "--language", "de")
    run("suggest", "w", "-l", "en, de,")
    assert loaded == [("en",), ("de",), ("en", "de")]


def test_a_folder_is_one_model_whatever_its_name(run, loaded, tmp_path) -> None:
    folder = tmp_path / "mine,old"
    folder.mkdir()
    run("suggest", "w", "--language", folder)
    assert loaded == [(str(folder),)]


def test_a_text_in_another_encoding_is_refused(run) -> None:
    result = run("suggest", "gr\udcfcn")
    assert result.exit_code == 65
    assert result.stderr == "autocomplete: The text is not UTF-8; convert it with iconv.\n"


def test_lines_in_another_encoding_are_refused(run) -> None:
    result = run("suggest", stdin=b"gr\xfcn\n")
    assert result.exit_code == 65
    assert result.stderr == "autocomplete: The text on stdin is not UTF-8; convert it with iconv.\n"


@pytest.mark.parametrize("k", ["0", "-1", "three"])
def test_a_number_of_words_must_be_one_or_more(run, k: str) -> None:
    result = run("suggest", "w", "-k", k)
    assert result.exit_code == 64
    assert "-k" in result.stderr
