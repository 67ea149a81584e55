"""Text cut into the units that are tokenized one by one: words with the space before them, and single characters.

Scanning can start again at any unit's beginning, and a unit never changes once it is closed. So tokens that
were read stay read while the user types on, and the LSTM keeps its state.
"""

import re

# A space belongs to the word behind it. An apostrophe between letters stays inside the word, so that a frequent
# contraction can be one piece ("don't"). All else is a unit of one character. Nothing real has more letters than
# this; the bound keeps a key cheap in an endless run of them.
MAX_LETTERS = 48
_LETTER = re.compile(r"[^\W\d_]")
_UNIT = re.compile(rf" ?[^\W\d_](?:'?[^\W\d_]){{0,{MAX_LETTERS - 1}}}|.", re.DOTALL)


def split_units(text: str) -> list[str]:
    """The units of `text` in order; joined they are `text` again."""
    return _UNIT.findall(text)


def is_word(unit: str) -> bool:
    """Whether the unit holds letters, with or without the space before them."""
    # Not isalpha(): the signs of "m²" and "Ⅷ" count as letters, here as everywhere words are looked for.
    return _LETTER.match(unit, len(unit) - 1) is not None


def count_closed(units: list[str]) -> int:
    """How many of the leading `units` stay as they are, whatever is typed behind them.

    Open is a word at the end, a single space (it may belong to a coming word), and an apostrophe behind a word
    (a letter would join them).
    """
    if not units:
        return 0
    last = units[-1]
    if last == "'" and len(units) > 1 and is_word(units[-2]):
        return len(units) - 2
    return len(units) - 1 if last == " " or is_word(last) else len(units)
