"""Starts the app: `autocomplete-desktop [FILES…]`.

The window is shown first, the engine is loaded behind it.
"""

import argparse
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn

import autocomplete
from autocomplete.edge import ExitCode, answer, prepare, say
from autocomplete.errors import NoDisplayError, UsageError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from gui.window import Window

PROGRAM = "autocomplete-desktop"
NO_DISPLAY = "There is no display for a window; start the app from a graphical session."


def main(argv: Sequence[str] | None = None) -> int:
    """Open a window for each file, or an empty one, until the last is closed; the exit code.

    What keeps it from starting is said in one sentence on stderr.
    """
    return answer(PROGRAM, lambda: _run(argv))


def _run(argv: Sequence[str] | None) -> int:
    """The app's exit code. Raises UsageError for arguments that it does not take, NoDisplayError."""
    prepare()
    options = _parse(argv)
    if not _display_named():
        raise NoDisplayError(NO_DISPLAY)
    _start_no_bus()
    app = _application()

    from PySide6.QtCore import Qt, QTimer

    from gui.files.document import SAVING
    from gui.files.unfinished import Unfinished
    from gui.finetuning.fine_tuning import FineTuning
    from gui.profile.service import ProfileService
    from gui.recovery import look
    from gui.settings import OFFENSIVE, Settings, keep_qt_in
    from gui.suggestions.engine import Engine
    from gui.widgets.background import Task, wait_for_all
    from gui.widgets.theme import Theme
    from gui.window import Window

    settings = Settings()
    keep_qt_in(settings.folder)
    theme = Theme(app)
    theme.follow(settings)
    service = ProfileService()
    engine = Engine(lambda: service.profile, lambda: settings.get(OFFENSIVE))
    service.settled.connect(engine.renew)  # before any window loads it
    fine_tuning = FineTuning(service)
    windows: list[Window] = []
    for path in options.files or [None]:
        window = Window(settings, engine.load, service, fine_tuning, options.language)
        if path is not None:
            window.document.open(path)
        windows.append(window)
        window.show()
    if settings.problem:
        windows[0].banner.say(settings.problem)
    service.sealed.connect(windows[0].profile.ask_passphrase)
    service.unsealed.connect(windows[0].profile.ask_unsealed)
    service.settled.connect(windows[0].fine_tuning.offer_to_resume, Qt.ConnectionType.SingleShotConnection)
    # The profile, and then the engine with it, share the interpreter with the first paint: they wait for that.
    QTimer.singleShot(0, service, service.open)
    recovered = Task(partial(look, settings.folder / "recovery"))
    recovered.done.connect(windows[0].restoring.show_found)
    QTimer.singleShot(0, recovered, recovered.begin)
    tidying = Task(Unfinished(settings.folder / SAVING).settle)
    QTimer.singleShot(0, tidying, tidying.begin)
    _report_faults_in(windows)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    code = app.exec()
    fine_tuning.close()
    wait_for_all()
    service.close()
    return code


def _parse(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = _Parser(prog=PROGRAM, description="A writing app that suggests the next word after every keystroke.")
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILES", help="text files to open, each in a window of its own"
    )
    parser.add_argument(
        "--language", metavar="NAME", help="language you write in, until the window is closed: en, or en+de for both"
    )
    options = parser.parse_args(argv)
    if options.language is not None:
        from gui.languages import codes_of

        unknown = [code for code in codes_of(options.language) if code not in autocomplete.languages()]
        if unknown:
            there = ", ".join(autocomplete.languages())
            parser.error(f"there is no language {unknown[0]!r}; there are {there}")
    return options


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}; see {PROGRAM} --help.")


def _display_named() -> bool:
    """Whether the environment names a display, on systems where it has to."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _start_no_bus() -> None:
    """Where no session bus runs, keep Qt from starting one, which would outlive the app and leave a file in ~/.dbus."""
    usual = os.path.join(os.environ.get("XDG_RUNTIME_DIR") or os.devnull, "bus")
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and not os.path.exists(usual):
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = "disabled:"


def _application() -> "QApplication":
    """The QApplication.

    Qt aborts the process when the display named cannot be reached: say why, and leave in order.
    """
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
    from PySide6.QtWidgets import QApplication

    from gui.widgets.icons import app_icon

    def on_message(kind: QtMsgType, _context: QMessageLogContext, _message: str) -> None:
        if kind == QtMsgType.QtFatalMsg:
            say(PROGRAM, NO_DISPLAY)
            os._exit(ExitCode.UNAVAILABLE)

    previous = qInstallMessageHandler(on_message)
    app = QApplication(sys.argv[:1])
    qInstallMessageHandler(previous)
    app.setApplicationName("autocomplete-desktop")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("autocomplete-desktop")
    app.setWindowIcon(app_icon())
    return app


def _report_faults_in(windows: "list[Window]") -> None:
    """Make a fault of ours a sentence in the windows, and keep the text; details go to stderr."""

    def report(kind: type[BaseException], fault: BaseException, where: TracebackType | None) -> None:
        traceback.print_exception(kind, fault, where)
        for window in filter(lambda window: window.isVisible(), windows):
            kept = " A copy of it was kept." if window.recovery.save() else ""
            window.banner.say(f"Something went wrong ({fault}); please save your text.{kept}")

    sys.excepthook = report
