"""Where a continuation may stand, and how it goes into the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.session.continuation import first_word, insertion, may_stand_before
from autocomplete.text.words import MAX_WORD, WORD, current_word
from autocomplete.typing import Edit, TypingOptions, TypingRules

TEXTS = st.text("ab -'.\"(", max_size=8)
OPTIONS = st.builds(TypingOptions, auto_space=st.booleans())


def applied(text: str, edit: Edit) -> str:
    return text[: edit.start] + edit.text + text[edit.end :]


@pytest.mark.parametrize("rest", ["", ".", ' "', ").", "  ", "”", "!?"])
def test_it_may_stand_where_only_closing_marks_follow(rest: str) -> None:
    assert may_stand_before(rest)


@pytest.mark.parametrize("rest", ["a", " word", "1", "(", ". And"])
def test_it_may_not_stand_before_more_text(rest: str) -> None:
    assert not may_stand_before(rest)


@pytest.mark.parametrize(
    ("text", "first"), [("to the station", "to"), (" to the", " to"), (", and so", ", and"), ("!", "!"), ("", "")]
)
def test_the_first_word_comes_with_what_stands_before_it(text: str, first: str) -> None:
    assert first_word(text) == first


@given(text=TEXTS, at=st.floats(0, 1), continuation=TEXTS.filter(bool), options=OPTIONS)
def test_it_is_one_edit_that_types_its_head_and_picks_its_last_word(
    text: str, at: float, continuation: str, options: TypingOptions
) -> None:
    cursor = round(at * len(text))
    edit = insertion(TypingRules(options), text, cursor, continuation)
    last = next((word.group() for word in WORD.finditer(continuation) if word.end() == len(continuation)), "")
    head = continuation.removesuffix(last)
    typed = text[:cursor] + head + text[cursor:]
    whole, place = typed, cursor + len(head)
    if last:
        begun = current_word(typed[:place][-MAX_WORD:])
        picked = TypingRules(options).pick(typed, place, begun + last)
        whole, place = applied(typed, picked), picked.cursor
    assert applied(text, edit) == whole
    assert edit.cursor == place


def test_the_space_behind_its_last_word_gives_way_to_punctuation() -> None:
    rules = TypingRules()
    edit = insertion(rules, "I am on my w", 12, "ay home")
    assert applied("I am on my w", edit) == "I am on my way home "
    stop = rules.key("I am on my way home ", edit.cursor, ".", 0.0)
    assert applied("I am on my way home ", stop) == "I am on my way home. "
