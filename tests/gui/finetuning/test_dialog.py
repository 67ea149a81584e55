"""“Fine-tune on my writing”: files found, whose they are, watching, and the result."""

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from autocomplete.finetuning.events import Evaluated, Progress
from autocomplete.importers import Found, Options
from autocomplete.profile.profile import Profile
from autocomplete.text.line import Line
from gui.finetuning.dialog import FineTuningDialog
from gui.finetuning.fine_tuning import FineTuning
from gui.finetuning.progress_page import time_left
from gui.profile.service import ProfileService
from gui.widgets.theme import Theme
from tests.gui.conftest import FakeTuner
from tests.gui.finetuning.conftest import POINT

# What the platform without a screen says of dialogs and menus.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder with a text of 300 words, a chat, a table, and a file that is broken."""
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "letter.txt").write_text("we walked along the river\n" * 60)
    (folder / "chat.txt").write_text(
        "12.03.24, 21:15 - Anna Meier: We go home now\n12.03.24, 21:16 - Ben: It is very late\n"
    )
    (folder / "table.csv").write_text("id,text,by\n1,We went home early,Anna\n")
    (folder / "broken.pdf").write_bytes(b"%PDF-broken")
    return folder


def read(qtbot: QtBot, dialog: FineTuningDialog, *paths: Path) -> dict[str, tuple[str, ...]]:
    """Has the paths read; the rows of the table by the names of the files."""
    if paths:
        dialog.choose.add_paths(paths)
    qtbot.waitUntil(lambda: not dialog.gathering.working, timeout=20_000)
    table = dialog.choose.table
    return {table.row(number)[0]: table.row(number) for number in range(table.rowCount())}


def test_each_file_is_shown_with_what_is_in_it(qtbot: QtBot, dialog: FineTuningDialog, letters: Path) -> None:
    rows = read(qtbot, dialog, letters)
    assert rows["letter.txt"][1:4] == ("plain text", "300", "English")
    assert "which name is yours" in rows["chat.txt"][5]
    assert "broken.pdf" in rows["broken.pdf"][5]
    assert str(letters) not in rows["broken.pdf"][5]
    assert "300 words of yours in English" in dialog.choose.total.text()
    assert dialog.choose.start.isEnabled()


@pytest.mark.parametrize("width", range(700, 1000, 20))
def test_a_sentence_about_a_file_is_there_to_its_end(
    qtbot: QtBot, theme: Theme, dialog: FineTuningDialog, letters: Path, width: int
) -> None:
    theme.choose("light")  # it leaves room at both sides of a text
    dialog.resize(width, 600)
    read(qtbot, dialog, letters / "chat.txt")
    QApplication.processEvents()
    view = dialog.choose.view
    room = QRect(0, 0, view.columnWidth(5) - 30, 9999)
    said = view.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, dialog.choose.table.row(0)[5])
    assert view.rowHeight(0) >= said.height()


def test_a_row_is_as_high_as_what_is_said_of_its_file(qtbot: QtBot, dialog: FineTuningDialog, letters: Path) -> None:
    view = dialog.choose.view
    many = [letters / f"{number}.pdf" for number in range(12)]
    for path in many:
        path.write_bytes(b"%PDF-broken")
    dialog.resize(880, 400)
    read(qtbot, dialog, *many)

    def heights() -> list[int]:
        QApplication.processEvents()
        return [view.rowHeight(row) for row in range(len(many))]

    for width in (880, 1000, 1200, 700):
        dialog.resize(width, 400)
        before = heights()
        view.resizeRowsToContents()
        assert heights() == before


def test_files_are_dropped(qtbot: QtBot, dialog: FineTuningDialog, letters: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(letters / "letter.txt"))])
    here = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    for event in (
        QDragEnterEvent(QPoint(9, 9), *here, Qt.KeyboardModifier.NoModifier),
        QDropEvent(QPointF(9, 9), *here, Qt.KeyboardModifier.NoModifier),
    ):
        QApplication.sendEvent(dialog.choose, event)
    assert list(read(qtbot, dialog)) == ["letter.txt"]


def test_files_and_folders_are_chosen(
    qtbot: QtBot, dialog: FineTuningDialog, letters: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: ([str(letters / "letter.txt")], ""))
    dialog.choose.drop.files.click()
    assert list(read(qtbot, dialog)) == ["letter.txt"]
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *args: str(letters))
    dialog.choose.drop.folder.click()
    assert set(read(qtbot, dialog)) == {"letter.txt", "chat.txt", "table.csv", "broken.pdf"}


def test_too_few_words_cannot_be_started(qtbot: QtBot, dialog: FineTuningDialog, tmp_path: Path) -> None:
    short = tmp_path / "short.txt"
    short.write_text("we walked along the river and then went home")
    read(qtbot, dialog, short)
    assert "9 of the 200 words" in dialog.choose.total.text()
    assert not dialog.choose.start.isEnabled()


def test_words_learned_while_typing_count(
    qtbot: QtBot, dialog: FineTuningDialog, profile: Profile, service: ProfileService, letters: Path
) -> None:
    profile.learn([Line("we walked along the river " * 50, "en", 1e9)], "a")
    service.learned.emit()
    qtbot.waitUntil(dialog.choose.start.isEnabled)
    assert dialog.choose.total.text() == "250 words of yours in English, all learned before."
    read(qtbot, dialog, letters / "letter.txt")
    assert dialog.choose.total.text() == "550 words of yours in English, 250 of them learned before."


def test_one_says_who_one_is_by_a_name_found(qtbot: QtBot, dialog: FineTuningDialog, letters: Path) -> None:
    read(qtbot, dialog, letters / "chat.txt")
    names = dialog.choose.people.actions()
    assert {name.text() for name in names} == {"Anna Meier", "Ben"}
    next(name for name in names if name.text() == "Anna Meier").trigger()
    assert dialog.choose.me.text() == "Anna Meier"
    assert read(qtbot, dialog)["chat.txt"][2] == "4"


def test_one_says_who_one_is_by_keys(qtbot: QtBot, dialog: FineTuningDialog, letters: Path) -> None:
    read(qtbot, dialog, letters / "chat.txt")
    qtbot.keyClicks(dialog.choose.me, "Ben")
    qtbot.keyClick(dialog.choose.me, Qt.Key.Key_Return)
    assert "1 × message of somebody else" in read(qtbot, dialog)["chat.txt"][5]


def test_one_says_which_column_holds_the_text(qtbot: QtBot, dialog: FineTuningDialog, letters: Path) -> None:
    read(qtbot, dialog, letters / "table.csv")
    box = dialog.choose.column
    assert [box.itemText(number) for number in range(box.count())] == ["Choose …", "id", "text", "by"]
    box.setCurrentText("text")
    box.activated.emit(box.currentIndex())
    assert read(qtbot, dialog)["table.csv"][2] == "4"


def test_reading_can_be_cancelled(qtbot: QtBot, service: ProfileService, fine_tuning: FineTuning) -> None:
    stopped = threading.Event()

    def endless(
        paths: Sequence[Path], languages: Sequence[str], options: Options, advance: Callable[[int], None]
    ) -> list[Found]:
        try:
            while True:
                advance(0)
        finally:
            stopped.set()

    host = QWidget()
    qtbot.addWidget(host)
    dialog = FineTuningDialog(host, service, fine_tuning, endless)
    dialog.show()
    dialog.choose.add_paths([Path("/letters")])
    assert dialog.choose.cancel.isVisible()
    dialog.choose.cancel.click()
    assert stopped.wait(10)
    assert not dialog.gathering.working
    assert not dialog.choose.cancel.isVisible()


def test_start_learns_the_text_and_shows_how_far_it_is(
    qtbot: QtBot, dialog: FineTuningDialog, letters: Path, tuners: list[FakeTuner], profile: Profile
) -> None:
    read(qtbot, dialog, letters / "letter.txt")
    dialog.choose.start.click()
    qtbot.waitUntil(lambda: bool(tuners) and tuners[0].told == ["start"])
    assert dialog.pages.currentWidget() is dialog.progress
    assert dialog.progress.bar.maximum() == 0, "nothing is known yet, and the bar says otherwise"
    assert len(profile.lines("en")) == 60
    tuners[0].hear(Progress(0.25, 170.0, 4.0))
    qtbot.waitUntil(lambda: dialog.progress.bar.value() == 250)
    assert dialog.progress.left.text() == "About 3 minutes left"


def test_pause_and_go_on_are_one_button(qtbot: QtBot, dialog: FineTuningDialog, running: FakeTuner) -> None:
    dialog.progress.hold.click()
    assert dialog.progress.hold.text() == "&Continue"
    assert "Paused" in dialog.progress.stage.text()
    dialog.progress.hold.click()
    assert running.told == ["start", "pause", "resume"]


@pytest.mark.parametrize(
    ("button", "told"), [("&Keep the best so far", "stop and keep"), ("Keep &nothing", "stop"), ("&Continue", None)]
)
def test_stop_asks_what_to_keep(
    qtbot: QtBot, dialog: FineTuningDialog, running: FakeTuner, fine_tuning: FineTuning, button: str, told: str | None
) -> None:
    running.hear(Evaluated(POINT))
    qtbot.waitUntil(lambda: bool(fine_tuning.saved))
    dialog.progress.stop.click()
    box = dialog.findChild(QMessageBox)
    next(one for one in box.buttons() if one.text() == button).click()
    assert running.told == ["start", *([told] if told else [])]


def test_before_the_first_measurement_there_is_nothing_to_keep(
    qtbot: QtBot, dialog: FineTuningDialog, running: FakeTuner
) -> None:
    dialog.progress.stop.click()
    box = dialog.findChild(QMessageBox)
    assert not next(one for one in box.buttons() if one.text() == "&Keep the best so far").isEnabled()
    box.reject()


def test_closing_the_dialog_stops_nothing(
    dialog: FineTuningDialog, running: FakeTuner, fine_tuning: FineTuning
) -> None:
    dialog.reject()
    assert not dialog.isVisible()
    assert fine_tuning.working
    assert running.told == ["start"]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (None, "Time left: not known yet"),
        (10.0, "Less than a minute left"),
        (70.0, "About 1 minute left"),
        (600.0, "About 10 minutes left"),
    ],
)
def test_the_time_left_is_told_in_minutes(seconds: float | None, said: str) -> None:
    assert time_left(seconds) == said
