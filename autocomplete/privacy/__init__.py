"""What is never learned: numbers, passwords, addresses and other secrets, found in plain text by rules.

The rules would rather take an ordinary word too many than leave a secret. A number of four digits, an address of the
net or a postal address teaches nothing that completing needs. Each file holds one way to find them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from autocomplete.privacy import cues, numbers, places, tokens
from autocomplete.privacy.finding import Finding
from autocomplete.text.line import LEFT_OUT, Line, Span
from autocomplete.text.words import WORD

_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Redacted:
    """A text in which each finding is replaced by one `LEFT_OUT`, and for each, in order, what it was."""

    text: str
    reasons: tuple[str, ...]


def redact(text: str) -> Redacted:
    """Takes out what must not be learned."""
    findings = _findings(text)
    return Redacted(_replaced(text, findings), tuple(finding.reason for finding in findings))


def redact_line(line: Line) -> Line | None:
    """The line without what must not be learned, its spans moved along; None if no word of the user's is left."""
    findings = _findings(line.text)
    text = _replaced(line.text, findings)
    spans = tuple(_moved(line.spans, findings))
    if line.spans and not spans:
        return None
    if not any(WORD.search(text, span.start, span.end) for span in spans or (Span(0, len(text), 1),)):
        return None
    return replace(line, text=text, spans=spans)


def looks_secret(word: str) -> bool:
    """Whether a word, as it might be offered, must not be."""
    return LEFT_OUT in word or bool(_findings(word))


def _findings(text: str) -> list[Finding]:
    """In order, without overlaps; of two that overlap the one that begins first, or is longer, names the reason."""
    found: list[Finding] = []
    if _DIGIT.search(text):
        found += numbers.find(text)
        found += places.find(text)
    found += cues.find(text)
    found += tokens.find(text)
    found.sort(key=lambda finding: (finding.start, -finding.end))
    merged: list[Finding] = []
    for finding in found:
        if merged and finding.start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, finding.end))
        else:
            merged.append(finding)
    return merged


def _replaced(text: str, findings: list[Finding]) -> str:
    parts = []
    end = 0
    for finding in findings:
        parts += [text[end : finding.start], LEFT_OUT]
        end = finding.end
    return "".join([*parts, text[end:]])


def _moved(spans: tuple[Span, ...], findings: list[Finding]) -> Iterator[Span]:
    """The spans in the text with the findings replaced; those of which nothing is left are dropped."""
    for span in spans:
        start, end = _place(span.start, findings, False), _place(span.end, findings, True)
        if start < end:
            yield Span(start, end, span.weight)


def _place(offset: int, findings: list[Finding], is_end: bool) -> int:
    """Where an offset lies in the text with the findings replaced: in a finding, at its near side for a span's end."""
    moved = offset
    for finding in findings:
        if offset <= finding.start:
            break
        if offset < finding.end or (is_end and offset == finding.end):
            return moved - (offset - finding.start) + (0 if is_end else 1)
        moved -= finding.end - finding.start - 1
    return moved
