"""What is forgotten is gone, can be taken back, and is held back where a model may know it still."""

import random

import pytest

from autocomplete.profile.profile import Profile
from tests.profile.test_profile import counts, texts


@pytest.mark.parametrize("typed", ["kranich", "KRANICH", "Kranich"])
def test_a_word_is_forgotten_in_any_case(profile, line, bytes_in, typed) -> None:
    profile.learn([line("dear Kranich and KRANICH"), line("kranich"), line("Kranich’s nest")], "a", "To Kranich")
    assert profile.forget_word(typed) == 3
    assert texts(profile) == ["dear ￼ and ￼", "￼ nest"]
    assert b"kranich" not in bytes_in().lower()


def test_a_compound_is_forgotten_with_the_word_in_it(profile, line, bytes_in) -> None:
    profile.learn([line("in der Kranich-Straße"), line("well-known")], "a")
    profile.forget_word("Kranich")
    profile.forget_word("well-known")
    assert texts(profile) == ["in der ￼-Straße"]
    assert b"Kranich" not in bytes_in()


def test_words_that_only_contain_it_stay(profile, line) -> None:
    profile.learn([line("cranes and cranberries")], "a")
    assert profile.forget_word("cran") == 0
    assert texts(profile) == ["cranes and cranberries"]


def test_counts_and_spans_follow(profile, line) -> None:
    profile.learn([line("a long heron here", (2, 12), (13, 17))], "a")
    profile.forget_word("heron")
    (kept,) = profile.lines("en")
    assert [kept.text[span.start : span.end] for span in kept.spans] == ["long ￼", "here"]
    assert profile.documents()[0].words == 2
    assert counts(profile) == {"long": 1, "here": 1}


def test_no_byte_of_a_forgotten_word_is_left_among_many_lines(folder, line, bytes_in) -> None:
    choice = random.Random(7)
    # Of syllables: what looks random is taken for a secret, and never learned.
    names = ["".join(choice.choices(("ba", "ke", "lo", "mi", "nu", "ra", "se", "to"), k=6)) for _ in range(40)]
    with Profile.open(folder) as profile:
        for number in range(60):
            lines = [
                line(" ".join(choice.choices([*names, "the", "and", "of"], k=choice.randint(1, 60)))) for _ in range(20)
            ]
            profile.learn(lines, f"document {number}", names[number % 40])
            profile.forget_word(names[number % 10])
        for name in names[:20]:
            profile.forget_word(name)
            assert name.encode() not in bytes_in()
        assert names[30].encode() in bytes_in()
    assert not [name for name in names[:20] if name.encode() in bytes_in()]


def test_forgetting_in_one_document_leaves_the_others(profile, line) -> None:
    profile.learn([line("heron one")], "a")
    profile.learn([line("heron two")], "b")
    assert profile.forget_word("heron", "a") == 1
    assert texts(profile) == ["￼ one", "heron two"]
    assert profile.forget_word("heron", "no such") == 0


def test_a_forgotten_document_leaves_nothing(profile, line, bytes_in) -> None:
    profile.learn([line("herons fly")], "/home/me/secret-plan.txt", "Secret plan")
    profile.learn([line("cranes fly")], "b")
    assert profile.forget_document("/home/me/secret-plan.txt")
    assert not profile.forget_document("/home/me/secret-plan.txt")
    assert counts(profile) == {"cranes": 1, "fly": 1}
    assert not any(word in bytes_in() for word in (b"herons", b"secret-plan", b"Secret plan"))


def test_a_document_whose_path_held_the_word_is_still_found(profile, line, bytes_in) -> None:
    profile.learn([line("dear Kranich, hello")], "/letters/kranich.txt")
    profile.forget_word("Kranich")
    assert b"kranich" not in bytes_in()
    profile.learn([line("again")], "/letters/kranich.txt")
    (document,) = profile.documents()
    assert profile.forget_document(document.id)
    assert profile.documents() == []


def test_an_added_word_is_forgotten_too(profile, bytes_in) -> None:
    profile.add_word("Kranich", "de")
    assert profile.forget_word("kranich") == 1
    assert profile.added("de") == frozenset()
    assert b"Kranich" not in bytes_in()


def test_predictions_read_anew_after_forgetting(profile, line) -> None:
    profile.learn([line("heron crane")], "a")
    before = profile.written("en")
    profile.forget_word("heron")
    assert profile.written("en") is not before
    assert [word for word, *_ in profile.written("en").words()] == ["crane"]


def test_a_word_is_edited_wherever_it_was_learned(profile, line, bytes_in) -> None:
    profile.learn([line("dear Kranch and Kranch's friends", (5, 11)), line("Kranch", language="de")], "a")
    profile.add_word("Kranch", "en")
    profile.edit_word("Kranch", "Kranich", "en")
    assert texts(profile) == ["dear Kranich and Kranich's friends"]
    assert profile.lines("en")[0].spans[0][:2] == (5, 12)
    assert texts(profile, "de") == ["Kranch"]
    assert profile.added("en") == {"Kranich"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda profile: profile.forget_word("Kranich"), "forgot “Kranich”"),
        (lambda profile: profile.forget_document("a"), "forgot a document"),
        (lambda profile: profile.edit_word("Kranich", "Kran", "en"), "changed “Kranich” to “Kran”"),
        (lambda profile: profile.add_word("heron", "en"), "added “heron”"),
        (lambda profile: profile.never_offer("heron"), "never offer “heron”"),
    ],
)
def test_each_change_can_be_taken_back(profile, line, change, said) -> None:
    def state():
        return (
            profile.lines("en"), profile.words("en"), profile.documents(), profile.never(), profile.added("en"),
            profile.models("en"), profile.is_suppressed("Kranich"),
        )  # fmt: skip

    profile.learn([line("dear Kranich", (5, 12)), line("again Kranich")], "a", "To Kranich")
    profile.add_model("en", {}, {"examples": ["dear Kranich"]}, active=True)
    before = state()
    change(profile)
    assert state() != before
    assert profile.undo() == said
    assert state() == before
    assert profile.undo() is None


def test_changes_are_taken_back_last_first(profile, line) -> None:
    profile.learn([line("heron crane")], "a")
    profile.forget_word("heron")
    profile.forget_word("crane")
    profile.undo()
    assert texts(profile) == ["￼ crane"]
    profile.undo()
    assert texts(profile) == ["heron crane"]


def test_what_was_learned_between_stays_when_a_document_comes_back(profile, line) -> None:
    profile.learn([line("old")], "a")
    profile.forget_document("a")
    profile.learn([line("other")], "b")
    profile.learn([line("new")], "a")
    profile.undo()
    assert {document.id: document.words for document in profile.documents()} == {"a": 2, "b": 1}


def test_nothing_can_be_taken_back_after_a_restart(folder, line) -> None:
    with Profile.open(folder) as profile:
        profile.learn([line("heron")], "a")
        profile.forget_word("heron")
    with Profile.open(folder) as profile:
        assert profile.undo() is None


def test_a_word_that_no_model_learned_is_not_held_back(profile, line) -> None:
    profile.learn([line("heron")], "a")
    profile.forget_word("heron")
    assert not profile.is_suppressed("heron")


def test_a_forgotten_word_that_a_model_learned_is_held_back(profile, line, bytes_in) -> None:
    profile.learn([line("dear Kranich, hello")], "a")
    report = {"new_words": ["Kranich"], "examples": [{"text": "dear Kranich"}], "saved": 0.5}
    profile.add_model("en", {}, report, active=True)
    profile.forget_word("kranich")
    assert profile.is_suppressed("KRANICH")
    assert not profile.is_suppressed("hello")
    (model,) = profile.models("en")
    assert model.stale
    assert model.report == {"new_words": ["￼"], "examples": [{"text": "dear ￼"}], "saved": 0.5}
    assert b"ranich" not in bytes_in()


def test_a_model_made_before_the_word_was_written_is_not_stale(profile, line) -> None:
    profile.learn([line("hello")], "a")
    profile.add_model("en", {}, {}, active=True)
    profile.learn([line("Kranich")], "a")
    profile.forget_word("Kranich")
    assert not profile.models("en")[0].stale
    assert not profile.is_suppressed("Kranich")


def test_what_only_a_forgotten_document_held_is_held_back(profile, line) -> None:
    profile.learn([line("heron and crane")], "a")
    profile.learn([line("crane and stork")], "b")
    profile.add_model("en", {}, {"examples": ["heron and crane", "said here"]}, active=True)
    profile.forget_document("a")
    assert [profile.is_suppressed(word) for word in ("heron", "crane", "and")] == [True, False, False]
    assert profile.models("en")[0].report == {"examples": ["￼", "said here"]}


def test_digests_go_with_the_last_stale_model(profile, line) -> None:
    profile.learn([line("heron")], "a")
    models = [profile.add_model("en", {}, {}, active=True) for _ in range(2)]
    profile.forget_word("heron")
    profile.remove_model(models[0])
    assert profile.is_suppressed("heron")
    profile.remove_model(models[1])
    assert not profile.is_suppressed("heron")


@pytest.mark.parametrize("again", ["heron", "HERON"])
def test_a_forgotten_word_written_twice_is_known_again(profile, line, again) -> None:
    profile.learn([line("heron")], "a")
    profile.add_model("en", {}, {}, active=True)
    profile.forget_word("heron")
    profile.learn([line(f"only a quoted {again} counts not", (0, 4))], "a")
    profile.learn([line("heron")], "a")
    assert profile.is_suppressed("heron")
    profile.learn([line(again)], "a")
    assert not profile.is_suppressed("heron")


def test_an_added_word_is_no_longer_held_back(profile, line) -> None:
    profile.learn([line("heron")], "a")
    profile.add_model("en", {}, {}, active=True)
    profile.forget_word("heron")
    profile.add_word("heron", "en")
    assert not profile.is_suppressed("heron")


def test_a_model_in_work_that_knows_the_word_becomes_stale(profile, line, bytes_in) -> None:
    profile.learn([line("heron")], "a")
    profile.scratch("en").write("text", b"heron")
    profile.forget_word("heron")
    assert b"heron" not in bytes_in()
    assert profile.scratch("en").names() == []
    assert profile.scratch("en").outdated
    assert profile.is_suppressed("heron")
    profile.add_model("en", {}, {}, active=False)
    assert profile.models("en")[0].stale
