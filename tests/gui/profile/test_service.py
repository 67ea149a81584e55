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
from gui.profile.service import ProfileService
from gui.suggestions.paragraph import Paragraph
from tests.gui.fake_profile import FakeProfile

PARAGRAPH = Paragraph("a line", (), "a line", ("en",), 1.0, "a", "a.txt")


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

    service = ProfileService(slowly)
    begin = time.monotonic()
    with qtbot.waitSignal(service.settled):
        service.open()
        assert time.monotonic() - begin < 0.1
    assert service.learns


def test_a_paragraph_reaches_the_profile_with_its_document(
    qtbot: QtBot, service: ProfileService, profile: FakeProfile
) -> None:
    with qtbot.waitSignal(service.learned):
        service.learn(PARAGRAPH, "de")
    ((line, document, title),) = profile.kept
    assert (line.text, line.language, line.time, document, title) == ("a line", "de", 1.0, "a", "a.txt")


def test_a_profile_in_use_elsewhere_is_read_and_not_taught(qtbot: QtBot) -> None:
    asked: list[dict[str, Any]] = []
    elsewhere = FakeProfile(read_only=True)
    service = ProfileService(opener(ProfileInUseError("in use"), elsewhere, asked=asked))
    with qtbot.waitSignal(service.settled):
        service.open()
    assert service.elsewhere
    assert not service.learns
    assert [options["read_only"] for options in asked] == [False, True]
    service.learn(PARAGRAPH, "en")
    assert elsewhere.kept == []


def test_a_profile_that_may_not_be_written_is_read_and_that_is_said(qtbot: QtBot) -> None:
    protected = FakeProfile(read_only=True)
    service = ProfileService(opener(ProfileProtectedError("no right"), protected))
    with qtbot.waitSignal(service.settled), qtbot.waitSignal(service.refused) as refused:
        service.open()
    assert refused.args == [
        "/profile is read-only, so nothing is learned. Change its permissions and start the app again."
    ]
    assert service.profile is protected
    assert not service.elsewhere
    assert not service.learns


def test_a_profile_that_may_not_even_be_read_is_refused(qtbot: QtBot) -> None:
    service = ProfileService(opener(ProfileProtectedError("no right"), ProfileProtectedError("no right at all")))
    with qtbot.waitSignal(service.settled), qtbot.waitSignal(service.refused) as refused:
        service.open()
    assert refused.args == ["no right at all"]
    assert service.profile is None


def test_a_sealed_profile_asks_for_its_passphrase_until_it_is_right(qtbot: QtBot) -> None:
    asked: list[dict[str, Any]] = []
    refused = PassphraseError("That is not the passphrase.")
    service = ProfileService(opener(refused, refused, FakeProfile(), asked=asked))
    with qtbot.waitSignal(service.sealed) as first:
        service.open()
    with qtbot.waitSignal(service.sealed) as second:
        service.open("wrong")
    with qtbot.waitSignal(service.settled):
        service.open("right")
    assert (first.args, second.args) == ([""], ["That is not the passphrase."])
    assert [options["passphrase"] for options in asked] == [None, "wrong", "right"]


def test_a_sealed_profile_in_use_elsewhere_is_opened_with_the_same_passphrase(qtbot: QtBot) -> None:
    asked: list[dict[str, Any]] = []
    service = ProfileService(opener(ProfileInUseError("in use"), FakeProfile(read_only=True), asked=asked))
    with qtbot.waitSignal(service.settled):
        service.open("secret")
    assert [options["passphrase"] for options in asked] == ["secret", "secret"]


def test_a_sealed_profile_in_use_elsewhere_asks_for_its_passphrase(qtbot: QtBot) -> None:
    in_use, sealed = ProfileInUseError("in use"), PassphraseError("It is sealed.")
    service = ProfileService(opener(in_use, sealed, in_use, FakeProfile(read_only=True)))
    with qtbot.waitSignal(service.sealed):
        service.open()
    with qtbot.waitSignal(service.settled), qtbot.assertNotEmitted(service.refused):
        service.open("secret")
    assert service.elsewhere


def test_without_a_profile_one_writes_on(qtbot: QtBot) -> None:
    service = ProfileService(opener(ProfileError("The profile is damaged.")))
    with qtbot.waitSignal(service.settled), qtbot.waitSignal(service.refused) as refused:
        service.open()
    assert refused.args == ["The profile is damaged."]
    assert not service.learns
    service.learn(PARAGRAPH, "en")


@pytest.mark.parametrize("fault", [ProfileError("The disk is full."), ValueError("odd")])
def test_a_change_that_fails_is_a_sentence(qtbot: QtBot, service: ProfileService, fault: Exception) -> None:
    said: list[str] = []

    def work(profile: object) -> None:
        raise fault

    service.change(work, lambda _: pytest.fail("it worked"), said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert str(fault) in said[0]


def test_a_profile_that_lost_its_passphrase_is_opened_only_if_that_is_accepted(qtbot: QtBot) -> None:
    asked: list[dict[str, Any]] = []
    service = ProfileService(opener(ProfileUnsealedError("It was sealed."), FakeProfile(), asked=asked))
    with qtbot.waitSignals([service.unsealed, service.settled]):
        service.open()
    assert service.profile is None
    with qtbot.waitSignal(service.settled):
        service.open(accept_unsealed=True)
    assert service.learns
    assert [options["accept_unsealed"] for options in asked] == [False, True]
