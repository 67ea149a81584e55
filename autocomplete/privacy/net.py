"""What machines are called, and addresses that are spelled out: "nas.lan", "fe80::1", "anna at example dot org"."""

import re
from collections.abc import Iterator

from autocomplete.privacy.finding import Finding

_AT = r"(?:\s*[\[({<]\s*(?:at|ät|ätt|a|@|affe|bei)\s*[\])}>]\s*|\s+(?:at|ät|@|AT)\s+)"
_DOT = r"(?:\s*[\[({<]\s*(?:dot|punkt|pkt|\.)\s*[\])}>]\s*|\s+(?:dot|punkt|DOT)\s+)"
_ENDING = (
    r"(?:com|org|net|edu|gov|int|info|biz|io|ai|app|dev|eu|de|at|ch|uk|us|ca|au|nz|ie|fr|nl|be|it|es|pl|cz|dk|se|fi|no|"
    r"jp|cn|ru|tv|me|cc|co|xyz|online|shop|cloud|blog|email|mail|example|test|local|lan)(?!\w)"
)
_PART = r"[\w+-]{1,64}"
_JOIN = rf"(?:\.|{_DOT}|\s+(?:underscore|unterstrich|minus|bindestrich|dash|plus)\s+)"
_PROVIDER = (
    r"(?:gmail|googlemail|gmx|hotmail|yahoo|icloud|posteo|mailbox|proton(?:mail)?|aol|web(?=\s+(?:dot|punkt)))(?!\w)"
)
_SPELLED = re.compile(
    rf"(?<![\w.+-]){_PART}(?:{_JOIN}{_PART}){{0,3}}{_AT}{_PART}(?:(?:{_DOT}|\.){_PART}){{0,3}}?(?:{_DOT}){_ENDING}"
    rf"|(?<![\w.+-])(?:{_PART}{_JOIN}){{0,3}}{_PART}\s+(?:at|ät|bei)\s+{_PROVIDER}(?:(?:{_DOT}|\.)\w{{2,6}})?"
    rf"|(?<![\w.+-])[\w.+-]{{1,64}}\s?[\[({{](?:at|ät|a|@|AT)[\])}}]\s?[\w-]{{1,64}}(?:\.{_PART}){{0,4}}"
    rf"|(?<![\w.+-]){_PART}(?:{_DOT}{_PART}){{0,3}}{_DOT}{_ENDING}",
    re.IGNORECASE,
)
_SPELLED_PARTS = (
    " dot ", " punkt ", "(at", "[at", "{at", "<at", "( at", "[ at", "(ät", "[ät", "(a)", "[a]", "(dot", "[dot",
    "(punkt", "[punkt", "(@", "[@", "gmail", "googlemail", "gmx", "hotmail", "yahoo", "icloud", "posteo",
    "proton", "aol", " mailbox"
)  # fmt: skip
_INTERNAL = (
    "lan", "local", "localhost", "localdomain", "intern", "internal", "intranet", "corp", "home", "private", "priv",
    "box", "test", "example", "invalid", "onion", "svc", "vpn", "office", "dmz", "firma",
)  # fmt: skip
_INTERNAL_PARTS = tuple("." + ending for ending in _INTERNAL)
_HOST = re.compile(
    rf"(?<![\w.@-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,6}}(?:{'|'.join(_INTERNAL)})(?![\w-]|\.\w)", re.IGNORECASE
)
_HARDWARE = re.compile(r"(?<![\w:.-])[0-9A-F]{2}([:-])(?:[0-9A-F]{2}\1){4}[0-9A-F]{2}(?![\w:-])", re.IGNORECASE)
_IPV6 = re.compile(
    r"(?<![\w:])(?=[0-9A-F:]{0,39}::|(?:[0-9A-F]{1,4}:){5})(?:[0-9A-F]{1,4})?(?:::?[0-9A-F]{1,4}){1,7}(?:::)?(?![\w:])",
    re.IGNORECASE,
)


def find(line: str, lowered: str) -> Iterator[Finding]:
    """What one machine or mailbox is called by."""
    if any(part in lowered for part in _SPELLED_PARTS):
        for match in _SPELLED.finditer(line):
            yield Finding(*match.span(), "e-mail address")
    if "." in line and any(part in lowered for part in _INTERNAL_PARTS):
        for match in _HOST.finditer(line):
            yield Finding(*match.span(), "name of a machine")
    colons = line.count(":")
    if colons > 4 or line.count("-") > 4:
        for match in _HARDWARE.finditer(line):
            yield Finding(*match.span(), "name of a machine")
    if colons > 4 or "::" in line:
        for match in _IPV6.finditer(line):
            yield Finding(*match.span(), "name of a machine")
