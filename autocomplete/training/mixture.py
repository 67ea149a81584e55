"""The sources of a corpus and how much each of them weighs."""

import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from autocomplete.errors import CorpusError, MissingCorpusError
from autocomplete.text.files import read_text


@dataclass(frozen=True)
class Source:
    """One file of the corpus. `weight`: how often its text is read an epoch (0.5: half of it)."""

    path: Path
    weight: float = 1.0

    @property
    def name(self) -> str:
        """The file's name without endings, as mixtures use it: "mail" for "mail.txt.xz"."""
        return self.path.name.split(".")[0]


def read_mixture(path: Path) -> dict[str, float]:
    """Weights by source name from a TOML file with one table, `[weights]`."""
    try:
        table = tomllib.loads(read_text(path))["weights"]
        weights = {str(name): float(weight) for name, weight in table.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise CorpusError(
            f"The mixture {path} cannot be used ({error}); it needs a table [weights] with lines like: tatoeba = 0.5"
        ) from error
    if not all(weight >= 0 and math.isfinite(weight) for weight in weights.values()):
        raise CorpusError(f"The mixture {path} has a weight that is not a number of 0 or more; 0 leaves a source out.")
    return weights


def sources(paths: Iterable[Path], weights: Mapping[str, float]) -> list[Source]:
    """The files with their weights (1 where none is given), without those of weight 0.

    Raises `CorpusError` for a file that is not there, two of one name, and a weight without a file,
    since it may well be a misspelled one.
    """
    found = [Source(path) for path in paths]
    for source in found:
        if source.path.is_dir():
            raise CorpusError(f"{source.path} is a folder; name the files in it.")
        if not source.path.exists():
            raise MissingCorpusError(f"There is no corpus file {source.path}.")
        if not source.path.is_file():  # a pipe or a device, which can't be read twice
            raise CorpusError(f"{source.path} is not a file with text; name files.")
    names = [source.name for source in found]
    for name in names:
        if names.count(name) > 1:
            raise CorpusError(f"Two corpus files are named {name}; rename one of them.")
    for name in weights:
        if name not in names:
            raise CorpusError(
                f"The mixture weighs {name}, but no corpus file has that name; correct it or take it out."
            )
    weighted = [Source(source.path, weights.get(source.name, 1.0)) for source in found]
    used = [source for source in weighted if source.weight > 0]
    if not used:
        raise CorpusError("No corpus file is left: name some files, or give them weights above 0.")
    return used
