"""Reads training text: plain, .xz or .zst files, line by line, whatever their size."""

import lzma
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from autocomplete.errors import CorpusError

# Where a file has no blank lines its lines may or may not belong together: a document is then this many of them.
LINES_WITHOUT_BREAK = 4


@dataclass(frozen=True)
class Source:
    """One file of the corpus. `weight`: how often its text is read an epoch (0.5: half of it, 2: twice)."""

    path: Path
    weight: float = 1.0

    @property
    def name(self) -> str:
        """The file's name without endings, as mixture files use it: "tatoeba" for "tatoeba.txt.xz"."""
        return self.path.name.split(".")[0]


def read_mixture(path: Path) -> dict[str, float]:
    """Weights by source name from a TOML file with one table, `[weights]`."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))["weights"]
        weights = {str(name): float(weight) for name, weight in table.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(
            f"The mixture {path} cannot be used ({error}); it needs a table [weights] with lines like: tatoeba = 0.5"
        ) from error
    if any(weight < 0 for weight in weights.values()):
        raise CorpusError(f"The mixture {path} has a negative weight; use 0 to leave a source out.")
    return weights


def sources(paths: Iterable[Path], weights: dict[str, float]) -> list[Source]:
    """The files with their weights (1 where none is given), without those of weight 0."""
    found = [Source(path) for path in paths]
    found = [Source(source.path, weights.get(source.name, 1.0)) for source in found]
    return [source for source in found if source.weight > 0]


def documents(path: Path) -> Iterator[str]:
    """The documents of a file, each of one or more lines with their ends.

    Blank lines separate documents; a file without any is cut every few lines.
    """
    has_breaks = _has_blank_line(path)
    lines: list[str] = []
    for line in _lines(path):
        if line:
            lines.append(line + "\n")
        if lines and (not line if has_breaks else len(lines) == LINES_WITHOUT_BREAK):
            yield "".join(lines)
            lines = []
    if lines:
        yield "".join(lines)


def _has_blank_line(path: Path, within: int = 20_000) -> bool:
    return any(not line for line, _ in zip(_lines(path), range(within), strict=False))


def _lines(path: Path) -> Iterator[str]:
    try:
        with _open(path) as file:
            for line in file:
                yield line.decode("utf-8").strip("\r\n \ufeff")
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path} is not UTF-8 text; convert it first, for example with iconv.") from error
    except (OSError, EOFError, lzma.LZMAError) as error:
        raise CorpusError(f"{path} cannot be read: {error}.") from error


@contextmanager
def _open(path: Path) -> Iterator[IO[bytes]]:
    if path.suffix == ".xz":
        with lzma.open(path) as file:
            yield file
    elif path.suffix == ".zst":
        import zstandard

        try:
            with path.open("rb") as raw, zstandard.open(raw, "rb") as file:
                yield file
        except zstandard.ZstdError as error:
            raise OSError(str(error)) from error
    else:
        with path.open("rb") as file:
            yield file
