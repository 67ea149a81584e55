"""What a profile says of itself in the clear: which content is in use, and what each content was made from."""

import json
import re
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from autocomplete.atomic import write_whole
from autocomplete.errors import NewerProfileError, ProfileError
from autocomplete.profile.disk import DAMAGED, translate_errors
from autocomplete.profile.encryption import Terms
from autocomplete.profile.timestamps import plausible
from autocomplete.regular import open_regular

FORMAT = 1
_MAX_SIZE = 2**16
ORIGIN = "origin.json"
_CONTENT = re.compile(r"content-[0-9A-Za-z]{1,64}")
# Until a content is in use its folder has this end.
PART = ".part"


def is_content(name: str) -> bool:
    """Whether a content's folder may have this name, as long as it is not in use or later."""
    return _CONTENT.fullmatch(name.removesuffix(PART)) is not None


@dataclass(frozen=True)
class Manifest:
    """What `profile.json` says. `created`: seconds since the epoch. `terms`: None where nothing is sealed."""

    id: str
    created: float
    content: str
    terms: Terms | None

    @classmethod
    def new(cls, terms: Terms | None, of: "Manifest | None" = None) -> "Manifest":
        """A manifest for a new content: of a new profile, or of one there is."""
        content = "content-" + uuid4().hex[:12]
        return cls(of.id if of else uuid4().hex, of.created if of else time.time(), content, terms)

    def naming(self, content: str) -> "Manifest":
        """The same with another content."""
        return replace(self, content=content)

    def as_bytes(self) -> bytes:
        """As `from_bytes` takes it."""
        terms = self.terms.as_json() if self.terms else None
        data = {"format": FORMAT, "id": self.id, "created": self.created, "content": self.content, "sealed": terms}
        return json.dumps(data, indent=2).encode() + b"\n"

    @classmethod
    def from_bytes(cls, content: bytes, place: Path, damaged: str = DAMAGED) -> "Manifest":
        """`damaged`: the sentence of the ProfileError about a damaged one, with {place}."""
        try:
            if len(content) > _MAX_SIZE:
                raise ValueError("larger than any of ours")
            data: Any = json.loads(content)
            if int(data["format"]) > FORMAT:
                raise NewerProfileError(f"{place} was made by a newer version of this app; update the app to open it.")
            terms = None if data["sealed"] is None else Terms.from_json(data["sealed"])
            name, made = data["content"], float(data["created"])
            if not (isinstance(name, str) and _CONTENT.fullmatch(name)):
                raise ValueError("no name of a content")
            return cls(str(data["id"]), plausible(made), name, terms)
        except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
            raise ProfileError(damaged.format(place=place)) from None

    @classmethod
    def read(cls, place: Path) -> "Manifest":
        """The one in this file, which must be there."""
        with translate_errors(place), open_regular(place) as file:
            content = file.read(_MAX_SIZE + 1)
        return cls.from_bytes(content, place)


@dataclass(frozen=True)
class Origin:
    """What a content's folder says of itself: whose it is, and which contents it takes the place of.

    These, and no others, may be removed once it is in use.
    """

    profile: str
    replaces: tuple[str, ...] = ()

    def write(self, content: Path) -> None:
        """Put it into the content's folder."""
        data = {"profile": self.profile, "replaces": list(self.replaces)}
        write_whole(content / ORIGIN, json.dumps(data).encode() + b"\n")

    @classmethod
    def of(cls, content: Path) -> "Origin | None":
        """None where the folder has none that can be read; those of earlier versions have none."""
        with suppress(OSError, ValueError, KeyError, TypeError, RecursionError), open_regular(content / ORIGIN) as file:
            data: Any = json.loads(file.read(_MAX_SIZE))
            if isinstance(data["profile"], str) and all(isinstance(name, str) for name in data["replaces"]):
                return cls(data["profile"], tuple(data["replaces"]))
        return None
