"""The profile of the process: opened in the background, sealed, used elsewhere, or not to be had."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from autocomplete.errors import (
    Error,
    PassphraseError,
    ProfileError,
    ProfileInUseError,
    ProfileProtectedError,
    ProfileUnsealedError,
)
from gui.profile.lesson import Lesson
from gui.profile.service import Keeper
from tests.gui.fake_profile import FakeProfile

LESSON = Lesson("a line", (), "a line", ("en",), 1.0, "a", "a.txt")


def opener(*outcomes: Error | FakeProfile, asked: list[dict[str, Any]] | None = None) -> Callable[..., FakeProfile]:
    """Opens with each of `outcomes` in turn; notes what it was asked with."""
    left = list(outcomes)

    def open_(**options: Any) -> FakeProfile:
        if asked is not None:
            asked.append(options)
        outcome = left.pop(0)
        if isinstance(outcome, Error):
            raise outcome
        return outcome

    return open_


def test_opening_does_not_hold_up_the_window(qtbot: QtBot) -> None:
    def slowly(**_: Any) -> FakeProfile:
        time.sleep(0.2)
        return FakeProfile()

    keeper = Keeper(slowly)
    begin = time.monotonic()
    with qtbot.waitSignal(keeper.settled):
        keeper.open()
        assert time.monotonic() - begin < 0.1
    assert keeper.learns


def test_a_lesson_reaches_the_profile_with_its_document(qtbot: QtBot, keeper: Keeper, profile: FakeProfile) -> None:
    with qtbot.waitSignal(keeper.learned):
        keeper.teach(LESSON, "de")
    ((line, document, title),) = profile.kept
    assert (line.text, line.language, line.time, document, title) == ("a line", "de", 1.0, "a", "a.txt")


def test_a_profile_in_use_elsewhere_is_read_and_not_taught(qtbot: QtBot) -> None:
    asked: list[dict[str, Any]] = []
    elsewhere = FakeProfile(read_only=True)
    keeper = Keeper(opener(ProfileInUseError("in use"), elsewhere, asked=asked))
    with qtbot.waitSignal(keeper.settled):
        keeper.open()
    assert keeper.elsewhere
    assert not keeper.learns
    assert [options["read_only"] for options in asked] == [False, True]
    keeper.teach(LESSON, "en")
    assert elsewhere.kept == []


def test_a_profile_that_may_not_be_written_is_read_and_that_is_said(qtbot: QtBot) -> None:
    protected = FakeProfile(read_only=True)
    keeper = Keeper(opener(ProfileProtectedError("no right"), protected))
    with qtbot.waitSignal(keeper.settled), qtbot.waitSignal(keeper.refused) as refused:
        keeper.open()
    assert refused.args == [
        "/profile may not be written by you, so nothing is learned here; make the folder yours, and begin again."
    ]
    assert keeper.profile is protected
    assert not keeper.elsewhere
    assert not keeper.learns


def test_a_profile_that_may_not_even_be_read_is_refused(qtbot: QtBot) -> None:
    keeper = Keeper(opener(ProfileProtectedError("no right"), ProfileProtectedError("no right at all")))
    with qtbot.waitSignal(keeper.settled), qtbot.waitSignal(keeper.refused) as refused:
        keeper.open()
    assert refused.args == ["no right at all"]
    assert keeper.profile is None


def test_a_sealed_profile_asks_for_its_passphrase_until_it_is_right(qtbot: QtBot) -> None:
    asked: list[dict[str, Any]] = []
    refused = PassphraseError("That is not the passphrase.")
    keeper = Keeper(opener(refused, refused, FakeProfile(), asked=asked))
    with qtbot.waitSignal(keeper.sealed) as first:
        keeper.open()
    with qtbot.waitSignal(keeper.sealed) as second:
        keeper.open("wrong")
    with qtbot.waitSignal(keeper.settled):
        keeper.open("right")
    assert (first.args, second.args) == ([""], ["That is not the passphrase."])
    assert [options["passphrase"] for options in asked] == [None, "wrong", "right"]


def test_a_sealed_profile_in_use_elsewhere_is_opened_with_the_same_passphrase(qtbot: QtBot) -> None:
    asked: list[dict[str, Any]] = []
    keeper = Keeper(opener(ProfileInUseError("in use"), FakeProfile(read_only=True), asked=asked))
    with qtbot.waitSignal(keeper.settled):
        keeper.open("secret")
    assert [options["passphrase"] for options in asked] == ["secret", "secret"]


def test_a_sealed_profile_in_use_elsewhere_asks_for_its_passphrase(qtbot: QtBot) -> None:
    in_use, sealed = ProfileInUseError("in use"), PassphraseError("It is sealed.")
    keeper = Keeper(opener(in_use, sealed, in_use, FakeProfile(read_only=True)))
    with qtbot.waitSignal(keeper.sealed):
        keeper.open()
    with qtbot.waitSignal(keeper.settled), qtbot.assertNotEmitted(keeper.refused):
        keeper.open("secret")
    assert keeper.elsewhere


def test_without_a_profile_one_writes_on(qtbot: QtBot) -> None:
    keeper = Keeper(opener(ProfileError("The profile is damaged.")))
    with qtbot.waitSignal(keeper.settled), qtbot.waitSignal(keeper.refused) as refused:
        keeper.open()
    assert refused.args == ["The profile is damaged."]
    assert not keeper.learns
    keeper.teach(LESSON, "en")


@pytest.mark.parametrize("fault", [ProfileError("The disk is full."), ValueError("odd")])
def test_a_change_that_fails_is_a_sentence(qtbot: QtBot, keeper: Keeper, fault: Exception) -> None:
    said: list[str] = []

    def work(profile: object) -> None:
        raise fault

    keeper.change(work, lambda _: pytest.fail("it worked"), said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert str(fault) in said[0]


def test_a_profile_that_lost_its_passphrase_is_opened_only_if_that_is_accepted(qtbot: QtBot) -> None:
    asked: list[dict[str, Any]] = []
    keeper = Keeper(opener(ProfileUnsealedError("It was sealed."), FakeProfile(), asked=asked))
    with qtbot.waitSignals([keeper.unsealed, keeper.settled]):
        keeper.open()
    assert keeper.profile is None
    with qtbot.waitSignal(keeper.settled):
        keeper.open(accept_unsealed=True)
    assert keeper.learns
    assert [options["accept_unsealed"] for options in asked] == [False, True]
