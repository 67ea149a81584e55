"""Chats exported from WhatsApp and Telegram: only the messages of the user."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from autocomplete.errors import ImportFileError
from autocomplete.importers.source import Passage, Source, most_frequent
from autocomplete.text.files import iterate_lines
from autocomplete.text.line import LEFT_OUT

_MARKS = "\u200e\u200f\u202a\u202c\ufeff"
_HEADER = re.compile(
    rf"""[{_MARKS}]*\[?
    (?P<date>\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{2,4}}),?\s
    (?P<hour>\d{{1,2}})[:.](?P<minute>\d\d)(?:[:.](?P<second>\d\d))?(?:\s?(?P<half>[AaPp])\.?\s?[Mm]\.?)?
    (?:\]|\s-)\s(?P<rest>.*)""",
    re.VERBOSE,
)
_NAMED = re.compile(rf"[{_MARKS}~\s]*([^:]{{1,100}}?)[{_MARKS}]*:(?:\s|\Z)(.*)", re.DOTALL)
_NO_TEXT = re.compile(
    r"""<?(?:Media\ omitted|Medien\ (?:ausgeschlossen|weggelassen)|Media\ weggelassen|null)>?
      | (?:image|video|audio|sticker|GIF|document|Contact\ card|Bild|Dokument|Kontaktkarte)\ (?:omitted|weggelassen)
      | .{1,200}\((?:file\ attached|Datei\ angehängt)\) | <(?:attached|Anhang):.{1,200}>
      | .{1,100}\ •\ .{0,5}\d+\ \w{1,9}\ .{0,60}
      | (?:This\ message\ was\ deleted|You\ deleted\ this\ message|Diese\ Nachricht\ wurde\ gelöscht|
           Du\ hast\ diese\ Nachricht\ gelöscht|Missed\ (?:voice|video)\ call|Verpasster\ (?:Sprach|Video)anruf)\.?
      | (?:POLL|UMFRAGE|Location|Standort|live\ location\ shared|Live-Standort\ wird\ geteilt):?.{0,200}""",
    re.VERBOSE | re.IGNORECASE,
)
_EDITED = re.compile(r"\s*<(?:This message was edited|Diese Nachricht wurde bearbeitet)\.?>\s*\Z", re.IGNORECASE)
_MOST_VALUES = 10_000_000  # in a JSON file; each takes some 70 bytes of memory
# Parts of a message that are no prose.
_NO_PROSE = frozenset(("code", "pre", "link", "email", "phone", "bank_card", "bot_command", "custom_emoji", "cashtag"))


class _Message(NamedTuple):
    date: str
    clock: tuple[int, int, int]
    afternoon: bool | None  # None: 24 hours
    sender: str
    text: str


def is_whatsapp(first_line: str) -> bool:
    """Whether a text file that begins so is an exported chat."""
    return _HEADER.match(first_line) is not None


def read_whatsapp(source: Source) -> Iterator[Passage]:
    """The user's own messages of a chat exported from WhatsApp, on Android or iOS, in English or German."""
    senders: Counter[str] = Counter()
    messages: list[tuple[_Message, str]] = []
    above = ""
    first = second = 0  # the largest numbers of the dates: one above twelve is a day
    half_days = found_me = False
    for message in _whatsapp(iterate_lines(source.path)):
        senders[message.sender] += 1
        numbers = [int(number) for number in re.split(r"[./-]", message.date)]
        first, second = max(first, numbers[0]), max(second, numbers[1])
        half_days = half_days or message.afternoon is not None
        mine = source.options.is_me(message.sender)
        found_me = found_me or mine
        if not mine:
            source.left_out["message of somebody else"] += 1
            above = message.text
        elif _NO_TEXT.fullmatch(message.text.strip(_MARKS + " ")):
            source.left_out["message without text"] += 1
        else:
            messages.append((message, above))
            above = ""
    _check(source, senders, found_me)
    month_first = second > 12 or (first <= 12 and half_days)
    for message, above in messages:
        yield Passage(_EDITED.sub("", message.text).strip(_MARKS + " "), _when(message, month_first), above)


def _whatsapp(lines: Iterator[str]) -> Iterator[_Message]:
    """The messages; a line without a date goes on with the message before."""
    current: _Message | None = None
    more: list[str] = []
    for line in lines:
        if header := _HEADER.match(line):
            if current:
                yield _joined(current, more)
            more = []
            named = _NAMED.fullmatch(header["rest"])
            clock = (int(header["hour"]), int(header["minute"]), int(header["second"] or 0))
            afternoon = header["half"].lower() == "p" if header["half"] else None
            # Without a name it is the app that says something.
            current = _Message(header["date"], clock, afternoon, named[1], named[2]) if named else None
        elif current:
            more.append(line)
    if current:
        yield _joined(current, more)


def _joined(message: _Message, more: list[str]) -> _Message:
    return message._replace(text="\n".join((message.text, *more)))


def _when(message: _Message, month_first: bool) -> float | None:
    parts = re.split(r"[./-]", message.date)
    one, two, three = map(int, parts)
    if one > 31:
        year, month, day = one, two, three
    else:
        year = three + (2000 if len(parts[2]) == 2 else 0)
        month, day = (one, two) if month_first and "." not in message.date else (two, one)
    hour, minute, second = message.clock
    if message.afternoon is not None:
        hour = hour % 12 + 12 * message.afternoon
    try:
        return datetime(year, month, day, hour, minute, second).timestamp()  # noqa: DTZ001 - the phone's own zone
    except (ValueError, OverflowError):
        return None


def read_json_file(source: Source) -> Any:
    """A JSON file as Python objects; ImportFileError if it is none."""
    return parse_json(source, source.path.read_bytes())


def parse_json(source: Source, content: bytes) -> Any:
    """JSON as Python objects; ImportFileError if it is none, or holds more values than the memory of a machine."""
    if sum(map(content.count, (b",", b"[", b"{"))) > _MOST_VALUES:
        raise ImportFileError(f"{source.name} is too large to be read at once; split it.")
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ImportFileError(f"{source.name} is damaged, or not JSON in UTF-8; export it again.") from error


def is_telegram(content: Any) -> bool:
    """Whether a JSON file is an export of one chat, or of all."""
    if not isinstance(content, dict):
        return False
    return isinstance(content.get("messages"), list) or isinstance(content.get("chats"), dict)


def telegram_passages(source: Source, content: dict[str, Any]) -> Iterator[Passage]:
    """The user's own messages of a Telegram export; forwarded ones are others'."""
    senders: Counter[str] = Counter()
    found_me = False
    own = []
    above = ""
    for message in _telegram(content):
        sender, number = str(message.get("from") or ""), str(message.get("from_id") or "")
        senders[sender or number] += 1
        mine = source.options.is_me(sender, number, number.removeprefix("user"))
        found_me = found_me or mine
        if not mine:
            source.left_out["message of somebody else"] += 1
            above = _telegram_text(message.get("text"))
        elif message.get("forwarded_from"):
            source.left_out["forwarded message"] += 1
        elif text := _telegram_text(message.get("text")):
            own.append(Passage(text, _unix_time(message.get("date_unixtime")), above))
            above = ""
        else:
            source.left_out["message without text"] += 1
    _check(source, senders, found_me)
    yield from own


def _telegram(content: dict[str, Any]) -> Iterator[dict[str, Any]]:
    chats = content.get("chats")
    inside = chats.get("list") if isinstance(chats, dict) else None
    for chat in [content, *(inside if isinstance(inside, list) else [])]:
        messages = chat.get("messages") if isinstance(chat, dict) else None
        for message in messages if isinstance(messages, list) else []:
            if isinstance(message, dict) and message.get("type", "message") == "message":
                yield message


def _telegram_text(text: Any) -> str:
    if isinstance(text, str):
        return text.strip()
    parts = []
    for part in text if isinstance(text, list) else []:
        if isinstance(part, str):
            parts.append(part)
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            parts.append(LEFT_OUT if part.get("type") in _NO_PROSE else part["text"])
    return "".join(parts).strip(LEFT_OUT + " \n")


def _unix_time(value: Any) -> float | None:
    try:
        return None if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        return None


def _check(source: Source, senders: Counter[str], found_me: bool) -> None:
    """ImportFileError unless the user is among the senders."""
    senders.pop("", None)
    source.people += [name for name, _ in senders.most_common()]
    if not senders:
        raise ImportFileError(f"{source.name} holds no messages; export the chat again.")
    if not source.options.me:
        raise ImportFileError(
            f"Say which name is yours, so that only your own messages in {source.name} are read; "
            f"it is likely one of: {most_frequent(senders)}."
        )
    if not found_me:
        raise ImportFileError(
            f"Nobody in {source.name} is called {' or '.join(source.options.me)}; those who wrote are, "
            f"the most frequent first: {most_frequent(senders)}."
        )
