"""The window and the profile: incognito, the menus of words, and what is said."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from autocomplete.text.reading import LEFT_OUT
from gui.profile.passphrase import PassphraseDialog
from gui.profile.service import ProfileService
from gui.window import Window
from tests.gui.conftest import FakeCompleter
from tests.gui.fake_profile import FakeProfile, taught

# What the platform without a screen says of menus.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Press = Callable[..., None]
ENTER = Qt.Key.Key_Return
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def entries() -> dict[str, bool]:
    """The entries of the context menu that is open, and whether they can be chosen."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return {action.text().replace("&", ""): action.isEnabled() for action in menu.actions() if action.text()}


def choose(qtbot: QtBot, name: str) -> None:
    """Choose the entry by keys."""
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(action for action in menu.actions() if action.text().replace("&", "") == name)
    menu.setActiveAction(action)
    qtbot.keyClick(menu, ENTER)


def right_click(window: Window, number: int) -> None:
    """On a suggestion of the strip; 0 is the best."""
    chip = window.strip.chips[number]
    inside = chip.mapTo(window.strip, chip.rect().center())
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, inside, chip.mapToGlobal(chip.rect().center()))
    QApplication.sendEvent(window.strip, event)


def test_r47_incognito_is_seen_and_nothing_is_learned(
    qtbot: QtBot, window: Window, profile: FakeProfile, press: Press
) -> None:
    press("before", ENTER)
    press(Qt.Key.Key_N, modifier=CTRL_SHIFT)
    assert window.status.incognito.isVisible()
    assert window.menus.incognito.isChecked()
    press("private", ENTER, "half")
    press(Qt.Key.Key_N, modifier=CTRL_SHIFT)
    assert not window.status.incognito.isVisible()
    press(" after", ENTER)
    assert [taught(line) for line, _, _ in profile.kept] == [["before"], ["after"]]


def test_what_was_written_before_incognito_is_learned(window: Window, profile: FakeProfile, press: Press) -> None:
    press("one two thr")
    window.menus.incognito.trigger()
    press("ee", ENTER)
    assert [taught(line) for line, _, _ in profile.kept] == [["one", "two"]], "half a word, or more than was written"


def test_a_word_being_typed_is_still_completed_when_incognito_begins(
    window: Window, completer: FakeCompleter, press: Press
) -> None:
    press("my hel")
    window.menus.incognito.trigger()
    press("p")
    assert completer.streams[-1].seen[-1] == f"{LEFT_OUT} help"


def test_r47_incognito_begins_and_ends_with_a_stream_that_knows_nothing(
    window: Window, completer: FakeCompleter, press: Press
) -> None:
    press("open ")
    window.menus.incognito.trigger()
    press("private ")
    window.menus.incognito.trigger()
    press("open")
    before, private, after = completer.streams
    assert before.seen[-1] == "open "
    assert private.seen[-1] == f"{LEFT_OUT} private "
    assert after.seen[-1] == f"{LEFT_OUT} open"
    assert not any("private" in text for text in after.seen)


def test_incognito_is_of_one_window(open_window: Callable[[], Window], press: Press, window: Window) -> None:
    other = open_window()
    window.menus.incognito.trigger()
    assert not other.status.incognito.isVisible()
    assert other.text.learning.on


def test_r46_a_suggestion_can_be_kept_forgotten_or_banned(window: Window, press: Press) -> None:
    press("hel")
    right_click(window, 0)
    assert entries() == {"Add to my words": True, "Forget “hello”": True, "Never suggest “hello”": True}


def test_a_profile_that_is_only_read_offers_no_changes(window: Window, profile: FakeProfile, press: Press) -> None:
    profile.read_only = True
    press("hel")
    right_click(window, 0)
    assert not any(entries().values())


def test_an_empty_place_of_the_strip_has_no_menu(window: Window, press: Press) -> None:
    press("xyz")
    right_click(window, 0)
    assert QApplication.activePopupWidget() is None


def test_r46_a_suggestion_banned_is_confirmed_and_can_be_taken_back(
    qtbot: QtBot, window: Window, profile: FakeProfile, press: Press
) -> None:
    press("hel")
    right_click(window, 0)
    choose(qtbot, "Never suggest “hello”")
    qtbot.waitUntil(lambda: profile.nevers == ["hello"])
    qtbot.waitUntil(window.status.undo.isVisible)
    assert "“hello”" in window.status.currentMessage()
    qtbot.mouseClick(window.status.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: profile.nevers == [])
    qtbot.waitUntil(lambda: window.status.currentMessage().startswith("Undone"))
    assert not window.status.undo.isVisible()


def test_suggestions_are_asked_for_anew_after_a_word_was_forgotten(
    qtbot: QtBot, window: Window, completer: FakeCompleter, press: Press
) -> None:
    press("hel")
    right_click(window, 1)
    choose(qtbot, "Forget “help”")
    qtbot.waitUntil(lambda: len(completer.streams) == 2 and set(completer.streams[1].seen) == {"hel"})


def test_the_word_at_the_cursor_can_be_added(qtbot: QtBot, window: Window, profile: FakeProfile, press: Press) -> None:
    press("my Zwiebelfisch here")
    window.editor.moveCursor(QTextCursor.MoveOperation.WordLeft)
    window.editor.moveCursor(QTextCursor.MoveOperation.PreviousWord)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(window.editor.viewport(), event)
    choose(qtbot, "Add “Zwiebelfisch” to my words")
    qtbot.waitUntil(lambda: profile.added == [("Zwiebelfisch", "en")])


def test_the_text_has_its_usual_menu_where_there_is_no_word(window: Window) -> None:
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(1, 1), QPoint(1, 1))
    QApplication.sendEvent(window.editor.viewport(), event)
    assert any(name.startswith("Paste") for name in entries())
    assert not any("my words" in name for name in entries())


def test_a_sealed_profile_is_asked_for_and_opened(
    qtbot: QtBot, window: Window, service: ProfileService, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[str] = []
    monkeypatch.setattr(service, "open", given.append)
    window.profile.ask_passphrase("")
    dialog = window.findChild(PassphraseDialog)
    qtbot.keyClicks(dialog.field, "secret")
    qtbot.keyClick(dialog.field, ENTER)
    assert given == ["secret"]


def test_without_the_passphrase_one_goes_on(qtbot: QtBot, window: Window, service: ProfileService) -> None:
    window.profile.ask_passphrase("That is not the passphrase.")
    dialog = window.findChild(PassphraseDialog)
    with qtbot.waitSignal(service.settled):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)


def test_a_profile_that_lost_its_passphrase_is_asked_about(
    qtbot: QtBot, window: Window, service: ProfileService, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[bool] = []
    monkeypatch.setattr(service, "open", lambda accept_unsealed: given.append(accept_unsealed))
    window.profile.ask_unsealed()
    assert "was encrypted with a passphrase" in window.banner.sentence()
    (go_on,) = [button for button in window.banner.findChildren(QPushButton) if button.text().startswith("Continue")]
    qtbot.mouseClick(go_on, Qt.MouseButton.LeftButton)
    assert given == [True]


def test_a_profile_used_elsewhere_is_a_quiet_sentence(
    qtbot: QtBot, window: Window, service: ProfileService, profile: FakeProfile
) -> None:
    service.elsewhere = profile.read_only = True
    service.settled.emit()
    assert window.status.currentMessage().startswith("Another window is using your profile")
    assert window.banner.sentence() == ""
    assert not window.text.learning.on


@pytest.mark.parametrize(("key", "title"), [(Qt.Key.Key_W, "My words"), (Qt.Key.Key_T, "Fine-tune on my writing")])
def test_the_dialogs_open_by_key_and_come_back(qtbot: QtBot, window: Window, key: Qt.Key, title: str) -> None:
    for _ in range(2):
        qtbot.keyClick(window.editor, key, CTRL_SHIFT)
        (dialog,) = window.findChildren(QDialog)
        assert dialog.windowTitle() == title
        assert dialog.isVisible()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        assert not dialog.isVisible()


def test_the_keys_are_listed_in_the_help(window: Window) -> None:
    keys = dict(window.menus.keys())
    assert keys["Incognito"] == "Ctrl+Shift+N"
    assert keys["My words …"] == "Ctrl+Shift+W"
