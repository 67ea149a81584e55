"""HTML, as files and as mail."""

from collections.abc import Iterator
from html.parser import HTMLParser

from autocomplete.errors import ImportFileError
from autocomplete.personal.importers.source import Passage, Source
from autocomplete.text.files import read_text

# What browsers do not show, and what is not prose.
_PASSED_OVER_TAGS = "head script style template noscript svg math pre code button select textarea iframe object"
_INLINE_TAGS = "a abbr b bdi bdo big cite em font i ins label mark o:p q s small span strike strong sub sup tt u wbr"
_VOID_TAGS = "area base br col embed hr img input link meta param source track wbr"
_PASSED_OVER = frozenset(_PASSED_OVER_TAGS.split())
_INLINE = frozenset(_INLINE_TAGS.split())
_VOID = frozenset(_VOID_TAGS.split())
_QUOTING = frozenset(("gmail_quote", "yahoo_quoted", "moz-cite-prefix", "protonmail_quote", "gmail_attr"))
_QUOTING_IDS = frozenset(("divRplyFwdMsg", "appendonsend", "mail-editor-reference-message-container"))
LARGEST = 20_000_000  # characters


def read_html(source: Source) -> Iterator[Passage]:
    """The text of a page, block by block."""
    text = read_text(source.path)
    if len(text) > LARGEST:
        raise ImportFileError(f"{source.name} is too large for a page; save the text you want as plain text.")
    for paragraph in paragraphs(text):
        yield Passage(paragraph)


def paragraphs(html: str, *, without_quotes: bool = False) -> list[str]:
    """The paragraphs of a page. without_quotes: what mail programs mark as quoted is passed over."""
    parser = _Text(without_quotes)
    parser.feed(html[:LARGEST])
    parser.close()
    return parser.result()


class _Text(HTMLParser):
    def __init__(self, without_quotes: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._without_quotes = without_quotes
        self._parts: list[str] = []
        self._paragraphs: list[str] = []
        self._hidden: list[str] = []  # the open elements from the first that is passed over on

    def result(self) -> list[str]:
        self._end_block()
        return self._paragraphs

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._end_block()
        if tag in _VOID:
            return
        if self._hidden:
            if tag == self._hidden[0]:
                self._hidden.append(tag)
        elif tag in _PASSED_OVER or (self._without_quotes and _quotes(tag, attrs)):
            self._hidden = [tag]

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end_block()
        if self._hidden and tag == self._hidden[0]:
            self._hidden.pop()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self._parts.append(data)

    def _end_block(self) -> None:
        if text := " ".join("".join(self._parts).split()):
            self._paragraphs.append(text)
        self._parts = []


def _quotes(tag: str, attrs: list[tuple[str, str | None]]) -> bool:
    given = {name: value or "" for name, value in attrs}
    return (
        tag == "blockquote"
        or not _QUOTING.isdisjoint(given.get("class", "").split())
        or given.get("id", "") in _QUOTING_IDS
    )
