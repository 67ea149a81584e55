"""What the readers of all formats share: the file they read, and the passages they give."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from autocomplete.errors import brief

LONGEST_PARAGRAPH = 20_000  # characters; nobody writes a longer one


@dataclass(frozen=True)
class Options:
    """What a file alone does not tell.

    `me`: names and addresses of the user, by which their own messages are known in a mailbox or chat. `column`: which
    column of a table, or which key of a JSON file, holds the text.
    """

    me: tuple[str, ...] = ()
    column: str | None = None

    def is_me(self, *names: str) -> bool:
        """Whether one of the names or addresses is the user's; case and spaces do not matter."""
        mine = {_plain(name) for name in self.me}
        return any(_plain(name) in mine for name in names)


class Passage(NamedTuple):
    """Some paragraphs, and when they were written: seconds since the epoch, None where the file's time has to do.

    above: what somebody else wrote before them. It is not learned, but may ask for a secret.
    """

    text: str
    time: float | None = None
    above: str = ""


@dataclass
class Source:
    """A file while it is read. Readers count in `left_out` what they pass over, by a reason in words.

    `people`, `columns`: what the user can choose from for the options, the likeliest first.
    """

    path: Path
    options: Options = Options()
    advance: Callable[[int], None] = lambda _: None
    left_out: Counter[str] = field(default_factory=Counter)
    told: int = 0
    people: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """How the file is called in a sentence."""
        return str(self.path)

    def went_on(self, size: int) -> None:
        """Tell that so many bytes more were read."""
        self.told += size
        self.advance(size)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def most_frequent(names: Counter[str], count: int = 5) -> str:
    """The most frequent names for a sentence: "Anna, Ben"."""
    return ", ".join(brief(name) for name, _ in names.most_common(count))
