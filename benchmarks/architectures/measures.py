"""What is measured of a trained network: bits per character, keys saved, time per key, and what it remembers."""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median
from typing import Any

import numpy as np
import torch
from torch import Tensor

from autocomplete.evaluation.measure import Measurement
from autocomplete.predict.completer import Completer
from autocomplete.text.tokenizer import Tokenizer
from benchmarks.architectures.network import Network
from benchmarks.architectures.sentences import DISTANCES, Gap, pairs

LENGTHS = (10, 100, 1_000, 10_000)  # tokens of context
_BATCH = 64
_CHUNK = 500
_STEPS = 60
Advance = Callable[[], None]


def bits_per_character(network: Network, tokenizer: Tokenizer, lines: Sequence[str]) -> float:
    """Each line from an empty start, its end counted as a character; full softmax."""
    texts = [([tokenizer.bos], tokenizer.encode(line + "\n")) for line in lines]
    logs = _log_probabilities(network, texts)
    return -sum(logs) / math.log(2) / sum(len(line) + 1 for line in lines)


def keys_saved(completer: Completer, lines: Sequence[str], advance: Advance) -> dict[str, float]:
    """Keystrokes saved and hits, by the project's own simulated typist."""
    measurement = Measurement()
    for line in lines:
        measurement.add_line(completer, line)
        advance()
    summary = measurement.summary()
    return {"ksr": summary.ksr, "hit1": summary.hit1, "hit3": summary.hit3}


@torch.inference_mode()
def key_times(networks: Sequence[Network], advance: Advance) -> list[dict[int, float]]:
    """Median milliseconds of one step and the scores behind it, by tokens of context, for each network.

    By turns and in time of the processor, so that a busy machine changes little.
    """
    results: list[dict[int, float]] = [{} for _ in networks]
    for length in LENGTHS:
        states = [_state_behind(network, length) for network in networks]
        times: list[list[float]] = [[] for _ in networks]
        for token in range(_STEPS):
            for number, network in enumerate(networks):
                begin = time.thread_time()
                projected, (states[number],) = network.step([token], [states[number]])
                network.log_probabilities(projected)
                times[number].append((time.thread_time() - begin) * 1e3)
        for result, spent in zip(results, times, strict=True):
            result[length] = median(spent)
        advance()
    return results


def _state_behind(network: Network, length: int) -> Any:
    """The state behind `length` tokens."""
    state = None
    tokens = torch.arange(length) % network.embedding.num_embeddings
    for chunk in tokens.split(_CHUNK):
        _, state = network(chunk[:, None], state)
    return network.for_step(state)


def recall(completer: Completer, language: str, advance: Advance) -> dict[int, float]:
    """By distance: the share of cues, each in one sentence, whose answer is among the three words shown."""
    shares = {}
    for distance in DISTANCES:
        gaps = [pair.first for pair in pairs(language, distance)]
        shares[distance] = sum(_is_shown(completer, gap) for gap in gaps) / len(gaps)
        advance()
    return shares


def contrast(network: Network, tokenizer: Tokenizer, language: str) -> dict[int, float]:
    """By distance: the share of gaps whose answer is likelier behind its own cue than behind the pair's other one."""
    shares = {}
    for distance in DISTANCES:
        own, other = [], []
        for pair in pairs(language, distance):
            for gap, wrong in ((pair.first, pair.second), (pair.second, pair.first)):
                own.append(gap)
                other.append(replace(wrong, answer=gap.answer))
        logs = _log_probabilities(network, [_tokens(tokenizer, gap) for gap in own + other])
        gain = np.array(logs[: len(own)]) - np.array(logs[len(own) :])
        # A network that forgot both cues gives both the same number: that is a guess, right half the time.
        shares[distance] = float(np.mean(np.where(gain == 0, 0.5, gain > 0)))
    return shares


def _is_shown(completer: Completer, gap: Gap) -> bool:
    stream = completer.stream()
    stream.update(gap.text + " ")
    return gap.answer in [suggestion.text for suggestion in stream.suggest(3)]


def _tokens(tokenizer: Tokenizer, gap: Gap) -> tuple[list[int], list[int]]:
    return [tokenizer.bos, *tokenizer.encode(gap.text)], tokenizer.encode(f" {gap.answer}", line_start=False)


@torch.inference_mode()
def _log_probabilities(network: Network, texts: Sequence[tuple[list[int], list[int]]]) -> list[float]:
    """For each (what was read, what follows): the log-probability of what follows, in nats."""
    logs = [0.0] * len(texts)
    order = sorted(range(len(texts)), key=lambda i: sum(map(len, texts[i])))
    for start in range(0, len(order), _BATCH):
        numbers = order[start : start + _BATCH]
        rows = [torch.tensor(texts[i][0] + texts[i][1]) for i in numbers]
        tokens = torch.nn.utils.rnn.pad_sequence(rows)
        projected, _ = network(tokens[:-1])
        counted = _mask([texts[i] for i in numbers], len(tokens) - 1)
        scores = torch.zeros(counted.shape)
        scores[counted] = _scores(network, projected[counted], tokens[1:][counted])
        for i, total in zip(numbers, scores.double().sum(0).tolist(), strict=True):
            logs[i] = total
    return logs


def _mask(texts: Sequence[tuple[list[int], list[int]]], length: int) -> Tensor:
    """(length, texts): which predictions count."""
    mask = torch.zeros(length, len(texts), dtype=torch.bool)
    for column, (before, after) in enumerate(texts):
        mask[len(before) - 1 : len(before) + len(after) - 1, column] = True
    return mask


def _scores(network: Network, projected: Tensor, targets: Tensor) -> Tensor:
    parts = zip(projected.split(1024), targets.split(1024), strict=True)
    return torch.cat([network.log_probabilities(p).gather(1, t[:, None])[:, 0] for p, t in parts])
