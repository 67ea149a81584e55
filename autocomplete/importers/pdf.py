"""The text of PDF files, as far as they hold it in reading order."""

import logging
from collections.abc import Callable, Iterator

from autocomplete.errors import Error, ImportFileError
from autocomplete.importers.paragraphs import join_wrapped
from autocomplete.importers.source import Passage, Source

_MOST_PAGES = 10_000
_MOST_OPERATIONS = 2_000_000  # in all pages; one of text takes some thousand
_BETWEEN_STOPS = 1_000  # operations, after which the caller is asked whether to go on


def read_pdf(source: Source) -> Iterator[Passage]:
    """The paragraphs of a PDF's pages; words divided at a line's end are put together."""
    from pypdf import PdfReader  # takes longer to import than all others together

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it complains of slips in files that it reads well
    try:
        reader = PdfReader(source.path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ImportFileError(f"{source.name} is locked with a password; save it without one.")
        counted = _counter(source)
        for number in range(min(len(reader.pages), _MOST_PAGES)):
            text = reader.pages[number].extract_text(visitor_operand_before=counted)
            for paragraph in join_wrapped(text.split("\n"), hyphenated=True):
                yield Passage(paragraph)
    except (Error, OSError, RecursionError, MemoryError):
        raise
    except Exception as error:  # pypdf raises what it likes at damaged files
        raise ImportFileError(f"{source.name} is damaged, or not a PDF; save it as text and choose that.") from error


def _counter(source: Source) -> Callable[..., None]:
    """What pypdf calls before each operation; pages may show one another, and so take for ever."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1
        if count > _MOST_OPERATIONS:
            raise ImportFileError(f"{source.name} holds mostly drawings; save it as text and choose that.")
        if count % _BETWEEN_STOPS == 0:
            source.went_on(0)

    return counted
