"""A session gives what a fresh one would give, accepts only what is shown, and knows what the user wrote."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import autocomplete
from autocomplete import Completer
from autocomplete.session import Origin, Position, Question, TypingSession
from tests.session.skin import Skin


@pytest.fixture(scope="module")
def completer(english: Path) -> Completer:
    return autocomplete.load(english)


def ask(session: TypingSession) -> Question:
    question = session.question()
    assert question is not None
    return question


def answered(keys: str, *words: str, continuation: str = "") -> Skin:
    """A skin into which `keys` were typed, and the answer to that."""
    skin = Skin()
    skin.type(keys)
    number = ask(skin.session).number
    assert skin.session.answer(number, words, "en")
    skin.session.continue_with(number, continuation)
    return skin


# -- exact

KEYS = st.sampled_from([*"abehnoqtuw", " ", ".", "'", "\n", "é", "😀"])
PLACES = st.floats(0, 1)
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("type"), KEYS),
        st.tuples(st.just("take"), st.integers(0, 2)),
        st.tuples(st.just("continue"), st.booleans()),
        st.tuples(st.just("backspace"), st.none()),
        st.tuples(st.just("paste"), st.sampled_from(["the book", "on\nthe ", " "])),
        st.tuples(st.just("cut"), st.tuples(PLACES, PLACES)),
        st.tuples(st.just("move"), PLACES),
        st.tuples(st.just("dismiss"), st.none()),
    ),
    max_size=25,
)


def perform(skin: Skin, event: str, value: object) -> None:
    session = skin.session
    if event == "take":
        edit = session.accept(int(value))  # type: ignore[call-overload]
        if edit is not None:
            skin.carry_out(edit, Origin.ACCEPTED)
    elif event == "continue":
        if session.continuation:
            skin.carry_out(session.accept_word() if value else session.accept_continuation(), Origin.ACCEPTED)
    elif event == "dismiss":
        session.dismiss()
    elif event == "cut":
        first, second = value  # type: ignore[misc]
        skin.cut(*sorted((skin.place(first), skin.place(second))))
    elif event == "move":
        skin.move(skin.place(value))  # type: ignore[arg-type]
    elif event == "backspace":
        skin.backspace()
    else:
        getattr(skin, event)(value)


@given(events=EVENTS)
def test_after_any_events_it_suggests_what_a_fresh_session_would(
    completer: Completer, events: list[tuple[str, object]]
) -> None:
    skin = Skin()
    stream = completer.stream()
    for event, value in events:
        perform(skin, event, value)
        shown = skin.session.suggest(stream)
        question = skin.session.question()
        if question is None:
            assert shown == ()
            continue
        fresh = Skin(str(skin.text))
        fresh.move(skin.session.cursor)
        assert fresh.session.context == question.text
        assert fresh.session.suggest(completer.stream()) == shown


@given(events=EVENTS)
def test_what_may_be_learned_was_typed_or_accepted(completer: Completer, events: list[tuple[str, object]]) -> None:
    skin = Skin()
    stream = completer.stream()
    typed = ""
    for event, value in events:
        before = str(skin.text)
        perform(skin, event, value)
        skin.session.suggest(stream)
        if event == "type":
            typed += str(value)
        elif event in ("take", "continue") and str(skin.text) != before:
            typed += str(skin.text)
    for passage in skin.session.provenance.take():
        for begin, end, _ in passage.spans:
            assert set(passage.text[begin:end]) <= set(typed) | {" "}


# -- answers


def test_an_answer_to_an_older_text_is_dropped() -> None:
    skin = Skin()
    skin.type("th")
    question = ask(skin.session)
    skin.type("e")
    assert not skin.session.answer(question.number, ["this"])
    assert not skin.session.continue_with(question.number, "is late")
    assert skin.session.suggestions is None
    assert skin.session.accept(0) is None
    assert skin.session.continuation == ""


def test_the_question_is_the_text_before_the_cursor() -> None:
    skin = Skin("Dear Anna,\nthank you")
    skin.move(Position(1, 5))
    assert ask(skin.session).text == "Dear Anna,\nthank"


@pytest.mark.parametrize("change", ["type", "backspace", "paste", "move"])
def test_whatever_happens_to_the_text_makes_the_answer_void(change: str) -> None:
    skin = answered("I am ", "here", continuation="here now")
    perform(skin, change, {"type": "x", "paste": "so", "move": 0.0}.get(change))
    assert skin.session.suggestions is None
    assert skin.session.continuation == ""


def test_nothing_is_suggested_to_a_selection() -> None:
    skin = answered("I am ", "here")
    skin.session.moved(skin.session.cursor, selected=True)
    assert skin.session.question() is None
    assert skin.session.suggestions == ()


def test_nothing_is_suggested_while_an_input_method_composes() -> None:
    skin = Skin()
    skin.type("I am ")
    skin.session.composing = True
    assert skin.session.question() is None


def test_without_an_engine_nothing_is_asked_and_nothing_waited_for() -> None:
    skin = Skin()
    skin.session.ready = False
    skin.type("th")
    assert skin.session.question() is None
    assert skin.session.accept(0) is None
    assert not skin.session.pending


# -- accepting


def test_a_suggestion_takes_the_place_of_the_word_being_typed() -> None:
    skin = answered("I am on my w", "way", "work", "word")
    edit = skin.session.accept(1)
    assert edit is not None
    skin.carry_out(edit, Origin.ACCEPTED)
    assert str(skin.text) == "I am on my work "


def test_a_suggestion_that_is_not_shown_is_not_accepted() -> None:
    skin = answered("I am on my w", "way")
    assert skin.session.accept(1) is None
    assert not skin.session.pending


def test_a_suggestion_accepted_too_early_is_put_in_once_it_is_there() -> None:
    skin = Skin()
    skin.type("I am on my w")
    assert skin.session.accept(0, otherwise="\t") is None
    assert skin.session.pending
    assert skin.session.due(0) is None
    skin.session.answer(ask(skin.session).number, ["way"])
    edit = skin.session.due(0)
    assert edit is not None
    skin.carry_out(edit, Origin.ACCEPTED)
    assert str(skin.text) == "I am on my way "


def test_the_key_that_asked_for_a_suggestion_is_typed_if_there_is_none() -> None:
    skin = Skin()
    skin.type("1")
    skin.session.accept(0, otherwise="\t")
    skin.session.answer(ask(skin.session).number, [])
    edit = skin.session.due(0)
    assert edit is not None
    assert edit.text == "\t"


def test_a_key_gives_up_what_was_accepted_too_early() -> None:
    skin = Skin()
    skin.type("w")
    skin.session.accept(0)
    skin.type("e")
    skin.session.answer(ask(skin.session).number, ["well"])
    assert skin.session.due(0) is None


def test_hidden_suggestions_cannot_be_accepted() -> None:
    skin = answered("w", "way")
    skin.session.suggesting = False
    assert skin.session.accept(0) is None


# -- the continuation


def test_a_key_that_it_foretold_eats_its_first_letter() -> None:
    skin = answered("I am on my ", continuation="way home")
    skin.type("w")
    assert skin.session.continuation == "ay home"
    skin.type("e")
    assert skin.session.continuation == ""


def test_accepting_a_word_of_it_leaves_the_rest() -> None:
    skin = answered("I am on my ", continuation="way home")
    skin.carry_out(skin.session.accept_word(), Origin.ACCEPTED)
    assert str(skin.text) == "I am on my way"
    assert skin.session.continuation == " home"
    skin.carry_out(skin.session.accept_word(), Origin.ACCEPTED)
    assert str(skin.text) == "I am on my way home "
    assert skin.session.continuation == ""


@pytest.mark.parametrize("event", ["backspace", "move", "paste"])
def test_it_is_shown_only_right_behind_typing(event: str) -> None:
    skin = Skin()
    skin.type("I am on my way")
    perform(skin, event, {"move": 0.999, "paste": "s"}.get(event))
    assert not skin.session.continue_with(ask(skin.session).number, "home")


def test_it_is_not_shown_before_more_text() -> None:
    skin = Skin("I am home")
    skin.move(Position(0, 4))
    skin.type(" ")
    assert not skin.session.continue_with(ask(skin.session).number, "almost")


def test_an_empty_text_has_none() -> None:
    assert not Skin().session.continue_with(0, "Dear")


# -- sending suggestions away


def test_suggestions_sent_away_come_back_with_the_next_word() -> None:
    skin = answered("I am on my w", "way")
    assert skin.session.dismiss()
    assert skin.session.suggestions == ()
    skin.type("a")
    assert skin.session.question() is None
    skin.type(" ")
    assert ask(skin.session).text == "I am on my wa "


def test_nothing_shown_cannot_be_sent_away() -> None:
    assert not Skin().session.dismiss()


# -- what the user wrote, and what is read of it


def test_a_suggestion_accepted_teaches_more_than_a_word_typed() -> None:
    skin = Skin()
    skin.type("we ")
    skin.pick("went")
    skin.type("home ")
    skin.paste("by train ")
    (passage,) = skin.session.provenance.take()
    spans = [(passage.text[begin:end], weight) for begin, end, weight in passage.spans]
    assert spans == [("we ", 1.0), ("went ", 2.0), ("home ", 1.0)]


def test_after_a_reset_the_text_so_far_is_not_read() -> None:
    skin = Skin()
    skin.type("A secret. Not th")
    skin.session.reset()
    assert ask(skin.session).text.endswith("th")
    assert "secret" not in ask(skin.session).text


def test_keys_saved_are_counted() -> None:
    skin = answered("I am on my w", "way")
    edit = skin.session.accept(0)
    assert edit is not None
    skin.carry_out(edit, Origin.ACCEPTED)
    assert (skin.session.tally.keys, skin.session.tally.characters) == (13, 15)
    skin.session.replaced()
    assert skin.session.tally.keys == 0
