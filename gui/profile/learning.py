"""From the text to the profile: what was written is learned when its paragraph is left, or after a pause.

Here it is only handed on; it is learned in the worker thread, so that no key waits.
"""

import time
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from autocomplete.session import Passage
from gui.editor.editor import Editor
from gui.files.document import Document
from gui.suggestions.paragraph import Paragraph, Rename
from gui.suggestions.prediction import Prediction

PAUSE = 10_000  # milliseconds without a key, after which a paragraph is taken as it is


class Learning(QObject):
    """Hands on what is written in `editor`; `languages` tells which are written."""

    def __init__(
        self,
        editor: Editor,
        document: Document,
        prediction: Prediction,
        languages: Callable[[], tuple[str, ...]],
        rename: Rename,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._session = editor.session
        self._document = document
        self._prediction = prediction
        self._languages = languages
        self._rename = rename
        self._on = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._take)
        editor.touched.connect(self._touched)
        editor.replaced.connect(self.finish)
        document.filed.connect(self._filed)
        document.renamed.connect(self._take)  # it was saved

    @property
    def on(self) -> bool:
        return self._on

    def set_on(self, on: bool) -> None:
        """Whether what is written is learned; what was written before is learned as it was then."""
        if on != self._on:
            self._take()
            self._session.provenance.forget()
            self._on = on

    def finish(self) -> None:
        """The text is left: learn what was written to its last word."""
        self._pause.stop()
        self._learn(self._session.provenance.take())

    def _touched(self) -> None:
        self._pause.start()
        self._learn(self._session.provenance.leave(self._session.cursor.line))

    def _filed(self, before: str) -> None:
        """What was learned of the text while it had no file belongs to the file."""
        if self._on:
            self._prediction.learn(partial(self._rename, before, self._document.identity, self._document.name))

    def _take(self) -> None:
        """Learn what was written so far, but for what is still being written, which may become a secret."""
        self._learn(self._session.provenance.take(self._session.cursor))

    def _learn(self, passages: list[Passage]) -> None:
        if not self._on:
            return
        for passage in passages:
            self._prediction.learn(
                Paragraph(
                    passage.text,
                    passage.spans,
                    passage.before,
                    self._languages(),
                    time.time(),
                    self._document.identity,
                    self._document.name,
                )
            )
