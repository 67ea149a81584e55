"""Single words that must not be learned: addresses of the net, paths, keys and passwords by their looks."""

import re
from collections.abc import Iterator

from autocomplete.privacy.finding import Finding
from autocomplete.privacy.letters import random_letters

# Most tokens are short words, with the sign behind them; they are passed over.
_SHORT = r"""[^\W\d_]{1,7}+(?:['’-][^\W\d_]{1,7}+)?[.,;:!?)"“”]{0,3}(?!\S)"""
_TOKEN = re.compile(rf"(?<!\S)(?!{_SHORT})\S+")
_RUN = re.compile(r"[^\W_]+")
_EDGES = " \t\"'„“”‚‘’«»‹›()[]{}<>.,;:!?…*_`|–—-"
_DOMAIN = re.compile(
    r"[a-z0-9]\.(?:com|org|net|edu|gov|mil|int|info|biz|io|ai|app|dev|eu|de|at|ch|uk|us|ca|au|nz|ie|fr|nl|be|it|es|pl|cz|"
    r"dk|se|fi|jp|cn|ru|tv|me|cc|ly|gg|xyz|online|shop|cloud|blog)(?![\w-])"
)
_WITH_CREDENTIALS = re.compile(
    r"//[^/?#]*@|[?&#;](?:\w*(?:token|key|secret|passw|pwd|sig|auth|session)\w*|sid|code|otp|pin)=", re.IGNORECASE
)

# Letters and digits together that are words of every day, not keys.
_UNITS = (
    "st|nd|rd|th|s|er|ern|ers|ig|m|g|km|cm|mm|nm|kg|mg|ml|l|cl|h|hr|hrs|min|mins|sec|ms|am|pm|uhr|d|p|x|k|px|pt|"
    "kb|mb|gb|tb|hz|mhz|ghz|kw|kwh|mw|w|v|a|mph|kmh|mbit|gbit|fps|bit|yr|yrs|mio|mrd|bn|eur|usd|gbp"
)
_HARMLESS = re.compile(
    rf"""
      \d{{1,3}}(?:mal|fach|jährig|tägig|stündig|prozentig|perzentig)\w{{0,4}}
    | \d{{1,3}}(?i:{_UNITS})      # 3rd, 20er, 5km, 10pm
    | [^\W_]{{1,3}}                         # B2B, CO2, mp3, Q3, x86
    | [A-Z0-9]{{4}}                         # H1N1, R2D2, FY15
    | [^\W\d_]{{3}}\d                       # utf8, Web3
    | [^\W\d_]\d\d[^\W\d_]                  # i18n
    | [A-Z]{{1,6}}\d{{1,2}}                 # HTML5, COVID19
    """,
    re.VERBOSE,
)
# Without a digit: "p@ssword", "Summer!Wind", "Blue#Lamp"; but not "Leser*innen", "R&D", "und/oder", "ja!!!nein".
_SYMBOL_IN_WORD = re.compile(r"[^\W_][@$^]+[^\W_]|[^\W\d_]{2}[!#%=?~|<>§+][^\W\d_]{2}|[^\W_][&*+#=%]{2,}[^\W_]")
_LICENCE = re.compile(
    r"(?:[A-Z0-9]{5}-){2,}[A-Z0-9]{5}|(?:[A-Z0-9]{4}-){3,}[A-Z0-9]{4}|(?:[A-Z0-9]{6}-){2,}[A-Z0-9]{6}"
)
_HEX = re.compile(r"(?:0x)?[a-f]{8,}|(?:0x)?[A-F]{8,}")
_SYMBOL = re.compile(r"[^\W_][!#$%&*+=?^~@|<>§]+[^\W_]")
_PERCENT = re.compile(r"\d{1,3}%-?[^\W\d_]+")
_SHORTEST_PASSWORD = 6
_PADDED = re.compile(r"[A-Za-z0-9+/_-]{10,}={1,2}")


def find(text: str) -> Iterator[Finding]:
    """The tokens of a text (what stands between spaces) that are addresses or look like keys and passwords."""
    for match in _TOKEN.finditer(text):
        token = match.group()
        core = token.strip(_EDGES)
        if (reason := _reason(core, token)) is not None:
            start = match.start() + token.index(core)
            yield Finding(start, start + len(core), reason)


def _reason(core: str, token: str) -> str | None:
    if core.isalpha():
        return "random characters" if random_letters(core) or _HEX.fullmatch(core) else None
    if "://" in core or core[:4].lower() == "www.":
        return "link with a password in it" if _WITH_CREDENTIALS.search(core) else "web address"
    if "@" in core[1:-1]:
        return "e-mail address" if "." in core.rpartition("@")[2] else "random characters"
    if _DOMAIN.search(core):
        return "web address"
    if ("\\" in core and len(core) > 3) or (core[:1] in "/~" and core.count("/") > 1):
        return "file path"
    return "random characters" if _looks_random(core) or _PADDED.fullmatch(token.rstrip(".,;")) else None


def _looks_random(core: str) -> bool:
    """Whether a token that is not letters alone looks like a key or password."""
    runs = _RUN.findall(core)
    digits = sum(map(str.isdecimal, core))
    if not digits:
        if _SYMBOL_IN_WORD.search(core) or _LICENCE.fullmatch(core) or any(map(random_letters, runs)):
            return True
        return len(runs) > 2 and "-" in core and core.count("-") == len(runs) - 1 and _is_key(runs)
    if not any(map(str.isalpha, core)):
        return False
    if digits > 3 or any(_unlikely(run) for run in runs):
        return True
    symbol = len(core) >= _SHORTEST_PASSWORD and _SYMBOL.search(core) is not None
    return symbol and not _PERCENT.fullmatch(core)


def _is_key(groups: list[str]) -> bool:
    """Whether groups of letters that hyphens join are as long as each other, and random when read as one."""
    return len({len(group) for group in groups}) == 1 and len(groups[0]) > 2 and random_letters("".join(groups).lower())


def _unlikely(run: str) -> bool:
    if run.isalpha():
        return random_letters(run)
    return not run.isdecimal() and not _HARMLESS.fullmatch(run)
