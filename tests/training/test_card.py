"""The model card says what the model is made of, and a model keeps its checksums when it changes."""

import json

import pytest

from autocomplete.errors import CorpusError, TextError
from autocomplete.model.bundle import Bundle, write_bundle
from autocomplete.model.config import LSTMConfig
from autocomplete.training.card import (
    CARD,
    make_card,
    read_measures,
    read_sources,
    source_rows,
    write_card,
)
from autocomplete.training.options import TrainingOptions
from autocomplete.training.recipe import Recipe

TABLE = (
    "language\tname\tregister\tlicence\tsource\n"
    "en\tmail\twork mail\tCC BY 4.0\tgithub:some/mail\n"
    "de\tmail\tGeschäftspost\tCC0\tgithub:some/post\n"
)
TRAINING = {
    "date": "2026-01-31",
    "steps": 1000,
    "seconds": 5400,
    "tokens": 3_072_000,
    "loss": 3.5,
    "bits_per_character": 1.25,
    "processes": 1,
    "options": Recipe("en", TrainingOptions(minutes=90)).as_dict(),
    "sources": [
        {"name": "mail", "weight": 1.5, "characters": 2_500_000},
        {"name": "own", "weight": 1.0, "characters": 10_000},
    ],
}
MEASURED = {
    "lines": 1200,
    "ksr": 0.4512,
    "hit1": 0.152,
    "hit3": 0.25,
    "bpc": 1.4,
    "latency": {"p50": 0.61, "p99": 4.2},
}
MEASURES = {"files": [{"file": "somewhere/dev.txt", **MEASURED}], "together": MEASURED}


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "SOURCES.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return path


@pytest.fixture
def model(tmp_path):
    return write_bundle(
        tmp_path / "model",
        language="en",
        tokenizer_kind="unigram",
        config=LSTMConfig(12_000),
        files={"tokenizer.model": b"pieces", CARD: b"old"},
        training=TRAINING,
    ).folder


def test_the_card_names_each_source_with_licence_and_origin(table) -> None:
    card = make_card("en", LSTMConfig(12_000), TRAINING, read_sources(table, "en"), None)
    assert "| mail | 1.5 | 2.50 | work mail | CC BY 4.0 | github:some/mail |" in card
    assert "| own | 1 | 0.01 | not stated | not stated | not stated |" in card


def test_the_card_says_how_it_was_trained_and_how_to_measure() -> None:
    card = make_card("en", LSTMConfig(12_000), TRAINING, {}, None)
    assert "1 LSTM layer of 512 cells, embedding" in card
    grown = make_card("en", LSTMConfig(12_000, hidden=1024, recurrent_projection=512), TRAINING, {}, None)
    assert "1 LSTM layer of 1024 cells with a recurrent projection of 512, embedding" in grown
    assert "1,000 updates of 48 × 64 tokens (3.1 million tokens) in 90 minutes" in card
    assert "`autocomplete evaluate FILE" in card


def test_measures_are_shown_without_the_folders_of_a_machine() -> None:
    card = make_card("en", LSTMConfig(12_000), TRAINING, {}, MEASURES)
    row = "| dev.txt | 1,200 | 45.1% | 15.2% | 25.0% | 1.400 | 0.61 ms | 4.20 ms |"
    assert row in card
    assert "somewhere" not in card


def test_a_new_card_in_an_old_model_keeps_the_checksums_true(model, table) -> None:
    write_card(model, table, MEASURES)
    bundle = Bundle.open(model)
    assert "45.1%" in bundle.path(CARD).read_text(encoding="utf-8")
    assert bundle.path("tokenizer.model").read_bytes() == b"pieces"
    assert bundle.training == TRAINING


def test_a_model_that_does_not_say_its_sources_gets_no_card(tmp_path, model) -> None:
    config = json.loads((model / "config.json").read_text())
    del config["training"]["sources"]
    (model / "config.json").write_text(json.dumps(config))
    with pytest.raises(CorpusError, match="does not say the training's 'sources'"):
        write_card(model, None, None)


def test_the_table_is_found_beside_the_corpus_and_a_folder_above(table, tmp_path) -> None:
    (tmp_path / "en").mkdir()
    for path in (tmp_path / "mail.txt", tmp_path / "en" / "mail.txt"):
        assert source_rows([path], "de")["mail"]["register"] == "Geschäftspost"
    assert source_rows([tmp_path / "en" / "deeper" / "mail.txt"], "de") == {}


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"files": [{"file": "a"}]}'])
def test_measures_of_another_form_are_refused(tmp_path, content) -> None:
    path = tmp_path / "measures.json"
    path.write_text(content, encoding="latin-1")
    with pytest.raises(CorpusError, match="is not what `autocomplete evaluate --json` prints"):
        read_measures(path)


def test_measures_that_are_no_text_are_refused(tmp_path) -> None:
    path = tmp_path / "measures.json"
    path.write_bytes(b"\xff")
    with pytest.raises(TextError, match="is not UTF-8 text"):
        read_measures(path)
