"""HTML, as files and as mail.

Only where blocks begin and end matters, and what is not shown. Python's own parser takes quadratic time where tags are
left open; this one goes through the text once, whatever it holds.
"""

import re
from collections.abc import Iterator
from html import unescape

from autocomplete.errors import ImportFileError
from autocomplete.importers.source import Passage, Source
from autocomplete.text.files import read_text

# What browsers do not show, and what is not prose.
_PASSED_OVER_TAGS = "head script style template noscript svg math pre code button select textarea iframe object title"
_INLINE_TAGS = "a abbr b bdi bdo big cite em font i ins label mark o:p q s small span strike strong sub sup tt u wbr"
_VOID_TAGS = "area base br col embed hr img input link meta param source track wbr"
_PASSED_OVER = frozenset(_PASSED_OVER_TAGS.split())
_INLINE = frozenset(_INLINE_TAGS.split())
_VOID = frozenset(_VOID_TAGS.split())
_RAW = frozenset(("script", "style", "textarea", "title"))  # hold no tags, whatever looks like one
# How mail programs mark what is quoted.
_QUOTING = re.compile(
    r"""\b(?:class|id)\s*=\s*["']?[^"'<>]*\b(?:gmail_quote|gmail_attr|yahoo_quoted|moz-cite-prefix|protonmail_quote|"""
    r"""divRplyFwdMsg|appendonsend|mail-editor-reference-message-container)\b""",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"""<(?P<end>/?)(?P<name>[a-zA-Z][^\s/<>]*+)(?P<attributes>(?:[^<>"']|"[^"<]*"|'[^'<]*')*+|[^<>]*+)>|<!--|<[!?][^<>]*+>"""
)
_LARGEST = 20_000_000  # characters
_LONGEST_ATTRIBUTES = 2_000  # characters; looking at them takes a time that grows with the square


def read_html(source: Source) -> Iterator[Passage]:
    """The text of a page, block by block."""
    text = read_text(source.path)
    if len(text) > _LARGEST:
        raise ImportFileError(f"{source.name} is too large for a page; save the text you want as plain text.")
    for paragraph in paragraphs(text):
        yield Passage(paragraph)


def paragraphs(html: str, *, without_quotes: bool = False) -> list[str]:
    """The paragraphs of a page. without_quotes: what mail programs mark as quoted is passed over."""
    result: list[str] = []
    parts: list[str] = []
    hidden: list[str] = []  # the name of the element that is passed over, as often as it is open
    for text, name, is_end, attributes in _pieces(html):
        if not hidden:
            parts.append(unescape(text))
        if name in _INLINE:
            continue
        if block := " ".join("".join(parts).split()):
            result.append(block)
        parts = []
        if is_end:
            if hidden and name == hidden[0]:
                hidden.pop()
        elif hidden:
            hidden += [name] if name == hidden[0] else []
        elif name not in _VOID and (name in _PASSED_OVER or (without_quotes and _quotes(name, attributes))):
            hidden = [name]
    return result


def _quotes(name: str, attributes: str) -> bool:
    return name == "blockquote" or _QUOTING.search(attributes, 0, _LONGEST_ATTRIBUTES) is not None


def _pieces(html: str) -> Iterator[tuple[str, str, bool, str]]:
    """The text up to each tag, the tag's name in small letters, whether it ends an element, and its attributes."""
    done = at = 0
    while match := _TAG.search(html, at):
        text, name = html[done : match.start()], (match["name"] or "").lower()
        done = at = match.end()
        if match.group() == "<!--":
            end = html.find("-->", done)
            done = at = end + 3 if end >= 0 else len(html)
            yield text, "wbr", False, ""  # a comment ends no block
        elif name:
            yield text, name, bool(match["end"]), match["attributes"]
            if name in _RAW and not match["end"]:
                end = _end_of(name, html, done)
                done = at = end
        else:
            yield text, "wbr", False, ""
    yield html[done:], "body", True, ""


def _end_of(name: str, html: str, start: int) -> int:
    """Where the tag stands that ends an element that holds no tags."""
    match = re.compile(f"</{name}", re.IGNORECASE).search(html, start)
    return match.start() if match else len(html)
