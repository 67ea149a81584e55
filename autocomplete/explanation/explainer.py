"""Explains what one language's LSTM made of a text."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from autocomplete.errors import StoppedError
from autocomplete.explanation.explanation import Candidate, Explanation, Gate, Gates, Part, Piece, Unit
from autocomplete.explanation.leave_out import leave_out
from autocomplete.explanation.parts import ReadPart, read_parts
from autocomplete.model.gates import Floats, Trace
from autocomplete.predict.stream import Stream

# So many words and signs before the cursor are explained; each costs one more text to read.
EXPLAINED = 36
_UNITS = 3  # of a gate's units, those most open that are named


def explain(stream: Stream, count: int = 3, wanted: Callable[[], bool] = lambda: True) -> Explanation:
    """Explain what the LSTM did with the last words of `stream`, and why it expects the `count` best suggestions.

    Of several languages it is the LSTM of the one most believed. The stream stays as it is. Takes a tenth of a second:
    `wanted` is asked at each step, and when it says no, `StoppedError` is raised. Raises `ModelError` when the file of
    the weights, which is read for the first explanation, is damaged.
    """

    def check() -> None:
        if not wanted():
            raise StoppedError("The explanation is no longer wanted.")

    expected = stream.expectation(count, EXPLAINED)
    language, reading, place, suggestions = expected.language, expected.reading, expected.place, expected.suggestions
    tokenizer = language.tokenizer
    parts = read_parts(tokenizer, reading.units, reading.line_start)
    space = " " if place and place.after_space else ""
    spellings = [tokenizer.encode(space + suggestion.text, line_start=False) for suggestion in suggestions]
    logs = leave_out(language.runtime, reading.before, [part.tokens for part in parts], spellings, check)
    tokens = [token for part in parts for token in part.tokens]
    trace = language.gates.trace(tokens, reading.before.states, check)
    pieces = [Piece(tokenizer.pieces[token], gates) for token, gates in zip(tokens, _gates(trace), strict=True)]
    spelled = np.exp2(logs[0]).tolist()
    return Explanation(
        language.name,
        expected.belief,
        place.word if place else "",
        _parts(parts, pieces, trace, logs[:1] - logs[1:]),
        tuple(Candidate(s.text, s.probability, p) for s, p in zip(suggestions, spelled, strict=True)),
    )


def _parts(
    parts: Sequence[ReadPart], pieces: Sequence[Piece], trace: Trace, gains: NDArray[np.float64]
) -> tuple[Part, ...]:
    """pieces, trace: of all tokens of `parts`. gains: (parts, candidates)."""
    helps = np.maximum(gains, 0)
    shares = helps / np.maximum(helps.sum(axis=0), np.finfo(float).tiny)
    left, written = np.abs(trace.left()).sum(axis=2), np.abs(trace.written).sum(axis=2)
    found, start = [], 0
    for number, part in enumerate(parts):
        steps = slice(start, start + len(part.tokens))
        start = steps.stop
        kept = left[steps].sum(axis=0) / np.maximum(written[steps].sum(axis=0), np.finfo(np.float32).tiny)
        share, gain = tuple(shares[number].tolist()), tuple(gains[number].tolist())
        found.append(Part(part.text, part.is_word, tuple(pieces[steps]), tuple(kept.tolist()), gain, share))
    return tuple(found)


def _gates(trace: Trace) -> list[tuple[Gates, ...]]:
    """The gates of each step, layer by layer."""
    steps, layers, _ = trace.forget.shape
    forget, enter, output = (_gate(values) for values in (trace.forget, trace.input, trace.output))
    return [
        tuple(Gates(forget(step, layer), enter(step, layer), output(step, layer)) for layer in range(layers))
        for step in range(steps)
    ]


def _gate(values: Floats) -> Callable[[int, int], Gate]:
    """One gate, (steps, layers, hidden): what is to be said of it at a step and layer."""
    means = values.mean(axis=2)
    lows, highs = np.quantile(values, (0.1, 0.9), axis=2)
    most = np.argsort(-values, axis=2, kind="stable")[:, :, :_UNITS]

    def at(step: int, layer: int) -> Gate:
        units = (Unit(number, float(values[step, layer, number])) for number in most[step, layer].tolist())
        here = (step, layer)
        return Gate(float(means[here]), float(lows[here]), float(highs[here]), tuple(units))

    return at
