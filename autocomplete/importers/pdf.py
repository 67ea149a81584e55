"""The text of PDF files, as far as they hold it in reading order."""

import logging
from collections.abc import Iterator

from autocomplete.errors import ImportFileError
from autocomplete.importers.paragraphs import join_wrapped
from autocomplete.importers.source import Passage, Source

_MOST_PAGES = 10_000


def read_pdf(source: Source) -> Iterator[Passage]:
    """The paragraphs of a PDF's pages; words divided at a line's end are put together."""
    from pypdf import PdfReader  # takes longer to import than all others together

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it complains of slips in files that it reads well
    try:
        reader = PdfReader(source.path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise ImportFileError(f"{source.name} is locked with a password; save it without one.")
        for number in range(min(len(reader.pages), _MOST_PAGES)):
            for paragraph in join_wrapped(reader.pages[number].extract_text().split("\n"), hyphenated=True):
                yield Passage(paragraph)
    except (ImportFileError, OSError):
        raise
    except Exception as error:  # pypdf raises what it likes at damaged files
        raise ImportFileError(f"{source.name} is damaged or no PDF; save it as text and take that.") from error
