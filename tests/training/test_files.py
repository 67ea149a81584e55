"""What the disk refuses a run is one sentence, and the old file stays."""

import errno

import pytest

from autocomplete.atomic import replacing, write_whole
from autocomplete.errors import CorpusError
from autocomplete.training.files import writing_to


def test_a_full_disk_leaves_the_old_file_and_one_sentence(tmp_path) -> None:
    path = tmp_path / "checkpoint"
    write_whole(path, b"old")

    def fill_the_disk() -> None:
        with writing_to(tmp_path), replacing(path) as file:
            file.write(b"half of the new")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(CorpusError, match=f"No space is left on the disk of {tmp_path}; make room"):
        fill_the_disk()
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [b"old"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" / "below"
    with pytest.raises(CorpusError, match=f"{folder} cannot be written: "), writing_to(folder):
        folder.mkdir()
