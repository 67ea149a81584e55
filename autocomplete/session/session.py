"""A typing session: one text being typed, without a screen and without a thread.

Keys, picks and changes of the text go in; edits, what to ask the engine, what to show and what may be learned come out.
A window, a language server and an input method are thin skins over it:

    edit = session.type("a", now)          what the key does to the line of the cursor
    with session.carrying_out(edit):       the skin carries it out
        session.changed(change)            and tells of it, as of every change of its text
    question = session.question()          the text that the engine gets to read; None where nothing is to be suggested
    session.answer(question.number, …)     its answer, which is dropped if the text is another by now

Whoever has the engine at hand calls `suggest` instead of the last two.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from autocomplete.session.context import Context
from autocomplete.session.continuation import first_word, insertion, may_stand_before
from autocomplete.session.provenance import Origin, Provenance
from autocomplete.session.tally import Tally
from autocomplete.session.text import Change, Position, Text
from autocomplete.text.words import MAX_WORD, current_word
from autocomplete.typing import Edit, TypingRules

if TYPE_CHECKING:
    from autocomplete.predict.stream import Stream

SHOWN = 3


@dataclass(frozen=True)
class Question:
    """The text before the cursor, as far as the engine gets to read it, and the number that its answer must carry."""

    number: int
    text: str


@dataclass
class _Pending:
    """A suggestion accepted before it was there; if there is none then, the key that asked for it is typed."""

    index: int
    otherwise: str


class TypingSession:
    """The state of one text being typed. Not for several threads at once.

    rules: what keys do. cursor: where it stands. selected: whether a selection is there. composing: whether an input
    method holds text that is not in the document yet. suggesting, continuing: whether suggestions, and continuations,
    are wanted. ready: whether there is an engine to ask. suggestions: the answer to the text as it is now, best first;
    None while it is on its way. continuation: what could follow, "" when unsure. language: the one most believed at the
    last answer. just_typed: the last change was typing, not a deletion, an undo or a jump. provenance: what of the text
    the user wrote. tally: what the suggestions saved.
    """

    def __init__(self, text: Text, rules: TypingRules | None = None) -> None:
        self._text = text
        self.rules = rules or TypingRules()
        self.cursor = Position(0, 0)
        self.selected = False
        self.composing = False
        self.suggesting = True
        self.continuing = True
        self.ready = True
        self.suggestions: tuple[str, ...] | None = None
        self.continuation = ""
        self.language = ""
        self.just_typed = False
        self.provenance = Provenance(text)
        self.tally = Tally()
        self._context = Context(text)
        self._number = 0
        self._pending: _Pending | None = None
        self._dismissed_at: Position | None = None  # where the word begins for which suggestions were sent away
        self._carrying_out = False

    # -- keys, each answered by the edit of the cursor's line that it causes

    def type(self, key: str, now: float) -> Edit:
        """Type `key`, one grapheme or a newline; a selection was deleted before. `now`: seconds, monotonic."""
        return self.rules.key(*self._here(), key, now)

    def backspace(self) -> Edit:
        """Delete what stands before the cursor; nothing at the start of a line."""
        return self.rules.backspace(*self._here())

    def pick(self, word: str) -> Edit:
        """Put `word` in the place of the word at the cursor, with the spaces that it needs."""
        return self.rules.pick(*self._here(), word)

    def accept(self, index: int, otherwise: str = "") -> Edit | None:
        """Accept suggestion `index`, 0 being the best; None if there is none, or it is still on its way.

        In the latter case `pending` is true, and `due` gives the edit once the answer is there: `otherwise` is what the
        key types if there is nothing to accept then.
        """
        if self.suggestions is None:
            waits = self.suggesting and self.ready and self._welcome
            self._pending = _Pending(index, otherwise) if waits else None
            return None
        if not self.suggesting or index >= len(self.suggestions):
            return None
        return self.pick(self.suggestions[index])

    @property
    def pending(self) -> bool:
        """Whether a suggestion was accepted before it was there."""
        return self._pending is not None

    def due(self, now: float) -> Edit | None:
        """The edit that was waited for, once its answer is there."""
        if self._pending is None or self.suggestions is None:
            return None
        pending, self._pending = self._pending, None
        edit = self.accept(pending.index)
        if edit is None and pending.otherwise:
            return self.type(pending.otherwise, now)
        return edit

    def accept_continuation(self) -> Edit:
        """Insert all of the continuation."""
        return insertion(self.rules, *self._here(), self.continuation)

    def accept_word(self) -> Edit:
        """Insert the first word of the continuation; the rest is still shown behind it."""
        word = first_word(self.continuation)
        if word == self.continuation:
            return self.accept_continuation()
        column = self.cursor.column
        self.rules.moved()
        return Edit(column, column, word, column + len(word))

    def dismiss(self) -> bool:
        """Send the suggestions away until the next word begins; false where none are shown."""
        if not (self.continuation or self.suggestions):
            return False
        self._dismissed_at = self._word_start
        self._outdate()
        self.suggestions, self.continuation = (), ""
        return True

    # -- what the skin tells

    @contextmanager
    def carrying_out(self, edit: Edit, origin: Origin = Origin.TYPED) -> Iterator[None]:
        """While the skin carries out `edit`, which it tells by `changed`; then the cursor stands where it says.

        origin: how what is new comes into the text. Accepting a word of the continuation leaves the rest of it, and so
        does typing what it foretold.
        """
        line = self.cursor.line
        text = self._text.line(line)
        after = (text[: edit.start] + edit.text + text[edit.end :])[: edit.cursor]
        foretold = self.continuation
        with self.writing(origin):
            yield
        lines = after.split("\n")
        self.cursor = Position(line + len(lines) - 1, len(lines[-1]))
        self.tally.add(len(edit.text) - (edit.end - edit.start))
        # A word accepted may be shorter than what it replaces; whatever else makes the text shorter deletes.
        self.just_typed = origin is Origin.ACCEPTED or len(edit.text) >= edit.end - edit.start
        self._touched()
        plain = edit.start == edit.end
        if plain and edit.text and foretold.startswith(edit.text) and may_stand_before(self._behind()):
            self.continuation = foretold[len(edit.text) :]

    @contextmanager
    def writing(self, origin: Origin = Origin.TYPED) -> Iterator[None]:
        """While the skin changes its text on the user's behalf in a way that is no edit of the rules: a deletion, say.

        The rules keep what they remember; `moved` is not listened to.
        """
        before = self._carrying_out, self.provenance.origin
        self._carrying_out, self.provenance.origin = True, origin
        try:
            yield
        finally:
            self._carrying_out, self.provenance.origin = before

    @property
    def busy(self) -> bool:
        """Whether the skin is changing its text on the user's behalf."""
        return self._carrying_out

    def changed(self, change: Change) -> None:
        """The text has changed, by the user or by others; in the latter case `moved` says where the cursor is now."""
        self.provenance.changed(change)
        self._context.changed(change)
        if not self._carrying_out:
            line = min(self.cursor.line, self._text.lines - 1)
            self.cursor = Position(line, min(self.cursor.column, len(self._text.line(line))))
            self.rules.moved()
            self.just_typed = False
            self._touched()

    def moved(self, cursor: Position, *, selected: bool = False) -> None:
        """The cursor or the selection is another, by the user's hand or since others changed the text."""
        if self._carrying_out:
            return
        self.cursor, self.selected = cursor, selected
        self.rules.moved()
        self.just_typed = False
        self._touched()

    def unselected(self, cursor: Position) -> None:
        """The selection that the user types over is gone; an edit at `cursor` follows."""
        self.cursor, self.selected = cursor, False
        self.rules.moved()

    def deleted(self, cursor: Position) -> None:
        """The user deleted what the rules know nothing of: a selection, say, or what is behind the cursor."""
        self.cursor, self.selected = cursor, False
        self.rules.moved()
        self.tally.add(0)
        self.just_typed = False
        self._touched()

    def replaced(self) -> None:
        """Another text takes the place of this one."""
        self.tally = Tally()
        self._touched()

    def refresh(self) -> None:
        """What is suggested may be something else now, as after a change of the languages or of the settings."""
        self._touched()

    def reset(self) -> None:
        """Suggest from now on as if the text so far had not been written, but for the word being typed."""
        self._context.reset(self._word_start)
        self._touched()

    # -- the engine

    def question(self) -> Question | None:
        """What to ask for the text as it is now; None where nothing is to be suggested, and then nothing is."""
        if not self.ready:
            return None
        if not self._welcome:
            self.suggestions, self.continuation = (), ""
            return None
        return Question(self._number, self.context)

    @property
    def context(self) -> str:
        """The text before the cursor that the engine gets to read."""
        return self._context.before(self.cursor)

    def answer(self, number: int, words: Sequence[str], language: str = "") -> bool:
        """The words for a question, best first; false if it is not the one for the text as it is now."""
        if number != self._number:
            return False
        self.suggestions, self.language = tuple(words), language
        return True

    def continue_with(self, number: int, text: str) -> bool:
        """What could follow at the cursor of a question; false, and nothing is shown, where it does not fit."""
        if number != self._number:
            return False
        fits = self.continuing and self.just_typed and not self.composing and self._holds_text
        self.continuation = text if fits and may_stand_before(self._behind()) else ""
        return bool(self.continuation)

    def suggest(self, stream: "Stream", k: int = SHOWN) -> tuple[str, ...]:
        """Ask `stream`, which must be this text's own, for what is to be shown now: up to `k` words, best first."""
        question = self.question()
        if question is not None:
            stream.update(question.text)
            self.answer(question.number, [suggestion.text for suggestion in stream.suggest(k)], stream.language())
            self.continue_with(question.number, stream.continuation() if self.continuing else "")
        return self.suggestions or ()

    # -- inside

    @property
    def _welcome(self) -> bool:
        """Whether suggestions are wanted here and now."""
        if self._dismissed_at is not None and self._dismissed_at != self._word_start:
            self._dismissed_at = None
        wanted = self.suggesting or self.continuing
        return wanted and not self.selected and not self.composing and self._dismissed_at is None

    @property
    def _word_start(self) -> Position:
        """Where the word being typed begins."""
        text, column = self._here()
        return Position(self.cursor.line, column - len(current_word(text[max(0, column - MAX_WORD) : column])))

    @property
    def _holds_text(self) -> bool:
        return self._text.lines > 1 or bool(self._text.line(0))

    def _here(self) -> tuple[str, int]:
        """The line of the cursor, and its column there."""
        return self._text.line(self.cursor.line), self.cursor.column

    def _behind(self) -> str:
        text, column = self._here()
        return text[column:]

    def _touched(self) -> None:
        """The text, the cursor or what is wanted is another: the answer at hand is void."""
        self._outdate()
        self.continuation = ""

    def _outdate(self) -> None:
        self._number += 1
        self.suggestions = None
        self._pending = None
