"""Recovery copies, damaged in every way: the next start offers what is good, and leaves the rest as it is."""

import json
from pathlib import Path

import pytest
from hypothesis import strategies as st
from PySide6.QtCore import QDateTime

from gui.recovery import look
from gui.recovery.buffer import TextBuffer
from gui.recovery.journal import Change, Origin, beginning, record, whole
from tests.fuzz.conftest import Fuzz
from tests.fuzz.mutations import as_json, mutated, overwritten

_OLD = {"text": "lost text\nwith ü and 😀", "path": "/notes/a.txt", "time": 1600000000.5}
_MOST = (1 << 32) - 1
_TIMES = st.floats() | st.just(1e9)
_CHANGES = st.builds(
    Change,
    time=_TIMES,
    position=st.integers(0, 30) | st.integers(0, _MOST),
    removed=st.integers(0, 5) | st.integers(0, _MOST),
    text=st.text(max_size=20),
    length=st.integers(0, 60) | st.integers(0, _MOST),
)


def _journal(path: str = "/notes/a.txt") -> bytes:
    """A whole one, with changes behind its beginning."""
    buffer = TextBuffer()
    buffer.replace(0, 0, "the first text ü😀\n" * 20)
    begun = b"".join(whole(buffer, Origin(path, "ab" * 32), 1e9))
    changes = []
    for text in ("typed ", "behind ", "😀"):
        position = buffer.length
        buffer.replace(position, 0, text)
        changes.append(record(Change(1e9, position, 0, text, buffer.length)))
    return begun + b"".join(changes)


# Every checksum right, and what stands in the records wrong.
_forged = st.builds(
    lambda path, digest, length, changes: beginning(Origin(path, digest), length) + b"".join(map(record, changes)),
    st.text(max_size=20),
    st.text(max_size=3),
    st.integers(0, 60) | st.integers(-(10**30), 10**30),
    st.lists(_CHANGES, max_size=6),
)


@pytest.mark.parametrize("ending", [".json", ".journal"])
def test_a_damaged_copy_is_offered_or_named_and_kept(fuzz: Fuzz, tmp_path: Path, ending: str) -> None:
    folder = tmp_path / "recovery"
    folder.mkdir()
    good, odd = folder / "good.json", folder / f"odd{ending}"

    def read(content: bytes) -> None:
        good.write_text(json.dumps(_OLD | {"text": "good"}))
        odd.write_bytes(content)
        found = look(folder)
        texts = [orphan.snapshot.text for orphan in found.orphans]
        assert "good" in texts
        assert found.error is None
        if len(texts) == 1 and odd.exists():  # it is gone where a whole journal held no text
            assert str(odd) in found.said
        assert not odd.exists() or odd.read_bytes() == content
        for orphan in found.orphans:
            assert QDateTime.fromSecsSinceEpoch(int(orphan.snapshot.time)).isValid()
            assert isinstance(orphan.snapshot.origin.path, str)
            orphan.discard()
        odd.unlink(missing_ok=True)
        assert list(folder.iterdir()) == []

    examples = [_journal(), _journal(""), json.dumps(_OLD).encode()]
    fuzz(st.one_of(as_json(_OLD), mutated(examples), overwritten(examples), _forged), read)
