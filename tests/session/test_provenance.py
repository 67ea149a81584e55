"""Where each character came from, whatever is done to the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.session.provenance import Origin, Passage, Provenance
from autocomplete.session.text import PlainText, Position
from autocomplete.text.words import WORD

ORIGINS = st.sampled_from(list(Origin))
CHANGES = st.lists(st.tuples(ORIGINS, st.floats(0, 1), st.integers(0, 6), st.text("ab é😀\n", max_size=6)), max_size=12)


def position(text: str, offset: int) -> Position:
    before = text[:offset]
    return Position(before.count("\n"), len(before) - (before.rfind("\n") + 1))


class Writing:
    """A string beside a text whose provenance is followed."""

    def __init__(self) -> None:
        self.text = ""
        self.plain = PlainText()
        self.provenance = Provenance(self.plain)

    def put(self, origin: Origin, start: int, removed: int, added: str) -> Position:
        end = start + removed
        change = self.plain.replace(position(self.text, start), position(self.text, end), added)
        self.text = self.text[:start] + added + self.text[end:]
        self.provenance.origin = origin
        self.provenance.changed(change)
        self.provenance.origin = Origin.FOREIGN
        return change.end


@pytest.fixture
def writing() -> Writing:
    return Writing()


def taught(passages: list[Passage]) -> list[tuple[str, float]]:
    return [(passage.text[begin:end], weight) for passage in passages for begin, end, weight in passage.spans]


def expected(text: str, origins: list[Origin], lines: set[int] | None = None) -> list[tuple[str, float]]:
    """What is taught of a text whose characters have these origins, on some of its lines."""
    found = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        own = origins[start : start + len(line)]
        start += len(line) + 1
        if lines is not None and number not in lines:
            continue
        for word in WORD.finditer(line):
            own[word.start() : word.end()] = [min(own[word.start() : word.end()])] * len(word.group())
        spans = []
        begin = 0
        for end in range(1, len(own) + 1):
            if end == len(own) or own[end] != own[begin]:
                if own[begin]:
                    spans.append((begin, end, float(own[begin])))
                begin = end
        if any(WORD.search(line, begin, end) for begin, end, _ in spans):
            found += [(line[begin:end], weight) for begin, end, weight in spans]
    return found


@given(CHANGES)
def test_every_character_is_known_by_its_origin_and_handed_out_once(
    changes: list[tuple[Origin, float, int, str]],
) -> None:
    writing = Writing()
    origins: list[Origin] = []
    for origin, at, count, added in changes:
        start = round(at * len(writing.text))
        removed = min(count, len(writing.text) - start)
        cursor = writing.put(origin, start, removed, added)
        origins[start : start + removed] = [origin] * len(added)
        others = set(range(writing.plain.lines)) - {cursor.line}
        assert taught(writing.provenance.leave(cursor.line)) == expected(writing.text, origins, others)
        line = 0
        for place, character in enumerate(writing.text):  # what was handed out is nobody's any more
            if line != cursor.line:
                origins[place] = Origin.FOREIGN
            line += character == "\n"
    assert taught(writing.provenance.take()) == expected(writing.text, origins)
    assert writing.provenance.take() == []


def test_a_word_that_is_partly_the_users_is_not_theirs(writing: Writing) -> None:
    writing.put(Origin.FOREIGN, 0, 0, "hel wor")
    writing.put(Origin.TYPED, 7, 0, "ld and more")
    assert taught(writing.provenance.take()) == [(" and more", 1.0)]


def test_a_word_counts_for_as_much_as_the_least_of_its_letters(writing: Writing) -> None:
    writing.put(Origin.ACCEPTED, 0, 0, "hello")
    writing.put(Origin.TYPED, 5, 0, "s")
    assert taught(writing.provenance.take()) == [("hellos", 1.0)]


def test_the_word_at_the_cursor_waits(writing: Writing) -> None:
    end = writing.put(Origin.TYPED, 0, 0, "one two")
    assert taught(writing.provenance.take(end)) == [("one ", 1.0)]
    assert taught(writing.provenance.take()) == [("two", 1.0)]


def test_the_lines_before_tell_the_language_of_a_short_one(writing: Writing) -> None:
    writing.put(Origin.FOREIGN, 0, 0, "Liebe Oma,\n\n")
    writing.put(Origin.TYPED, 12, 0, "ja")
    (passage,) = writing.provenance.take()
    assert passage.before == "Liebe Oma,\n\nja"


def test_signs_alone_are_not_handed_out(writing: Writing) -> None:
    writing.put(Origin.TYPED, 0, 0, "-- 12 !")
    assert writing.provenance.take() == []


def test_what_is_forgotten_is_nobodys(writing: Writing) -> None:
    writing.put(Origin.TYPED, 0, 0, "private words")
    writing.provenance.forget()
    assert writing.provenance.take() == []
