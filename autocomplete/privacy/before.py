"""Secrets that stand before the noun that announces them: "X is my password", "X als Passwort", "X (password)"."""

import re

from autocomplete.privacy.prose import goes_on

_OWNER = r"(?:the|a|my|your|our|his|her|das|dein|mein|unser|sein|ihr|ein|dem|der|die|meine|deine|unsere|meiner|unserer)"
_OF_WHAT = r"(?:[^\W_][\w-]{0,20}[ -]){0,2}"  # "my WLAN password", "das neue Passwort"
_STILL = r"(?:\s+(?:still|now|currently|also|always|actually|jetzt|noch|immer|auch|weiterhin|übrigens|nun|momentan))*"
# All end where the noun begins.
_AS = re.compile(rf"(?<!\S)(?P<word>as|als|for|für)\s+(?:{_OWNER}\s+)?{_OF_WHAT}\Z", re.IGNORECASE)
_IN_BRACKETS = re.compile(rf"\s*[(\[]\s*(?:{_OWNER}\s+)?{_OF_WHAT}\Z", re.IGNORECASE)
_IS_MINE = re.compile(
    rf"(?:['’]s|(?<=\s)(?:is|was|ist|war|lautet)){_STILL}\s+(?P<owner>{_OWNER})\s+{_OF_WHAT}\Z", re.IGNORECASE
)
_REACH = 70  # characters in which one of these stands
_ARTICLES = frozenset(("the", "das", "a", "ein", "die", "der", "dem"))  # no word that says whose it is
_POINTS_BACK = re.compile(r"(?:[\s,–—-]+(?:and|und|so))?[\s,–—-]*\b(?:that|this|it|das|dies|es|so)\s*\Z", re.IGNORECASE)
_CLAUSE_START = re.compile(r"[.!?;:](?=\s)|,\s|\s[–—-]\s")
_OPINION = re.compile(
    r"\s*(?:(?:i|ich|we|wir|so|and|und|but|aber|well|also|yes|ja|ok|okay|glaub\w*|think|guess|believe|hi|hey|use|used)\b[\s,]*)+",
    re.IGNORECASE,
)
_BEGINNINGS = """
    the that this der die das dies dieses ein eine a an what what's was wie which welches welche where where's wo here
    hier how there da dort it es who wer if ob when wenn because weil
"""
_NO_SECRET = frozenset(_BEGINNINGS.split())
_USED = re.compile(
    r"\b(?:use[ds]?|take|took|chose|choose|pick(?:ed)?|set|put|nehm\w*|nimm\w*|nahm|benutz\w*|verwend\w*|gewählt|wähle?|hab\w*)\b",
    re.IGNORECASE,
)
_LONGEST = 110
_MOST = 12  # words
_QUOTES = "\"'“”‘’«»„‚`"


def is_as(line: str, start: int) -> bool:
    """Whether "as" or the like stands before the noun at `start`: "als Passwort X"."""
    return _AS.search(line, max(0, start - _REACH), start) is not None


def find_before(line: str, start: int) -> tuple[int, int] | None:
    """From where to where the secret stands, before the noun that begins at `start`."""
    near = max(0, start - _REACH)
    if match := _IS_MINE.search(line, near, start):
        return _that_is(line, match.start(), own=match["owner"].lower() not in _ARTICLES)
    if match := _AS.search(line, near, start):
        return _as_one(line, match.start(), must_be_used=match["word"].lower() in {"for", "für"})
    if match := _IN_BRACKETS.search(line, near, start):
        return _last_token(line, match.start())
    return None


def _that_is(line: str, end: int, *, own: bool) -> tuple[int, int] | None:
    """What a clause says to be a password; "the important thing is the password" says nothing of the kind."""
    start = max(0, end - _LONGEST)
    if pointing := _POINTS_BACK.search(line, start, end):
        end = pointing.start()
    end = _stripped(line, end)
    for match in _CLAUSE_START.finditer(line, start, end):
        start = match.end()
    if opinion := _OPINION.match(line, start, end):
        start = opinion.end()
    words = line[start:end].split()
    if not words or len(words) > _MOST or words[-1].lower() in _NO_SECRET:  # "so what's the password?"
        return None
    if words[0].lower() in _NO_SECRET and not (own and len(words) > 2):
        return None
    return end - len(line[start:end].lstrip()), end


def _as_one(line: str, end: int, *, must_be_used: bool) -> tuple[int, int] | None:
    """What is used as a password: behind the verb, or the word before."""
    end = _stripped(line, end)
    reach = max(0, end - _LONGEST)
    used = list(_USED.finditer(line, reach, end))
    if used:
        words = line[used[-1].end() : end].split()
        if words and len(words) <= _MOST and not goes_on(words[0]):
            return end - len(line[used[-1].end() : end].lstrip()), end
    return None if must_be_used and not used else _last_token(line, end)


def _last_token(line: str, end: int) -> tuple[int, int] | None:
    """The token, or what stands in quotation marks, that ends there."""
    end = _stripped(line, end)
    reach = max(0, end - _LONGEST)
    if end and line[end - 1] in _QUOTES and (opening := max(line.rfind(sign, reach, end - 1) for sign in _QUOTES)) >= 0:
        return opening, end
    start = end
    while start > reach and not line[start - 1].isspace():
        start -= 1
    return (start, end) if start < end and not goes_on(line[start:end]) else None


def _stripped(line: str, end: int) -> int:
    while end and line[end - 1] in " \t,–—-":
        end -= 1
    return end
