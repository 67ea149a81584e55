"""Work of seconds beside the event loop: one thread a piece of work, its outcome back in the GUI's thread."""

from collections.abc import Callable

from PySide6.QtCore import QThread, Signal

from autocomplete.errors import Error

_running: set["Task"] = set()  # a thread must outlive whoever began it


class Task(QThread):
    """Runs `work` once; `done` brings its result or `failed` one sentence, whose error is `error`.

    Neither comes once it was called off; `work` may ask whether it is still `wanted`.
    """

    done = Signal(object)
    failed = Signal(str)

    def __init__(self, work: Callable[[], object]) -> None:
        super().__init__()
        self._work = work
        self._result: object = None
        self.error: Error | None = None
        self.wanted = True
        self.finished.connect(self._tell)

    def begin(self) -> "Task":
        _running.add(self)
        self.start()
        return self

    def call_off(self) -> None:
        """The outcome is not wanted any more."""
        self.wanted = False

    def run(self) -> None:
        try:
            self._result = self._work()
        except Error as error:
            self.error = error
        except Exception as error:  # noqa: BLE001 - a fault of ours is a sentence, too
            self.error = Error(f"Something went wrong ({error}).")

    def _tell(self) -> None:
        self.wait()  # it has said that it is through before it is
        _running.discard(self)
        if self.wanted:
            self.wanted = False
            if self.error is None:
                self.done.emit(self._result)
            else:
                self.failed.emit(str(self.error))
        self.deleteLater()


def wait_for_all() -> None:
    """Let what is under way come to its end, unheard: the app is closing."""
    for task in tuple(_running):
        task.call_off()
        task.wait()
