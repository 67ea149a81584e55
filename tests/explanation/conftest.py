"""Completers to explain: the tiny trained models, and an untrained one of characters with two layers."""

from pathlib import Path

import pytest

import autocomplete
from autocomplete.predict.completer import Completer
from tests.tiny_model import tiny_tokenizer


@pytest.fixture(scope="session")
def en(english: Path) -> Completer:
    return autocomplete.load(english)


@pytest.fixture(scope="session")
def both(english: Path, german: Path) -> Completer:
    return autocomplete.load(english, german)


@pytest.fixture(scope="session")
def two_layers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a model of characters that has two projected layers and learned nothing."""
    import torch

    from autocomplete.model.bundle import write_bundle
    from autocomplete.model.config import LSTMConfig
    from autocomplete.model.export import export
    from autocomplete.model.lstm import LSTMLanguageModel
    from autocomplete.text.index import PieceIndex
    from autocomplete.text.tokenizer import Tokenizer

    pieces = tiny_tokenizer("de", "char")
    tokenizer = Tokenizer(pieces)
    index = PieceIndex(tokenizer)
    with torch.random.fork_rng():
        torch.manual_seed(3)
        config = LSTMConfig(tokenizer.size, embedding=16, hidden=24, layers=2, recurrent_projection=20)
        model = LSTMLanguageModel(config).eval()
    files = {**export(model, index.starting.ids, index.continuing.ids), "tokenizer.model": pieces}
    folder = tmp_path_factory.mktemp("models") / "characters"
    write_bundle(folder, language="de", tokenizer_kind="char", config=model.config, files=files, training={})
    return folder
