"""The table of commands: every entry does something, has a name of its own, and shares no key with another."""

from gui.commands import ACCEPT, MENUS, TYPED, Switch, commands
from gui.keys import keys_of
from gui.settings import STRIP, Settings
from gui.window import Window


def test_every_command_has_an_id_of_its_own() -> None:
    ids = [command.id for command in commands()]
    assert len(set(ids)) == len(ids)


def test_every_command_of_the_menus_does_something_in_the_window(window: Window) -> None:
    for command in commands():
        if command not in TYPED:
            assert callable(window._actions()[command.id])
            assert window.menus.action(command.id).text() == command.text
    assert set(window._actions()) == {command.id for command in commands()} - {command.id for command in TYPED}


def test_no_two_commands_share_a_key(settings: Settings) -> None:
    switches = [entry for _, entries in MENUS for entry in entries if isinstance(entry, Switch)]
    keys = [key.toString() for entry in (*commands(), *switches) for key in keys_of(entry, settings)]
    assert len(set(keys)) == len(keys)


def test_a_key_may_be_chosen_instead_of_the_usual_one(settings: Settings) -> None:
    settings.set(ACCEPT.keys_setting, "Ctrl+Space; F2")
    assert [key.toString() for key in keys_of(ACCEPT, settings)] == ["Ctrl+Space", "F2"]
    settings.set(ACCEPT.keys_setting, "; ")
    assert keys_of(ACCEPT, settings) == []
    settings.set(ACCEPT.keys_setting, "")
    assert [key.toString() for key in keys_of(ACCEPT, settings)] == ["Tab"]


def test_a_switch_thrown_elsewhere_is_seen_in_the_menu(window: Window, settings: Settings) -> None:
    assert window.menus.action("writing.strip").isChecked()
    window.settings.set(STRIP, False)
    assert not window.menus.action("writing.strip").isChecked()
    assert not window.strip.isVisible()
    window.menus.action("writing.strip").trigger()
    assert window.settings.get(STRIP)
    assert window.strip.isVisible()
