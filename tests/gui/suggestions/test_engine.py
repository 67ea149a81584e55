"""Loading the engine: once for each choice of languages, with the profile, and anew when that is another."""

from pathlib import Path
from typing import Any

import pytest

import autocomplete
from autocomplete.errors import ModelError
from autocomplete.profile.profile import Profile
from autocomplete.protocols import Completer
from autocomplete.text.line import Line
from gui.suggestions.engine import Engine


@pytest.fixture(autouse=True)
def tiny(monkeypatch: pytest.MonkeyPatch, english: Path, german: Path) -> None:
    """The shipped languages are tiny ones."""
    load, folders = autocomplete.load, {"en": english, "de": german}

    def load_tiny(*names: str, **options: Any) -> Completer:
        return load(*map(folders.__getitem__, names), **options)

    monkeypatch.setattr(autocomplete, "load", load_tiny)


def test_windows_share_what_is_loaded() -> None:
    engine = Engine(lambda: None)
    assert engine.load(("en",)) is engine.load(("en",))
    assert engine.load(("en", "de")) is not engine.load(("en",))


def test_what_the_profile_holds_is_suggested_as_soon_as_it_is_learned(tmp_path: Path) -> None:
    with Profile.open(tmp_path / "profile") as profile:
        stream = Engine(lambda: profile).load(("en",)).stream()
        profile.learn([Line("my Zwiebelfisch swims, and a Zwiebelfisch sings", "en", 1e9)], "a")
        stream.update("I saw a Zwie")
        assert [suggestion.text for suggestion in stream.suggest(1)] == ["Zwiebelfisch"]


def test_another_profile_is_read_after_a_renewal(tmp_path: Path) -> None:
    profiles: list[Profile] = []
    engine = Engine(lambda: profiles[-1] if profiles else None)
    first = engine.load(("en",))
    with Profile.open(tmp_path / "profile") as profile:
        profiles.append(profile)
        assert engine.load(("en",)) is first
        engine.renew()
        assert engine.load(("en",)) is not first


def test_r49_offensive_words_are_offered_as_soon_as_that_is_switched_on(tmp_path: Path) -> None:
    switched: list[bool] = [False]
    with Profile.open(tmp_path / "profile") as profile:
        profile.learn([Line("the bastards again", "en", 1e9)] * 2, "a")
        engine = Engine(lambda: profile, lambda: switched[-1])

        def offered() -> bool:
            stream = engine.load(("en",)).stream()
            stream.update("the bast")
            return "bastards" in [suggestion.text for suggestion in stream.suggest(3)]

        assert not offered()
        switched.append(True)
        assert offered()
        switched.append(False)
        assert not offered()


def test_a_load_that_fails_can_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Engine(lambda: None)
    load = autocomplete.load

    def broken(*names: str, **options: object) -> None:
        raise ModelError("The model is damaged.")

    monkeypatch.setattr(autocomplete, "load", broken)
    with pytest.raises(ModelError):
        engine.load(("en",))
    monkeypatch.setattr(autocomplete, "load", load)
    assert engine.load(("en",)).stream().language() == "en"
