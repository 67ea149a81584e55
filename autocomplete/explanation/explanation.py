"""What `explain` answers: plain numbers, ready to be printed or drawn."""

from dataclasses import asdict, dataclass
from typing import Any
from unicodedata import category

_SHOWN_AS = {"\n": "⏎", "\t": "⇥", " ": "␣"}


@dataclass(frozen=True)
class Unit:
    """One of the hidden units, counted from 0, and how far one gate is open in it (0 closed to 1 open)."""

    number: int
    value: float


@dataclass(frozen=True)
class Gate:
    """How far one gate was open in the units of a layer, 0 (closed) to 1 (open).

    mean: over all units; low, high: a tenth of the units is below, above; units: the most open ones, first the most.
    """

    mean: float
    low: float
    high: float
    units: tuple[Unit, ...]


@dataclass(frozen=True)
class Gates:
    """The three gates of one layer at one piece: what of the cell stays, what enters it, what of it is shown."""

    forget: Gate
    input: Gate
    output: Gate


@dataclass(frozen=True)
class Piece:
    """One token that was read, with its gates, first layer first. "▁" stands for the space before a word."""

    text: str
    layers: tuple[Gates, ...]


@dataclass(frozen=True)
class Part:
    """A word or a sign that was read.

    kept: for each layer, how much of what the part wrote into the cell is still there at the cursor: 0 none, 1 all.
    In formulas: a piece writes w = i ⊙ g; later forget gates leave r = w ⊙ f₁ ⊙ f₂ ⊙ … of it; kept is Σ|r| / Σ|w|
    over the part's pieces and the layer's units. The cell state is the sum of all r.

    gains: for each candidate, how many bits the LSTM gives it more with the part than without it (1 bit: twice as
    likely; below 0: the part speaks against it). Without it means that its pieces are not read.

    shares: for each candidate, this gain's share of all gains above 0; 0 where the part does not help. Over all
    parts they sum to 1, or to 0 where no part helps.
    """

    text: str
    is_word: bool
    pieces: tuple[Piece, ...]
    kept: tuple[float, ...]
    gains: tuple[float, ...]
    shares: tuple[float, ...]

    @property
    def label(self) -> str:
        """The part as it can be shown on one line."""
        return label(self.text)

    @property
    def piece_labels(self) -> tuple[str, ...]:
        """For each piece what it can be called on one line: the part itself, or what it adds to the part."""
        if len(self.pieces) == 1:
            return (self.label,)
        spelled = [label(piece.text.removeprefix("▁")) or "␣" for piece in self.pieces]
        return tuple("+" * (number > 0) + text for number, text in enumerate(spelled))


@dataclass(frozen=True)
class Candidate:
    """A word that could come next.

    probability: the engine's, of LSTM and n-gram model together, the letters typed being known, 0 to 1. spelled: the
    LSTM's own for the pieces that usually spell the word, behind the text read, whatever letters were typed of it.
    """

    text: str
    probability: float
    spelled: float


@dataclass(frozen=True)
class Explanation:
    """What one language's LSTM did with the text before the cursor.

    language, belief: whose LSTM, and how much that language is believed here (1 when it is the only one). typed: the
    letters of the word being typed, which is not read yet. parts: the last words and signs read, oldest first.
    candidates: best first; their order is that of `Part.gains` and `Part.shares`.
    """

    language: str
    belief: float
    typed: str
    parts: tuple[Part, ...]
    candidates: tuple[Candidate, ...]

    def as_dict(self) -> dict[str, Any]:
        """All of it as JSON knows it."""
        return asdict(self)


def label(text: str) -> str:
    """Text on one line: line ends, spaces and what cannot be seen as signs or codes."""
    if text in _SHOWN_AS:
        return _SHOWN_AS[text]
    return "".join(c if category(c)[0] != "C" else f"U+{ord(c):04X}" for c in text)
