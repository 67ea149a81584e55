"""Training text: plain or compressed files, one line after the other."""

import lzma
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path


def lines(paths: Iterable[Path]) -> Iterator[str]:
    """The lines of all files that hold anything, without their ends."""
    for path in paths:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as file:
            yield from filter(None, map(str.strip, file))


def sample(paths: Iterable[Path], characters: int) -> Iterator[str]:
    """Lines from all over the files, about so many characters together: every n-th line."""
    paths = tuple(paths)
    step = max(1, -(-sum(map(len, lines(paths))) // characters))
    return (line for number, line in enumerate(lines(paths)) if number % step == 0)


def key(paths: Iterable[Path], *settings: object) -> str:
    """A short name for what is trained on these files with these settings."""
    parts = [f"{path.name}:{path.stat().st_size}" for path in sorted(paths)]
    return blake2b(repr((parts, settings)).encode(), digest_size=6).hexdigest()
