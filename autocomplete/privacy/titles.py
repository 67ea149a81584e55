"""Names of files and folders without telephone numbers, addresses and the like, for lists of documents."""

import re

from autocomplete.privacy.redacting import Redactor

_LEFT_OUT = "…"
_PART = re.compile(r"[^/\\]+")
_ENDING = re.compile(r"\.[A-Za-z]{1,8}\Z")
# Years, dates and times order files, and are no secret: "2024", "2024-03-01", "20240301_123456", "01.03.2024".
_DATED = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d(?:[-_. ]?(?:0[1-9]|1[0-2])(?:[-_. ]?(?:0[1-9]|[12]\d|3[01]))?)?"
    r"|(?:0?[1-9]|[12]\d|3[01])[-_.](?:0?[1-9]|1[0-2])[-_.](?:(?:19|20)?\d\d))"
    r"(?:[-_ T]*(?:[01]\d|2[0-3])[-_.:h]?[0-5]\d(?:[-_.:m]?[0-5]\d)?)?(?!\d)"
)
_DRAWN = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")  # what the app calls a text without a file
_HARMLESS = frozenset(("date", "web address", "file path"))


def redact_title(title: str) -> str:
    """A name or a path in which each secret is replaced by "…"; what tells files apart otherwise stays."""
    return _PART.sub(lambda match: _without_secrets(match.group()), title)


def _without_secrets(name: str) -> str:
    ending = _ENDING.search(name)
    stem = name[: ending.start()] if ending and "@" not in name else name
    plain = _DRAWN.sub(_hidden, _DATED.sub(_hidden, stem)).replace("_", " ")
    parts, end = [], 0
    for finding in Redactor().findings(plain):
        if finding.reason not in _HARMLESS:
            parts += [stem[end : finding.start], _LEFT_OUT]
            end = finding.end
    return "".join([*parts, stem[end:], name[len(stem) :]])


def _hidden(match: re.Match[str]) -> str:
    """Of the same length, so that places stay what they are."""
    return "x" * len(match.group())
