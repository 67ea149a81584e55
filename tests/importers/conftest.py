"""Reading of one file, and texts to read."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from autocomplete.importers import Found, Options, gather
from autocomplete.model.ngram import NGramModel

LANGUAGES = ("de", "en")


@pytest.fixture(autouse=True, scope="module")
def memories_read_once() -> Iterator[None]:
    """Reading them takes longer than most of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(NGramModel, "load", cache(NGramModel.load))
        yield


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., Found]:
    """Writes a file of that name and content and reads it."""

    def write_and_read(name: str, content: str | bytes, *me: str, column: str | None = None) -> Found:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (found,) = gather([path], LANGUAGES, Options(me, column))
        return found

    return write_and_read


@pytest.fixture
def texts(read: Callable[..., Found]) -> Callable[..., list[str]]:
    """The same, the lines' texts only; the file must have no problem."""

    def lines(name: str, content: str | bytes, *me: str, column: str | None = None) -> list[str]:
        found = read(name, content, *me, column=column)
        assert found.problem == ""
        return [line.text for line in found.lines]

    return lines
