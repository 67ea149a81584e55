"""The manifest and the export of a profile, damaged in all kinds of ways: each is imported, or one sentence."""

import io
import json
import shutil
import stat
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from autocomplete.errors import ProfileError
from autocomplete.profile.archive import export_profile, import_profile, preview
from autocomplete.profile.profile import Profile
from autocomplete.text.line import Line
from tests.fuzz.conftest import Fuzz
from tests.fuzz.mutations import as_json, mutated
from tests.profile.hostile import FORMAT_1

_NASTY = (
    b"PK\x01\x02",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x06\x06",
    b"SQLite format 3\0",
    b"../../letter.txt",
    b"content-000000000000",
)
_NASTY_VALUES = ("content-", "content-../..", "content-000000000000", 2**24, 2**16, "AA==")


def use(folder: Path) -> None:
    """Does with a profile what the app and the commands do."""
    with Profile.open(folder, passphrase="secret", accept_unsealed=True) as profile:
        profile.preview()
        profile.documents()
        for language in profile.languages():
            profile.words(language)
            for model in profile.models(language):
                with suppress(ProfileError):  # of a damaged file
                    profile.model_files(model.id)
        profile.learn([Line("heron", "en", 2.0)], "b")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An export that is not packed, so that what is damaged is the profile and not only how it is packed."""
    folder = tmp_path_factory.mktemp("exported")
    shutil.copytree(FORMAT_1 / "open", folder / "profile")
    with Profile.open(folder / "profile", read_only=True) as profile:
        export_profile(profile, folder / "mine.zip")
    return (folder / "mine.zip").read_bytes()


def packed(files: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return content.getvalue()


def damaged(exported: bytes) -> st.SearchStrategy[bytes]:
    """The export with faults in how it is packed, or in one of its files."""
    with zipfile.ZipFile(io.BytesIO(exported)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    of_a_file = st.sampled_from(sorted(files)).flatmap(
        lambda name: mutated([files[name]], _NASTY).map(lambda data: packed(files | {name: data}))
    )
    manifest = as_json(json.loads(files["profile.json"]), _NASTY_VALUES)
    return st.one_of(
        mutated([exported, packed(files)], _NASTY),
        of_a_file,
        manifest.map(lambda data: packed(files | {"profile.json": data})),
    )


def test_archive(fuzz: Fuzz, exported: bytes, tmp_path: Path) -> None:
    def read(content: bytes) -> None:
        place = tmp_path / "theirs.zip"
        place.write_bytes(content)
        shutil.rmtree(tmp_path / "theirs", ignore_errors=True)
        with suppress(ProfileError):
            preview(place)
        import_profile(place, tmp_path / "theirs", None)
        use(tmp_path / "theirs")

    fuzz(damaged(exported), read)


@pytest.mark.parametrize("kind", ["open", "sealed"])
def test_manifest(fuzz: Fuzz, tmp_path: Path, kind: str) -> None:
    manifest = json.loads((FORMAT_1 / kind / "profile.json").read_text())

    def read(content: bytes) -> None:
        folder = tmp_path / "profile"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(FORMAT_1 / kind, folder)
        (folder / "profile.json").write_bytes(content)
        try:
            use(folder)
        finally:
            assert list(folder.glob(f"{manifest['content']}/profile.sqlite3"))

    fuzz(as_json(manifest, _NASTY_VALUES), read)


def test_database(fuzz: Fuzz, tmp_path: Path) -> None:
    (database,) = (FORMAT_1 / "open").rglob("*.sqlite3")
    good: Any = database.read_bytes()

    def read(content: bytes) -> None:
        folder = tmp_path / "profile"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(FORMAT_1 / "open", folder)
        (place,) = folder.rglob("*.sqlite3")
        place.write_bytes(content)
        number = place.stat().st_ino
        try:
            use(folder)
        finally:
            assert stat.S_ISREG(place.lstat().st_mode)
            assert place.stat().st_ino == number

    fuzz(mutated([good], _NASTY), read)
