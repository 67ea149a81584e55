"""What a line announces as a secret: "password: …", "… ist mein Passwort", "PIN …", "born on …"."""

import re
from collections.abc import Iterator

from autocomplete.privacy.before import find_before, is_as
from autocomplete.privacy.finding import Finding
from autocomplete.privacy.nouns import Cue, Kind
from autocomplete.privacy.numbers import DAY
from autocomplete.privacy.prose import belongs_to_noun, goes_on

REASON = "password or code"
_FLAGS = re.IGNORECASE | re.VERBOSE
_BIRTH_WORDS = ("born", "birth", "dob", "d.o.b", "geb")
_BIRTH = re.compile(
    rf"""(?<![^\W_])(?:born|birthday|birth[ ]?date|date[ ]of[ ]birth|d\.?o\.?b\.?|geboren|geb\.|geburts(?:tag|datum))
    [^\w\n]{{0,5}}(?:[^\W\d_]{{1,12}}[^\w\n]{{1,5}}){{0,4}}?
    (?P<value>{DAY}(?:,?\s\d{{2,4}})?|\d{{1,2}}[./-]\d{{1,2}}(?:[./-](?:\d{{2,4}})?)?)""",
    _FLAGS,
)

_OPENING = "\"'`„“”‚‘«»"
_QUOTED = re.compile(r"""["'`„“”‚‘«»][^"`“”‘«»\n]{1,200}?["'`“”‘’«»](?!\w)""")
_VERB = (
    r"(?:is|was|are|reads|equals|remains|becomes|ist|war|lautet|lautete|wäre|heißt|heisst|hieß|sind|sei|bleibt|"
    r"(?:been[ ]|is[ ]|was[ ]|got[ ])?(?:re)?(?:set|changed|switched)[ ](?:it[ ])?to)(?![^\W_])"
)
_WISH = r"(?:should|shall|will|would|must|could|can|may|has[ ]to|needs[ ]to)[ ](?:now[ ]|then[ ]|just[ ])?be(?![^\W_])"
_ADVERBS = (
    r"(?:[^\S\n]+(?:still|now|currently|simply|just|actually|probably|again|always|once|called|set[ ]to|today|"
    r"jetzt|noch|immer|weiterhin|einfach|übrigens|momentan|gerade|wohl|nun|nach[ ]wie[ ]vor|"
    r"ab[ ](?:sofort|heute|jetzt)|seit[ ](?:gestern|heute)|heute|aktuell|glaub(?:e?[ ]ich)?)(?![^\W_]))*"
)
_LINK = re.compile(
    rf"""\s{{0,3}}(?P<sign>:|=|->|=>|→)(?:\s*{_VERB}{_ADVERBS})?
    | \s{{1,3}}(?:(?P<wish>{_WISH})|{_VERB}){_ADVERBS}(?:\s*(?P<late>:))?
    | (?P<near>['’]s\s|\s[-–—(/]\s?|[–—(])(?:\s*:)?""",
    _FLAGS,
)
_IT_IS = re.compile(rf"(?:\b(?:it|that)['’]?s|(?<=\s){_VERB}|:){_ADVERBS}(?=\s)", _FLAGS)
_UNQUOTED = r"[^\s\"'`„“”‚‘«»]\S{0,63}"
_VALUE = rf"""(?P<value>["'`„“”‚‘«»][^"'`“”‘’«»\n]{{1,64}}["'`“”‘’«»]|{_UNQUOTED})"""
_GAP = r"(?:[^\S\n]{1,3}[^\s.!?;:=]{1,30}+[,)]?)"
_AT_ONCE = re.compile(r"[^\S\n]+(?P<value>[^\s\d]{0,64}\d\S*)")
_NAMED = re.compile(rf"{_GAP}{{0,5}}?[^\S\n]+(?P<value>{_QUOTED.pattern})")
_ANSWER = re.compile(r"\b(?:answer|antwort|antworte)\b\W*(?=\w)", re.IGNORECASE)
_CONJUNCTION = re.compile(r"\b(?:dass|daß|weil|ob|wenn|falls|da|obwohl)\b", re.IGNORECASE)
_DONE = re.compile(
    rf"""{_GAP}{{0,8}}?[^\S\n]+{_VALUE}[^\S\n]+
    (?:geantwortet|eingetragen|eingegeben|angegeben|genommen|gewählt|verwendet|benutzt|hinterlegt|gesetzt)(?![^\W_])""",
    _FLAGS,
)
_CHANGED = re.compile(
    rf"{_GAP}{{0,5}}?[^\S\n]+(?:(?:from|von)[^\S\n]+(?P<old>\S{{1,64}})[^\S\n]+)?(?:to|auf|in)[^\S\n]+{_VALUE}", _FLAGS
)
_VERB_LAST = re.compile(
    rf"{_GAP}{{0,6}}?[^\S\n]+{_VALUE}[^\S\n]+(?:ist|lautet|heißt|war|sei|wäre)(?=\s*(?:[,.;!?)]|\Z))", _FLAGS
)
_BARE = re.compile(rf"[^\S\n]+(?:dann[^\S\n]+)?{_VALUE}")
_QUESTION = re.compile(r"(?:[^\S\n]{1,3}[^\s.!?]{1,30}+){0,10}?[^\S\n]{0,3}\?+[^\S\n]+(?P<value>\S)")
_FORGOTTEN = re.compile(
    r"forg[oe]t|vergess|zurück(?:ge)?setz|\breset|lost\b|\bsafe\b|\bsicher\b|change|änder|\bthe same\b|\bdasselbe\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?:(?<=[^\W\d_]{2})\.|(?<=[\"“”'’)\d])\.(?=\s+[A-ZÄÖÜ]|\s*\Z)|[!?…])+[\"”“')]*(?=\s|\Z)")
_PAIR = re.compile(r"\S+(?:\s+/\s+|/|\s+(?:and|und)\s+|,\s+)[^\s/]+(?=[\s.,!?]*\Z)")  # a name and a password
_DIGIT = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|"
    r"null|eins|zwei|zwo|drei|vier|fünf|sechs|sieben|acht|neun|doppel)"
)
_SPELLED = re.compile(rf"{_DIGIT}(?:[ -]{_DIGIT})+\b", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;!?.](?=\s|\Z)")
_LIST = re.compile(r"(?:,\s*[^\s,]+){2,}")
_WORDS = re.compile(r"\S+")

_OF = frozenset(("for", "für", "fürs", "to", "of", "zu", "zum", "zur", "vom", "von"))
# How many words may stand between the noun and its verb or sign, and how many the secret has at most.
_BETWEEN = {Kind.SEED: 12, Kind.PHRASE: 14, Kind.PASSWORD: 14, Kind.CODE: 7, Kind.LOGIN: 5, Kind.WEAK: 0}
_MOST = {Kind.PASSWORD: 12, Kind.CODE: 8, Kind.WEAK: 1}
_MOST_CUES = 40  # a line with more is no writing
_NEAR = 200  # characters behind a noun, in which its verb or sign stands
_LONGEST = 400  # characters of a sentence
_FEW = 5  # words between, from which on a verb is believed only where its sentence ends soon
_SHORT = 3


def find_births(line: str, lowered: str) -> Iterator[Finding]:
    """Days somebody was born on."""
    if any(word in lowered for word in _BIRTH_WORDS):
        for match in _BIRTH.finditer(line):
            yield Finding(*match.span("value"), "date")


def find(line: str, cues: list[Cue]) -> Iterator[Finding]:
    """What stands behind or before the nouns of a line."""
    if len(cues) > _MOST_CUES:
        yield Finding(0, len(line), REASON)
        return
    done = 0
    for cue in cues:
        if cue.start < done:
            continue
        if cue.kind <= Kind.CODE and (span := find_before(line, cue.start)):
            yield Finding(*span, REASON)
        for finding in _behind(line, cue):
            done = max(done, finding.end)
            yield finding


def in_answer(line: str) -> list[Finding]:
    """What a long answer to the question above gives: "Sorry, I was out all day and only saw this now; it's X"."""
    for link in _IT_IS.finditer(line):
        start = _skip_spaces(line, link.end())
        if start < len(line) and not goes_on(_word_at(line, start)):
            end = _clause_end(line, start, sentence_end(line, start, len(line)))
            if len(line[start:end].split()) <= _SHORT:
                return [Finding(start, end, REASON)]
    return []


def sentence_end(line: str, start: int, limit: int) -> int:
    """Where the sentence ends that `line[start]` stands in, `limit` at the latest."""
    match = _SENTENCE_END.search(line, start, limit)
    return match.start() if match else limit


def is_forgotten(line: str) -> bool:
    """Whether a question about a password is one about having none: "Forgot your password?"."""
    return _FORGOTTEN.search(line) is not None


def _behind(line: str, cue: Cue) -> list[Finding]:
    limit = min(len(line), cue.end + _LONGEST)
    if cue.kind not in {Kind.SEED, Kind.LOGIN}:
        limit = sentence_end(line, cue.end, limit)
    found = _linked(line, cue, limit)
    if found is None and cue.kind < Kind.LOGIN:
        found = _otherwise(line, cue, limit)
    if found is None and (match := _AT_ONCE.match(line, cue.end)):
        found = [Finding(match.start("value"), _clause_end(line, match.start("value"), match.end("value")), REASON)]
    return found or []


def _linked(line: str, cue: Cue, limit: int) -> list[Finding] | None:
    """What a sign or a verb joins to the noun."""
    for link in _LINK.finditer(line, cue.end, min(limit, cue.end + _NEAR)):
        between = len(line[cue.end : link.start()].split())
        says_of_what = cue.kind == Kind.WEAK and link["sign"] and _says_of_what(line, cue, link.start())
        if between > _BETWEEN[cue.kind] and not says_of_what:
            return None
        if link["near"] and between:
            continue
        start = _skip_spaces(line, link.end())
        if start >= limit:
            return None
        signed = bool(link["sign"] or link["late"])
        if cue.kind == Kind.LOGIN and not signed and not _PAIR.match(line, start):
            continue
        if not signed and _is_sentence(line, start, limit, wished=link["wish"] is not None):
            continue
        end = _value_end(line, start, limit, cue.kind, signed=signed)
        if link.group() == "=":  # "token=X and so on"
            end = _clause_end(line, start, start + len(_word_at(line, start)))
        if not signed and between > _FEW and cue.kind > Kind.PHRASE and len(line[start:end].split()) > _SHORT:
            continue
        return [Finding(start, end, REASON)]
    return None


def _otherwise(line: str, cue: Cue, limit: int) -> list[Finding] | None:
    """Other ways to say it: "auf X geändert", "the password X", "What is the password? X"."""
    if (match := _NAMED.match(line, cue.end)) and match.end() <= limit + 2:
        return [Finding(*match.span("value"), REASON)]
    if cue.kind == Kind.SEED and (answer := _ANSWER.search(line, cue.end)):
        return [Finding(answer.end(), len(line), REASON)]
    for pattern in (_VERB_LAST, _DONE):
        if (match := pattern.match(line, cue.end)) and match.end() <= limit and not goes_on(match["value"]):
            # "Das Passwort für den Router ist" ends in its verb, too, and gives nothing yet.
            at_once = not line[cue.end : match.start("value")].strip()
            if pattern is _DONE or at_once or _CONJUNCTION.search(line, 0, cue.start):
                return [Finding(*match.span("value"), REASON)]
    if (match := _QUESTION.match(line, cue.end)) and not is_forgotten(line[: match.start("value")]):
        start = match.start("value")
        return [Finding(start, len(line) if cue.kind == Kind.SEED else sentence_end(line, start, len(line)), REASON)]
    if (match := _CHANGED.match(line, cue.end)) and match.end() <= limit + 1 and not belongs_to_noun(match["value"]):
        old = [Finding(*match.span("old"), REASON)] if match["old"] and not goes_on(match["old"]) else []
        start, end = match.span("value")
        if spelled := _SPELLED.match(line, start, limit):
            end = spelled.end()
        return [*old, Finding(start, _clause_end(line, start, end), REASON)]
    if (match := _BARE.match(line, cue.end)) and match.start("value") < limit:
        return _bare(line, cue, match, limit)
    return None


def _bare(line: str, cue: Cue, match: re.Match[str], limit: int) -> list[Finding] | None:
    """What follows the noun at once: a word of a sentence, or the rest of a note that is nothing but the secret."""
    start, end = match.span("value")
    rest = line[start:limit].split()
    if cue.kind == Kind.SEED and len(rest) < _FEW:
        return None
    as_value = is_as(line, cue.start) and not goes_on(match["value"])
    if belongs_to_noun(match["value"]) and not as_value:
        return None
    if cue.kind in {Kind.SEED, Kind.PHRASE}:
        return [Finding(start, limit, REASON)]
    if cue.kind == Kind.CODE:
        return [Finding(start, end, REASON)] if as_value else None
    is_note = len(line[: cue.start].split()) <= _SHORT and len(rest) <= _FEW
    if is_note and not any(map(belongs_to_noun, rest)):
        return [Finding(start, limit, REASON)]
    return [Finding(start, _clause_end(line, start, end), REASON)]


def _says_of_what(line: str, cue: Cue, end: int) -> bool:
    """Whether what stands between says what an ordinary noun is for: "code for the bike: …"."""
    words = line[cue.end : end].lower().split()
    return 0 < len(words) <= _FEW and words[0] in _OF


def _is_sentence(line: str, start: int, limit: int, *, wished: bool) -> bool:
    """Whether what stands behind the verb tells of the secret, and is not it: "is wrong", "should be changed"."""
    first, *rest = line[start:limit].split() or [""]
    if wished:
        return belongs_to_noun(first)
    # "correct horse battery staple" begins like one, but no sentence is made of words that join nothing.
    return goes_on(first) and (len(rest) < _SHORT or any(map(belongs_to_noun, rest)))


def _value_end(line: str, start: int, limit: int, kind: Kind, *, signed: bool) -> int:
    if line[start] in _OPENING and (quoted := _QUOTED.match(line, start)):
        return limit if kind in {Kind.SEED, Kind.LOGIN} else quoted.end()
    if kind in {Kind.SEED, Kind.PHRASE, Kind.LOGIN}:
        return limit
    most = _MOST[kind] if signed or kind != Kind.CODE else _FEW
    words = [match.end() for match in _WORDS.finditer(line, start, limit)][:most]
    end = words[-1] if words else limit
    clause = _clause_end(line, start, end)
    if signed and clause < limit and kind != Kind.WEAK and (listed := _LIST.match(line, clause, limit)):
        return listed.end()
    return clause


def _clause_end(line: str, start: int, end: int) -> int:
    """The sign behind a password may belong to it; without the rest it gives nothing away."""
    clause = _CLAUSE_END.search(line, start, end)
    return clause.start() if clause else end


def _skip_spaces(line: str, start: int) -> int:
    while start < len(line) and line[start].isspace():
        start += 1
    return start


def _word_at(line: str, start: int) -> str:
    match = _WORDS.match(line, start)
    return match.group() if match else ""
