"""What holds for any text and any events, driven by hypothesis."""

import regex
from hypothesis import given
from hypothesis import strategies as st

from autocomplete.typing import TypingOptions

MARKS = " ,.;:?!…()[]{}\"'“”„‘’‚«»‹›-/@%\\"
CHARACTERS = st.sampled_from(
    [*MARKS, *"abÄß3", "\u0301", "\u200d", "😀", "🇩", "🏽", "\ufe0f", "\0"]
)
TEXTS = st.text(CHARACTERS | st.characters(exclude_characters="\n\r"), max_size=30)
WORDS = st.sampled_from(["this", "don't", "Über", "well-being", "a"])
LETTERS = st.text("abcäöü", min_size=1, max_size=5)
OPTIONS = st.builds(TypingOptions, auto_space=st.booleans(), double_space_period=st.booleans())
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("press"), CHARACTERS | st.sampled_from(["  ", ", ", ""])),
        st.tuples(st.just("pick"), WORDS),
        st.tuples(st.just("backspace"), st.integers(1, 3)),
        st.tuples(st.just("move"), st.integers(0, 60)),
    ),
    max_size=30,
)


def perform(typist, events):
    for event, value in events:
        place = min(value, len(typist.text)) if event == "move" else value
        getattr(typist, event)(place)


@given(text=TEXTS, options=OPTIONS, events=EVENTS)
def test_any_events_leave_every_edit_in_range(new_typist, text, options, events):
    """The typist checks the range of each edit it applies."""
    perform(new_typist(options).open(f"{text.replace('|', '')}|"), events)


@given(events=EVENTS)
def test_an_edit_leaves_the_cursor_behind_what_it_put_in(new_typist, events):
    typist = new_typist()
    perform(typist, events)
    edit = typist.pick("end").last_edit
    assert edit.cursor == edit.start + len(edit.text)
    assert typist.text[edit.start : edit.cursor] == edit.text


@given(text=TEXTS, options=OPTIONS, events=EVENTS)
def test_backspace_removes_one_character_or_takes_a_full_stop_back(
    new_typist, text, options, events
):
    typist = new_typist(options).open(f"{text.replace('|', '')}|")
    perform(typist, events)
    before, after = typist.text[: typist.cursor], typist.text[typist.cursor :]
    typist.backspace()
    if typist.last_edit.text:
        assert before.endswith(". ")
        assert typist.text == f"{before[:-2]} {after}"
    else:
        assert typist.text == "".join(regex.findall(r"\X", before)[:-1]) + after


@given(text=TEXTS, auto_space=st.booleans())
def test_text_without_picks_is_typed_literally(new_typist, text, auto_space):
    typist = new_typist(TypingOptions(auto_space=auto_space)).type(text)
    assert typist.text == text


@given(text=TEXTS)
def test_only_a_double_space_ever_adds_to_typed_text(new_typist, text):
    typist = new_typist(TypingOptions(double_space_period=True)).type(text)
    assert typist.text.replace(".", "").replace(" ", "") == text.replace(".", "").replace(" ", "")
    assert len(typist.text) == len(text)


@given(events=st.lists(st.tuples(WORDS, LETTERS), max_size=6))
def test_picks_and_letters_never_yield_two_spaces(new_typist, events):
    typist = new_typist()
    for word, letters in events:
        typist.pick(word).type(letters)
    assert "  " not in typist.text


@given(words=st.lists(WORDS, min_size=1, max_size=8))
def test_words_picked_one_after_the_other_stand_one_space_apart(new_typist, words):
    typist = new_typist()
    for word in words:
        typist.pick(word)
    assert typist.text == "".join(f"{word} " for word in words)


@given(text=TEXTS, word=WORDS)
def test_a_pick_keeps_all_but_the_word_at_the_cursor(new_typist, text, word):
    typist = new_typist().open(f"{text.replace('|', '')} x|").pick(word)
    assert typist.text == f"{text.replace('|', '')} {word} "
