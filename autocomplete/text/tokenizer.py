"""Text to token ids and back, without loss, one unit at a time (see `units`).

Sentencepiece spells the words; every other character is a piece of its own or is spelled in bytes. Unigram
subwords and single characters are two sentencepiece models behind this one class.

A word's first piece begins with "▁", which stands for the space before the word. At the start of a line the
same pieces are used although no space stands there, so that a word is one thing wherever it stands.
"""

import os
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import sentencepiece

from autocomplete.errors import ModelError, brief
from autocomplete.text.units import is_word, split_units

SPACE_MARK = "▁"
BOS_PIECE = "<s>"
_BYTES_IN_VOCABULARY = 256
_WITHOUT_JOINERS = str.maketrans("", "", "'-")
_LARGEST = 20_000_000  # bytes; 12,000 pieces take 200,000


class Tokenizer:
    """A sentencepiece model with our handling of spaces, line starts, symbols and bytes.

    `bos` is the id that opens every document; `newline` the id of a line's end.
    """

    def __init__(self, model: bytes) -> None:
        if not model:  # sentencepiece would take it, and complain to the terminal at every call
            raise ValueError("an empty tokenizer")
        self._processor = sentencepiece.SentencePieceProcessor(model_proto=model)
        self.size: int = self._processor.get_piece_size()
        self.pieces: list[str] = [self._processor.id_to_piece(i) for i in range(self.size)]
        self._byte_ids = [self._processor.piece_to_id(f"<0x{b:02X}>") for b in range(256)]
        self._first_byte = self._byte_ids[0]
        if self._byte_ids != list(range(self._first_byte, self._first_byte + _BYTES_IN_VOCABULARY)):
            raise ValueError("it does not hold the 256 bytes in a row")
        unknown, is_control = self._processor.unk_id(), self._processor.is_control
        # Asked once for all: a start asks of every piece, several times.
        self._controls = frozenset(i for i in range(self.size) if i == unknown or is_control(i))
        symbols = {
            piece: i
            for i, piece in enumerate(self.pieces)
            if len(piece) == 1 and piece != SPACE_MARK and not self.is_control(i)
        }
        self._symbols = symbols
        self._space = self._processor.piece_to_id(SPACE_MARK)
        self.bos: int = self._processor.bos_id()
        if self.bos < 0 or "\n" not in symbols:
            raise ValueError("it has no piece for a text's start, or none for a line's end")
        self.newline: int = symbols["\n"]
        self._encode_unit = lru_cache(maxsize=1 << 16)(self._spell)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> "Tokenizer":
        """Read a sentencepiece model file; a damaged or foreign one is a `ModelError` naming it."""
        try:
            if os.path.getsize(path) > _LARGEST:
                raise ValueError(f"it has more than {_LARGEST} bytes")
            return cls(Path(path).read_bytes())
        except (OSError, RuntimeError, ValueError) as error:
            # What sentencepiece raises has words for its makers only.
            reason = "it is damaged" if isinstance(error, RuntimeError) else brief(error)
            raise ModelError(f"The tokenizer {path} cannot be read ({reason}); install the model again.") from error

    def is_control(self, token: int) -> bool:
        """Whether the id spells no text of its own (unknown, document start)."""
        return token in self._controls

    def is_byte(self, token: int) -> bool:
        """Whether the id is one of the 256 bytes that spell what no piece spells."""
        return self._first_byte <= token < self._first_byte + _BYTES_IN_VOCABULARY

    def spells_word(self, token: int) -> bool:
        """Whether the id stands for letters, with apostrophes or hyphens, or for the space before a word."""
        if self.is_control(token) or self.is_byte(token):
            return False
        letters = self.pieces[token].removeprefix(SPACE_MARK).translate(_WITHOUT_JOINERS)
        return not letters or letters.isalpha()

    def continues_word(self, token: int) -> bool:
        """Whether the id goes on with a word that was begun by another piece."""
        return self.spells_word(token) and not self.pieces[token].startswith(SPACE_MARK)

    def encode(self, text: str, *, line_start: bool = True) -> list[int]:
        """Token ids of `text`. Lone surrogates, NUL and unknown characters are spelled in bytes.

        `line_start`: whether `text` begins a line (or a document).
        """
        ids: list[int] = []
        for unit in split_units(text):
            ids += self._encode_unit(unit, line_start)
            line_start = unit == "\n"
        return ids

    def encode_unit(self, unit: str, *, line_start: bool) -> tuple[int, ...]:
        """Token ids of one unit, remembered for next time."""
        return self._encode_unit(unit, line_start)

    def _spell(self, unit: str, line_start: bool) -> tuple[int, ...]:
        virtual_space: tuple[int, ...] = ()
        if line_start and unit[0] == " ":
            virtual_space = (self._space,)
        elif line_start and is_word(unit):
            unit = " " + unit
        if is_word(unit):
            spelled = self._processor.encode(unit.replace(" ", SPACE_MARK))
            return (*virtual_space, *spelled)
        if unit == " ":
            return (*virtual_space, self._space)
        if unit in self._symbols:
            return (self._symbols[unit],)
        return tuple(self._byte_ids[b] for b in unit.encode("utf-8", "surrogatepass"))

    def decode(self, ids: Iterable[int], *, line_start: bool = True) -> str:
        """The text that `encode` made `ids` from."""
        text = bytearray()
        for token in ids:
            if token == self.bos:
                line_start = True
                continue
            if self.is_byte(token):
                text.append(token - self._first_byte)
            else:
                piece = self.pieces[token].replace(SPACE_MARK, " ")
                text += piece[1:].encode() if line_start and piece[0] == " " else piece.encode()
            line_start = token == self.newline
        return text.decode("utf-8", "surrogatepass")
