"""What a writer announces as a secret himself: "password: …", "Passwort ist …", "PIN …", "born on …"."""

import re
from collections.abc import Iterator, Sequence

from autocomplete.privacy.finding import Finding
from autocomplete.privacy.numbers import DAY

# How a cue can begin. Only there are the slower patterns tried.
_BEGINNING = re.compile(
    "pass|pw|kennw|losungsw|geheimz|pin|puk|psk|tan|otp|cvv|cvc|ssn|bic|iban|seed|recovery|steuer|tax|social|sozial|renten|"
    "versicherungs|konto|account|ausweis|code|login|log-in|user|benutzer|nutzer|token|key|schlüssel|secret|"
    "born|birth|date of b|dob|d.o.b|geboren|geb.|geburts"
)
_FLAGS = re.IGNORECASE | re.VERBOSE
_SINGLE = r"(?<![^\W_])"  # not the end of a longer word
_BEHIND = r"(?![^\W_])"
# Behind these stand secrets and little else.
_STRONG = re.compile(
    rf"""(?:
        pass[ -]?(?:w(?:or[dt]|ör?ter)(?:e?s)?|wd|phrases?|codes?) | kennw(?:ort|örter)(?:e?s)?
      | losungswort | geheimzahl
      | {_SINGLE}(?:pw|pwd|pin|puk|psk|tan|otp|cvv2?|cvc2?|ssn|bic|iban)(?:[ -]?(?:code|nummer|number|nr\.?))?
      | (?:seed|recovery)[ ]phrase
      | steuer(?:[ -]?(?:identifikations)?[ -]?(?:nummer|nr\.?)|[ -]?id) | tax[ ](?:id|number|no\.?)
      | social[ ]security(?:[ ](?:number|no\.?))? | (?:sozial|renten)?versicherungs(?:nummer|nr\.?)
      | (?:konto|pass|ausweis)(?:nummer|nr\.?) | (?:account|passport)[ ](?:number|no\.?)
    ){_BEHIND}""",
    _FLAGS,
)
# These are ordinary words too: one word behind them is enough.
_WEAK = re.compile(
    rf"""(?:
        codes?|schlüssel|token
      | {_SINGLE}(?:pass|key|secret|login|log-in|user(?:[ -]?(?:name|id))?|benutzer(?:name)?|nutzername)
    ){_BEHIND}""",
    _FLAGS,
)
_BIRTH = re.compile(
    rf"""{_SINGLE}(?:born|birthday|birth[ ]?date|date[ ]of[ ]birth|d\.?o\.?b\.?|geboren|geb\.|geburts(?:tag|datum))
    [^\w\n]{{0,5}}(?:[^\W\d_]{{1,12}}[^\w\n]{{1,5}}){{0,4}}?
    (?P<value>{DAY}(?:,?\s\d{{2,4}})?|\d{{1,2}}[./-]\d{{1,2}}(?:[./-](?:\d{{2,4}})?)?)""",
    _FLAGS,
)

_IS = rf"(?:is|was|are|reads|equals|ist|war|lautet|lautete|wäre|heißt|sind){_BEHIND}"
_SIGN = r"\s{0,3}(?P<sign>:|=|->|=>|→)"
_LINK = rf"(?:{_SIGN}(?:\s*{_IS})?|\s{{1,3}}{_IS}|['’]s\s|\s[-–—(/]\s?|[–—(])(?:\s*:)?"
_WORDS_BETWEEN = r"(?:[^\S\n]{1,3}[^\W_]{1,24}+){0,5}?"
_QUOTED = r"""["'`„“”‚‘«»][^"'`“”‘’«»\n]{1,64}["'`“”‘’«»]"""
_LINKED = re.compile(rf"{_WORDS_BETWEEN}{_LINK}\s*(?P<value>{_QUOTED}|\S+(?:[^\S\n]+\S+){{0,3}})", _FLAGS)
_LINKED_WORD = re.compile(rf"{_LINK}\s*(?P<value>{_QUOTED}|\S+)", _FLAGS)
_AT_ONCE = re.compile(rf"[^\S\n]+(?P<value>{_QUOTED}|[^\s\d]{{0,64}}\d\S*)", _FLAGS)
_CHANGED = re.compile(rf"[^\S\n]+(?:to|auf)[^\S\n]+(?P<value>{_QUOTED}|\S+)", _FLAGS)
_NEXT = re.compile(rf"[^\S\n]+(?P<value>{_QUOTED}|\S+)", _FLAGS)
# "I use sunshine as my password", "als Passwort Sonne".
_AS = re.compile(
    r"(?:(?<!\S)(?P<value>\S{1,64})\s+)?(?:as|als)\s+(?:(?:the|a|my|your|our|das|dein|mein|unser)\s+)?\Z", _FLAGS
)
_AS_LENGTH = 90

# Behind "the password is" these go on with a sentence.
_PROSE_WORDS = """
    a an the my your his her our their this that to too in on at of for from with by as no not now still so very always
    never only also here there below above wrong correct incorrect required needed missing expired invalid stored
    safe secure weak strong used being set sent and or if when because what i you he she it we they good bad fine
    ein eine einen der die das dem den mein dein sein ihr unser dies dieses dass zu zum zur im am auf aus für von vom
    mit bei nach kein keine nicht noch nur auch immer nie jetzt hier da dort unten oben falsch richtig korrekt nötig
    erforderlich abgelaufen ungültig sicher unsicher schwach stark und oder wenn weil was ich du er sie es wir alle
    allen meinem meinen meine deinem deinen deine seinem seinen ihrem ihren unserem unseren open available broken clean
    simple easy poetry free use verwenden benutzen genommen
"""
_PROSE = frozenset(_PROSE_WORDS.split())
_CLAUSE_END = re.compile(r"[,;!?.](?=\s|\Z)")
_CLOSING = " .,;:!?)]}"


def find(text: str) -> Iterator[Finding]:
    """What stands behind a cue, or between it and the end of its clause, four words at most."""
    done = 0
    for beginning in _BEGINNING.finditer(_lowered(text)):
        start = beginning.start()
        if start < done:
            continue
        if birth := _BIRTH.match(text, start):
            yield Finding(*birth.span("value"), "date")
        elif cue := _STRONG.match(text, start):
            followers = [_LINKED, _CHANGED, _AT_ONCE]
            before = _AS.search(text[max(0, start - _AS_LENGTH) : start])
            if before is not None:
                followers.append(_NEXT)
                if before["value"] and (found := _usable(text, max(0, start - _AS_LENGTH), before)):
                    yield found
            for found in _behind(text, cue.end(), followers):
                done = max(done, found.end)
                yield found
        elif cue := _WEAK.match(text, start):
            for found in _behind(text, cue.end(), (_LINKED_WORD, _AT_ONCE)):
                done = max(done, found.end)
                yield found


def _lowered(text: str) -> str:
    """The text in lower case, of the same length: "İ" would grow."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _behind(text: str, start: int, followers: Sequence[re.Pattern[str]]) -> Iterator[Finding]:
    """What the first of the patterns finds behind a cue."""
    for pattern in followers:
        if (match := pattern.match(text, start)) and (found := _usable(text, 0, match)):
            yield found
            return


def _usable(text: str, offset: int, match: re.Match[str]) -> Finding | None:
    """The value of a match, `offset` characters further on, up to the end of its clause; None if it is a sentence's."""
    start, end = (offset + place for place in match.span("value"))
    if not match.groupdict().get("sign") and text[start:end].split()[0].strip(_CLOSING).lower() in _PROSE:
        return None
    # The sign behind a password may belong to it; without the rest it gives nothing away.
    if match["value"][0] not in "\"'`„“”‚‘«»" and (clause := _CLAUSE_END.search(text, start, end)):
        end = clause.start()
    return Finding(start, end, "password or code") if end > start else None
