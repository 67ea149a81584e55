"""The number of words in the document, counted in idle moments and only where the text changed."""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QTextBlock, QTextDocument

from autocomplete.text.words import WORD

PAUSE = 250  # milliseconds without a change before counting
AT_ONCE = 2000  # paragraphs looked at before the event loop gets its turn again
_UNKNOWN = -1  # what Qt gives as the state of a new paragraph


class WordCount(QObject):
    """Emits `counted` with the number of words a moment after `document` changed.

    Each paragraph keeps its own count as its user state; a change forgets those of the paragraphs
    it touched.
    """

    counted = Signal(int)

    def __init__(self, document: QTextDocument, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self._next: QTextBlock | None = None
        self._sum = 0
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._begin)
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._count_on)
        document.contentsChange.connect(self._on_change)

    def _on_change(self, position: int, _removed: int, added: int) -> None:
        block = self._document.findBlock(position)
        while block.isValid() and block.position() <= position + added:
            block.setUserState(_UNKNOWN)
            block = block.next()
        self._turn.stop()
        self._pause.start()

    def _begin(self) -> None:
        self._sum = 0
        self._next = self._document.begin()
        self._count_on()

    def _count_on(self) -> None:
        block = self._next
        for _ in range(AT_ONCE):
            if block is None or not block.isValid():
                self._next = None
                self.counted.emit(self._sum)
                return
            if block.userState() == _UNKNOWN:
                block.setUserState(sum(1 for _ in WORD.finditer(block.text())))
            self._sum += block.userState()
            block = block.next()
        self._next = block
        self._turn.start()
