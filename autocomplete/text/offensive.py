"""Insults, slurs and vulgar words, which nobody wants to be offered unasked."""

from functools import cache

from autocomplete.assets import assets
from autocomplete.text.folding import fold


@cache
def offensive_words(language: str) -> frozenset[str]:
    """The folded words of a language; none where no list of it is shipped."""
    path = assets() / "offensive" / f"{language}.txt"
    return frozenset(map(fold, path.read_text(encoding="utf-8").split())) if path.is_file() else frozenset()
