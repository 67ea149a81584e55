"""Numbers of four digits and more, however they are grouped; cards, accounts and dates among them."""

import re
from collections.abc import Iterator

from autocomplete.privacy.finding import Finding

MONTH = (
    r"(?:Jan(?:uar|uary)?|Jänner|Feb(?:ruar|ruary)?|März|Mär|Mar(?:ch)?|Apr(?:il)?|Mai|May|Ju[nl][iey]?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|O[ck]t(?:ober)?|Nov(?:ember)?|De[cz](?:ember)?)(?![^\W_])\.?"
)
DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?\s?(?:of\s)?{MONTH}|{MONTH}\s?\d{{1,2}}(?:st|nd|rd|th)?(?!\d))"

# What may stand between the digits of one number. With nine digits and more, any signs may.
_GAP = r"[^\S\n]|[.,·'’_/()\[\]:+‐-―\-\u00ad\u200b\u2060]"
_NUMBER = re.compile(rf"[+(]*\d(?:(?:{_GAP}){{0,3}}+\d)*+")
_LONG = re.compile(r"\d(?:[^\w\n]{0,3}+\d){8,}+")
_TIME = r"(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?"
_TIMES = re.compile(rf"\(?{_TIME}(?:\s?[–-]\s?{_TIME})?")
_DATE = re.compile(rf"(?<!\w){DAY},?\s(?:\d{{4}}|['’]?\d{{2}})(?!\d)", re.IGNORECASE)
# Social security and tax numbers with letters in them: Germany's and Britain's.
_INSURANCE = re.compile(r"(?<!\w)(?:\d{2}\s?\d{6}\s?[A-Z]\s?\d{3}|[A-Z]{2}(?:\s?\d{2}){3}\s?[A-Z])(?!\w)")

_ACCOUNT = re.compile(r"(?<![^\W_])[A-Za-z]{2}[ -]{0,2}\d[ -]?\d(?:[ .-]{0,2}[A-Za-z0-9]){11,30}")
# An account number with a slip in it, which its check digits give away.
_ACCOUNT_WITH_SLIP = re.compile(r"(?<![^\W_])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?![^\W_])")
_ACCOUNT_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FO FI GL NL SD", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK",
        21: "CH CR HR LI LV", 22: "BG BH DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
        24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM",
        28: "AL AZ BY CY DO GT HU LB NI PL SV", 29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC",
        33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip
_PLATE = re.compile(
    r"(?<![\w-])(?:[A-ZÄÖÜ]{1,3}-[A-Z]{1,2}[ -]?\d{2,4}[EH]?|[A-ZÄÖÜ]{1,3} [A-Z]{1,2} \d{3,4}[EH]?|"
    r"[A-Z]{2}\d{2} ?[A-Z]{3})(?!\w|-\w)"
)
_CARD_DIGITS = range(13, 20)
_PHONE_DIGITS = range(7, 16)


def find(text: str) -> Iterator[Finding]:
    """What is made of digits, the narrower kinds first."""
    yield from _accounts(text)
    for match in _INSURANCE.finditer(text):
        yield Finding(*match.span(), "social security or tax number")
    for match in _DATE.finditer(text):
        yield Finding(*match.span(), "date")
    for match in _PLATE.finditer(text):
        yield Finding(*match.span(), "number plate")
    for pattern in (_LONG, _NUMBER):
        for match in pattern.finditer(text):
            found = match.group()
            digits = "".join(filter(str.isdecimal, found))
            if len(digits) > 3 and not _TIMES.fullmatch(found):
                yield Finding(*match.span(), _kind(found, digits))


def _kind(found: str, digits: str) -> str:
    if len(digits) in _CARD_DIGITS and _luhn(digits):
        return "card number"
    if len(digits) in _PHONE_DIGITS and (found[0] in "+(" or digits[0] == "0"):
        return "phone number"
    return "number"


def _luhn(digits: str) -> bool:
    """The check of card numbers: every other digit doubled, the sum of all digits a multiple of ten."""
    total = 0
    for i, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + i % 2)
        total += doubled - 9 * (doubled > 9)
    return total % 10 == 0


def _accounts(text: str) -> Iterator[Finding]:
    for match in _ACCOUNT.finditer(text):
        country = match.group()[:2].upper()
        places = [i for i in range(*match.span()) if text[i].isalnum()][: _ACCOUNT_LENGTHS.get(country, 0)]
        number = "".join(text[i] for i in places).upper()
        if len(number) == _ACCOUNT_LENGTHS.get(country) and _checked(number):
            yield Finding(match.start(), places[-1] + 1, "bank account number")
    for match in _ACCOUNT_WITH_SLIP.finditer(text):
        if match.group()[:2] in _ACCOUNT_LENGTHS and sum(map(str.isdecimal, match.group())) > 7:
            yield Finding(*match.span(), "bank account number")


def _checked(number: str) -> bool:
    """The check of IBANs (ISO 13616): read as one number with A as 10, country last, it leaves 1 over 97."""
    return int("".join(str(int(character, 36)) for character in number[4:] + number[:4])) % 97 == 1
