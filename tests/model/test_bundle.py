"""A bundle is whole or it is refused, in one sentence that names the file."""

import json
from pathlib import Path
from typing import Any

import pytest

from autocomplete.errors import ModelError
from autocomplete.model.bundle import FORMAT, Bundle, write_bundle
from autocomplete.model.config import LSTMConfig

CONFIG = LSTMConfig(vocabulary=300, embedding=16, hidden=24)


def _write(folder: Path, **files: bytes | Path) -> Bundle:
    named = {name.replace("_", "."): content for name, content in files.items()}
    return write_bundle(
        folder,
        language="de",
        tokenizer_kind="unigram",
        config=CONFIG,
        files=named or {"words.bin": b"1234"},
        training={"minutes": 90, "corpus": ["a", "b"]},
    )


def _change(bundle: Bundle, **changes: Any) -> None:
    path = bundle.folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_what_was_written_is_read(tmp_path):
    _write(tmp_path / "de")
    bundle = Bundle.open(tmp_path / "de")
    assert bundle.folder == tmp_path / "de"
    assert bundle.language == "de"
    assert bundle.tokenizer_kind == "unigram"
    assert bundle.config == CONFIG
    assert bundle.training == {"minutes": 90, "corpus": ["a", "b"]}
    assert bundle.path("words.bin").read_bytes() == b"1234"


def test_a_bundle_knows_its_files(tmp_path):
    bundle = _write(tmp_path / "de")
    assert bundle.has("words.bin")
    assert not bundle.has("other.bin")
    with pytest.raises(ModelError, match=r"lists no other\.bin; install"):
        bundle.path("other.bin")


def test_a_file_may_be_copied_into_a_bundle(tmp_path):
    (tmp_path / "made").write_bytes(b"abc")
    bundle = _write(tmp_path / "de", words_bin=tmp_path / "made")
    assert bundle.path("words.bin").read_bytes() == b"abc"


def test_no_folder_is_an_error(tmp_path):
    with pytest.raises(ModelError, match=r"There is no model folder .*nowhere"):
        Bundle.open(tmp_path / "nowhere")


def test_a_file_instead_of_a_folder_is_an_error(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(ModelError, match=r"There is no model folder .*file"):
        Bundle.open(tmp_path / "file")


def test_a_folder_of_something_else_is_an_error(tmp_path):
    with pytest.raises(ModelError, match=r"is not a model: it has no config\.json"):
        Bundle.open(tmp_path)


def test_a_model_of_an_older_format_is_an_error(tmp_path):
    bundle = _write(tmp_path / "de")
    _change(bundle, format=1)
    with pytest.raises(ModelError, match=r"config\.json is of an older format .* install the model again"):
        Bundle.open(bundle.folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"3", b"null", b"\xff\xfe", b'{"format": 2}', b"[" * 100_000])
def test_a_config_that_describes_no_model_is_an_error(tmp_path, content):
    (tmp_path / "config.json").write_bytes(content)
    with pytest.raises(ModelError, match=r"config\.json does not describe a model"):
        Bundle.open(tmp_path)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("format", "1"),
        ("format", True),
        ("language", 5),
        ("created", None),
        ("tokenizer", []),
        ("training", "long"),
        ("model", {"vocabulary": 300, "embedding": 16, "hidden": "24"}),
        ("model", {"vocabulary": 300, "embedding": 16, "hidden": 0}),
        ("model", {"vocabulary": 300, "embedding": 16, "hidden": 24, "recurrent_projection": 24}),
        ("model", {"vocabulary": 300, "embedding": 16, "hidden": 24, "recurrent_projection": -1}),
        ("model", {"vocabulary": 300, "heads": 8}),
        ("files", ["step.onnx"]),
        ("files", {"step.onnx": 5}),
        ("files", {"step.onnx": {"bytes": 5}}),
        ("files", {"../step.onnx": {"bytes": 5, "sha256": ""}}),
    ],
)
def test_a_config_with_a_wrong_value_is_an_error(tmp_path, key, value):
    bundle = _write(tmp_path / "de")
    _change(bundle, **{key: value})
    with pytest.raises(ModelError, match=r"config\.json does not describe a model"):
        Bundle.open(bundle.folder)


def test_a_newer_format_asks_for_an_update(tmp_path):
    bundle = _write(tmp_path / "de")
    _change(bundle, format=FORMAT + 1, model="whatever comes")
    with pytest.raises(ModelError, match=r"config\.json is of a newer format .*update the app"):
        Bundle.open(bundle.folder)


def test_a_missing_file_is_named(tmp_path):
    bundle = _write(tmp_path / "de")
    (bundle.folder / "words.bin").unlink()
    with pytest.raises(ModelError, match=r"words\.bin is missing; install"):
        bundle.path("words.bin")


def test_a_truncated_file_is_named(tmp_path):
    bundle = _write(tmp_path / "de")
    (bundle.folder / "words.bin").write_bytes(b"123")
    with pytest.raises(ModelError, match=r"words\.bin has 3 bytes instead of 4"):
        bundle.path("words.bin")


def test_a_foreign_file_of_the_same_size_is_named(tmp_path):
    bundle = _write(tmp_path / "de")
    (bundle.folder / "words.bin").write_bytes(b"abcd")
    with pytest.raises(ModelError, match=r"words\.bin is not the file this model was made with"):
        bundle.path("words.bin")


def test_a_file_is_checked_once(tmp_path):
    bundle = _write(tmp_path / "de")
    bundle.path("words.bin")
    (bundle.folder / "words.bin").write_bytes(b"changed later")
    assert bundle.path("words.bin") == bundle.folder / "words.bin"


def test_a_new_bundle_replaces_an_old_one(tmp_path):
    _write(tmp_path / "de", old_bin=b"old")
    _write(tmp_path / "de", new_bin=b"new")
    assert {path.name for path in (tmp_path / "de").iterdir()} == {"config.json", "new.bin"}
    assert [path.name for path in tmp_path.iterdir()] == ["de"]


def test_a_write_that_fails_leaves_the_old_bundle(tmp_path):
    _write(tmp_path / "de", old_bin=b"old")
    with pytest.raises(FileNotFoundError):
        _write(tmp_path / "de", first_bin=b"new", second_bin=tmp_path / "missing")
    assert Bundle.open(tmp_path / "de").path("old.bin").read_bytes() == b"old"


def test_what_a_killed_write_left_beside_does_not_matter(tmp_path):
    with pytest.raises(FileNotFoundError):
        _write(tmp_path / "de", first_bin=b"half", second_bin=tmp_path / "missing")
    assert not (tmp_path / "de").exists()
    bundle = _write(tmp_path / "de", words_bin=b"whole")
    assert {path.name for path in bundle.folder.iterdir()} == {"config.json", "words.bin"}
    assert [path.name for path in tmp_path.iterdir()] == ["de"]


@pytest.mark.parametrize("name", ["", "..", "a/b", "a\\b", "config.json"])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="cannot name a file of a model"):
        write_bundle(
            tmp_path / "de",
            language="de",
            tokenizer_kind="unigram",
            config=CONFIG,
            files={name: b""},
            training={},
        )


def test_reading_checks_what_was_read(tmp_path):
    bundle = _write(tmp_path / "de")
    assert bundle.read("words.bin") == b"1234"
    (bundle.folder / "words.bin").write_bytes(b"abcd")
    with pytest.raises(ModelError, match=r"words\.bin is not the file this model was made with"):
        bundle.read("words.bin")
    with pytest.raises(ModelError, match=r"lists no other\.bin"):
        bundle.read("other.bin")


def test_contents_in_memory_take_the_place_of_files(tmp_path):
    bundle = _write(tmp_path / "de", step_onnx=b"old", words_bin=b"1234")
    changed = bundle.with_files({"step.onnx": b"new"}, "the tuned model")
    assert (changed.read("step.onnx"), changed.read("words.bin")) == (b"new", b"1234")
    assert bundle.read("step.onnx") == b"old"
    assert changed.where("step.onnx") == "the tuned model/step.onnx"
    assert changed.where("words.bin") == str(tmp_path / "de" / "words.bin")
