"""Postal addresses of the English and the German form, with the names that stand in the same line."""

import re
from collections.abc import Iterator

from autocomplete.privacy.finding import Finding

POSTAL_ADDRESS = "postal address"
_CAP = r"[^\W\d_a-zß-öø-ÿ][\w'’.-]*"
_NUMBER = r"\d{1,4}(?:\s?[-–/]\s?\d{1,4})?(?:\s?[a-zA-Z])?(?![\w:])"
_ENGLISH_STREET = (
    r"(?:Street|St|Avenue|Ave|Road|Rd|Lane|Ln|Drive|Dr|Boulevard|Blvd|Court|Ct|Place|Pl|Square|Sq|Terrace|Way|Crescent|"
    r"Close|Gardens|Grove|Parkway|Pkwy|Highway|Hwy|Mews|Row|Walk|Circle|Cir|Trail|Alley)"
)
_GERMAN_STREET = (
    r"(?:straße|strasse|str|gasse|allee|weg|platz|ring|damm|ufer|chaussee|steig|stieg|pfad|promenade|graben|zeile|kai|"
    r"wall|hof|markt|twiete)"
)
_NO_STREET = r"(?!(?:Arbeits|Tabellen|Start|Sitz|Stell|Park|Um|Listen|Speicher|Bahn|Friedr?ich)(?:weg|platz|hof)\b)"
_NO_NAME = r"(?:Auf|Der|Dem|Den|Ein|Einen|Kein|Mein|Dein|Sein|Ihr|Unser|Vom|Zum|Beim|Bis|Mit|Von|Um|Dieser|Jeder)\s"
_STREETS = re.compile(
    rf"""
    (?<![\w.,])\d{{1,5}}[A-Za-z]?(?:[-–/]\d{{1,4}})?\s(?:
        (?:[NSEW]\.?\s)?(?:(?:{_CAP}|\d{{1,3}}(?:st|nd|rd|th))\s){{1,3}}{_ENGLISH_STREET}(?![\w'’])\.?
      | [a-z]{{3,14}}\s(?:street|avenue|road|lane|drive|boulevard)(?!\w)
    )
    | (?<!\w)(?:P\.?\s?O\.?\sBox|Postfach)\s\d+
    | (?<!\w)(?=[^\W\d_][\w-]{{2,40}}+\.?\s{{1,2}}\d){_NO_STREET}
        [\w-]{{2,32}}(?<!unter)(?i:{_GERMAN_STREET})\.?\s{{1,2}}{_NUMBER}
    | (?<!\w)(?!{_NO_NAME}){_CAP}[\s-]
        (?:Straße|Strasse|Str\.|Gasse|Allee|Weg|Platz|Ring|Damm|Ufer|Chaussee|Markt|Hof)\s{_NUMBER}
    """,
    re.VERBOSE,
)
_POSTAL_CODE = r"(?:[A-Z]{1,2}[-\s])?(?!(?:19|20)\d\d\s)\d{4,5}"  # no year
_TOWN_FOLLOWS = re.compile(rf"{_POSTAL_CODE}\s{_CAP}")
# Any street, known by the house number, the postal code and the town behind it.
_STREET_BEFORE_TOWN = re.compile(
    rf"(?<!\w)(?:{_CAP}\s(?:[^\W\d_]{{1,12}}\s)?){{0,2}}{_CAP}\s{_NUMBER},?\s{{1,2}}{_POSTAL_CODE}\s{_CAP}"
)
# Where a town begins a line or stands behind a comma, and nothing follows.
_TOWN = re.compile(rf"(?:^|,\s?){_POSTAL_CODE}\s{_CAP}(?:[\s/-]{_CAP}){{0,3}}\s*(?:,\s*{_CAP}\s*)?$")
# German streets with no word for a street in their names, where nothing else stands in the line.
_ALONE = re.compile(
    r"\s*(?:Am|An de[rnm]|Auf de[rm]|Bei de[rm]|Beim|Hinter de[rm]|I[mn](?: de[rn])?|Unter de[nr]|Vor dem|Zu[mr])"
    rf"\s{_CAP}(?:\s{_CAP})?\s{_NUMBER}\s*"
)
_POSTCODE = re.compile(r"(?<!\w)[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}(?!\w)")
_NAMED = re.compile(rf"(?<!\w)(?:{_CAP}|[\w-]*\d[\w-]*)")
_NEAR = 45  # characters before an address in which names are sought, and behind it
_NAME = re.compile(rf"(?:(?:{_CAP}|von|van|de|zu|und|and|&)\s+){{0,4}}{_CAP}\s*,?")
_JOINING = re.compile(r"[\s.,;:/()-]*(?:(?:des|der|den|dem|zum|zur|von|of|the)\s)?")
_FUNCTION_WORD_LIST = """
    The A An I My Your His Her Our Their We You He She It They This That There Here In On At To From By For With And Or
    But If When Where What Who How Is Are Was Please Send Dear Hello Hi
    Der Die Das Dem Den Des Ein Eine Einen Einem Mein Meine Dein Deine Sein Seine Ihr Ihre Unser Unsere Ich Du Er Sie Es
    Wir Dies Diese Dieser Da Hier Dort Im Am An Auf Aus Bei Bis Von Vom Zu Zum Zur Mit Nach Und Oder Aber Wenn Wo Was
    Wer Wie Ist Sind War Bitte Hallo Liebe Lieber
"""
_FUNCTION_WORDS = frozenset(_FUNCTION_WORD_LIST.split())


def find(text: str) -> Iterator[Finding]:
    """Addresses, and near one, in its line, also every other word with a capital and every number.

    Which of the capitalized words are names is not known in German, and hardly matters: such lines are few.
    """
    for match in _POSTCODE.finditer(text):
        yield Finding(*match.span(), POSTAL_ADDRESS)
    start = 0
    for line in text.splitlines(keepends=True):
        addresses = [match.span() for match in _STREETS.finditer(line)]
        if _TOWN_FOLLOWS.search(line):
            addresses += [match.span() for match in _STREET_BEFORE_TOWN.finditer(line)]
            addresses += [match.span() for match in _TOWN.finditer(line.rstrip())]
        if _ALONE.fullmatch(line):
            addresses.append((0, len(line)))
        if addresses:
            spans = _joined(line, sorted([*addresses, *_names(line, addresses)]))
            yield from (Finding(start + first, start + last, POSTAL_ADDRESS) for first, last in spans)
        start += len(line)


def is_name(line: str) -> bool:
    """Whether a line may be a name and nothing else, of somebody who lives at the address in the next line."""
    return _NAME.fullmatch(line) is not None


def _names(line: str, addresses: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The capitalized words and the numbers that stand near an address."""
    near = _joined(line, sorted((max(0, start - _NEAR), end + _NEAR) for start, end in addresses))
    for first, last in near:
        for match in _NAMED.finditer(line, first, last):
            if match.group().strip(".") not in _FUNCTION_WORDS:
                yield match.span()


def _joined(line: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that overlap, or between which stand only spaces and signs, as one."""
    result = spans[:1]
    for start, end in spans[1:]:
        before, last = result[-1]
        if start <= last or _JOINING.fullmatch(line, last, start):
            result[-1] = (before, max(last, end))
        else:
            result.append((start, end))
    return result
