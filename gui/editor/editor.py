"""The only place that edits the document.

Keys that type go through the typing rules, which answer with an edit of the paragraph; everything
else is Qt's own.
"""

import time
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QMenu, QWidget

from autocomplete.session import Change, Origin, TypingSession
from autocomplete.text.words import MAX_WORD, current_word
from autocomplete.typing import Edit, TypingRules
from gui.editor.document_text import DocumentText
from gui.editor.edits import apply
from gui.editor.ghost import Ghost
from gui.editor.offsets import points
from gui.editor.page import Page
from gui.editor.typed import is_bare, is_shifted, typed_text

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
    this one. `session` knows what the keys do, what is suggested, and what of the text the user wrote.
    """

    touched = Signal()
    replaced = Signal()
    menu_wanted = Signal(QMenu, QTextCursor)  # the context menu before it is shown, and the place it is for

    def __init__(self, rules: TypingRules, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ghost = Ghost(self)
        self._text = DocumentText(self.document(), self._on_change)
        self.session = TypingSession(self._text, rules)
        self.before_key: Callable[[QKeyEvent], bool] = _keep_none
        self._new_step = True  # the next key must not share an undo step with what came before
        self.set_text("")
        self.cursorPositionChanged.connect(self._on_moved)
        self.selectionChanged.connect(self._on_moved)

    def set_text(self, text: str) -> None:
        self.hide_continuation()
        self.replaced.emit()
        super().set_text(text)
        self.session.replaced()
        self._new_step = True

    def hide_continuation(self) -> None:
        """Take the continuation away, on the screen and in the session."""
        self.ghost.clear()
        self.session.continuation = ""

    # -- edits

    def type(self, key: str) -> None:
        """Type `key` at the cursor by the typing rules; a selection is replaced."""
        cursor, session = self.textCursor(), self.session
        selected = cursor.hasSelection()
        if selected:
            cursor.beginEditBlock()
            cursor.removeSelectedText()
            self._text.forget_line()
            session.unselected(self._text.at(cursor))
        line, column = self._text.at(cursor)
        edit = session.type(key, time.monotonic())
        plain = (edit.start, edit.end, edit.text) == (column, column, key)
        begins = key == "\n" or (key[0].isalnum() and not _in_word(self._text.line(line), column))
        with session.carrying_out(edit):
            apply(cursor, edit, own_step=self._new_step or begins or not plain)
            if selected:
                cursor.endEditBlock()  # only now Qt tells of the change
            self.setTextCursor(cursor)
        self._done(new_step=not plain)

    def accept(self, edit: Edit) -> None:
        """Put in what was accepted, as one step of undo."""
        cursor = self.textCursor()
        self.ghost.clear()
        with self.session.carrying_out(edit, Origin.ACCEPTED):
            apply(cursor, edit, own_step=True)
            self.setTextCursor(cursor)
        self._done(new_step=True)

    def _backspace(self) -> None:
        """Delete what is before the cursor by the rules, never half an emoji or a bare accent."""
        cursor = self.textCursor()
        line, offset = self._text.at(cursor)
        if cursor.hasSelection() or offset == 0:
            with self.session.writing():
                cursor.deletePreviousChar()
                self.setTextCursor(cursor)
            self.session.deleted(self._text.at(cursor))
        else:
            edit = self.session.backspace()
            if not edit.text and edit.end == offset:
                whole = QTextCursor(cursor)
                whole.movePosition(QTextCursor.MoveOperation.PreviousCharacter)
                start = min(edit.start, points(self._text.line(line), whole.positionInBlock()))
                edit = Edit(start, offset, "", start)
            with self.session.carrying_out(edit):
                apply(cursor, edit, own_step=bool(edit.text))
                self.setTextCursor(cursor)
        self._done(new_step=True)

    def _delete(self) -> None:
        """Delete what is behind the cursor, whole characters as people see them."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, _KEEP)
        with self.session.writing():
            cursor.removeSelectedText()
            self.setTextCursor(cursor)
        self.session.deleted(self._text.at(cursor))
        self._done(new_step=True)

    def _done(self, new_step: bool) -> None:
        self._new_step = new_step
        self.keep_cursor_in_view()
        self.touched.emit()

    def _on_change(self, change: Change) -> None:
        self.session.changed(change)
        if not self.session.busy:  # paste, drop, cut, undo or redo
            self._on_foreign()

    def _on_moved(self) -> None:
        """The cursor or the selection is another."""
        if not self.session.busy:
            cursor = self.textCursor()
            self.session.moved(self._text.at(cursor), selected=cursor.hasSelection())
            self._on_foreign()

    def _on_foreign(self) -> None:
        self.ghost.clear()
        self._new_step = True
        self.touched.emit()

    # -- what people do

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIERS:
            super().keyPressEvent(event)
            return
        if self.before_key(event):
            event.accept()
            return
        self.ghost.clear()
        bare = is_bare(event)
        if event.key() == Qt.Key.Key_Backspace and (bare or is_shifted(event)):
            self._backspace()
        elif event.key() == Qt.Key.Key_Delete and bare:
            self._delete()
        elif text := typed_text(event):
            self.type(text)
            # A letter that the continuation foretold eats into it, which stays where it was on the screen.
            self.ghost.show(self.session.continuation)
        else:
            self.hide_continuation()
            super().keyPressEvent(event)
            return
        event.accept()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.hide_continuation()
        composing = bool(event.preeditString())
        self.session.composing = composing
        if event.commitString() and not composing and not event.replacementLength():
            super().inputMethodEvent(QInputMethodEvent())  # ends the composition
            self.type(event.commitString())
            event.accept()
        else:
            super().inputMethodEvent(event)
            self.session.refresh()
            self.touched.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide_continuation()
        super().mousePressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.hide_continuation()
        super().focusOutEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.hide_continuation()
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        menu = self.createStandardContextMenu(event.pos())
        self.menu_wanted.emit(menu, self.cursorForPosition(event.pos()) if by_mouse else self.textCursor())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def undo(self) -> None:
        self.hide_continuation()
        super().undo()

    def redo(self) -> None:
        self.hide_continuation()
        super().redo()


def _in_word(text: str, offset: int) -> bool:
    return text[offset - 1 : offset].isalnum() or bool(current_word(text[max(0, offset - MAX_WORD) : offset]))


def _keep_none(_event: QKeyEvent) -> bool:
    return False
