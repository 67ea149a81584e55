"""Whether letters look drawn at random: how unlikely each follows the one before it in a word."""

import re
from functools import lru_cache
from itertools import pairwise, product
from string import ascii_lowercase

from autocomplete.text.folding import fold

# The bits it takes to name the letter of a column behind that of a row (a to z), at most 9, counted over the folded
# words of the English and the German n-gram model, each word once, since most words of a text are among the rarer ones.
_BITS = """
85459655596353959343477868 36882878489388499456498968 49794991593599399575599979 47861767398576489456477969
56546666497452879235677788 38993468399488389363498977 48991865497485589445599979 37982888397465499464596978
56353648996452469533859996 29982998598989289869299999 37982877497486389443497968 36852679297377479954489958
25882889398748349956498979 47533627495785589743677986 65558656696442559344465888 39883595499489349355599979
78998999899699899977098999 36652656395655479544477967 47383765496667549832587978 37792885399588489445597965
64455556697442859334999998 39991999399989399889899989 28982995298695399658598989 47473786297769539873589667
45553767497444449535686977 47992878398679489974295976
"""
_PAIRS = map("".join, product(ascii_lowercase, repeat=2))
_COST = {pair: int(bits) for pair, bits in zip(_PAIRS, "".join(_BITS.split()), strict=True)}
# From which mean on letters are taken for random, by their number. Of 66,547 words of both models 20 are; of random
# letters of both cases 92 % at eight and 98 % from ten on, in small letters 79 % and 93 % at twelve.
_SHORTEST = 8
_LIMITS = ((10, 5.4), (13, 4.95), (65, 4.75))
_NO_CAPITAL_INSIDE = 0.3  # for words that look less like a password; foreign names are strange, too
_CAPITALS = 0.5  # and so are abbreviations
_REPEATED = re.compile(r"(.)\1+")  # "Ohhhhhh"
_OF_OURS = dict.fromkeys(map(ord, "äöüÄÖÜß"))  # words with other letters are of languages that the costs do not know
_HUMP = re.compile(r"[A-Z]+[^\WA-Z]*|[^\WA-Z]+")
_VOWEL = re.compile(r"[aeiouyäöü]", re.IGNORECASE)
# Capitals inside a word are usual in names ("NaNoWriMo"), but not many of them, with no vowel in between.
_SHORTEST_HUMPS, _SHORT_HUMPS = 3, 4
_CAMEL_LIMIT = 4.3


@lru_cache(maxsize=1 << 14)  # most words of a text come again
def random_letters(word: str) -> bool:
    """Whether a word, letters only, looks drawn at random: "xKqZvTpwLm", but not "JavaScript"."""
    if len(word) < _SHORTEST or not word.translate(_OF_OURS).isascii():
        return False
    mean = _mean_cost(word)
    humps = [] if word.islower() or word.istitle() else _HUMP.findall(word)
    if len(humps) > 2 and not all(map(_VOWEL.search, humps)):
        length = len(word) / len(humps)
        if length < _SHORTEST_HUMPS or (length < _SHORT_HUMPS and mean > _CAMEL_LIMIT):
            return True
    limit = next((limit for length, limit in _LIMITS if len(word) < length), None)
    return limit is not None and mean > limit + (_CAPITALS if word.isupper() else 0 if humps else _NO_CAPITAL_INSIDE)


def _mean_cost(word: str) -> float:
    """Bits a letter, of the pairs among a to z; 0 where there are few."""
    folded = _REPEATED.sub(r"\1", fold(word))
    if len(set(folded)) < 4:  # "hahahaha"
        return 0.0
    costs = [cost for a, b in pairwise(folded) if (cost := _COST.get(a + b)) is not None]
    return sum(costs) / len(costs) if len(costs) * 2 > len(word) else 0.0
