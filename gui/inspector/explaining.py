"""From a pause in the typing to the memory panel: asks what the model made of the text, shows the answer.

Only while the panel is open. Typing never waits for it: it is asked for when no key came for a while,
and what is not ready when the next key comes is given up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from gui.editor.editor import Editor
from gui.inspector.panel import InspectorPanel
from gui.suggestions.prediction import Prediction

if TYPE_CHECKING:
    from autocomplete.explanation.explanation import Explanation

PAUSE = 300  # milliseconds without a key


class Explaining(QObject):
    """Keeps `panel` true to the text before the cursor, as far as the engine gets to read it."""

    def __init__(self, editor: Editor, panel: InspectorPanel, prediction: Prediction, parent: QObject) -> None:
        super().__init__(parent)
        self._session = editor.session
        self._panel = panel
        self._prediction = prediction
        self._on = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._ask)
        editor.touched.connect(self._touched)
        prediction.loaded.connect(self._touched)
        prediction.failed.connect(panel.say)
        prediction.unexplained.connect(panel.say)
        prediction.explained.connect(self._explained)

    def set_on(self, on: bool) -> None:
        """Whether the panel is on show."""
        self._on = on
        self._panel.setVisible(on)
        self._touched()

    def _touched(self) -> None:
        self._prediction.forget_explanation()
        self._pause.stop()
        if self._on:
            self._panel.age()
            self._pause.start()

    def _ask(self) -> None:
        if self._prediction.ready and not self._session.composing:
            self._prediction.explain(self._session.context)

    def _explained(self, explanation: Explanation) -> None:
        self._panel.show_explanation(explanation)
