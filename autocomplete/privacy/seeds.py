"""Seed phrases that nobody announces: twelve words and more in small letters that are no sentence."""

import re
from collections.abc import Iterator

from autocomplete.privacy.finding import Finding

_LEAST = 12  # words of the shortest phrase (BIP 39)
_PHRASE = re.compile(rf"(?<![^\s:])[a-z]{{3,8}}(?:[ ,]{{1,2}}[a-z]{{3,8}}){{{_LEAST - 1},}}(?![\w'’-])")
_PROSE = (" the ", " and ", " und ", " die ", " der ", " for ", " was ", " ist ")
# What sentences are held together by; of a phrase, which is drawn from 2,048 words, hardly more than one.
_HOLDING_TOGETHER = """
    are were not but has have had his her our their its she him they them you your who what which when where how why
    can will would could should may might did does got get from with without about into onto over under this that
    these those than then there here all any some each every other own more most much many very just only also even
    still always never like know think make want see say said been being because while until before after again too
    out off one two dem den des sind war ein eine einen mit von auf aus bei nach nicht auch ich wir sie ihr als wie
    noch nur dass wenn aber oder hat habe haben kann mir mich dir dich uns zum zur
"""
_HOLDS_TOGETHER = frozenset(_HOLDING_TOGETHER.split())


def find(line: str) -> Iterator[Finding]:
    """Runs of words that are no sentence."""
    if line.count(" ") < _LEAST - 1 or any(word in line for word in _PROSE):
        return
    for match in _PHRASE.finditer(line):
        if sum(word in _HOLDS_TOGETHER for word in re.split(r"[ ,]+", match.group())) < 2:
            yield Finding(*match.span(), "seed phrase")
