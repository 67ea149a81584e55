"""Mailboxes (mbox) and single mails: of each only what the user wrote in it themselves.

A mailbox is read line by line and may have any size; of one message no more than its beginning is kept in memory.
"""

from collections import Counter
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses, mktime_tz, parsedate_tz
from itertools import islice

from autocomplete.errors import ImportFileError
from autocomplete.importers import hypertext
from autocomplete.importers.own_words import own_paragraphs
from autocomplete.importers.source import Passage, Source, most_frequent

_SEPARATOR = b"From "
# The text of a message stands before its attachments.
_LARGEST_MESSAGE = 4_000_000  # bytes
_MOST_LINES = 100_000  # of a message; each is compared with the ends of all parts that it is in
_MOST_PARTS = 200
_LARGEST_HEADER = 200_000
_LONGEST_FIELD = 10_000  # characters; looking for names takes a time that grows with the square
_LONGEST_DATE = 200  # characters
_MOST_FIELDS = 20  # of one name in a header
_LONGEST_LINE = 1 << 16
_DECODING = policy.compat32
# What Python's reading of mails raises at headers that are no headers.
_DAMAGED = (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError)


def read_mailbox(source: Source) -> Iterator[Passage]:
    """The user's own words in an mbox file."""
    with source.path.open("rb") as file:
        if not file.readline(_LONGEST_LINE).startswith(_SEPARATOR):
            raise ImportFileError(
                f'{source.name} is not a mailbox: it does not begin with a "From " line; export it again as mbox.'
            )
        file.seek(0)
        yield from _own(source, _messages(source))


def read_mail(source: Source) -> Iterator[Passage]:
    """The user's own words in one mail (.eml)."""
    with source.path.open("rb") as file:
        yield from _own(source, iter([b"".join(islice(file, _MOST_LINES))[:_LARGEST_MESSAGE]]))


def _messages(source: Source) -> Iterator[bytes]:
    """The beginning of each message of an mbox file; a "From " line behind an empty one separates them."""
    kept: list[bytes] = []
    size = 0
    empty = True
    with source.path.open("rb") as file:
        while line := file.readline(_LONGEST_LINE):
            source.went_on(len(line))
            if empty and line.startswith(_SEPARATOR):
                if kept:
                    yield b"".join(kept)
                kept, size = [], 0
            elif size < _LARGEST_MESSAGE and len(kept) < _MOST_LINES:
                # "From " at the start of a line of text was written with a ">" before it.
                kept.append(line[1:] if line.startswith(b">From ") else line)
                size += len(line)
            empty = line in {b"\n", b"\r\n"}
    if kept:
        yield b"".join(kept)


def _own(source: Source, messages: Iterator[bytes]) -> Iterator[Passage]:
    senders: Counter[str] = Counter()
    anyone: Counter[str] = Counter()
    mine = 0
    for raw in messages:
        header = BytesHeaderParser(policy=_DECODING).parsebytes(_head(raw))
        names = _people(header, "From")
        if names:
            senders[names[-1]] += 1
        if not source.options.me:
            # The owner of a mailbox is in nearly every message, as sender or as one it was sent to.
            anyone.update(set(_addresses(header, "From", "To", "Cc", "Delivered-To")))
        elif source.options.is_me(*names):
            mine += 1
            try:
                yield from list(_passages(source, raw, _time(header)))
            except _DAMAGED:
                source.left_out["damaged mail"] += 1
        else:
            source.left_out["message of somebody else"] += 1
    source.people += [name for name, _ in (anyone or senders).most_common()]
    if not senders:
        raise ImportFileError(f"{source.name} holds no mail with a sender; export it again as mbox or as .eml.")
    if not source.options.me:
        raise ImportFileError(
            f"Say which address is yours, so that only your own words in {source.name} are read; "
            f"it is likely one of: {most_frequent(anyone, 3)}."
        )
    if not mine:
        raise ImportFileError(
            f"Nothing in {source.name} was sent by {' or '.join(source.options.me)}; its senders are, "
            f"the most frequent first: {most_frequent(senders)}."
        )


def _head(raw: bytes) -> bytes:
    end = min((at for at in (raw.find(b"\n\n"), raw.find(b"\r\n\r\n")) if at >= 0), default=len(raw))
    return raw[: min(end + 2, _LARGEST_HEADER)]


def _people(header: Message, *fields: str) -> list[str]:
    """The names and addresses in some fields of a header; the last one's address last."""
    found = []
    for field in fields:
        values = header.get_all(field, [])[:_MOST_FIELDS]
        try:
            pairs = getaddresses([str(value)[:_LONGEST_FIELD] for value in values])
        except _DAMAGED:
            continue
        for name, address in pairs:
            found += [text for text in (_decoded(name), address.casefold()) if text]
    return found


def _addresses(header: Message, *fields: str) -> list[str]:
    return [person for person in _people(header, *fields) if "@" in person]


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except _DAMAGED:
        return text


def _time(header: Message) -> float | None:
    try:
        parsed = parsedate_tz(str(header.get("Date", ""))[:_LONGEST_DATE])
        return float(mktime_tz(parsed)) if parsed else None
    except (ValueError, OverflowError, IndexError, TypeError):  # Python's reading of dates raises what it likes
        return None


def _passages(source: Source, raw: bytes, time: float | None) -> Iterator[Passage]:
    if raw.count(b"boundary") + raw.count(b"message/") > _MOST_PARTS:
        raise MessageError("more parts inside parts than mails have")
    parts = [
        part
        for part in _parts(BytesParser(policy=_DECODING).parsebytes(raw))
        if part.get_content_disposition() != "attachment"
    ]
    for kind in ("text/plain", "text/html"):
        chosen = [part for part in parts if part.get_content_type() == kind and not part.get_filename()]
        for part in chosen:
            text = _text(part)
            lines = hypertext.paragraphs(text, without_quotes=True) if kind == "text/html" else text.splitlines()
            for paragraph in own_paragraphs(lines, source.left_out, wrapped=kind == "text/plain"):
                yield Passage(paragraph, time)
        if chosen:
            return


def _parts(message: Message) -> Iterator[Message]:
    """The parts of a mail, without those of mails inside it, which somebody else wrote."""
    if message.get_content_maintype() == "message":
        return
    if message.is_multipart():
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _parts(part)
    else:
        yield message


def _text(part: Message) -> str:
    """The text of a part in the charset it declares; what does not fit becomes U+FFFD."""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset() or "utf-8", "replace")
    except (LookupError, UnicodeError):  # a charset that nobody knows, or one for other things
        return payload.decode("utf-8", "replace")
