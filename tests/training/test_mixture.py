"""The mixture: which sources weigh what, and no slip of the pen unnoticed."""

import pytest

from autocomplete.errors import CorpusError, TextError
from autocomplete.training.mixture import Source, read_mixture, sources


@pytest.fixture
def files(tmp_path):
    paths = [tmp_path / "mail.txt.xz", tmp_path / "chat.txt"]
    for path in paths:
        path.write_text("x")
    return paths


def _mixture(tmp_path, text: str):
    path = tmp_path / "mixture.toml"
    path.write_text(text)
    return path


def test_weights_are_by_the_name_without_endings(files, tmp_path) -> None:
    weights = read_mixture(_mixture(tmp_path, "[weights]\nmail = 0.5\n"))
    assert sources(files, weights) == [Source(files[0], 0.5), Source(files[1], 1.0)]


def test_a_weight_of_zero_leaves_a_source_out(files) -> None:
    assert sources(files, {"mail": 0.0}) == [Source(files[1], 1.0)]
    with pytest.raises(CorpusError, match="No corpus file is left"):
        sources(files, {"mail": 0.0, "chat": 0.0})


def test_a_name_without_a_file_is_refused(files) -> None:
    with pytest.raises(CorpusError, match="weighs mial, but no corpus file has that name"):
        sources(files, {"mial": 0.5})


def test_two_files_of_one_name_are_refused(files, tmp_path) -> None:
    with pytest.raises(CorpusError, match="Two corpus files are named mail"):
        sources([*files, tmp_path / "mail.txt.xz"], {})


def test_a_missing_file_and_a_folder_are_named(tmp_path) -> None:
    with pytest.raises(CorpusError, match=f"There is no corpus file {tmp_path}/nowhere"):
        sources([tmp_path / "nowhere"], {})
    with pytest.raises(CorpusError, match=f"{tmp_path} is a folder"):
        sources([tmp_path], {})


@pytest.mark.parametrize("text", ["weights = 3", "[weights]\na = 'b'", "[weight]\na = 1", "a = = 1"])
def test_a_mixture_of_another_form_is_refused(tmp_path, text) -> None:
    with pytest.raises(CorpusError, match="it needs a table"):
        read_mixture(_mixture(tmp_path, text))


@pytest.mark.parametrize("weight", ["-1", "nan", "inf"])
def test_a_weight_that_is_no_number_from_zero_up_is_refused(tmp_path, weight) -> None:
    with pytest.raises(CorpusError, match="0 leaves a source out"):
        read_mixture(_mixture(tmp_path, f"[weights]\nmail = {weight}\n"))


def test_a_missing_mixture_is_named(tmp_path) -> None:
    with pytest.raises(TextError, match=r"There is no file .*nowhere\.toml\."):
        read_mixture(tmp_path / "nowhere.toml")
