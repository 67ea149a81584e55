"""The memory test's sentences: a cue, a filler of a known number of words, and a gap that only the cue explains.

Sentences come in pairs that differ in the cue alone: "Ich weiß, Vögel, die wir selten vermissten, haben ___" and
"Ich weiß, Fische, die wir selten vermissten, haben ___". What can be told without the cue is told equally in both.
"""

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DISTANCES = (1, 5, 10, 20)  # words between the cue and the gap
_TEST_SHARE = 3  # one in so many of each list of fillers' words is kept for the test


@dataclass(frozen=True)
class Gap:
    """A text up to its gap (without the space before it), and the word that the cue in it asks for."""

    text: str
    answer: str


@dataclass(frozen=True)
class Pair:
    """Two texts that differ in the cue alone. `chance`: of hitting an answer among three, knowing all but the cue."""

    first: Gap
    second: Gap
    chance: float


def pairs(language: str, distance: int) -> list[Pair]:
    """The pairs of the test, always the same: each cue of a frame beside the next one of that frame.

    A frame with more words between cue and gap than `distance` is left out.
    """
    choice = random.Random(f"{language} {distance}")  # noqa: S311 - sentences, not secrets
    found = []
    for frame in _table(language)["frames"]:
        words = list(frame["words"].items())
        if len(frame["gap"].split()) > distance:
            continue
        for number, item in enumerate(words):
            around = _surroundings(language, frame["gap"], distance, choice, test=True)
            other = words[(number + 1) % len(words)]
            gaps = [Gap(_text(frame, cue, around), answer) for cue, answer in (item, other)]
            found.append(Pair(gaps[0], gaps[1], 3 / len(words)))
    return found


def training_lines(language: str, count: int) -> Iterator[str]:
    """Whole sentences with other fillers than the test's, at all its distances, for training the probe."""
    choice = random.Random(language)  # noqa: S311
    frames = _table(language)["frames"]
    for _ in range(count):
        frame = choice.choice(frames)
        distance = choice.choice([d for d in DISTANCES if d >= len(frame["gap"].split())])
        cue, answer = choice.choice(list(frame["words"].items()))
        around = _surroundings(language, frame["gap"], distance, choice, test=False)
        yield f"{_text(frame, cue, around)} {answer}."


def _surroundings(language: str, gap: str, distance: int, choice: random.Random, *, test: bool) -> tuple[str, str]:
    """What stands before the cue's phrase, and between it and the gap's."""
    table = _table(language)
    lead = choice.choice(_part(table["leads"], test))
    wanted = distance - len(gap.split())
    if wanted == 0:
        return lead, ""
    slots = {name: _Draws(_part(words, test), choice) for name, words in table["slots"].items()}
    fillers = [text for pattern in table["fillers"] if len((text := pattern.format(**slots)).split()) == wanted]
    mark = "," if table["comma"] else ""
    return lead, f"{mark} {choice.choice(fillers)}{mark}"


def _text(frame: dict[str, Any], cue: str, around: tuple[str, str]) -> str:
    lead, filler = around
    return f"{lead} {frame['cue'].format(cue=cue)}{filler} {frame['gap']}"


def _part(words: list[str], test: bool) -> list[str]:
    first = len(words) - len(words) // _TEST_SHARE
    return words[first:] if test else words[:first]


class _Draws:
    """Stands for a slot in a pattern: another of its words at each place of a filler."""

    def __init__(self, words: list[str], choice: random.Random) -> None:
        self._words = words
        self._order: list[str] = []
        self._choice = choice

    def __format__(self, _spec: str) -> str:
        if not self._order:
            self._order = self._choice.sample(self._words, len(self._words))
        return self._order.pop()


@cache
def _table(language: str) -> dict[str, Any]:
    text = Path(__file__).with_name("sentences.toml").read_text(encoding="utf-8")
    table: dict[str, Any] = tomllib.loads(text)[language]
    return table
