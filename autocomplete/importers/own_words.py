"""What the sender of a mail wrote themselves: without what it answers, what it forwards, and the signature."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from autocomplete.importers.paragraphs import join_wrapped

# Behind one of these the rest of a mail is somebody else's, or no text.
_REST = re.compile(
    r"""
      -{2,}\s*(?:Original\ Message|Original\ Appointment|Forwarded\ message|Ursprüngliche\ Nachricht|
          Original-?Nachricht|Urspr\.\ Nachricht|Weitergeleitete\ Nachricht|Ursprünglicher\ Termin)\b.*
    | (?:Begin\ forwarded\ message|Anfang\ der\ weitergeleiteten\ (?:E-Mail|Nachricht))\s*:.*
    | --\s*
    | _{20,}
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"(?:Sent from my |Sent via |Get Outlook for |Von mein\w+ .{1,60}gesendet|Gesendet (?:von|mit) (?:mein|Outlook))"
    r".{0,100}",
    re.IGNORECASE,
)
# With a date or an address in it: "Am Montag schrieb ich ihr:" is prose.
# "On 3 May 2024, at 10:30, Anna <anna@example.com> wrote:", over as many as three lines.
_ATTRIBUTION = re.compile(
    r"(?=.*(?:\d|@))(?:On|Am)\s.{4,300}\s(?:wrote|schrieb)\b.{0,150}:\s*|.{3,150}<[^\s<>]+@[^\s<>]+>\s+(?:wrote|schrieb)\b.{0,60}:\s*"
)
_ATTRIBUTION_START = re.compile(r"(?:On|Am)\s|.{3,150}<[^\s<>]+@")
# The header of a mail that is answered, as Outlook writes it.
_FROM = re.compile(r"\*?(?:From|Von)\s?:\*?\s?.+", re.IGNORECASE)
_HEADER = re.compile(r"\*?(?:Sent|Date|To|Subject|Cc|Gesendet|Datum|An|Betreff)\s?:", re.IGNORECASE)

_REASON = "quoted line or signature"


def own_paragraphs(lines: Sequence[str], left_out: Counter[str], *, wrapped: bool) -> Iterator[str]:
    """The paragraphs that the sender wrote; the lines of others, and the signature, are counted in `left_out`.

    wrapped: the lines are parts of paragraphs.
    """
    own = list(_own_lines(lines))
    if passed_over := sum(1 for line in lines if line.strip()) - sum(1 for line in own if line.strip()):
        left_out[_REASON] += passed_over
    yield from join_wrapped(own) if wrapped else own


def _own_lines(lines: Sequence[str]) -> Iterator[str]:
    number = 0
    while number < len(lines):
        line = lines[number].strip()
        if _REST.fullmatch(line) or (_FROM.fullmatch(line) and any(map(_HEADER.match, lines[number + 1 : number + 4]))):
            return
        if length := _attribution(lines, number):
            number += length
            following = next((later for later in lines[number:] if later.strip()), "")
            if not following.lstrip().startswith(">"):
                return
            yield ""
            continue
        if not line.startswith(">") and not _SENT_FROM.fullmatch(line):
            yield lines[number]
        else:
            yield ""
        number += 1


def _attribution(lines: Sequence[str], number: int) -> int:
    """How many lines from this one on say who wrote what follows."""
    if not _ATTRIBUTION_START.match(lines[number].strip()):
        return 0
    for length in (1, 2, 3):
        text = " ".join(line.strip() for line in lines[number : number + length])
        if _ATTRIBUTION.fullmatch(text):
            return length
    return 0
