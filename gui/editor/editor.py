"""The only place that edits the document.

Keys that type go through the typing rules, which answer with an edit of the paragraph; everything
else is Qt's own.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QWidget

from autocomplete.text.words import MAX_WORD, WORD, current_word
from autocomplete.typing import Edit, TypingRules
from gui.authored import Authored, Hand
from gui.editor.edits import apply, growth, paragraph
from gui.editor.ghost import Ghost, may_stand_before
from gui.editor.offsets import points
from gui.editor.page import Page
from gui.editor.tally import Tally

_MODIFIERS = {
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
}
_KEEP = QTextCursor.MoveMode.KeepAnchor


class Editor(Page):
    """A text being written.

    `touched` says that the text, the cursor or the selection is no longer what it was. `before_key`
    may take a key away from the editor by returning true. `replaced` comes before another text takes the place of
    this one. `authored` knows what of the paragraph the user wrote.
    """

    touched = Signal()
    replaced = Signal()
    menu_wanted = Signal(QMenu, QTextCursor)  # the context menu before it is shown, and the place it is for

    def __init__(self, rules: TypingRules, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rules = rules
        self.tally = Tally()
        self.ghost = Ghost(self)
        self.authored = Authored(self.document())  # hears of a change before anyone who asks it
        self.composing = False  # an input method holds text that is not in the document yet
        self.just_typed = False  # the last change was typing, not a deletion, an undo or a jump
        self.before_key: Callable[[QKeyEvent], bool] = _keep_none
        self._editing = False
        self._new_step = True  # the next key must not share an undo step with what came before
        self.set_text("")
        self.document().contentsChange.connect(self._on_foreign)
        self.cursorPositionChanged.connect(self._on_foreign)
        self.selectionChanged.connect(self._on_foreign)

    def set_text(self, text: str) -> None:
        self.ghost.clear()
        self.replaced.emit()
        super().set_text(text)
        self.tally = Tally()
        self._new_step = True

    def before_cursor(self) -> str:
        """The text of the paragraph before the cursor, at most as much as a word may be long."""
        cursor = self.textCursor()
        offset = cursor.positionInBlock()
        cursor.setPosition(cursor.position() - min(offset, 2 * MAX_WORD), _KEEP)
        return cursor.selectedText()

    def after_cursor(self) -> str:
        """The text of the paragraph behind the cursor."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, _KEEP)
        return cursor.selectedText()

    # -- edits

    def type(self, key: str) -> None:
        """Type `key` at the cursor by the typing rules; a selection is replaced."""
        cursor = self.textCursor()
        selected = cursor.hasSelection()
        with self._ours():
            if selected:
                cursor.beginEditBlock()
                cursor.removeSelectedText()
                self.rules.moved()
            text, offset = paragraph(cursor)
            edit = self.rules.key(text, offset, key, time.monotonic())
            plain = (edit.start, edit.end, edit.text) == (offset, offset, key)
            begins = key == "\n" or (key[0].isalnum() and not _in_word(text, offset))
            apply(cursor, edit, own_step=self._new_step or begins or not plain)
            if selected:
                cursor.endEditBlock()
        self._done(cursor, growth(edit), new_step=not plain)

    def pick(self, word: str) -> None:
        """Put a suggested `word` in place of the word being typed, as one step of undo."""
        cursor = self.textCursor()
        text, offset = paragraph(cursor)
        self._take(cursor, self.rules.pick(text, offset, word))

    def insert_phrase(self, phrase: str) -> None:
        """Insert a continuation at the cursor, as one step of undo.

        A word at its end is a word picked: it gets the space that the typing rules give it.
        """
        self.ghost.clear()
        cursor = self.textCursor()
        text, offset = paragraph(cursor)
        last = _last_word(phrase)
        head = phrase.removesuffix(last)
        with self._ours(Hand.PICKED):
            cursor.beginEditBlock()
            self.rules.moved()
            apply(cursor, Edit(offset, offset, head, offset + len(head)))
            arrived = len(head)
            if last:
                text, offset = paragraph(cursor)
                begun = current_word(text[max(0, offset - MAX_WORD) : offset])
                edit = self.rules.pick(text, offset, begun + last)
                apply(cursor, edit)
                arrived += growth(edit)
            cursor.endEditBlock()
        self._done(cursor, arrived, new_step=True)

    def insert_plain(self, text: str) -> None:
        """Insert part of a continuation as it is, as one step of undo."""
        cursor = self.textCursor()
        _, offset = paragraph(cursor)
        self.rules.moved()
        self._take(cursor, Edit(offset, offset, text, offset + len(text)))

    def _take(self, cursor: QTextCursor, edit: Edit) -> None:
        self.ghost.clear()
        with self._ours(Hand.PICKED):
            apply(cursor, edit, own_step=True)
        self._done(cursor, growth(edit), new_step=True)

    def _backspace(self) -> None:
        """Delete what is before the cursor by the rules, never half an emoji or a bare accent."""
        cursor = self.textCursor()
        text, offset = paragraph(cursor)
        edit = Edit(0, 0, "", 0)
        with self._ours():
            if cursor.hasSelection() or offset == 0:
                self.rules.moved()
                cursor.deletePreviousChar()
            else:
                edit = self.rules.backspace(text, offset)
                if not edit.text and edit.end == offset:
                    whole = QTextCursor(cursor)
                    whole.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
                    start = min(edit.start, points(text, whole.positionInBlock()))
                    edit = Edit(start, offset, "", start)
                apply(cursor, edit, own_step=bool(edit.text))
        self._done(cursor, growth(edit), new_step=True)
        self.just_typed = False

    def _delete(self) -> None:
        """Delete what is behind the cursor, whole characters as people see them."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, _KEEP)
        self.rules.moved()
        with self._ours():
            cursor.removeSelectedText()
        self._done(cursor, 0, new_step=True)
        self.just_typed = False

    def _done(self, cursor: QTextCursor, arrived: int, new_step: bool) -> None:
        # Only now: while an edit block is open, Qt has no layout in which to find the cursor.
        with self._ours():
            self.setTextCursor(cursor)
        self._new_step = new_step
        self.just_typed = True
        self.tally.add(arrived)
        self.keep_cursor_in_view()
        self.touched.emit()

    @contextmanager
    def _ours(self, hand: Hand = Hand.TYPED) -> Iterator[None]:
        """Change the text without voiding what the typing rules remember."""
        self._editing = True
        self.authored.hand = hand
        try:
            yield
        finally:
            self._editing = False
            self.authored.hand = Hand.FOREIGN

    def _on_foreign(self) -> None:
        """The cursor was moved, or the text was changed by paste, drop, cut, undo or redo."""
        if self._editing:
            return
        self.ghost.clear()
        self.rules.moved()
        self._new_step = True
        self.just_typed = False
        self.touched.emit()

    # -- what people do

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIERS:
            super().keyPressEvent(event)
            return
        if self.before_key(event):
            event.accept()
            return
        ghost = self.ghost.clear()
        bare = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.matches(QKeySequence.StandardKey.Redo):
            self.redo()
        elif event.key() == Qt.Key.Key_Backspace and (bare or _shifted(event)):
            self._backspace()
        elif event.key() == Qt.Key.Key_Delete and bare:
            self._delete()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (bare or _shifted(event)):
            self.type("\n")
        elif _types(event):
            self.type(event.text())
            # A letter that the ghost foretold eats into it; the ghost stays where it was on the
            # screen.
            if ghost.startswith(event.text()) and may_stand_before(self.after_cursor()):
                self.ghost.show(ghost[len(event.text()) :])
        else:
            super().keyPressEvent(event)
            return
        event.accept()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.ghost.clear()
        self.composing = bool(event.preeditString())
        if event.commitString() and not self.composing and not event.replacementLength():
            super().inputMethodEvent(QInputMethodEvent())  # ends the composition
            self.type(event.commitString())
            event.accept()
        else:
            super().inputMethodEvent(event)
            self.touched.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.ghost.clear()
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ghost.clear()
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.ghost.clear()
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        menu = self.createStandardContextMenu(event.pos())
        self.menu_wanted.emit(menu, self.cursorForPosition(event.pos()) if by_mouse else self.textCursor())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def undo(self) -> None:
        self.ghost.clear()
        super().undo()

    def redo(self) -> None:
        self.ghost.clear()
        super().redo()


def _last_word(phrase: str) -> str:
    """The word that `phrase` ends with; "" if it ends otherwise."""
    last = ""
    for match in WORD.finditer(phrase):
        last = match.group() if match.end() == len(phrase) else ""
    return last


def _in_word(text: str, offset: int) -> bool:
    return text[offset - 1 : offset].isalnum() or bool(current_word(text[max(0, offset - MAX_WORD) : offset]))


def _keep_none(_event: QKeyEvent) -> bool:
    return False


def _shifted(event: QKeyEvent) -> bool:
    return event.modifiers() == Qt.KeyboardModifier.ShiftModifier


def _types(event: QKeyEvent) -> bool:
    """Whether the key types its text; Ctrl and Alt together are AltGr on some systems."""
    held = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    )
    altgr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    text = event.text()
    return bool(text) and (text.isprintable() or text == "\t") and (not held or held == altgr)
