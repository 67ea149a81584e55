"""The rules of learning and forgetting, R44 to R50, with real keys, a real profile and a small real engine."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import autocomplete
from autocomplete.profile.profile import Profile
from gui.profile import keeping_page
from gui.profile.service import ProfileService
from gui.settings import OFFENSIVE, Settings
from gui.suggestions.engine import Engine, Load
from gui.window import Window
from tests.gui.profile.test_controller import choose, right_click

# What the platform without a screen says of menus.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

Press = Callable[..., None]
ENTER = Qt.Key.Key_Return
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
CARD, ACCOUNT, PHONE = "4539 1488 0343 6467", "DE89 3704 0044 0532 0130 00", "+44 7700 900123"


@pytest.fixture
def profile(tmp_path: Path) -> Iterator[Profile]:
    with Profile.open(tmp_path / "profile") as profile:
        yield profile


@pytest.fixture
def load(settings: Settings, service: ProfileService, english: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """The app's own way, but for the language, which is tiny."""
    load = autocomplete.load

    def load_tiny(*names: str, **options: Any) -> autocomplete.Completer:
        assert names == ("en",)
        return load(english, **options)

    monkeypatch.setattr(autocomplete, "load", load_tiny)
    engine = Engine(lambda: service.profile, lambda: settings.get(OFFENSIVE))
    service.settled.connect(engine.renew)
    return engine.load


@pytest.fixture
def offered(window: Window, press: Press) -> Callable[[str], tuple[str, ...]]:
    """Types something into a new paragraph, takes it out again, and tells what was offered behind it."""

    def offered(typed: str) -> tuple[str, ...]:
        window.editor.moveCursor(QTextCursor.MoveOperation.End)
        press(ENTER, typed)
        words = window.strip.words()
        press(*[Qt.Key.Key_Backspace] * (len(typed) + 1))
        return words

    return offered


def new_text(window: Window) -> None:
    """What was written before is off the page."""
    window.editor.document().setModified(False)
    window.document.new()


def test_r44_a_word_picked_weighs_twice_as_much_as_one_typed(profile: Profile, window: Window, press: Press) -> None:
    press("I see")
    assert "see" not in window.strip.words(), "the letters typed are never offered"
    press(" th")
    picked = window.strip.words()[0]
    press(Qt.Key.Key_Tab, "bird", ENTER)
    (line,) = profile.lines("en")
    assert [(line.text[start:end], weight) for start, end, weight in line.spans] == [
        ("I see ", 1.0),
        (f"{picked} ", 2.0),
        ("bird", 1.0),
    ]


def test_r45_a_new_word_is_offered_from_its_second_sighting_on(
    window: Window, press: Press, offered: Callable[[str], tuple[str, ...]]
) -> None:
    press("we met Quendolin", ENTER)
    new_text(window)
    assert "Quendolin" not in offered("now que")
    press("we met Quendolin", ENTER)
    new_text(window)
    assert "Quendolin" in offered("now que")


@pytest.mark.parametrize("action", ["Forget", "Never suggest"])
def test_r46_right_click_takes_a_suggestion_away(
    qtbot: QtBot,
    profile: Profile,
    window: Window,
    press: Press,
    offered: Callable[[str], tuple[str, ...]],
    action: str,
) -> None:
    press(*["we met Quendolin", ENTER] * 3, "now que")
    right_click(window, window.strip.words().index("Quendolin"))
    choose(qtbot, f"{action} “Quendolin”")
    qtbot.waitUntil(window.status.undo.isVisible)
    qtbot.waitUntil(lambda: window.suggesting.settled)
    assert "Quendolin" not in window.strip.words()
    assert "Quendolin" not in offered("we met que")
    assert ("Quendolin" in {word.text for word in profile.words("en")}) == (action == "Never suggest")
    qtbot.mouseClick(window.status.undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.status.currentMessage().startswith("Undone"))
    assert "Quendolin" in offered("we met que")


def test_r46_right_click_makes_a_word_seen_once_one_of_the_users(
    qtbot: QtBot, window: Window, press: Press, offered: Callable[[str], tuple[str, ...]]
) -> None:
    press("Quendolin was here with Quendolin and now que")  # the page itself offers it
    right_click(window, window.strip.words().index("Quendolin"))
    choose(qtbot, "Add to my words")
    qtbot.waitUntil(window.status.undo.isVisible)
    new_text(window)
    assert "Quendolin" in offered("que")


def test_r47_what_is_written_in_incognito_is_not_offered_behind_it(
    profile: Profile, window: Window, press: Press, offered: Callable[[str], tuple[str, ...]]
) -> None:
    press(Qt.Key.Key_N, modifier=CTRL_SHIFT)
    press(*["we met Quendolin", ENTER] * 3)
    assert "Quendolin" in offered("now que")
    press(Qt.Key.Key_N, modifier=CTRL_SHIFT)
    assert "Quendolin" not in offered("now que")
    assert profile.words("en") == []


def test_r47_in_the_middle_of_a_sentence_incognito_begins_no_other(window: Window, press: Press) -> None:
    press("I am on ")
    for _ in range(2):
        press(Qt.Key.Key_N, modifier=CTRL_SHIFT)
        assert window.strip.words()
        assert not any(word[0].isupper() for word in window.strip.words() if word not in ("I", "I'm", "Monday"))
    press("my. ")
    press(Qt.Key.Key_N, modifier=CTRL_SHIFT)
    assert all(word[0].isupper() for word in window.strip.words())


@pytest.mark.parametrize(
    ("text", "secret", "begun"),
    [
        ("my password is Zwackelmann", "Zwackelmann", ("my password is zwack", "now zwack")),
        (f"my card is {CARD}", CARD, ("my card is 4", "my card is 4539 ")),
        (f"send it to {ACCOUNT}", ACCOUNT, ("send it to D", "send it to DE89 ")),
        (f"ring me on {PHONE}", PHONE, ("ring me on +", "ring me on +44 ")),
    ],
)
def test_r48_a_secret_is_not_in_the_profile_and_not_offered(
    profile: Profile,
    window: Window,
    press: Press,
    offered: Callable[[str], tuple[str, ...]],
    text: str,
    secret: str,
    begun: tuple[str, ...],
) -> None:
    for _ in range(2):
        press(*[text, ENTER] * 2)
        shown = [word for typed in begun for word in offered(typed)]
        assert not [word for word in shown if any(part in word for part in secret.split())]
        new_text(window)
    kept = [line.text for line in profile.lines("en")]
    assert len(kept) == 4
    assert not [line for line in kept if any(part in line for part in secret.split())]
    files = b"".join(path.read_bytes() for path in profile.folder.rglob("*") if path.is_file())
    assert secret.encode() not in files


def test_r49_an_offensive_word_is_not_offered_unless_that_is_switched_on(
    window: Window, press: Press, offered: Callable[[str], tuple[str, ...]], settings: Settings
) -> None:
    press(*["the bastards again", ENTER] * 3)
    switch = window.menus.action("writing.offensive")
    assert not switch.isChecked()
    assert "bastards" not in offered("the bast")
    switch.trigger()
    assert settings.get(OFFENSIVE)
    assert "bastards" in offered("the bast")
    switch.trigger()
    assert "bastards" not in offered("the bast")


def test_r50_delete_all_leaves_no_file_behind(
    qtbot: QtBot,
    window: Window,
    press: Press,
    profile: Profile,
    service: ProfileService,
    offered: Callable[[str], tuple[str, ...]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    press(*["we met Quendolin", ENTER] * 3)
    profile.add_model("en", {"step.onnx": b"x"}, {}, active=False)
    new_text(window)
    assert "Quendolin" in offered("now que")
    anew: list[Profile] = []

    def open_anew(**_: object) -> Profile:
        assert not profile.folder.exists(), "something was left"
        anew.append(Profile.open(profile.folder))
        return anew[-1]

    monkeypatch.setattr(service, "_open", open_anew)
    monkeypatch.setattr(keeping_page, "_ask", lambda *args: True)
    press(Qt.Key.Key_W, modifier=CTRL_SHIFT)
    dialog = window.profile._words_dialog
    assert dialog is not None
    with qtbot.waitSignal(service.settled):
        qtbot.mouseClick(dialog.keeping.delete, Qt.MouseButton.LeftButton)
    QApplication.processEvents()
    assert anew[0].words("en") == []
    assert anew[0].models("en") == []
    dialog.reject()
    assert "Quendolin" not in offered("now que")
