"""Plain text and Markdown."""

import re
from collections.abc import Iterator
from html import unescape

from autocomplete.importers.paragraphs import join_wrapped
from autocomplete.importers.source import LONGEST_PARAGRAPH, Passage, Source
from autocomplete.text.files import iterate_lines, read_text
from autocomplete.text.line import LEFT_OUT

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_LINE_START = re.compile(r"\s*(?:#{1,6}\s+|(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?)")
_NO_TEXT = re.compile(r"\s*(?:[-=*_~+|:\s]{3,}|\[[^\]]{1,200}\]:\s.*)\Z")  # rules, underlines, targets of links
_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\](?:\([^()\s]{0,2000}(?:\s[^()]{0,200})?\)|\[[^\[\]]{0,200}\])")
_LINK = re.compile(r"\[([^\[\]]{1,500})\](?:\([^()]{0,2000}(?:\([^()]{0,200}\)[^()]{0,200})?\)|\[[^\[\]]{0,200}\])")
_FOOTNOTE = re.compile(r"\[\^[^\]]{1,40}\]:?")
_CODE = re.compile(r"(`{1,3})(?!`)[^`]{1,2000}\1(?!`)")
_TAG = re.compile(r"<(?:!--(?:(?!<!--).){0,5000}?-->|/?[a-zA-Z][^<>]{0,1000}>)")
_EMPHASIS = re.compile(r"(?<!\\)(\*{1,3}|_{1,3}|~~)(?=\S)([^*_~\n]{1,2000})(?<=[^\s\\])\1(?!\w)")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~]|\Z)")  # behind a line, it only breaks it
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])\s")
_INDENTED = ("    ", "\t")


def read_plain(source: Source) -> Iterator[Passage]:
    """Each line is a paragraph, as in an editor."""
    for line in iterate_lines(source.path):
        yield Passage(line)


def read_markdown(source: Source) -> Iterator[Passage]:
    """The text of a Markdown file without markup, code, quotations and front matter."""
    for paragraph in join_wrapped(_marked_down(_written(source)), narrowest=1):
        yield Passage(paragraph)


def _written(source: Source) -> Iterator[str]:
    """The lines that hold text of the writer's, and "" for each of the others."""
    fence = ""
    front = ""
    in_list = False
    behind_empty = True
    for number, line in enumerate(read_text(source.path).split("\n")):
        if number == 0 and line.rstrip() in {"---", "+++"}:
            front = line.rstrip()
        elif front:
            front = "" if line.rstrip() in {front, "..."} else front
        elif fence:
            fence = "" if line.strip().startswith(fence) and not line.strip().strip(fence[0]) else fence
            source.left_out["line of code"] += 1
        elif match := _FENCE.match(line):
            fence = match[1]
        elif line.lstrip().startswith(">"):
            source.left_out["quoted line"] += 1
        elif behind_empty and not in_list and line.startswith(_INDENTED) and line.strip():
            source.left_out["line of code"] += 1
        else:
            if line.strip() and (behind_empty or not in_list):  # what is not indented ends a list behind an empty line
                in_list = _ITEM.match(line) is not None or (in_list and line[0].isspace())
            behind_empty = not line.strip()
            yield line
            continue
        behind_empty = True
        yield ""


def _marked_down(lines: Iterator[str]) -> Iterator[str]:
    """Lines without markup; a heading and each item of a list stand alone."""
    for line in lines:
        if len(line) > LONGEST_PARAGRAPH:  # it will be left out; its markup would take long to find
            yield from ("", line, "")
            continue
        if _NO_TEXT.match(line):
            yield ""
            continue
        text = line
        alone = False
        while match := _LINE_START.match(text):
            text, alone = text[match.end() :], True
        if alone:
            yield ""
        yield _without_inline(text)
        if line.lstrip().startswith("#"):
            yield ""


def _without_inline(text: str) -> str:
    text = _CODE.sub(LEFT_OUT, text)
    text = _TAG.sub("", _FOOTNOTE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text))))
    for _ in range(3):  # emphasis inside emphasis
        text = _EMPHASIS.sub(r"\2", text)
    return unescape(_ESCAPED.sub(r"\1", text.replace("|", " ")))
