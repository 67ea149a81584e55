"""Takes the pictures of the app that the documentation shows: `python benchmarks/screenshots.py [NAMES]`.

The real window with the real engine, typed into key by key, and the real dialogs with a real profile; no display is
needed. The pictures go to docs/images/; with names, only these are taken again. `typing` is the moving one. The result
of fine-tuning is the report of a run on this project's own pages (benchmarks/data/tuning_report.json): for a picture it
takes too long.
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_SCALE_FACTOR", "2")  # sharp on the screens of today

from moving_picture import film
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from autocomplete.finetuning.events import Done
from autocomplete.finetuning.report import Report
from autocomplete.profile.profile import Profile
from autocomplete.text.line import Line
from gui.finetuning.dialog import FineTuningDialog
from gui.finetuning.fine_tuning import FineTuning
from gui.profile.service import ProfileService
from gui.profile.words_dialog import WordsDialog
from gui.settings import INSPECTOR, Settings
from gui.suggestions.engine import Engine
from gui.widgets.theme import Theme
from gui.widgets.word_table import KIND
from gui.window import Window

DOCS = Path(__file__).resolve().parent.parent / "docs"
IMAGES = DOCS / "images"
REPORT = Path(__file__).resolve().parent / "data" / "tuning_report.json"
PATIENCE = 60  # seconds for the engine to load or answer

ENGLISH = """Dear Anna,

thank you so much for your long letter. It arrived on Saturday, just as we were about to leave \
for the coast, and I read it twice on the train, once quickly and once the way a letter should \
be read.

You asked how the garden is doing. The roses came through the winter better than we did: there \
are buds everywhere, and the old apple tree by the wall is in full bloom. \
"""
GERMAN = """Liebe Oma,

vielen Dank für das Paket, es ist gestern angekommen. Die Kinder haben sich sehr gefreut, und \
der Kuchen war schon am Abend aufgegessen.

Am Wochenende waren wir am See. Das Wasser war noch kalt, aber die Sonne schien, und \
"""
CLOUDS = "Die Wolken, die teilweise fließend ineinander übergehen und tief hängen, sind am "

failures: list[str] = []  # what the engine had to say instead of suggestions


@dataclass(frozen=True)
class Scene:
    """One picture: what is open, what is typed behind it, and how the window looks."""

    name: str
    language: str
    text: str
    typed: str
    theme: str = "light"
    size: tuple[int, int] = (1000, 640)
    memory: bool = False  # whether the memory panel is open
    incognito: bool = False


SCENES = (
    Scene("light", "en", ENGLISH, "I wish you could be h"),
    Scene("dark", "en", ENGLISH, "We are looking forward to seeing you in the su", "dark"),
    Scene("small", "en", ENGLISH, "I hope you are w", size=(700, 480)),
    Scene("german", "de", GERMAN, "die Wolken zogen über den Him"),
    Scene("memory", "de", "", CLOUDS, memory=True),
    Scene("memory-dark", "de", "", CLOUDS, "dark", memory=True),
    Scene("incognito", "en", ENGLISH, "I wish you could be h", incognito=True),
)
MOVING = "typing"
DIALOGS = ("words", "words-dark", "fine-tune", "result", "result-dark")


def main() -> None:
    app = QApplication([])
    app.setCursorFlashTime(0)  # the cursor stands in every picture
    theme = Theme(app)
    IMAGES.mkdir(parents=True, exist_ok=True)
    wanted = sys.argv[1:] or [MOVING, *(scene.name for scene in SCENES), *DIALOGS]
    if MOVING in wanted:
        theme.choose("light")
        record()
    for scene in SCENES:
        if scene.name in wanted:
            with tempfile.TemporaryDirectory() as folder:
                theme.choose(scene.theme)
                settings = Settings(Path(folder))
                settings.set(INSPECTOR, scene.memory)
                service = ProfileService()  # never opened: nothing of whoever takes the picture is in it
                engine = Engine(lambda: None)
                take(Window(settings, engine.load, service, FineTuning(service), scene.language), scene)
            print(f"docs/images/{scene.name}.png")
    for name in DIALOGS:
        if name in wanted:
            theme.choose("dark" if name.endswith("-dark") else "light")
            with tempfile.TemporaryDirectory() as folder, Profile.open(Path(folder) / "profile") as profile:
                show(name, profile)
            print(f"docs/images/{name}.png")


def record() -> None:
    """Save the moving picture."""
    with tempfile.TemporaryDirectory() as folder:
        service = ProfileService()
        window = Window(Settings(Path(folder)), Engine(lambda: None).load, service, FineTuning(service), "en")
        window.prediction.failed.connect(failures.append)
        window.resize(700, 330)
        window.show()
        window.activateWindow()
        try:
            window.start_engine()
            wait(lambda: window.suggesting.settled)
            film(window, lambda: settle(window), IMAGES / f"{MOVING}.png")
        finally:
            window.editor.document().setModified(False)
            window.close()
    print(f"docs/images/{MOVING}.png")


def settle(window: Window) -> None:
    """Wait for the suggestions, the continuation that may come behind them, and the count of words."""
    wait(lambda: window.suggesting.settled)
    pause(0.6)  # the words are counted in a pause


def pause(seconds: float) -> None:
    """Let the app run for `seconds`."""
    end = time.monotonic() + seconds
    wait(lambda: time.monotonic() > end)


def show(name: str, profile: Profile) -> None:
    """Save a picture of a dialog about `profile`."""
    service = ProfileService(lambda **_: profile)
    service.open()
    wait(lambda: service.profile is not None)
    host = QWidget()
    dialog: QDialog
    if name.startswith("words"):
        day = 86_400.0
        for number, text in enumerate((ENGLISH, GERMAN)):
            lines = [Line(line, ("en", "de")[number], 1.79e9 + number * day) for line in text.splitlines()]
            profile.learn(lines, f"letter {number}", ("Anna.txt", "Oma.txt")[number])
        line = Line("Yesterday Kunigunde sang at Möhnesee, and Kunigunde laughed about the Dampfnudel.", "en", 1.795e9)
        profile.learn([line], "diary", "diary.md")
        profile.add_word("Zwiebelfisch", "de")
        profile.never_offer("stupid")
        Engine(lambda: profile).load(("en", "de"))  # which tells it what is new
        dialog = words = WordsDialog(host, service, "en", lambda: False)
        dialog.show()
        wait(lambda: words.words.table.total > 0)
        words.words.view.sortByColumn(KIND, Qt.SortOrder.DescendingOrder)
        words.words.view.selectRow(1)
    else:
        fine_tuning = FineTuning(service)
        dialog = choosing = FineTuningDialog(host, service, fine_tuning)
        dialog.show()
        if name == "fine-tune":
            with tempfile.TemporaryDirectory() as folder:
                (Path(folder) / "WhatsApp.txt").write_text("12.03.24, 21:15 - Anna Meier: We go home now\n")
                choosing.choose.add_paths([DOCS / "app.md", DOCS / "engine.md", DOCS / "training.md", Path(folder)])
                wait(lambda: not choosing.gathering.working)
        else:
            fine_tuning.ended.emit(Done(Report.from_dict(json.loads(REPORT.read_text("utf-8")))))
    pause(0.5)
    dialog.grab().save(str(IMAGES / f"{name}.png"))
    dialog.close()


def take(window: Window, scene: Scene) -> None:
    """Show `scene` in `window`, save its picture and close the window."""
    window.prediction.failed.connect(failures.append)
    window.prediction.unexplained.connect(failures.append)
    explained: list[object] = []
    window.prediction.explained.connect(explained.append)
    window.editor.set_text(scene.text)
    window.editor.moveCursor(QTextCursor.MoveOperation.End)
    window.resize(*scene.size)
    window.show()
    window.activateWindow()
    try:
        window.start_engine()
        wait(lambda: window.suggesting.settled)
        if scene.incognito:
            window.menus.incognito.trigger()
            wait(lambda: window.suggesting.settled)
        write(window, scene.typed)
        explained.clear()
        counted = time.monotonic() + 0.6  # the words are counted in a pause
        wait(lambda: time.monotonic() > counted and bool(explained or not scene.memory))
        window.grab().save(str(IMAGES / f"{scene.name}.png"))
    finally:
        window.editor.document().setModified(False)
        window.close()


def write(window: Window, text: str) -> None:
    """Type `text` as its writer would: a word is accepted as soon as it is suggested, but the last."""
    *words, last = text.split(" ")
    for word in words:
        for key in f"{word} ":
            if word in window.strip.words():
                window.suggesting.accept(window.strip.words().index(word))
                break
            press(window, key)
        wait(lambda: window.suggesting.settled)
    for key in last:
        press(window, key)


def press(window: Window, key: str) -> None:
    none = Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, none, key)
    QApplication.sendEvent(window.editor, event)
    wait(lambda: window.suggesting.settled)


def wait(done: Callable[[], bool]) -> None:
    """Let the app run until `done`."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        QApplication.processEvents()
        if failures:
            raise SystemExit(f"No picture: {failures[0]}")
        if time.monotonic() > deadline:
            raise SystemExit("No picture: the engine does not answer.")


if __name__ == "__main__":
    main()
