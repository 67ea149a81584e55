"""The speed benchmark's own logic: what is compared is the same, and tables of two runs never mix."""

import numpy as np
import pytest

import autocomplete
from autocomplete.model.config import LSTMConfig
from benchmarks.speed.clock import in_turn, percentiles
from benchmarks.speed.keys import alternating, growth, keys
from benchmarks.speed.networks import (
    Inputs,
    OnnxGraph,
    TorchCell,
    TorchLSTM,
    Weights,
    integer_graph,
    lstm_graph,
    quantized_lstm_graph,
    shipped_graphs,
)
from benchmarks.speed.tables import tables, written_into


def test_percentiles_are_times_that_were_measured() -> None:
    assert percentiles([float(n) for n in range(200, 0, -1)]) == {"p50": 100, "p95": 190, "p99": 198, "max": 200}
    assert percentiles([3.0]) == {"p50": 3, "p95": 3, "p99": 3, "max": 3}


def test_calls_take_turns() -> None:
    order: list[str] = []
    calls = {name: (lambda name=name: order.append(name)) for name in "abc"}
    times = in_turn(calls, 4, before=lambda call: order.append("before"))
    assert {name: len(spent) for name, spent in times.items()} == {"a": 4, "b": 4, "c": 4}
    turns = ["".join(order[start + 1 : start + 6 : 2]) for start in range(0, 24, 6)]
    assert all(sorted(turn) == ["a", "b", "c"] for turn in turns)
    assert len(set(turns)) > 1


@pytest.mark.parametrize("layers", [1, 2])
def test_all_backends_take_the_same_step(layers) -> None:
    weights = Weights.random(layers, 32, 16)
    inputs = Inputs.random(weights, batch=3)
    wanted = TorchLSTM(weights).step(inputs)()
    for backend, error in (
        (TorchCell(weights), 1e-5),
        (OnnxGraph(lstm_graph(weights)), 1e-5),
        (OnnxGraph(quantized_lstm_graph(weights)), 0.05),
        (OnnxGraph(integer_graph(weights)), 0.05),
    ):
        for found, part in zip(backend.step(inputs)(), wanted, strict=True):
            np.testing.assert_allclose(np.asarray(found), np.asarray(part), atol=error, rtol=0)


def test_a_step_in_bytes_reads_a_quarter() -> None:
    weights = Weights.random(1, 32, 16)
    assert TorchLSTM(weights).bytes == 4 * weights.count
    assert OnnxGraph(integer_graph(weights)).bytes == weights.count
    assert OnnxGraph(lstm_graph(weights)).bytes == pytest.approx(4 * weights.count, rel=0.2)  # and its biases


def test_what_training_exports_can_be_timed() -> None:
    weights = Weights.random(2, 32, 16)
    step, score = shipped_graphs(LSTMConfig(64, 16, 32, 2, recurrent_projection=24))
    assert step.step(Inputs.random(weights, 2))()
    ending, going_on = score.step(Inputs.random(weights, 2))()
    assert ending.shape == going_on.shape == (2, 64)


def test_keys_are_counted_for_each_completer(english, german) -> None:
    completers = {"en": autocomplete.load(english), "both": autocomplete.load(english, german)}
    lines = {"en": ["I am", "so we go"], "both": alternating([["I am"], ["ich bin", "wir"]])}
    assert lines["both"] == ["I am", "ich bin", "wir"]
    ticks: list[None] = []
    measured = keys(completers, lines, 9, lambda: ticks.append(None))
    assert {name: figures["keys"] for name, figures in measured.items()} == {"en": 12, "both": 11}
    assert len(ticks) == 18  # as many as were asked for
    assert measured["en"]["p50"] <= measured["en"]["p99"] <= measured["en"]["max"]


def test_a_text_grows_key_by_key_in_both_ways(english) -> None:
    measured = growth(autocomplete.load(english), ["we go home", "I see"], 12, lambda: None, lengths=(20, 3000))
    assert measured.keys() == {"update", "edit"}
    for by_length in measured.values():
        assert list(by_length) == ["20", "3000"]
        assert by_length["20"]["ratio"] == 1
        assert by_length["3000"]["ratio"] > 0


_DOCUMENT = "# Title\n<!-- speed:start -->\nold\n<!-- /speed -->\ntext\n"


def test_only_what_stands_between_the_markers_is_replaced() -> None:
    made = tables({"start": {"en": {"median": 512.3, "max": 700.0}}})
    assert written_into(_DOCUMENT, made) == _DOCUMENT.replace(
        "old", "|  | median | slowest |\n| --- | --- | --- |\n| English | 512 ms | 700 ms |"
    )
    assert written_into(written_into(_DOCUMENT, made), made) == written_into(_DOCUMENT, made)


def test_a_document_takes_all_tables_of_a_run_or_none() -> None:
    with pytest.raises(ValueError, match=r"marks the tables \['start'\], but \['keys', 'start'\] were measured"):
        written_into(_DOCUMENT, {"start": "", "keys": ""})
    with pytest.raises(ValueError, match="marks the tables"):
        written_into(_DOCUMENT, {})
