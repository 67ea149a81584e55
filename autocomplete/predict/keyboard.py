"""How likely one word is typed when another is meant: a noisy channel of slips on a keyboard.

Neighbouring keys, swapped, doubled and missing letters are likelier slips than far letters. The layouts are tables.
"""

from collections.abc import Iterator

_ROWS = {
    "qwerty": ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./"),
    "qwertz": ("qwertzuiopü+", "asdfghjklöä#", "yxcvbnm,.-"),
}
# Log-probabilities of one slip, in nats: about one letter in fifty goes wrong, half of it on a neighbouring key.
NEIGHBOUR = -4.0
FAR = -7.0
SWAPPED = -4.5
DOUBLED = -4.5
MISSING = -4.5
EXTRA = -5.5
ACCENT = -2.0  # "uber" for "über": the bare key is nearer than the accent
FIRST_LETTER = -2.0  # more when it is the first letter, which is seldom wrong
ENDING = -1.0  # more when a letter too many or too few is the last: rather an inflection we do not know


def neighbours(layout: str) -> dict[str, str]:
    """The keys around each key of the layout ("qwerty", "qwertz")."""
    rows = _ROWS[layout]
    around: dict[str, str] = {}
    for r, row in enumerate(rows):
        for i, key in enumerate(row):
            near = row[max(0, i - 1) : i] + row[i + 1 : i + 2]
            if r:  # each row is shifted half a key to the right of the row above
                near += rows[r - 1][i : i + 2]
            if r + 1 < len(rows):
                near += rows[r + 1][max(0, i - 1) : i + 1]
            around[key] = near
    return around


def slips(typed: str, alphabet: str, near: dict[str, str]) -> Iterator[tuple[str, float]]:
    """(what may have been meant, log-probability of the slip) for every single slip that gives `typed`."""
    for i in range(len(typed) + 1):
        head, tail = typed[:i], typed[i:]
        first = 0.0 if head else FIRST_LETTER
        if tail:
            here = tail[0]
            extra = DOUBLED if head.endswith(here) else NEIGHBOUR if _beside(here, head, tail[1:], near) else EXTRA
            yield head + tail[1:], extra + first + (0.0 if tail[1:] else ENDING)
            for letter in alphabet:
                if letter != here:
                    yield head + letter + tail[1:], first + (NEIGHBOUR if letter in near.get(here, "") else FAR)
        if len(tail) > 1 and tail[0] != tail[1]:
            yield head + tail[1] + tail[0] + tail[2:], SWAPPED + first
        for letter in alphabet:
            doubled = head.endswith(letter) or tail.startswith(letter)
            yield head + letter + tail, (DOUBLED if doubled else MISSING) + first + (0.0 if tail else ENDING)


def _beside(key: str, head: str, tail: str, near: dict[str, str]) -> bool:
    """Whether the key lies beside one of those typed around it, so that a finger may have hit both."""
    around = near.get(key, "")
    return any(letter in around for letter in head[-1:] + tail[:1])
