"""Models are found and loaded, or refused in one sentence that names what is wrong."""

import json
import re
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import pytest

import autocomplete
from autocomplete import ModelError, ProfileError
from autocomplete.installed import model_folder
from autocomplete.model.bundle import Bundle
from tests.model.crafted import describe, replace
from tests.tiny_model import tiny_tokenizer

FILES = [
    "begin.onnx",
    "continue.onnx",
    "gates.onnx",
    "ngram.safetensors",
    "spellings.safetensors",
    "step.onnx",
    "tokenizer.model",
    "weights.safetensors",
]


@pytest.fixture
def model(english: Path, tmp_path: Path) -> Path:
    """A copy of the tiny English model, to be damaged."""
    return copytree(english, tmp_path / "english")


def _refusal(*names: str | Path) -> str:
    with pytest.raises(ModelError) as caught:
        autocomplete.load(*names)
    sentence = str(caught.value)
    assert "\n" not in sentence
    assert sentence.endswith(".")
    return sentence


def test_a_folder_is_a_language_to_write_in(english):
    completer = autocomplete.load(english)
    assert completer.languages == ("en",)
    stream = completer.stream()
    stream.update("They wou")
    assert stream.suggest(1)[0].text == "would"


def test_a_folder_may_be_named_by_a_string(english):
    assert autocomplete.load(str(english)).languages == ("en",)


def test_several_languages_are_loaded_together(english, german):
    assert autocomplete.load(german, english).languages == ("de", "en")


def test_the_same_model_is_loaded_once(english, german):
    assert autocomplete.load(english, german, english).languages == ("en", "de")


def test_two_completers_of_a_model_agree(english):
    one, other = (autocomplete.load(english).stream() for _ in range(2))
    for stream in (one, other):
        stream.update("I would l")
    assert one.suggest(5) == other.suggest(5)


def test_a_model_without_a_memory_is_enough(model):
    files = json.loads((model / "config.json").read_text())["files"]
    del files["ngram.safetensors"]
    describe(model, files=files)
    (model / "ngram.safetensors").unlink()
    stream = autocomplete.load(model).stream()
    stream.update("They would l")
    assert stream.suggest(3)


def test_languages_are_those_in_the_package(tmp_path, monkeypatch, english):
    monkeypatch.setattr("autocomplete.installed.shipped_models", lambda: tmp_path)
    assert autocomplete.languages() == []
    copytree(english, tmp_path / "en")
    (tmp_path / "half").mkdir()
    assert autocomplete.languages() == ["en"]
    assert autocomplete.load("en").languages == ("en",)


def test_models_that_spell_letter_by_letter_are_no_languages(tmp_path, monkeypatch, english):
    monkeypatch.setattr("autocomplete.installed.shipped_models", lambda: tmp_path)
    assert autocomplete.character_models() == []
    copytree(english, tmp_path / "characters" / "en")
    (tmp_path / "characters" / "half").mkdir()
    assert autocomplete.character_models() == ["characters/en"]
    assert autocomplete.languages() == []
    assert autocomplete.load("characters/en").languages == ("en",)


def test_a_language_is_not_taken_for_the_model_that_spells_it(tmp_path, monkeypatch, english):
    monkeypatch.setattr("autocomplete.installed.shipped_models", lambda: tmp_path)
    copytree(english, tmp_path / "characters" / "en")
    assert "'en'" in _refusal("en")
    assert "'characters/de'" in _refusal("characters/de")


@pytest.mark.parametrize("name", ["xx", "en/../xx", "no such folder", "E N", "\0"])
def test_an_unknown_language_is_named(name):
    sentence = _refusal(name)
    assert repr(name) in sentence
    assert "the languages are de, en" in sentence


def test_no_language_at_all_is_an_error():
    assert "No language was named" in _refusal()


def test_one_unknown_among_several_is_named(english):
    assert "'xx'" in _refusal(english, "xx")


def test_a_folder_that_is_missing_is_named(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "nowhere" in _refusal(Path("nowhere"))


def test_a_file_is_no_folder(english):
    assert "config.json" in _refusal(english / "config.json")


def test_a_folder_that_holds_no_model_is_named(tmp_path):
    assert str(tmp_path) in _refusal(tmp_path)


def test_a_model_of_a_newer_version_asks_for_an_update(model):
    describe(model, format=99)
    assert "update the app" in _refusal(model)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 1}', b'{"format": "1"}'])
def test_a_description_that_describes_nothing_is_named(model, content):
    (model / "config.json").write_bytes(content)
    assert "config.json" in _refusal(model)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(model, name):
    (model / name).unlink()
    assert name in _refusal(model)


@pytest.mark.parametrize("name", FILES)
def test_a_truncated_file_is_named(model, name):
    content = (model / name).read_bytes()
    (model / name).write_bytes(content[: len(content) // 2])
    assert name in _refusal(model)


@pytest.mark.parametrize("name", FILES)
def test_a_changed_file_is_named(model, name):
    content = bytearray((model / name).read_bytes())
    content[len(content) // 2] ^= 1
    (model / name).write_bytes(content)
    assert name in _refusal(model)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("content", [b"", b"something else" * 50], ids=["empty", "foreign"])
def test_a_file_that_was_foreign_from_the_start_is_named(model, name, content):
    replace(model, name, content)
    assert name in _refusal(model)


def test_sizes_that_the_files_do_not_have_are_refused(model):
    sizes = json.loads((model / "config.json").read_text())["model"]
    describe(model, model=sizes | {"hidden": sizes["hidden"] + 1})
    assert "does not fit the sizes in config.json" in _refusal(model)


def test_a_tokenizer_that_the_model_was_not_trained_with_is_named(model):
    vocabulary = json.loads((model / "config.json").read_text())["model"]["vocabulary"]
    replace(model, "tokenizer.model", tiny_tokenizer("de", "char"))
    sentence = _refusal(model)
    assert str(model / "tokenizer.model") in sentence
    assert f"pieces where the model has {vocabulary}" in sentence


@pytest.mark.parametrize("more", [-1, 1])
def test_a_model_with_more_or_fewer_pieces_than_its_tokenizer_is_refused(model, more):
    sizes = json.loads((model / "config.json").read_text())["model"]
    pieces = sizes["vocabulary"]
    describe(model, model=sizes | {"vocabulary": pieces + more})
    assert f"tokenizer.model has {pieces} pieces where the model has {pieces + more}" in _refusal(model)


@pytest.mark.parametrize("name", FILES)
def test_a_folder_in_place_of_a_file_is_named(model, name):
    (model / name).unlink()
    (model / name).mkdir()
    assert name in _refusal(model)


def test_suggesting_needs_no_torch(english):
    program = (
        "import sys, autocomplete\n"
        "assert 'numpy' not in sys.modules and 'onnxruntime' not in sys.modules, 'import is not cheap'\n"
        f"stream = autocomplete.load({str(english)!r}).stream()\n"
        "stream.update('They wou')\n"
        "assert stream.suggest(1)[0].text == 'would'\n"
        "heavy = [m for m in ('torch', 'onnx', 'PySide6', 'pickle5') if m in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=100)
    assert re.sub(r"\s", "", done.stderr) == ""
    assert done.returncode == 0


def test_a_profile_that_is_not_there_is_said_to_be_missing(english, tmp_path):
    with pytest.raises(ProfileError, match=r"There is no profile in .*nowhere; autocomplete finetune makes one\."):
        autocomplete.load(english, profile=tmp_path / "nowhere")


def test_an_empty_folder_is_a_profile_of_somebody_who_taught_nothing(english, tmp_path):
    stream = autocomplete.load(english, profile=tmp_path).stream()
    stream.update("I am on my w")
    assert stream.suggest(3)
    assert not list(tmp_path.iterdir())


def test_a_folder_of_other_things_is_no_profile(english, tmp_path):
    (tmp_path / "letter.txt").write_text("Dear")
    with pytest.raises(ProfileError, match="holds other files and no profile"):
        autocomplete.load(english, profile=tmp_path)


def test_a_profile_in_use_can_be_loaded_from_its_folder(english, tmp_path):
    with autocomplete.Profile.open(tmp_path / "profile") as profile:
        profile.add_word("Quendolin", "en")
        stream = autocomplete.load(english, profile=tmp_path / "profile").stream()
        stream.update("Que")
        assert stream.suggest(1)[0].text == "Quendolin"


@pytest.mark.parametrize("name", [*autocomplete.languages(), *autocomplete.character_models()])
def test_every_file_of_a_shipped_model_is_as_its_description_says(name) -> None:
    folder = model_folder(name)
    bundle = Bundle.open(folder)
    files = json.loads((folder / "config.json").read_bytes())["files"]
    assert {path.name for path in folder.iterdir()} == {*files, "config.json"}
    assert all(bundle.path(file) for file in files)
