"""“My words”, with a real profile: look, search, sort, add, forget, ban, take back, and the profile as a whole."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from autocomplete.errors import PassphraseError
from autocomplete.profile.listing import LearnedWord
from autocomplete.profile.profile import Profile
from autocomplete.text.line import Line
from gui.profile import keeping_page
from gui.profile.passphrase import PassphraseDialog
from gui.profile.service import ProfileService
from gui.profile.words_dialog import WordsDialog
from gui.widgets.theme import Theme
from gui.widgets.word_table import TIMES, WORD, WordTable

# What the platform without a screen says of dialogs and menus.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Say = Callable[[str], None]


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    with Profile.open(tmp_path / "profile") as profile:
        profile.learn(
            [Line("the Zwiebelfisch and the garden", "en", 1.7e9), Line("the Möhnesee", "en", 1.8e9)],
            "/letters/anna.txt",
            "anna.txt",
        )
        profile.learn([Line("der Zwiebelfisch", "de", 1.6e9)], "mark", "Untitled")
        yield profile


@pytest.fixture
def busy() -> list[bool]:
    """Holds something while a tuning is at work."""
    return []


@pytest.fixture
def dialog(qtbot: QtBot, service: ProfileService, busy: list[bool]) -> Iterator[WordsDialog]:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = WordsDialog(host, service, "en", lambda: bool(busy))
    dialog.show()
    qtbot.waitUntil(lambda: dialog.words.table.total > 0)
    yield dialog  # noqa: PT022 - keeps the host alive as long as the test


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Say:
    """What is typed into the next question for a text."""

    def say(text: str) -> None:
        monkeypatch.setattr(QInputDialog, "getText", lambda *args, **kwargs: (text, True))

    return say


def shown(dialog: WordsDialog) -> list[str]:
    return [dialog.words.table.word(row).text for row in range(dialog.words.table.rowCount())]


def choose(dialog: WordsDialog, word: str) -> None:
    dialog.words.view.selectRow(shown(dialog).index(word))


def words(profile: Profile, language: str = "en") -> set[str]:
    return {word.text for word in profile.words(language)}


def test_the_words_most_written_come_first(dialog: WordsDialog) -> None:
    assert shown(dialog)[0] == "the"
    assert dialog.words.table.index(0, TIMES).data() == "3"
    assert set(shown(dialog)) >= {"Zwiebelfisch", "Möhnesee", "der", "garden"}
    assert dialog.said.text() == f"{dialog.words.table.total} words"


def test_a_search_ignores_case_and_accents(qtbot: QtBot, dialog: WordsDialog) -> None:
    qtbot.keyClicks(dialog.words.search, "mohne")
    assert shown(dialog) == ["Möhnesee"]


def test_a_click_on_a_column_sorts_by_it(dialog: WordsDialog) -> None:
    dialog.words.view.sortByColumn(WORD, Qt.SortOrder.AscendingOrder)
    assert shown(dialog) == sorted(shown(dialog), key=str.lower)
    dialog.words.view.sortByColumn(WORD, Qt.SortOrder.DescendingOrder)
    assert shown(dialog)[0] == "Zwiebelfisch"


def test_the_words_of_one_language_can_be_shown_alone(dialog: WordsDialog) -> None:
    dialog.words.language.setCurrentText("German")
    assert set(shown(dialog)) == {"der", "Zwiebelfisch"}


def test_a_word_is_forgotten_everywhere_and_taken_back(qtbot: QtBot, dialog: WordsDialog, profile: Profile) -> None:
    choose(dialog, "Zwiebelfisch")
    dialog.words.view.setFocus()
    qtbot.keyClick(dialog, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: "Zwiebelfisch" not in shown(dialog))
    assert "Zwiebelfisch" not in words(profile) | words(profile, "de")
    assert dialog.said.text() == "“Zwiebelfisch” is forgotten."
    qtbot.mouseClick(dialog.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Zwiebelfisch" in shown(dialog))
    assert "Zwiebelfisch" in words(profile) & words(profile, "de")


def test_the_delete_key_forgets_the_word_chosen(qtbot: QtBot, dialog: WordsDialog, profile: Profile) -> None:
    choose(dialog, "garden")
    dialog.activateWindow()
    qtbot.waitActive(dialog)
    dialog.words.view.setFocus()
    qtbot.keyClick(dialog.words.view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: "garden" not in words(profile))


def test_a_word_is_forgotten_in_one_document(qtbot: QtBot, dialog: WordsDialog, profile: Profile) -> None:
    choose(dialog, "Zwiebelfisch")
    next(action for action in dialog.words.documents.actions() if action.text() == "anna.txt").trigger()
    qtbot.waitUntil(lambda: "Zwiebelfisch" not in words(profile))
    assert "Zwiebelfisch" in words(profile, "de")


def test_a_banned_word_is_listed_where_it_was_written_or_else_once(
    qtbot: QtBot, dialog: WordsDialog, profile: Profile, service: ProfileService
) -> None:
    for word in ("garden", "der", "Unwort"):
        profile.never_offer(word)
    service.changed.emit()
    qtbot.waitUntil(lambda: "Unwort" in shown(dialog))
    listed = [dialog.words.table.word(row) for row in range(dialog.words.table.rowCount())]
    assert [(word.text, word.language) for word in listed if word.never and word.count] == [
        ("der", "de"),
        ("garden", "en"),
    ]
    assert sum(word.never for word in listed) == 3


def test_every_column_has_room_for_its_head_and_a_date(
    qtbot: QtBot, theme: Theme, dialog: WordsDialog, profile: Profile
) -> None:
    theme.choose("light")  # the room around the texts is its own
    qtbot.waitUntil(lambda: dialog.documents.table.rowCount() > 0)
    for view in (dialog.words.view, dialog.documents.view):
        header = view.horizontalHeader()
        for column in range(1, header.count()):
            head = 0 if header.isSortIndicatorShown() else header.sectionSizeHint(column)  # with an arrow in each, then
            assert header.sectionSize(column) >= max(head, view.sizeHintForColumn(column))


def test_a_narrow_window_still_shows_the_words(dialog: WordsDialog) -> None:
    dialog.resize(400, 400)
    letter = dialog.words.view.fontMetrics().averageCharWidth()
    assert dialog.words.view.columnWidth(0) >= 16 * letter


def test_a_word_is_banned_and_allowed_again(qtbot: QtBot, dialog: WordsDialog, profile: Profile) -> None:
    choose(dialog, "garden")
    dialog.words.never.click()
    qtbot.waitUntil(lambda: profile.never() == {"garden"})
    qtbot.waitUntil(lambda: dialog.words.never.text() == "&Suggest again")
    dialog.words.never.click()
    qtbot.waitUntil(lambda: profile.never() == frozenset())


def test_a_word_is_added(qtbot: QtBot, dialog: WordsDialog, profile: Profile, typed: Say) -> None:
    typed(" Kunigunde ")
    dialog.words.add.click()
    qtbot.waitUntil(lambda: "Kunigunde" in shown(dialog))
    assert profile.added("en") == {"Kunigunde"}


def test_a_word_is_written_another_way(qtbot: QtBot, dialog: WordsDialog, profile: Profile, typed: Say) -> None:
    choose(dialog, "garden")
    typed("Garten")
    dialog.words.edit.click()
    qtbot.waitUntil(lambda: "Garten" in shown(dialog))
    assert "garden" not in words(profile)


def test_a_document_is_forgotten(qtbot: QtBot, dialog: WordsDialog, profile: Profile) -> None:
    titles = [dialog.documents.table.row(row)[0] for row in range(dialog.documents.table.rowCount())]
    dialog.documents.view.selectRow(titles.index("anna.txt"))
    dialog.documents.forget.click()
    qtbot.waitUntil(lambda: dialog.documents.table.rowCount() == 1)
    assert words(profile) == set()
    assert words(profile, "de") == {"der", "Zwiebelfisch"}


def test_what_is_learned_meanwhile_appears(
    qtbot: QtBot, dialog: WordsDialog, profile: Profile, service: ProfileService
) -> None:
    profile.learn([Line("my Kunigunde", "en", 1.8e9)], "other")
    service.learned.emit()
    qtbot.waitUntil(lambda: "Kunigunde" in shown(dialog))


def test_a_profile_that_is_only_read_can_be_looked_at(qtbot: QtBot, profile: Profile, dialog: WordsDialog) -> None:
    profile.read_only = True
    dialog.refresh()
    choose(dialog, "garden")
    qtbot.waitUntil(lambda: not dialog.words.add.isEnabled())
    assert not any(button.isEnabled() for button in (dialog.words.forget, dialog.words.never, dialog.words.edit))
    assert not dialog.keeping.delete.isEnabled()
    assert dialog.said.text() == f"{dialog.words.table.total} words. The profile is open read-only."


def test_without_a_profile_it_says_so(dialog: WordsDialog, service: ProfileService) -> None:
    service.profile = None
    dialog.refresh()
    assert dialog.said.text() == "No profile is open."
    assert dialog.words.table.total == 0


def test_the_profile_is_sealed_and_unsealed(qtbot: QtBot, dialog: WordsDialog, profile: Profile) -> None:
    dialog.keeping.set.click()
    asked = dialog.findChild(PassphraseDialog)
    qtbot.keyClicks(asked.field, "secret")
    qtbot.keyClicks(asked.again, "secret")
    asked.accept()
    qtbot.waitUntil(lambda: profile.sealed)
    qtbot.waitUntil(lambda: dialog.keeping.unset.isVisibleTo(dialog.keeping))


def test_two_different_passphrases_are_not_taken(qtbot: QtBot, dialog: WordsDialog) -> None:
    dialog.keeping.set.click()
    asked = dialog.findChild(PassphraseDialog)
    qtbot.keyClicks(asked.field, "secret")
    qtbot.keyClicks(asked.again, "secrets")
    assert not asked.buttons.button(asked.buttons.StandardButton.Ok).isEnabled()


def test_the_profile_is_not_taken_from_under_a_tuning(
    dialog: WordsDialog, profile: Profile, busy: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_page, "_ask", lambda *args: pytest.fail("it asked"))
    busy.append(True)
    for button in (dialog.keeping.delete, dialog.keeping.import_, dialog.keeping.set):
        dialog.said.clear()
        button.click()
        assert "stop it first" in dialog.said.text()
    assert dialog.findChild(PassphraseDialog) is None


def test_everything_is_deleted_only_when_one_says_so(
    qtbot: QtBot, dialog: WordsDialog, profile: Profile, service: ProfileService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping_page, "_ask", lambda *args: False)
    dialog.keeping.delete.click()
    assert "garden" in words(profile)
    anew = Profile.open(profile.folder.with_name("anew"))
    monkeypatch.setattr(service, "_open", lambda **_: anew)
    monkeypatch.setattr(keeping_page, "_ask", lambda *args: True)
    with qtbot.waitSignal(service.settled):
        dialog.keeping.delete.click()
    assert not profile.folder.exists()
    qtbot.waitUntil(lambda: dialog.words.table.total == 0)


def test_an_export_is_imported_after_a_look_at_what_it_holds(
    qtbot: QtBot,
    dialog: WordsDialog,
    profile: Profile,
    service: ProfileService,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "copy.profile"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *args: (str(path), ""))
    dialog.keeping.export.click()
    qtbot.waitUntil(lambda: dialog.said.text() == "Exported to copy.profile.")
    profile.forget_word("garden")
    asked: list[str] = []

    def agree(_parent: QWidget, question: str, more: str, _action: str) -> bool:
        asked.append(f"{question} {more}")
        return True

    monkeypatch.setattr(keeping_page, "_ask", agree)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))
    monkeypatch.setattr(service, "_open", lambda **options: Profile.open(profile.folder, **options))
    with qtbot.waitSignal(service.settled):
        dialog.keeping.import_.click()
    qtbot.waitUntil(lambda: "garden" in shown(dialog))
    assert "2 documents" in asked[0]
    assert "7 in English" in asked[0]


def test_an_export_that_is_none_is_a_sentence_and_nothing_changes(
    qtbot: QtBot, dialog: WordsDialog, profile: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "odd.profile"
    path.write_text("odd")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *args: (str(path), ""))
    dialog.keeping.import_.click()
    qtbot.waitUntil(lambda: "is not an export" in dialog.said.text())
    assert "garden" in words(profile)


def test_an_import_that_fails_opens_what_was_there(
    qtbot: QtBot, service: ProfileService, profile: Profile, dialog: WordsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "_open", lambda **options: Profile.open(profile.folder, **options))
    said: list[str] = []

    def swap(profile: Profile) -> None:
        profile.close()
        raise PassphraseError("That is not the passphrase.")

    with qtbot.waitSignal(service.settled):
        service.replace(swap, None, said.append)
    assert said == ["That is not the passphrase."]
    assert "garden" in words(service.profile)


def test_twenty_thousand_words_are_searched_and_sorted_at_once(qtbot: QtBot) -> None:
    table = WordTable()
    table.show_words(
        [LearnedWord(f"wort{n}", "de", n % 97, n, new=True, added=False, never=False) for n in range(20_000)]
    )
    begin = time.perf_counter()
    table.search("wort1999")
    table.sort(WORD, Qt.SortOrder.DescendingOrder)
    table.search("")
    assert time.perf_counter() - begin < 1.0
    assert table.rowCount() == 20_000
    assert table.word(0).text == "wort9999"


def test_everything_can_be_found_by_a_screen_reader(dialog: WordsDialog) -> None:
    page = dialog.words
    assert [widget.accessibleName() for widget in (page.search, page.language, page.view)] == [
        "Search words",
        "Language",
        "My words",
    ]
    assert dialog.documents.view.accessibleName() == "Documents learned from"
