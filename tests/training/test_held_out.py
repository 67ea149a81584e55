"""Text held out is predicted line by line, as people type it."""

import math

import pytest
import torch

from autocomplete.errors import TextError
from autocomplete.model.config import LSTMConfig
from autocomplete.model.lstm import LSTMLanguageModel
from autocomplete.training import held_out as module
from autocomplete.training.held_out import HeldOut
from tests.training.conftest import sentences


@pytest.fixture
def model(tokenizer) -> LSTMLanguageModel:
    torch.manual_seed(2)
    return LSTMLanguageModel(LSTMConfig(tokenizer.size, 16, 24), dropout=0.5)


def test_its_bits_are_those_of_each_line_from_nothing(model, tokenizer, tmp_path) -> None:
    lines = [line for line in sentences(60).splitlines() if line]
    (tmp_path / "dev.txt").write_text("\n\n".join(lines), encoding="utf-8")
    found = HeldOut(tmp_path / "dev.txt", tokenizer).bpc(model)
    assert model.training
    model.eval()
    nats = 0.0
    for line in lines:
        tokens = torch.tensor([tokenizer.bos, *tokenizer.encode(line), tokenizer.newline])[:, None]
        with torch.no_grad():
            logs = model.log_probabilities(model(tokens[:-1], model.initial_state(1))[0])
        nats -= logs.gather(2, tokens[1:, :, None]).sum().item()
    assert found == pytest.approx(nats / math.log(2) / sum(len(line) + 1 for line in lines), rel=1e-4)


def test_of_a_long_text_only_the_beginning_is_read(model, tokenizer, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(module, "_CHARACTERS", 20)
    path = tmp_path / "dev.txt"
    path.write_text("Anna sees the house now.\nBen likes the old car soon.\n")
    first = HeldOut(path, tokenizer).bpc(model)
    path.write_text("Anna sees the house now.\n")
    assert HeldOut(path, tokenizer).bpc(model) == pytest.approx(first)


def test_a_file_without_text_is_named(tokenizer, tmp_path) -> None:
    (tmp_path / "dev.txt").write_text("\n\n")
    with pytest.raises(TextError, match=r"dev\.txt holds no text"):
        HeldOut(tmp_path / "dev.txt", tokenizer)
