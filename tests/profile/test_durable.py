"""Each rename is forced to the disk: a power cut brings no old name back."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from autocomplete.profile.archive import export_profile, import_profile
from autocomplete.profile.profile import Profile
from tests.profile.test_encryption import fill

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks Linux which file is forced")


class Disk:
    """Notes the folders whose names were changed and not yet forced to the disk."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.changed: set[Path] = set()
        for call in ("rename", "replace"):
            monkeypatch.setattr(os, call, self._noting(getattr(os, call)))
        forced = os.fsync

        def fsync(descriptor: int) -> None:
            forced(descriptor)
            self.changed.discard(Path(os.readlink(f"/proc/self/fd/{descriptor}")))

        monkeypatch.setattr(os, "fsync", fsync)

    def _noting(self, move):
        def moved(old: Path, new: Path) -> None:
            assert Path(old).parent == Path(new).parent
            move(old, new)
            self.changed.add(Path(new).parent.resolve())

        return moved

    @property
    def unsure(self) -> set[Path]:
        return {folder for folder in self.changed if folder.exists()}


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    return Disk(monkeypatch)


def test_after_each_step_the_disk_knows_every_name(folder, tmp_path, line, disk) -> None:
    with Profile.open(folder) as profile:
        assert disk.unsure == set()
        fill(profile, line)
        assert disk.unsure == set()
        profile.set_passphrase("secret")
        assert disk.unsure == set()
        profile.remove_model(profile.models("en")[0].id)
        profile.scratch("en").write("state", b"more")
        export_profile(profile, tmp_path / "mine.zip")
        assert disk.unsure == set()
    import_profile(tmp_path / "mine.zip", folder, "secret", replace=True)
    assert disk.unsure == set()
    (folder / "notes.txt").write_text("mine")  # the folder stays
    Profile.open(folder, passphrase="secret").delete()
    assert disk.unsure == set()


def test_the_manifest_names_a_content_only_once_the_disk_knows_it(folder, monkeypatch) -> None:
    forced: list[str] = []
    fsync = os.fsync

    def noted(descriptor: int) -> None:
        fsync(descriptor)
        forced.append(Path(os.readlink(f"/proc/self/fd/{descriptor}")).name)

    monkeypatch.setattr(os, "fsync", noted)
    with Profile.open(folder) as profile:
        forced.clear()
        profile.set_passphrase("secret")
    (content,) = folder.glob("content-*")
    manifest = next(at for at, name in enumerate(forced) if name.startswith(".profile.json"))
    assert forced.index(f"{content.name}.part") < manifest
    assert "profile" in forced[:manifest]
    assert "profile" in forced[manifest:]
