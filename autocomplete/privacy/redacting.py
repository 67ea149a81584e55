"""Takes out of lines what must not be learned."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from autocomplete.privacy import cues, net, numbers, places, seeds, tokens
from autocomplete.privacy.awaited import Awaited, awaited
from autocomplete.privacy.finding import Finding
from autocomplete.privacy.nouns import find_cues, lower
from autocomplete.privacy.prose import is_filler
from autocomplete.text.line import LEFT_OUT, Line, Span
from autocomplete.text.words import WORD

_DIGIT = re.compile(r"\d")
_LINE = re.compile(r"[^\n\r\v\f\x85\u2028\u2029]+")
_KEY_BEGINS, _KEY_ENDS = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"), "-----END"
_NUMBERED = re.compile(r"\A\s*(?:[-*+•–]|\d{1,3}\s?[.):]?)?\s*")


@dataclass(frozen=True)
class Redacted:
    """A text in which each finding is replaced by one `LEFT_OUT`, and for each, in order, what it was."""

    text: str
    reasons: tuple[str, ...]


class Redactor:
    """Takes secrets out of lines that follow each other: one may announce what is in the next."""

    def __init__(self) -> None:
        self._awaited: Awaited | None = None
        self._in_key = False

    def hear(self, text: str) -> None:
        """Read what stands before, and is not learned: a question, or a line such as "Password:"."""
        self.findings(text)

    def redact(self, text: str) -> Redacted:
        """Take out what must not be learned."""
        findings = self.findings(text)
        return Redacted(_replaced(text, findings), tuple(finding.reason for finding in findings))

    def redact_line(self, line: Line) -> Line | None:
        """The line without what must not be learned, its spans moved along; None if no word of the user's is left."""
        if line.above:
            self.hear(line.above)
        findings = self.findings(line.text)
        text = _replaced(line.text, findings)
        spans = tuple(_moved(line.spans, findings))
        if line.spans and not spans:
            return None
        if not any(WORD.search(text, span.start, span.end) for span in spans or (Span(0, len(text), 1),)):
            return None
        return replace(line, text=text, spans=spans, above="")

    def findings(self, text: str) -> list[Finding]:
        """In order, without overlaps; of two that overlap the one that begins first, or is longer, names the reason."""
        found = []
        for match in _LINE.finditer(text):
            start = match.start()
            found += [(a + start, b + start, reason) for a, b, reason in self._in_line(match.group())]
        found.sort(key=lambda finding: (finding[0], -finding[1]))
        merged: list[Finding] = []
        for start, end, reason in found:
            if merged and start < merged[-1].end:
                merged[-1] = merged[-1]._replace(end=max(merged[-1].end, end))
            else:
                merged.append(Finding(start, end, reason))
        return merged

    def _in_line(self, line: str) -> list[Finding]:
        if whole := self._of_a_key(line):
            return [whole]
        lowered = lower(line)
        nouns = find_cues(lowered)
        announced = list(cues.find(line, nouns)) if nouns else []
        found = announced + self._announced_above(line, awaited(line, nouns, announced))
        found += cues.find_births(line, lowered)
        if _DIGIT.search(line):
            found += numbers.find(line)
            found += places.find(line)
        found += tokens.find(line)
        found += net.find(line, lowered)
        found += seeds.find(line)
        return found

    def _of_a_key(self, line: str) -> Finding | None:
        """The line, if it stands between the marks of a private key."""
        if begins := _KEY_BEGINS.search(line):
            self._in_key = True
        if not self._in_key:
            return None
        self._in_key = _KEY_ENDS not in line[begins.end() if begins else 0 :]
        return Finding(0, len(line), "private key")

    def _announced_above(self, line: str, coming: Awaited | None) -> list[Finding]:
        """What of the line the ones above announce; `coming`: what it announces itself."""
        waiting, self._awaited = self._awaited, coming
        if waiting is None:
            return []
        if not line.strip():
            self._awaited = waiting
        elif coming is not None and coming.opens:  # "User name:" and below it "Password:"
            self._awaited = coming._replace(lines=coming.lines + waiting.lines, later=max(coming.later, waiting.first))
        elif waiting.fillers and is_filler(line):
            self._awaited = waiting._replace(fillers=waiting.fillers - 1)
        else:
            start, end = len(line) - len(_NUMBERED.sub("", line, count=1)), len(line.rstrip())
            if len(line[start:].split()) > waiting.first:
                return cues.in_answer(line)
            if waiting.lines > 1:
                self._awaited = coming or waiting._replace(lines=waiting.lines - 1, first=waiting.later)
            return [Finding(start, end, cues.REASON)] if start < end else []
        return []


def redact(text: str) -> Redacted:
    """Take out of one text what must not be learned."""
    return Redactor().redact(text)


def redact_line(line: Line) -> Line | None:
    """The same of one line; None if no word of the user's is left."""
    return Redactor().redact_line(line)


def looks_secret(word: str) -> bool:
    """Whether a word, as it might be offered, must not be."""
    return LEFT_OUT in word or bool(Redactor().redact(word).reasons)


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
