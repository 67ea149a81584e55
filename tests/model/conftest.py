"""Tiny models for the tests of the model: random, with the contrasts of a trained one."""

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
import torch

from autocomplete.model.bundle import Bundle, write_bundle
from autocomplete.model.config import LSTMConfig
from autocomplete.model.export import export
from autocomplete.model.lstm import LSTMLanguageModel

MakeModel = Callable[..., LSTMLanguageModel]
# Layers, and the width of the recurrent projection, 0 without one.
SHAPES = pytest.mark.parametrize(
    ("layers", "projected"), [(1, 0), (2, 0), (1, 12), (2, 12)], ids=["1", "2", "1 projected", "2 projected"]
)
# The pieces of the random models: some begin a word, some go on with one.
STARTING, CONTINUING = np.arange(20, 200), np.arange(200, 300)

MakeBundle = Callable[[LSTMLanguageModel, dict[str, bytes]], Bundle]


@pytest.fixture
def make_model() -> MakeModel:
    """Makes a model of so many layers, always the same; its weights fit fp16."""

    def make(layers: int, projected: int = 0) -> LSTMLanguageModel:
        torch.manual_seed(7)
        config = LSTMConfig(vocabulary=300, embedding=16, hidden=24, layers=layers, recurrent_projection=projected)
        model = LSTMLanguageModel(config).eval()
        with torch.no_grad():
            for name, parameter in model.named_parameters():
                larger = parameter * (4 if "embedding" in name or "projection" in name or "end" in name else 2)
                parameter.copy_(larger.half().float())
            model.bias.normal_().copy_(model.bias.half().float())
        return model

    return make


@pytest.fixture
def make_bundle(tmp_path: Path) -> MakeBundle:
    """Writes a model as a bundle, with some of its files replaced."""

    def make(model: LSTMLanguageModel, replaced: dict[str, bytes]) -> Bundle:
        return write_bundle(
            tmp_path / "model",
            language="en",
            tokenizer_kind="unigram",
            config=model.config,
            files={**export(model, STARTING, CONTINUING), "tokenizer.model": b"pieces", **replaced},
            training={"minutes": 1},
        )

    return make


@pytest.fixture
def model(english: Path, tmp_path: Path) -> Path:
    """A copy of the tiny English model, to be changed."""
    return copytree(english, tmp_path / "english")
