"""Why nothing was found: each cause in its own sentence, which says what to do."""

import os
from pathlib import Path

import pytest

from autocomplete.importers import Found, Options, gather, sum_up
from tests.importers.conftest import LANGUAGES

PROSE = "We went home early, since it was late and the night was cold."
CHAT = "12.03.24, 21:15 - Anna: We go home now\n12.03.24, 21:16 - Ben: It is very late\n"
MAIL = "From: Anna <anna@example.org>\nTo: ben@example.org\nSubject: home\n\n"
FRENCH = "Nous sommes rentrés tôt parce qu'il faisait froid et que la nuit était déjà tombée.\n"
OTHERS_FORWARDED = (
    '{"messages": [{"type": "message", "from": "Anna", "forwarded_from": "Ben", "text": "We go home now"}]}'
)


@pytest.fixture
def why(tmp_path: Path):
    """Why nothing is found in a file, or in a folder of files, of this content."""

    def why(content: dict[str, str | bytes] | str | bytes, name: str = "a.txt", *me: str) -> str:
        for inside, text in content.items() if isinstance(content, dict) else [(name, content)]:
            path = tmp_path / inside
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
        path = tmp_path if isinstance(content, dict) else tmp_path / name
        found = gather([path], LANGUAGES, Options(me))
        assert not any(file.lines for file in found)
        return sum_up(found).replace(f"{tmp_path}{os.sep}", "").replace(str(tmp_path), "HERE")

    return why


def test_each_cause_has_a_sentence_with_a_way_out(why):
    said = {
        "empty": why(""),
        "no word": why("123 456\n"),
        "another language": why(FRENCH * 3),
        "only secrets": why("My password is xK9!mQ2#vR7\n"[15:]),
        "lines too long": why("word " * 5000),
        "damaged letters": why("Die Stra\N{REPLACEMENT CHARACTER}e ist schmal\n"),
        "another kind": why(b"\x89PNG", "a.png"),
        "another encoding": why("Die Straße ist schmal".encode("latin-1")),
        "no text": why(b"ab\0\1"),
        "locked": why(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "a.docx"),
        "damaged": why(b"PK\3\4", "b.docx"),
        "no name given": why(CHAT, "chat.txt"),
        "another name given": why(CHAT, "chat.txt", "Carla"),
        "another address given": why(MAIL + PROSE, "a.eml", "carla@example.org"),
        "only quoted": why(MAIL + f"> {PROSE}\n", "b.eml", "anna@example.org"),
        "only forwarded": why(OTHERS_FORWARDED, "chat.json", "Anna"),
        "only code": why(f"```\n{PROSE}\n```\n", "a.md"),
        "no column given": why("id,text\n1,We went home\n", "a.csv"),
    }
    assert len(set(said.values())) == len(said)
    assert all(sentence.endswith(".") or "iconv" in sentence for sentence in said.values()), said
    assert said["only secrets"].startswith("a.txt holds nothing but secrets (")
    assert "in another language than de or en" in said["another language"]
    assert "more than 20,000 characters" in said["lines too long"]
    assert said["another name given"].endswith("the most frequent first: Anna, Ben.")
    assert said["another address given"].endswith("the most frequent first: anna@example.org.")
    assert "holds only what others wrote" in said["only quoted"]
    assert "that you forwarded" in said["only forwarded"]
    assert "only code" in said["only code"]
    assert "it has: id, text" in said["no column given"]


def test_a_file_that_says_what_another_said_is_told_so(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(PROSE)
    _, second = gather([tmp_path], LANGUAGES, Options())
    assert "only lines that were read in another file" in second.problem


def test_folders_say_what_they_hold(tmp_path):
    def why(folder: Path) -> str:
        (found,) = gather([folder], LANGUAGES, Options())
        return found.problem

    for name in ("empty", "hidden", "pictures", "nested"):
        (tmp_path / name).mkdir()
    assert why(tmp_path / "empty").endswith("is empty; choose one with files in it.")
    (tmp_path / "hidden" / ".notes.txt").write_text(PROSE)
    assert "only hidden files" in why(tmp_path / "hidden")
    for number in range(3):
        (tmp_path / "pictures" / f"{number}.png").write_bytes(b"\x89PNG")
    assert "no file that can be read, but 3 of other kinds" in why(tmp_path / "pictures")
    (tmp_path / "nested" / "deeper").mkdir()
    assert "only empty folders" in why(tmp_path / "nested")


def test_a_missing_file_is_compared_with_those_there(tmp_path):
    def why(path: Path) -> str:
        (found,) = gather([path], LANGUAGES, Options())
        return found.problem

    (tmp_path / "diary.txt").write_text(PROSE)
    assert why(tmp_path / "dairy.txt").endswith(f"did you mean {tmp_path / 'diary.txt'}?")
    assert why(tmp_path / "letters.odt") == f"There is no file {tmp_path / 'letters.odt'}."
    assert why(tmp_path / "mails" / "a.eml").endswith(f"since there is no folder {tmp_path / 'mails'}.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    assert f"is a link to {tmp_path / 'gone.txt'}" in why(tmp_path / "link.txt")


def test_of_many_causes_the_most_frequent_come_first_with_how_often(why):
    chats = {f"chat {number}.txt": CHAT for number in range(4)}
    empty = {f"empty {number}.txt": "" for number in range(3)}
    others = {"a.docx": b"PK\3\4", "latin.txt": "Straße".encode("latin-1"), "b.pdf": b"%PDF-broken"}
    said = why(chats | empty | others)
    assert said.startswith("Say which name is yours, so that only your own messages in chat 0.txt are read;")
    assert said.index("(It is the same with 3 more.)") < said.index("is empty") < said.index("the same with 2 more.)")
    assert said.endswith("For other reasons nothing was read of 2 more.")


def test_nothing_is_said_of_what_was_read(tmp_path):
    (tmp_path / "a.txt").write_text(PROSE)
    found: list[Found] = gather([tmp_path], LANGUAGES, Options())
    assert sum_up(found) == ""
