"""What each update of fine-tuning reads: pieces of the person's text, and of the language's sample in between.

A piece is some consecutive lines that begin a text for the model, from the zero state. Where pieces are cut differs
from one epoch to the next, so that lines are read both at a text's beginning and behind others, as the app has them.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, pairwise

import torch
from torch import Tensor

from autocomplete.finetuning.lines import Piece
from autocomplete.model.sample import Tokens

LONGEST = 128  # tokens of a piece


@dataclass(frozen=True)
class Batch:
    """Pieces side by side, as long as the longest: tokens (T, B), and how much each token but the first teaches
    (T - 1, B)."""

    tokens: Tensor
    weights: Tensor

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> "Batch":
        length = max(len(piece.tokens) for piece in pieces)
        tokens = torch.zeros(length, len(pieces), dtype=torch.long)
        weights = torch.zeros(length - 1, len(pieces))
        for column, piece in enumerate(pieces):
            tokens[: len(piece.tokens), column] = torch.tensor(piece.tokens)
            weights[: len(piece.tokens) - 1, column] = torch.tensor(piece.weights[1:])
        return cls(tokens, weights)

    @property
    def weight(self) -> float:
        """How much all of it teaches: as many tokens."""
        return float(self.weights.sum())


@dataclass(frozen=True)
class Update:
    """What one update reads."""

    own: Batch
    replay: Batch | None


class Updates:
    """`updates[k]` is what the k-th update reads, the same for the same seed; an epoch is `per_epoch` of them.

    own: the person's documents, each of one or more lines. replay: documents of the language. bos: the token that
    begins a text. tokens: of the person's text an update. share: tokens of the language for each of those.
    """

    def __init__(
        self,
        own: Sequence[Sequence[Piece]],
        replay: Sequence[Sequence[Piece]],
        *,
        bos: int,
        tokens: int,
        share: float,
        seed: int,
    ) -> None:
        self._own, self._replay = own, replay if share else ()
        self._bos, self._tokens, self._share, self._seed = bos, tokens, share, seed
        total = sum(len(line.tokens) for document in own for line in document)
        self.per_epoch = max(1, round(total / tokens))
        self._epoch = -1
        self._plan: list[tuple[list[Piece], list[Piece]]] = []

    def __getitem__(self, number: int) -> Update:
        epoch, place = divmod(number, self.per_epoch)
        if epoch != self._epoch:
            self._plan, self._epoch = self._make_plan(epoch), epoch
        own, replay = self._plan[place]
        return Update(Batch.of(own), Batch.of(replay) if replay else None)

    def _make_plan(self, epoch: int) -> list[tuple[list[Piece], list[Piece]]]:
        choose = random.Random(f"{self._seed} {epoch}")  # noqa: S311 - no secret hangs on it
        own = _shuffled(self._own, self._bos, choose)
        replay = cycle(_shuffled(self._replay, self._bos, choose)) if self._replay else iter(())
        # By count of pieces, so that every update has some and the last is no remnant.
        ends = [round(len(own) * place / self.per_epoch) for place in range(self.per_epoch + 1)]
        plan = []
        for start, end in pairwise(ends):
            mine = own[start : max(end, start + 1)] or own[-1:]
            wanted = self._share * sum(len(piece.tokens) for piece in mine)
            plan.append((mine, list(_up_to(wanted, replay))))
        return plan


def pieces(document: Sequence[Piece], bos: int, first: int = LONGEST) -> Iterator[Piece]:
    """A document's lines as pieces of at most `LONGEST` tokens, the first of about `first` tokens."""
    tokens, weights, room = [bos], [0.0], first
    for line in document:
        if len(tokens) > 1 and len(tokens) + len(line.tokens) > room:
            yield Piece(tokens, weights)
            tokens, weights, room = [bos], [0.0], LONGEST
        for start in range(0, len(line.tokens), LONGEST - 1):
            if len(tokens) > 1 and start:
                yield Piece(tokens, weights)
                tokens, weights = [bos], [0.0]
            tokens = tokens + line.tokens[start : start + LONGEST - 1]
            weights = weights + line.weights[start : start + LONGEST - 1]
    if len(tokens) > 1:
        yield Piece(tokens, weights)


def sample_documents(tokens: Tokens, *, bos: int, newline: int) -> list[list[Piece]]:
    """The documents of a language's sample, line by line; all of it teaches."""
    result: list[list[Piece]] = []
    line: list[int] = []
    for token in tokens.tolist():
        if token == bos:
            result.append([])
            continue
        line.append(token)
        if token == newline:
            result[-1].append(Piece(line, [1.0] * len(line)))
            line = []
    return [document for document in result if document]


def _shuffled(documents: Sequence[Sequence[Piece]], bos: int, choose: random.Random) -> list[Piece]:
    result = [
        piece
        for document in documents
        for piece in pieces(document, bos, choose.randint(LONGEST // 4, LONGEST))
        if any(piece.weights)
    ]
    choose.shuffle(result)
    return result


def _up_to(wanted: float, source: Iterator[Piece]) -> Iterator[Piece]:
    while wanted > 0 and (piece := next(source, None)):
        wanted -= len(piece.tokens)
        yield piece
