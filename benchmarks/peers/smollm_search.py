"""The words that SmolLM2 could write next, those with a typed prefix, whatever tokens spell them.

The search is our own engine's idea, one token at a time: tokens that cover the prefix or spell its beginning are tried
best first; stepping one tells how likely the word ends there and what could continue it. What was stepped is kept while
the word is typed.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from autocomplete.text.folding import fold
from benchmarks.peers.smollm_model import BRANCHES, LlamaModel

STEPS = 8
"""Steps a key may cost."""
_WIDTH = 8  # tokens tried behind each hypothesis
_WANTED = 3
_UNKNOWN_END = 0.7  # how often a word ends behind a token that was not stepped
_AFTER_LAST = "\U0010ffff"


class Pieces:
    """Some tokens with what they spell, sorted by that in lower case without accents."""

    def __init__(self, texts: Iterable[tuple[int, str]]) -> None:
        rows = sorted((fold(text), token, text) for token, text in texts)
        self.folded = [folded for folded, _, _ in rows]
        self.ids = np.array([token for _, token, _ in rows])
        self.texts = [text for _, _, text in rows]

    def matching(self, rest: str, logs: NDArray[np.float32]) -> list[int]:
        """The likeliest that begin with what is still to be spelled, and all that spell a beginning of it."""
        low = bisect_left(self.folded, rest)
        high = bisect_left(self.folded, rest + _AFTER_LAST, low) if rest else len(self.folded)
        scores = logs[self.ids[low:high]]
        best = np.argpartition(scores, -_WIDTH)[-_WIDTH:] if len(scores) > _WIDTH else np.arange(len(scores))
        found = (best + low).tolist()
        for end in range(1, len(rest)):
            at = bisect_left(self.folded, rest[:end])
            while at < len(self.folded) and self.folded[at] == rest[:end]:
                found.append(at)
                at += 1
        return found


def pieces_of(model: LlamaModel) -> tuple[Pieces, Pieces, Pieces]:
    """The tokens that begin a word behind a space, those that begin one without, and those that continue one."""
    texts = [piece.decode(errors="replace") for piece in model.pieces()]
    plain = [(i, text) for i, text in enumerate(texts) if text.isalpha()]
    spaced = [(i, text[1:]) for i, text in enumerate(texts) if text[:1] == " " and text[1:].isalpha()]
    joined = [(i, text) for i, text in enumerate(texts) if text[:1] in "'’-" and (not text[1:] or text[1:].isalpha())]
    return Pieces(spaced), Pieces(plain), Pieces(plain + [(i, text) for i, text in joined if text])


@dataclass(eq=False)
class Hypothesis:
    """A word spelled so far, its log-probability, and, once stepped, where it is kept and what follows."""

    text: str
    score: float
    token: int
    depth: int
    parent: int
    branch: int = 0
    logs: NDArray[np.float32] | None = None
    end: float = _UNKNOWN_END
    children: dict[int, "Hypothesis"] = field(default_factory=dict)


class WordSearch:
    """All words at one place."""

    def __init__(self, model: LlamaModel, first: Pieces, following: Pieces, logs: NDArray[np.float32]) -> None:
        self._model, self._first, self._next = model, first, following
        self._root = Hypothesis("", 0.0, -1, 0, 0, 0, logs, 0.0)
        self._branches = 0

    def words(self, typed: str) -> dict[str, float]:
        """Words that begin as typed, with their probabilities: not all there are, those that promise most."""
        prefix = fold(typed)
        found: dict[str, float] = {}
        open_ones = self._children(self._root, prefix)
        steps = 0
        while open_ones:
            hypothesis = max(open_ones, key=lambda h: h.score)
            best = sorted(found.values(), reverse=True)[:_WANTED]
            if len(best) == _WANTED and math.exp(hypothesis.score) <= best[-1]:
                break
            if hypothesis.logs is None:
                if steps == STEPS or self._branches == BRANCHES - 1:
                    break
                self._step(hypothesis)
                steps += 1
            open_ones.remove(hypothesis)
            self._note(hypothesis, prefix, found)
            open_ones += self._children(hypothesis, prefix)
        for hypothesis in open_ones:
            self._note(hypothesis, prefix, found)
        return found

    @staticmethod
    def _note(hypothesis: Hypothesis, prefix: str, found: dict[str, float]) -> None:
        if len(fold(hypothesis.text)) >= len(prefix) and hypothesis.text[-1].isalpha():
            p = math.exp(hypothesis.score) * hypothesis.end
            found[hypothesis.text] = found.get(hypothesis.text, 0.0) + p

    def _children(self, parent: Hypothesis, prefix: str) -> list[Hypothesis]:
        assert parent.logs is not None
        pieces = self._first if parent is self._root else self._next
        children = []
        for i in pieces.matching(prefix[len(fold(parent.text)) :], parent.logs):
            token = int(pieces.ids[i])
            if token not in parent.children:
                text, score = parent.text + pieces.texts[i], parent.score + float(parent.logs[token])
                parent.children[token] = Hypothesis(text, score, token, parent.depth + 1, parent.branch)
            children.append(parent.children[token])
        return children

    def _step(self, hypothesis: Hypothesis) -> None:
        self._branches += 1
        hypothesis.branch = self._branches
        hypothesis.logs = self._model.step(hypothesis.parent, hypothesis.branch, hypothesis.token, hypothesis.depth)
        hypothesis.end = max(0.0, 1 - float(np.exp(hypothesis.logs[self._next.ids]).sum()))
