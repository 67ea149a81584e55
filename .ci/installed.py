"""Checks an installed wheel, outside the checkout: its names, models, icons, both commands, and a real window.

Run with the Python of the environment it was installed into; QT_QPA_PLATFORM says where windows go.
"""

import importlib.util
import os
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable, Sequence
from importlib.metadata import distribution
from pathlib import Path

import autocomplete_desktop
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

import autocomplete
from autocomplete.assets import assets

NAME = "autocomplete-desktop"
TEXT = "I am on my w"
PATIENCE = 60.0  # seconds for a busy machine to load a model and answer


def main() -> None:
    check_place()
    check_contents()
    check_command_line()
    check_window()
    print(f"The installed app works ({os.environ.get('QT_QPA_PLATFORM')}).")


def check_place() -> None:
    site = Path(sysconfig.get_path("purelib"))
    for package in (autocomplete, autocomplete_desktop):
        (place,) = package.__path__
        assert Path(place).is_relative_to(site), f"{package} is not the installed one"
    assert importlib.util.find_spec("torch") is None, "torch is there: this is no bare install"


def check_contents() -> None:
    """No import name that another project may use, types for type checkers, and models that can be read."""
    files = distribution(NAME).files or []
    tops = {file.parts[0] for file in files if not file.parts[0].endswith(".dist-info") and file.parts[0] != ".."}
    assert tops == {"autocomplete", "autocomplete_desktop"}, f"the wheel takes other names, too: {tops}"
    assert importlib.util.find_spec("gui") is None, "the app's own package can be imported by everybody"
    assert Path(autocomplete.__path__[0], "py.typed").is_file(), "type checkers would see no types"
    assert distribution(NAME).version == autocomplete.__version__
    commands = distribution(NAME).entry_points.select(group="console_scripts")
    assert {command.name for command in commands if callable(command.load())} == {"autocomplete", NAME}
    models = [*autocomplete.languages(), *autocomplete.character_models()]
    assert models == ["de", "en", "characters/de", "characters/en"], models
    for model in models:
        assert (assets() / "models" / model / "MODEL_CARD.md").is_file(), f"{model} says nothing of its texts"
        assert autocomplete.load(model).suggest("I am on my w"), f"{model} suggests nothing"


def check_command_line() -> None:
    command = Path(sysconfig.get_path("scripts")) / "autocomplete"
    for language in autocomplete.languages():
        options = ["--language", language, TEXT]
        words = subprocess.check_output([command, "suggest", *options], text=True).split()
        assert fit(words), words
        print(f"{language}: {TEXT}… {words}")


def fit(words: Sequence[str]) -> bool:
    """Whether there are three words, and each completes the one begun."""
    return len(words) == 3 and all(word.lower().startswith("w") for word in words)


def check_window() -> None:
    faults: list[Exception] = []
    run_events = QApplication.exec

    def run_with_a_user() -> int:
        QTimer.singleShot(0, use)
        return run_events()

    def use() -> None:
        try:
            type_and_look()
        except Exception as fault:  # noqa: BLE001 (Qt would only print it; raised again below)
            faults.append(fault)
            QApplication.exit(1)

    QApplication.exec = staticmethod(run_with_a_user)
    sys.argv[1:] = []
    code = autocomplete_desktop.main()
    if faults:
        raise faults[0]
    assert code == 0, code


def type_and_look() -> None:
    from gui.window import Window  # known since the app was started

    window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window))
    strip = window.strip
    try:
        assert comes_true(window.isVisible), "no window"
        assert not QApplication.windowIcon().pixmap(64).isNull(), "no icon"
        QTest.keyClicks(window.editor, TEXT)
        shown = comes_true(lambda: fit(strip.words()))
        assert shown, f"on the strip: {strip.words()} {strip.message()}"
        print(f"window: {TEXT}… {list(strip.words())}")
    finally:
        window.editor.document().setModified(False)
        window.close()


def comes_true(condition: Callable[[], bool]) -> bool:
    """Lets the app run until `condition` holds; False if that takes too long."""
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.02)  # not QTest.qWait, which keeps the worker thread from running
    return condition()


if __name__ == "__main__":
    sys.exit(main())
