"""The words that announce a secret: "password", "Kennwort", "seed phrase", "PIN", "login", misspelt ones among them."""

import re
from collections import defaultdict
from collections.abc import Iterator
from enum import IntEnum
from functools import cache
from string import ascii_lowercase
from typing import NamedTuple


class Kind(IntEnum):
    """What is announced: it decides how far that reaches, and how it may be worded."""

    SEED = 1  # words up to the end of the line, and in the lines below
    PHRASE = 2  # a sentence
    PASSWORD = 3  # a word or more, with or without a sign before it
    CODE = 4  # a word or number that a sign or a verb announces
    LOGIN = 5  # a name and a password, behind a sign
    WEAK = 6  # one word: the noun is an ordinary word, too


class Cue(NamedTuple):
    """The noun `line[start:end]`."""

    start: int
    end: int
    kind: Kind


class _Noun(NamedTuple):
    """One that begins with a head; what stands before it tells "door code" from "code"."""

    kind: Kind
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None


_NUMBER = r"[ -]?(?:number|no\b\.?|nummer|nr\b\.?)"
_CODE_OF = (
    r"security|verification|confirmation|activation|unlock|access|entry|door|gate|garage|alarm|lock|safe|locker|padlock|"
    r"vault|backup|rescue|reset|recovery|one[ -]?time|login|log-in|sign-in|2fa|mfa|sms|authenticator|sicherheits|"
    r"bestätigungs|verifizierungs|freischalt|freigabe|aktivierungs|zugangs|zugriffs|zutritts|tür|tor|schloss|tresor|"
    r"garagen|einmal|wiederherstellungs|notfall|entsperr|geheim|zahlen|lizenz|licen[sc]e|product|produkt"
)
_KEY_OF = (
    r"api|access|secret|private|product|licen[sc]e|activation|serial|encryption|signing|ssh|auth|session|refresh|bearer|"
    r"lizenz|produkt|aktivierungs|zugriffs|zugangs|privater|geheimer"
)
_NETWORK = r"wi-?fi|w-?lan|network|netzwerk|netz|wpa2?|router|hotspot"
_WRITTEN_DOWN = r"backup|recovery|rescue|wiederherstellungs|notfall|ersatz"
_LOCKED = (
    r"[ ](?:for|of|to|für|fürs|vom|von|zum|zur|on|am)[ ](?:(?:the|my|our|das|die|den|dem|der|unser\w*|mein\w*)[ ])?"
    r"(?:\w+[ ])?(?:door|gate|garage|alarm|lock|safe|locker|padlock|bike|building|\w*tür|\w*tor|\w*schloss|alarmanlage|"
    r"tresor|spind|\w*safe|schließfach)"
)
# Head, what it is continued by, what stands before it; of one head the first that fits. "-" before: a word begins here.
_TABLE: list[tuple[str, Kind, str, str]] = [
    ("seed", Kind.SEED, r"[ -]?(?:phrases?|words?|sentence|wörter|phrasen?)", ""),
    ("seed", Kind.SEED, r"s?(?=\s*[:=])", "-"),
    ("mnemonic", Kind.SEED, r"(?:[ -](?:phrase|words))?", "-"),
    ("phrase", Kind.SEED, r"n?", rf"(?:{_WRITTEN_DOWN}|wallet)[ -]?"),
    ("words", Kind.SEED, "", rf"(?:{_WRITTEN_DOWN}|wallet)[ -]?"),
    ("wörter", Kind.SEED, "", rf"(?:{_WRITTEN_DOWN})-?"),
    ("satz", Kind.SEED, "", rf"(?:{_WRITTEN_DOWN})-?"),
    ("security", Kind.SEED, r"[ ](?:questions?|answers?)", "-"),
    ("secret", Kind.SEED, r"[ ](?:questions?|answers?)", "-"),
    ("sicherheits", Kind.SEED, r"(?:fragen?|antwort(?:en)?)", "-"),
    ("geheim", Kind.SEED, r"(?:fragen?|antwort(?:en)?)", "-"),
    ("geheim", Kind.PASSWORD, r"(?:wort|zahl)", "-"),
    ("pass", Kind.PHRASE, r"[ -]?(?:phrases?|satz(?:es)?|sätze)", ""),
    ("passwortsatz", Kind.PHRASE, r"", ""),
    ("pass", Kind.PASSWORD, r"[ -]?w(?:or[dt]|örter|oerter)(?:e?s|e)?", ""),
    ("pass", Kind.PASSWORD, r"w?d|codes?|wör?t", ""),
    ("pass", Kind.CODE, r"(?:port)?(?:nummer|nr\b\.?|[ ]number|[ ]no\b\.?)", ""),
    ("pass", Kind.WEAK, r"", "-"),
    ("kenn", Kind.PASSWORD, r"(?:wort|wörter|woerter)(?:e?s)?", ""),
    ("kennung", Kind.WEAK, r"", ""),
    ("losung", Kind.PASSWORD, r"(?:swort(?:e?s)?)?", "-"),
    ("codew", Kind.PASSWORD, r"(?:ort|örter|ord)(?:e?s)?", "-"),
    ("code", Kind.PASSWORD, r"[ ]words?", "-"),
    ("pw", Kind.PASSWORD, r"[ds]?", "-"),
    ("psk", Kind.PASSWORD, r"", "-"),
    ("parole", Kind.PASSWORD, r"n?", "-"),
    ("code", Kind.SEED, r"s", rf"(?:{_WRITTEN_DOWN})[ -]?"),
    ("code", Kind.PASSWORD, r"", rf"(?:{_NETWORK})[ -]?"),
    ("code", Kind.CODE, r"s?", rf"(?:{_CODE_OF})[ -]?"),
    ("code", Kind.CODE, rf"{_LOCKED}", "-"),
    ("code", Kind.CODE, r"[ ]to[ ](?:un)?(?:lock|open|enter|disarm)", "-"),
    ("code", Kind.CODE, r"[ ]zum[ ](?:entsperren|öffnen|aufsperren)", "-"),
    ("code", Kind.WEAK, r"s?", ""),
    ("kode", Kind.WEAK, r"s?", "-"),
    ("kombination", Kind.CODE, rf"(?:(?=\s*[:=])|{_LOCKED})", ""),
    ("combination", Kind.CODE, rf"(?:(?=\s*[:=])|{_LOCKED})", "-"),
    ("key", Kind.PHRASE, r"", rf"(?:{_WRITTEN_DOWN})[ -]?"),
    ("key", Kind.PASSWORD, r"", rf"(?:{_NETWORK})[ -]?"),
    ("key", Kind.CODE, r"s?", rf"(?:{_KEY_OF})[ _-]?"),
    ("key", Kind.WEAK, r"", "-"),
    ("schlüssel", Kind.PHRASE, r"", rf"(?:{_WRITTEN_DOWN})[ -]?"),
    ("schlüssel", Kind.PASSWORD, r"", rf"(?:{_NETWORK})[ -]?"),
    ("schlüssel", Kind.CODE, r"", rf"(?:{_KEY_OF})[ -]?"),
    ("schlüssel", Kind.WEAK, r"", "-"),
    ("token", Kind.CODE, r"s?", rf"(?:{_KEY_OF})[ _-]?"),
    ("token", Kind.WEAK, r"", "-"),
    ("secret", Kind.CODE, r"", r"(?:api|client|app|shared|auth)[ _-]?"),
    ("secret", Kind.WEAK, r"", "-"),
    *((head, Kind.CODE, rf"s?(?:[ -]?code|{_NUMBER})?", "-") for head in ("pin", "puk", "tan", "otp", "cvv", "cvc")),
    *((head, Kind.CODE, rf"[2s]?(?:{_NUMBER})?", "-") for head in ("cvv", "cvc", "csc", "ssn", "bic", "iban", "totp")),
    ("digits", Kind.CODE, r"(?:[ ]on[ ]the[ ]back)?", r"(?:three|3|four|4|last)[ -]"),
    ("number", Kind.CODE, r"[ ]on[ ]the[ ]back", "-"),
    ("ziffern", Kind.CODE, r"(?:[ ](?:hinten|auf[ ]der[ ]rückseite))?", r"(?:drei|3|vier|4|letzten)[ -]"),
    ("prüf", Kind.CODE, r"(?:ziffern?|nummer|zahl|code)", ""),
    *((head, Kind.CODE, r"s?", r"(?<=[^\W_])") for head in ("-pin", "-tan")),
    ("steuer", Kind.CODE, r"[ -]?(?:id(?:entifikations)?)?[ -]?(?:nummer|nr\b\.?)|[ -]?id", ""),
    ("tax", Kind.CODE, r"[ ](?:id|number|no\b\.?)", "-"),
    ("social", Kind.CODE, r"[ ]security(?:[ ](?:number|no\b\.?))?", "-"),
    ("insurance", Kind.CODE, r"[ ](?:number|no\b\.?)", "-"),
    ("versicher", Kind.CODE, r"(?:ungs|ten)(?:nummer|nr\b\.?)", ""),
    *((head, Kind.CODE, r"(?:nummer|nr\b\.?)", "")
      for head in ("konto", "ausweis", "führerschein", "kunden", "karten", "vertrags", "mitglieds", "serien")),
    *((head, Kind.CODE, r"[ ](?:number|no\b\.?)", "-")
      for head in ("account", "passport", "customer", "membership", "serial", "card", "licence", "license", "policy")),
    ("maiden", Kind.CODE, r"[ ]name", "-"),
    ("mädchen", Kind.CODE, r"name", "-"),
    ("geburts", Kind.CODE, r"name", "-"),
    ("first pet", Kind.CODE, r"(?:'?s[ ]name)?(?=\s*(?:[:=?]|is\b|was\b))", "-"),
    ("ersten haustier", Kind.CODE, r"(?:e?s)?(?=\s*(?:[:=?]|ist\b|war\b|lautet\b))", "-"),
    ("credentials", Kind.LOGIN, r"", "-"),
    ("zugang", Kind.LOGIN, r"(?:sdaten|(?=\s*(?:[^\W\d_]+[ ]?){0,5}[:=]))", "-"),
    ("anmelde", Kind.LOGIN, r"daten", "-"),
    ("login", Kind.LOGIN, r"(?:s?|-?daten)(?=\s*(?:[^\W\d_]+[ ]?){0,5}[:=])", "-"),
    ("login", Kind.LOGIN, r"-?daten", "-"),
    ("login", Kind.WEAK, r"", "-"),
    ("log-in", Kind.WEAK, r"", "-"),
    *((head, Kind.LOGIN, r"(?=\s*(?:[^\W\d_]+[ ]?){0,3}[:=])", "") for head in ("wifi", "wi-fi", "wlan", "w-lan")),
    ("user", Kind.WEAK, r"(?:[ -]?(?:name|id))?", "-"),
    ("benutzer", Kind.WEAK, r"(?:name|kennung)?", "-"),
    ("nutzer", Kind.WEAK, r"name", "-"),
]  # fmt: skip


def _nouns() -> dict[str, list[_Noun]]:
    nouns: dict[str, list[_Noun]] = defaultdict(list)
    for head, kind, rest, before in _TABLE:
        begins = re.compile(r"(?:\A|[\W_])\Z" if before == "-" else rf"(?:{before})\Z") if before else None
        nouns[head].append(_Noun(kind, re.compile(rf"{re.escape(head)}(?:{rest})(?![^\W_])", re.VERBOSE), begins))
    return nouns


_NOUNS = _nouns()
_BEFORE = 24  # characters that tell of which kind a noun is
_MISSPELT = {"password": "passport", "passwort": "passport", "kennwort": "kennwert"}  # and what is no slip of it
_HALVES = ("pass", "word", "wort", "kenn", "pasw", "kenw")  # one slip leaves one of them
_LETTERS = re.compile(r"[^\W\d_]{7,9}")


def find_cues(line: str) -> list[Cue]:
    """The nouns in a line, in order, none inside another."""
    lowered = lower(line)
    found = [cue for head in _NOUNS if head in lowered for cue in _with_head(lowered, head)]
    if any(half in lowered for half in _HALVES):
        found += _slips(lowered)
    cues: list[Cue] = []
    for cue in sorted(found, key=lambda cue: (cue.start, -cue.end, cue.kind)):
        if not cues or cue.start >= cues[-1].end:
            cues.append(cue)
    return cues


def lower(text: str) -> str:
    """The text in lower case, of the same length: "İ" would grow."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _with_head(lowered: str, head: str) -> Iterator[Cue]:
    start = lowered.find(head)
    while start >= 0:
        before = lowered[max(0, start - _BEFORE) : start]
        for noun in _NOUNS[head]:
            if (noun.before is None or noun.before.search(before)) and (match := noun.pattern.match(lowered, start)):
                yield Cue(*match.span(), noun.kind)
                break
        start = lowered.find(head, start + 1)


def _slips(lowered: str) -> Iterator[Cue]:
    for match in _LETTERS.finditer(lowered):
        if match.group() in _all_slips():
            yield Cue(*match.span(), Kind.PASSWORD)


@cache
def _all_slips() -> frozenset[str]:
    """Everything one slip away from a noun: a letter too many, too few, another one, or two of them swapped."""
    slips: set[str] = set()
    for word in _MISSPELT:
        for i in range(len(word) + 1):
            before, behind = word[:i], word[i:]
            slips |= {before + letter + behind for letter in ascii_lowercase}
            slips |= {before + letter + behind[1:] for letter in ascii_lowercase}
            slips |= {before + behind[1:], before + behind[1:2] + behind[:1] + behind[2:]}
    spelt = {form for word in _MISSPELT for form in (word, word + "s", word + "e")}
    return frozenset(slips - spelt - set(_MISSPELT.values()))
