"""Whose hand each character is from, whatever is done to the document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor, QTextDocument

from gui.authored import Authored, Hand, Passage
from gui.editor.offsets import units

pytestmark = pytest.mark.usefixtures("qapp")

HANDS = st.sampled_from(list(Hand))
TEXTS = st.text("ab é😀\n", max_size=6)
CHANGES = st.lists(st.tuples(HANDS, st.integers(0, 30), st.integers(0, 6), TEXTS), max_size=12)


def laid_out() -> QTextDocument:
    """A document that tells of its changes, which one without a layout does not."""
    document = QTextDocument()
    document.documentLayout()
    return document


@pytest.fixture
def document() -> QTextDocument:
    return laid_out()


def change(document: QTextDocument, authored: Authored, hand: Hand, start: int, removed: int, text: str) -> int:
    """Put `text` in the place of `removed` units; where the cursor is then."""
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(start + removed, QTextCursor.MoveMode.KeepAnchor)
    authored.hand = hand
    cursor.insertText(text)
    authored.hand = Hand.FOREIGN
    return cursor.position()


@given(CHANGES)
def test_every_character_of_the_paragraph_is_known_by_its_hand(changes: list[tuple[Hand, int, int, str]]) -> None:
    document = laid_out()
    authored = Authored(document)
    text, hands = "", [0] * 0  # the whole document, and a hand for each of its UTF-16 units

    def leave(cursor: int) -> list[int]:
        """The cursor is there now: only its paragraph is still followed."""
        authored.leave(cursor)
        block = document.findBlock(cursor)
        first, last = block.position(), block.position() + block.length() - 1
        assert (authored._start, len(authored._hands)) == (first, last - first)
        return [hand if first <= place < last else 0 for place, hand in enumerate(hands)]

    for hand, at, count, added in changes:
        wide = text.encode("utf-16-le")
        start = min(at, len(hands))
        removed = min(count, len(hands) - start)
        if any(0xDC <= wide[2 * i + 1] <= 0xDF for i in (start, start + removed) if 2 * i < len(wide)):
            continue  # no change begins or ends within a letter
        wide = wide[: 2 * start] + added.encode("utf-16-le") + wide[2 * (start + removed) :]
        text = wide.decode("utf-16-le")
        hands = leave(start)  # one moves there before one writes there
        hands[start : start + removed] = [int(hand)] * units(added)
        hands = leave(change(document, authored, hand, start, removed, added))
        first = authored._start
        assert list(authored._hands) == hands[first : first + len(authored._hands)]


@given(CHANGES)
def test_what_is_handed_out_is_the_writers_alone_and_only_once(changes: list[tuple[Hand, int, int, str]]) -> None:
    document = laid_out()
    authored = Authored(document)
    written = {int(hand) for hand, *_ in changes}
    cursor = 0
    for hand, at, count, added in changes:
        length = document.characterCount() - 1
        start = min(at, length)
        cursor = change(document, authored, hand, start, min(count, length - start), added)
    passages = authored.leave(cursor) + authored.take()
    for passage in passages:
        assert "\n" not in passage.text
        ends = [0]
        for begin, end, weight in passage.spans:
            assert ends[-1] <= begin < end <= len(passage.text)
            assert int(weight) in written
            ends.append(end)
    assert authored.take() == []


def spans(passages: list[Passage]) -> list[str]:
    return [passage.text[begin:end] for passage in passages for begin, end, _ in passage.spans]


def test_a_word_that_is_partly_the_writers_is_not_his(document: QTextDocument) -> None:
    authored = Authored(document)
    change(document, authored, Hand.FOREIGN, 0, 0, "hel wor")
    end = change(document, authored, Hand.TYPED, 7, 0, "ld and more")
    authored.leave(end)
    assert spans(authored.take()) == [" and more"]


def test_a_word_counts_for_as_much_as_the_least_of_its_letters(document: QTextDocument) -> None:
    authored = Authored(document)
    change(document, authored, Hand.PICKED, 0, 0, "hello")
    authored.leave(change(document, authored, Hand.TYPED, 5, 0, "s"))
    assert [span.weight for passage in authored.take() for span in passage.spans] == [1.0]


def test_the_word_at_the_cursor_waits(document: QTextDocument) -> None:
    authored = Authored(document)
    end = change(document, authored, Hand.TYPED, 0, 0, "one two")
    authored.leave(end)
    assert spans(authored.take(end)) == ["one "]
    assert spans(authored.take()) == ["two"]


def test_the_lines_before_tell_the_language_of_a_short_one(document: QTextDocument) -> None:
    authored = Authored(document)
    change(document, authored, Hand.FOREIGN, 0, 0, "Liebe Oma,\n\n")
    authored.leave(change(document, authored, Hand.TYPED, 12, 0, "ja"))
    (passage,) = authored.take()
    assert passage.before == "Liebe Oma,\n\nja"


def test_signs_alone_are_no_lesson(document: QTextDocument) -> None:
    authored = Authored(document)
    authored.leave(change(document, authored, Hand.TYPED, 0, 0, "-- 12 !"))
    assert authored.take() == []
