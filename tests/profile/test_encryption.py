"""A sealed profile: nothing in the clear, only its passphrase opens it, and it can be changed."""

import json

import pytest

from autocomplete.errors import PassphraseError, ProfileError
from autocomplete.profile.encryption import BrokenSealError, Seal, Terms
from autocomplete.profile.profile import Profile
from tests.profile.test_profile import texts

WORDS = (b"Kranich", b"heron", b"Secret plan", b"plan.txt", b"added", b"never", b"reported", b"weights", b"half done")


def fill(profile: Profile, line) -> None:
    profile.learn([line("dear Kranich and heron")], "/home/me/plan.txt", "Secret plan")
    profile.add_word("addedword", "en")
    profile.never_offer("neverword")
    profile.add_model("en", {"step.onnx": b"weights"}, {"examples": ["reported"]}, active=True)
    profile.scratch("en").write("state", b"half done")


def state(profile: Profile) -> tuple[object, ...]:
    (model,) = profile.models("en")
    return (
        profile.lines("en"), profile.documents(), profile.added("en"), profile.never(), model,
        profile.model_files(model.id), profile.scratch("en").read("state"),
    )  # fmt: skip


def test_nothing_is_in_the_clear_and_all_of_it_comes_back(folder, line, bytes_in) -> None:
    with Profile.open(folder, passphrase="grün") as profile:
        fill(profile, line)
        before = state(profile)
        assert not [word for word in WORDS if word in bytes_in() and word not in (b"added", b"never")]
        assert b"addedword" not in bytes_in()
        assert b"neverword" not in bytes_in()
    with Profile.open(folder, passphrase="gru\u0308n") as profile:
        assert profile.sealed
        assert state(profile) == before


def test_sealing_later_leaves_nothing_in_the_clear(folder, line, bytes_in) -> None:
    with Profile.open(folder) as profile:
        fill(profile, line)
        before = state(profile)
        assert b"Kranich" in bytes_in()
        profile.set_passphrase("secret")
        assert not [word for word in WORDS if word in bytes_in() and word not in (b"added", b"never")]
        assert state(profile) == before
        profile.set_passphrase(None)
        assert state(profile) == before
        assert not profile.sealed
    assert b"Kranich" in bytes_in()


@pytest.mark.parametrize("passphrase", [None, "", "Secret", "secret "])
def test_another_passphrase_is_refused_and_changes_nothing(folder, line, bytes_in, passphrase) -> None:
    with Profile.open(folder, passphrase="secret") as profile:
        fill(profile, line)
    before = bytes_in()
    for read_only in (False, True):
        with pytest.raises(PassphraseError, match="passphrase"):
            Profile.open(folder, passphrase=passphrase, read_only=read_only)
    assert bytes_in() == before
    Profile.open(folder, passphrase="secret").close()


def test_the_old_passphrase_opens_nothing_after_a_change(folder, line) -> None:
    with Profile.open(folder, passphrase="old") as profile:
        fill(profile, line)
        profile.set_passphrase("new")
    with pytest.raises(PassphraseError):
        Profile.open(folder, passphrase="old")
    with Profile.open(folder, passphrase="new", read_only=True) as profile:
        assert texts(profile) == ["dear Kranich and heron"]


def test_a_passphrase_for_an_open_profile_is_of_no_use_and_no_harm(profile, folder, line) -> None:
    profile.learn([line("heron")], "a")
    profile.close()
    with Profile.open(folder, passphrase="whatever") as again:
        assert (texts(again), again.sealed) == (["heron"], False)


def test_forgetting_works_sealed(folder, line) -> None:
    with Profile.open(folder, passphrase="secret") as profile:
        fill(profile, line)
        profile.forget_word("kranich")
        assert profile.is_suppressed("Kranich")
    with Profile.open(folder, passphrase="secret") as profile:
        assert texts(profile) == ["dear ￼ and heron"]
        assert profile.is_suppressed("Kranich")


def test_a_sealed_row_that_was_changed_is_damage(folder, line) -> None:
    with Profile.open(folder, passphrase="secret") as profile:
        fill(profile, line)
    (file,) = folder.rglob("step.onnx")
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with (
        Profile.open(folder, passphrase="secret") as profile,
        pytest.raises(ProfileError, match="onnx is damaged"),
    ):
        profile.model_files(profile.models("en")[0].id)


def test_a_piece_opens_only_as_what_it_is() -> None:
    seal = Seal(b"k" * 32)
    sealed = seal.seal(b"content", "lines")
    assert seal.open(sealed, "lines") == b"content"
    for wrong in (sealed[:-1], sealed[:5], b"", sealed[:-1] + bytes([sealed[-1] ^ 1])):
        with pytest.raises(BrokenSealError):
            seal.open(wrong, "lines")
    with pytest.raises(BrokenSealError):
        seal.open(sealed, "words")
    with pytest.raises(BrokenSealError):
        Seal(b"o" * 32).open(sealed, "lines")


@pytest.mark.parametrize(
    "change", [{"cost": 2**40}, {"cost": 3}, {"cost": 0}, {"block": 0}, {"parallel": 1000}, {"salt": "?"}, {"check": 5}]
)
def test_terms_that_would_take_a_gigabyte_or_are_none_are_refused(change) -> None:
    terms, _ = Terms.make("secret")
    data = json.loads(json.dumps(terms.as_json())) | change
    with pytest.raises((ValueError, TypeError)):
        Terms.from_json(data)
