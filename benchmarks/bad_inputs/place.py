"""A folder with what the cases need: good files, and bad ones of every kind."""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autocomplete import Profile

PASSPHRASE = "correct horse"  # noqa: S105 - of the profile made here

ENDINGS = ("docx", "odt", "pdf", "html", "csv", "json", "jsonl", "eml", "mbox", "png", "zip")


@dataclass(frozen=True)
class Place:
    """Everything lies in `folder`; `model` is a good model's folder, `text` a good text of a line."""

    folder: Path
    model: Path

    @classmethod
    def make(cls, folder: Path, model: Path) -> "Place":
        """Fill an empty folder. `model`: the folder of a model that works."""
        place = cls(folder, model)
        place.text.write_text("they would like to read the whole book\n" * 3)
        place._files()
        place._models()
        place._profiles()
        return place

    @property
    def text(self) -> Path:
        return self.folder / "text.txt"

    @property
    def profile(self) -> Path:
        """A good profile."""
        return self.folder / "profile"

    @property
    def sealed(self) -> Path:
        """A profile that is sealed with `PASSPHRASE`."""
        return self.folder / "sealed"

    @property
    def archive(self) -> Path:
        """What the good profile was exported to."""
        return self.folder / "profile.zip"

    def __truediv__(self, name: str) -> Path:
        return self.folder / name

    def _files(self) -> None:
        contents = {
            "empty": b"",
            "blank": b"\n\n\n",
            "binary": bytes(range(256)) * 8,
            "latin": "Die Straße ist schmal\n".encode("latin-1"),
            "cut16": "a text in UTF-16\n".encode("utf-16")[:-1],
            "late": b"a good line of a good text, as long as lines are\n" * 300 + b"\xff\n",
            "word": b"a" * 10_000_000,
            "digits": b"12 34\n" * 20,
        }
        for name, content in contents.items():
            (self / name).write_bytes(content)
        for ending in ENDINGS:
            for name in ("empty", "binary"):
                (self / f"{name}.{ending}").write_bytes(contents[name])
        (self / "folder").mkdir()
        os.mkfifo(self / "fifo")
        (self / "loop").symlink_to(self / "loop")
        (self / "dangling").symlink_to(self / "nowhere")

    def _models(self) -> None:
        config = (self.model / "config.json").read_bytes()

        def edited(**change: object) -> Callable[[Path], object]:
            return lambda path: path.write_text(json.dumps(json.loads(config) | change))

        damage: dict[str, tuple[str, Callable[[Path], object]]] = {
            "no config": ("config.json", Path.unlink),
            "empty config": ("config.json", lambda path: path.write_bytes(b"")),
            "cut config": ("config.json", lambda path: path.write_bytes(config[:100])),
            "listed config": ("config.json", lambda path: path.write_bytes(b"[]")),
            "nested config": ("config.json", lambda path: path.write_bytes(b"[" * 200_000)),
            "newer config": ("config.json", edited(format=10**6)),
            "fifo config": ("config.json", lambda path: (path.unlink(), os.mkfifo(path))),
            "zero config": ("config.json", lambda path: (path.unlink(), path.symlink_to("/dev/zero"))),
            "no tokenizer": ("tokenizer.model", Path.unlink),
            "cut tokenizer": ("tokenizer.model", lambda path: path.write_bytes(path.read_bytes()[:50])),
            "foreign memory": ("ngram.safetensors", lambda path: path.write_bytes(bytes(path.stat().st_size))),
            "folder for tokenizer": ("tokenizer.model", lambda path: (path.unlink(), path.mkdir())),
        }
        for name, (file, change) in damage.items():
            shutil.copytree(self.model, self / f"model, {name}")
            change(self / f"model, {name}" / file)

    @property
    def damaged_models(self) -> list[Path]:
        return sorted(self.folder.glob("model, *"))

    def _profiles(self) -> None:
        from autocomplete.profile.archive import export_profile

        for path in (self.profile, self.sealed):
            with Profile.open(path) as profile:
                if path == self.sealed:
                    profile.set_passphrase(PASSPHRASE)
                else:
                    profile.add_word("heron", "en")
                    export_profile(profile, self.archive)
        for name, head in {"text": b"no JSON", "empty": b"", "list": b"[]", "nested": b"[" * 200_000}.items():
            shutil.copytree(self.profile, self / f"profile, {name}")
            (self / f"profile, {name}" / "profile.json").write_bytes(head)
        whole = self.archive.read_bytes()
        (self / "cut.zip").write_bytes(whole[: len(whole) // 2])
        (self / "changed.zip").write_bytes(whole[:60] + bytes(30) + whole[90:])

    @property
    def damaged_profiles(self) -> list[Path]:
        return sorted(self.folder.glob("profile, *"))
