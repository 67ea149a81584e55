"""What a line announces for the lines below it: "Password:" and nothing more, or "What's the password?"."""

import re
from typing import NamedTuple

from autocomplete.privacy.cues import is_forgotten
from autocomplete.privacy.finding import Finding
from autocomplete.privacy.nouns import Cue, Kind


class Awaited(NamedTuple):
    """A secret is to come: in how many lines, and how many words those have, the first one and the others."""

    lines: int
    first: int
    later: int = 0
    fillers: int = 3  # lines such as "hang on" that may come before
    opens: bool = False  # the line that says so holds nothing else


_VALUE = Awaited(1, 12, opens=True)
_SENTENCE = Awaited(1, 40, opens=True)
_LIST = Awaited(30, 60, 4, opens=True)
_PAIR = Awaited(4, 12, 4, opens=True)
_ANSWER = Awaited(1, 14)
_TOKEN = Awaited(1, 2)
_PLURAL = re.compile(r"(?:s|wörter|woerter|daten|codes)\Z")
_ENDS_OPEN = re.compile(
    r"(?:\s*[([][^()\[\]]{0,60}[)\]]|[^\S\n]{1,3}[^\s.!?;:=]{1,30}+){0,14}?\s*"
    r"(?:(?:[:=→]|[-=]>|\s[-–—])|\s(?:is|ist|lautet|are|sind|was|war)\s*[:…]?)[\s*_]*\Z",
    re.IGNORECASE,
)
_AT_THE_END = re.compile(r"[\s…*_)]*\Z")
_ASKS = re.compile(r"[^.!?]{0,80}\?")
_WHAT = re.compile(r"\b(?:what|which|was|wie|welche[rsn]?|wo|where)\b[^.!?]{0,30}\Z", re.IGNORECASE)
_BRIEFLY = re.compile(
    r"[^\S\n]*(?:again|nochmal|noch mal|(?:for|to|für|fürs|zum|zur|vom|am)\b[^.!?]{0,40})?\s*\?", re.IGNORECASE
)
_REQUEST = re.compile(
    r"\b(?:send|text|give|tell|remind|need|share|forward|schick\w*|gib|geb\w*|sag\w*|nenn\w*|brauch\w*|verrat\w*|hätte)\b",
    re.IGNORECASE,
)


def awaited(line: str, cues: list[Cue], findings: list[Finding]) -> Awaited | None:
    """What the lines below hold, by the last noun of a line; `findings`: what its own cues gave."""
    if not cues:
        return None
    cue = cues[-1]
    given = any(finding.start >= cue.end or finding.end <= cue.start for finding in findings)
    rest, before = line[cue.end :], line[: cue.start]
    if given:
        return Awaited(30, 4, 4, 0) if cue.kind == Kind.SEED and "?" not in rest else None
    if _ENDS_OPEN.match(rest) or (_AT_THE_END.match(rest) and cue.kind != Kind.WEAK and not is_forgotten(line)):
        if cue.kind == Kind.LOGIN:
            return _PAIR
        if cue.kind == Kind.SEED or _PLURAL.search(line[cue.start : cue.end].lower()):
            return _LIST
        return _SENTENCE if cue.kind == Kind.PHRASE else _VALUE
    if cue.kind in {Kind.WEAK, Kind.LOGIN}:
        return _ANSWER if cue.kind == Kind.WEAK and _WHAT.search(before) and _BRIEFLY.match(rest) else None
    asks_what = _WHAT.search(before) is not None
    if _ASKS.search(rest) and (asks_what or not is_forgotten(line)):
        return _SENTENCE if cue.kind < Kind.PASSWORD else _ANSWER
    if _REQUEST.search(before) or _REQUEST.search(rest):
        return _TOKEN
    return None
