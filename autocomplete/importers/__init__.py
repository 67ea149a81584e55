"""Reads what somebody has written: documents, mail, chats and tables, cleaned of secrets and sorted by language.

Each format has a reader in a file of its own; `gather` opens every file, and never fails because of one.
"""

import stat
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autocomplete.errors import ImportFileError, TextError
from autocomplete.importers import chats, hypertext, mail, office, pdf, plain, tables
from autocomplete.importers.found import Found
from autocomplete.importers.guess import LanguageGuess
from autocomplete.importers.nothing import (
    ANOTHER_LANGUAGE,
    DAMAGED,
    THERE_BEFORE,
    TOO_LONG,
    no_file_in,
    nothing_in,
    sum_up,
)
from autocomplete.importers.source import LONGEST_PARAGRAPH, Options, Passage, Source
from autocomplete.importers.walk import Entry, walk
from autocomplete.privacy import Redacted, Redactor
from autocomplete.privacy.cues import REASON
from autocomplete.privacy.places import POSTAL_ADDRESS, is_name
from autocomplete.text.line import LEFT_OUT, Line
from autocomplete.text.words import WORD

__all__ = ["Found", "Options", "gather", "sum_up", "total_size"]

Reader = Callable[[Source], Iterator[Passage]]

_READERS: dict[str, tuple[str, Reader]] = {
    ".txt": ("plain text", plain.read_plain),
    ".text": ("plain text", plain.read_plain),
    ".md": ("Markdown", plain.read_markdown),
    ".markdown": ("Markdown", plain.read_markdown),
    ".docx": ("Word document", office.read_docx),
    ".odt": ("OpenDocument text", office.read_odt),
    ".html": ("web page", hypertext.read_html),
    ".htm": ("web page", hypertext.read_html),
    ".pdf": ("PDF", pdf.read_pdf),
    ".mbox": ("mailbox", mail.read_mailbox),
    ".mbx": ("mailbox", mail.read_mailbox),
    ".eml": ("mail", mail.read_mail),
    ".csv": ("table", tables.read_csv),
    ".tsv": ("table", tables.read_csv),
    ".json": ("JSON", tables.read_json),
    ".jsonl": ("JSON lines", tables.read_json_lines),
    ".ndjson": ("JSON lines", tables.read_json_lines),
}
_KINDS = "text, Markdown, Word, OpenDocument, HTML, PDF, mbox, .eml, CSV and JSON"
# What to do about kinds that are often at hand.
_WAYS_OUT = {
    **dict.fromkeys((".zip", ".gz", ".7z", ".rar", ".tar", ".tgz", ".xz"), "unpack it and choose what it holds"),
    **dict.fromkeys((".doc", ".rtf", ".pages", ".wps"), "save it as .docx or .odt"),
    **dict.fromkeys((".pst", ".ost", ".olm", ".msg"), "export the mails as mbox or .eml"),
    **dict.fromkeys((".xls", ".xlsx", ".ods", ".numbers"), "save the table as CSV"),
}
_LARGEST = 300_000_000  # bytes; a mailbox, read message by message, may be of any size
_HEAD = 4096
# Longer lines that come again, word for word, are templates, forwarded or quoted.
_LONGEST_REPEATED = 40
_MOST_NAMED = 20  # people or columns to choose from
_MOST_LINES = 500_000  # of one file: a life of writing
_CLOCKS_DIFFER = 24 * 3600  # seconds that the clock of another machine may go fast
_BETWEEN_STOPS = 500  # lines, after which the caller is asked whether to go on


def total_size(paths: Sequence[Path]) -> int:
    """Count the bytes that `gather` will have gone through when it is done."""
    return sum(_size(entry) for entry in walk(paths))


def gather(
    paths: Sequence[Path],
    languages: Sequence[str],
    options: Options,
    advance: Callable[[int], None] = lambda _: None,
) -> list[Found]:
    """Read files and all files of folders; what cannot be read is `Found` with a problem.

    `languages`: the shipped ones to tell apart. `advance` is told how many bytes more were gone through, 0 now
    and then, and may raise to stop. Raises `ModelError` when a language is not there.
    """
    guess = LanguageGuess(languages)
    seen: set[int] = set()
    found: list[Found] = []
    passed_over: Counter[Path] = Counter()
    for entry in walk(paths):
        source = Source(entry.path, options, advance)
        reader = None if entry.problem else _reader(entry.path)
        if reader is None and not entry.problem and not entry.named:
            passed_over[entry.root] += 1
        else:
            found.append(_read(entry, source, reader, guess, seen))
        source.went_on(max(0, _size(entry) - source.told))
    return found + _folders(paths, found, passed_over)


def _folders(paths: Sequence[Path], found: Sequence[Found], passed_over: Counter[Path]) -> list[Found]:
    """What is to be said of the folders: how many files they hold that are of no kind that is read."""
    result = []
    for path in filter(Path.is_dir, dict.fromkeys(paths)):
        holds = any(file.path == path or path in file.path.parents for file in found)
        problem = "" if holds else no_file_in(path, passed_over[path], _KINDS)
        if passed_over[path] or problem:
            left_out = {"file of another kind": passed_over[path]} if passed_over[path] else {}
            result.append(Found(path, "folder", (), 0, "", 0.0, 0.0, left_out, problem))
    return result


def _size(entry: Entry) -> int:
    try:
        return entry.path.stat().st_size if entry.path.is_file() else 0
    except OSError:
        return 0


def _reader(path: Path) -> tuple[str, Reader] | None:
    """The kind of a file and how to read it, by its name; where that says nothing, by how it begins."""
    named = _READERS.get(path.suffix.lower())
    if named is not None and named[1] is not plain.read_plain:
        return named
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return named or ("file", plain.read_plain)  # reading it will say what is wrong
    if _begins_mailbox(head):
        return "mailbox", mail.read_mailbox
    first = head.lstrip(b"\xef\xbb\xbf \r\n").split(b"\n", 1)[0]
    if chats.is_whatsapp(first.decode("utf-8", "replace")):
        return "WhatsApp chat", chats.read_whatsapp
    if named is None and not path.suffix and head and b"\0" not in head:
        return "plain text", plain.read_plain
    return named


def _begins_mailbox(head: bytes) -> bool:
    """Thunderbird's mailboxes have no ending in their names."""
    lines = head.splitlines()
    return head.startswith(b"From ") and len(lines) > 1 and b":" in lines[1].split(b" ")[0]


def _read(
    entry: Entry, source: Source, reader: tuple[str, Reader] | None, guess: LanguageGuess, seen: set[int]
) -> Found:
    kind = reader[0] if reader else ""
    lines: list[Line] = []
    try:
        _check(entry, source, reader)
        assert reader is not None
        lines = _lines(source, reader[1], guess, seen)
        problem = "" if lines else nothing_in(source.name, source.left_out, guess.languages)
    except TextError as error:
        problem = str(error)
    except PermissionError:
        problem = f"{source.name} may not be read; change its permissions, or copy it."
    except OSError as error:
        problem = f"{source.name} can't be read: {error.strerror or error}."
    except (RecursionError, MemoryError):
        problem = f"{source.name} is too large or too deeply nested to be read; save the text alone."
    words: Counter[str] = Counter()
    for line in lines:
        words[line.language] += len(WORD.findall(line.text))
    language = max(words, key=words.__getitem__, default="")
    first, last = (lines[0].time, lines[-1].time) if lines else (0.0, 0.0)
    return Found(
        source.path,
        kind,
        tuple(lines),
        words.total(),
        language,
        first,
        last,
        dict(source.left_out),
        problem,
        tuple(source.people[:_MOST_NAMED]),
        tuple(source.columns[:_MOST_NAMED]),
    )


def _check(entry: Entry, source: Source, reader: tuple[str, Reader] | None) -> None:
    """ImportFileError for what no reader has to look at."""
    if entry.problem:
        raise ImportFileError(entry.problem)
    status = source.path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise ImportFileError(f"{source.name} is not a file with text; choose a document, a mailbox or a chat.")
    if not status.st_size:
        raise ImportFileError(f"{source.name} is empty; choose a file with text in it.")
    if reader is None:
        way_out = _WAYS_OUT.get(source.path.suffix.lower(), f"these can be read: {_KINDS}")
        raise ImportFileError(f"{source.name} is of a kind that can't be read; {way_out}.")
    if status.st_size > _LARGEST and reader[1] is not mail.read_mailbox:
        raise ImportFileError(f"{source.name} is larger than {_LARGEST // 1_000_000} MB; split it.")


def _lines(source: Source, reader: Reader, guess: LanguageGuess, seen: set[int]) -> list[Line]:
    """The lines of one file without secrets, the oldest first."""
    now = time.time()
    file_time = _credible(source.path.stat().st_mtime, now, 0.0)
    texts: list[tuple[float, str, Redacted]] = []
    redactor = Redactor()
    for passage in reader(source):
        when = file_time if passage.time is None else _credible(passage.time, now, file_time)
        redactor.hear(passage.above)
        for text, redacted in _paragraphs(passage.text, source.left_out, seen, redactor):
            if len(texts) == _MOST_LINES:
                source.left_out[f"line beyond {_MOST_LINES:,} of a file"] += 1
                continue
            texts.append((when, text, redacted))
            if len(texts) % _BETWEEN_STOPS == 0:
                source.went_on(0)
    languages = guess.choose([guess.evidence(text) for _, text, _ in texts])
    lines = []
    for number, ((when, _, redacted), language) in enumerate(zip(texts, languages, strict=True)):
        if number % _BETWEEN_STOPS == 0:
            source.went_on(0)
        if not language:
            source.left_out[ANOTHER_LANGUAGE] += 1
            continue
        source.left_out.update(redacted.reasons)
        if WORD.search(redacted.text):
            lines.append(Line(redacted.text, language, when))
        elif REASON in redacted.reasons and lines and lines[-1].time == when:
            lines[-1] = replace(lines[-1], text=f"{lines[-1].text} {LEFT_OUT}")  # which announced it
        elif POSTAL_ADDRESS in redacted.reasons and lines and lines[-1].time == when and is_name(lines[-1].text):
            lines.pop()  # of whom lives there
            source.left_out[POSTAL_ADDRESS] += 1
    return sorted(lines, key=lambda line: line.time)


def _credible(when: float, now: float, otherwise: float) -> float:
    """A time that a clock can have shown, or `otherwise`: files state years of 0 and 99999, infinity, and no number."""
    return when if 0 < when <= now + _CLOCKS_DIFFER else otherwise


def _paragraphs(
    text: str, left_out: Counter[str], seen: set[int], redactor: Redactor
) -> Iterator[tuple[str, Redacted]]:
    """The paragraphs that hold words, are whole, and were not read before, each as it is and without secrets."""
    for line in text.replace("\0", "").splitlines():
        paragraph = line.strip()
        if not WORD.search(paragraph):
            continue
        if len(paragraph) > LONGEST_PARAGRAPH:
            left_out[TOO_LONG] += 1
            continue
        if "\ufffd" in paragraph:
            left_out[DAMAGED] += 1
            continue
        redacted = redactor.redact(paragraph)  # also where it is passed over below: it may announce what follows
        if len(paragraph) > _LONGEST_REPEATED:
            known = hash(paragraph)
            if known in seen:
                left_out[THERE_BEFORE] += 1
                continue
            seen.add(known)
        yield paragraph, redacted
