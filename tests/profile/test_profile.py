"""What a profile learns, tells, and gives back."""

import os
import stat
import sys
import threading

import pytest

import autocomplete
from autocomplete.errors import ProfileError, ProfileInUseError
from autocomplete.profile import in_memory
from autocomplete.profile.profile import Profile


def counts(profile: Profile, language: str = "en") -> dict[str, int]:
    return {word.text: word.count for word in profile.words(language)}


def texts(profile: Profile, language: str = "en") -> list[str]:
    return [line.text for line in profile.lines(language)]


def test_what_was_learned_is_there_again(folder, line) -> None:
    with Profile.open(folder) as profile:
        taught = profile.learn([line("see the crane and the heron"), line("und den Kranich", language="de")], "a", "A")
        assert taught == 9
    with Profile.open(folder) as profile:
        assert counts(profile)["the"] == 2
        assert texts(profile, "de") == ["und den Kranich"]
        assert profile.languages() == ["de", "en"]


def test_lines_come_back_as_they_were_taught(profile, folder, line) -> None:
    lines = [line("an exact line, with spans ☕ 🦩", (3, 8), (14, 18), time=12.5), line("second")]
    profile.learn(lines, "a")
    profile.close()
    with Profile.open(folder) as again:
        assert again.lines("en") == lines


def test_only_what_the_user_wrote_counts(profile, line) -> None:
    assert profile.learn([line("quoted words and mine", (17, 21))], "a") == 1


def test_secrets_never_reach_the_disk(profile, line, bytes_in) -> None:
    profile.learn([line("my card is 4111 1111 1111 1111 as ever")], "a")
    assert b"4111" not in bytes_in()
    assert texts(profile) == ["my card is ￼ as ever"]


def test_a_line_of_secrets_alone_is_not_kept(profile, line) -> None:
    assert profile.learn([line("4111 1111 1111 1111")], "a") == 0
    assert profile.documents() == []


def test_decomposed_letters_are_learned_as_one(profile, line) -> None:
    profile.learn([line("Gru\u0308n und scho\u0308n", (0, 5), language="de")], "a")
    (kept,) = profile.lines("de")
    assert (kept.text, kept.spans[0][:2]) == ("Grün und schön", (0, 4))


def test_a_document_tells_its_words_and_times(profile, line) -> None:
    profile.learn([line("three words here", time=5.0)], "/a.txt", "A")
    profile.learn([line("one", time=9.0), line("noch zwei", language="de", time=7.0)], "/a.txt", "B")
    (document,) = profile.documents()
    assert (document.id, document.title, document.language) == ("/a.txt", "B", "en")
    assert (document.words, document.first, document.last) == (6, 5.0, 9.0)


def test_a_renamed_document_keeps_what_was_learned_of_it(profile, line) -> None:
    profile.learn([line("three words here")], "mark", "Untitled")
    profile.rename_document("mark", "/a.txt", "a.txt")
    profile.learn([line("one")], "/a.txt", "a.txt")
    ((id_, title, words),) = [(document.id, document.title, document.words) for document in profile.documents()]
    assert (id_, title, words) == ("/a.txt", "a.txt", 4)
    assert profile.forget_document("/a.txt")
    assert profile.words("en") == []


def test_a_document_renamed_to_one_that_is_known_becomes_part_of_it(profile, line) -> None:
    profile.learn([line("three words here")], "mark", "Untitled")
    profile.learn([line("one")], "/a.txt", "a.txt")
    profile.forget_word("three")
    profile.rename_document("mark", "/a.txt", "a.txt")
    assert [(document.id, document.words) for document in profile.documents()] == [("/a.txt", 3)]
    assert profile.undo() is None
    assert profile.forget_document("/a.txt")
    assert profile.lines("en") == []


def test_renaming_what_nothing_was_learned_of_does_nothing(profile, line) -> None:
    profile.rename_document("mark", "/a.txt", "a.txt")
    assert profile.documents() == []
    profile.learn([line("one")], "/a.txt", "a.txt")
    profile.rename_document("/a.txt", "/a.txt", "a.txt")
    assert [(document.id, document.words) for document in profile.documents()] == [("/a.txt", 1)]


def test_a_word_tells_how_often_and_when(profile, line) -> None:
    profile.learn([line("heron heron", time=5.0), line("heron", time=8.0)], "a")
    (word,) = profile.words("en")
    assert (word.text, word.count, word.last_used, word.added, word.never) == ("heron", 3, 8.0, False, False)


def test_words_come_most_written_first(profile, line) -> None:
    profile.learn([line("heron crane crane")], "a")
    assert list(counts(profile)) == ["crane", "heron"]


def test_learning_reaches_what_predictions_read_at_once(profile, line) -> None:
    written = profile.written("en")
    profile.learn([line("heron")], "a")
    assert profile.written("en") is written
    assert [word for word, *_ in written.words()] == ["heron"]


def test_an_added_word_is_kept_and_listed(folder) -> None:
    with Profile.open(folder) as profile:
        profile.add_word("Kranich", "de")
        profile.add_word("Kranich", "de")
    with Profile.open(folder) as profile:
        assert profile.added("de") == {"Kranich"}
        assert [(word.text, word.count, word.added) for word in profile.words("de")] == [("Kranich", 0, True)]
        assert profile.added("en") == frozenset()


def test_a_word_never_offered_is_kept_and_can_be_allowed(folder) -> None:
    with Profile.open(folder) as profile:
        profile.never_offer("Damn")
    with Profile.open(folder) as profile:
        assert profile.never() == {"Damn"}
        assert [word.never for word in profile.words("en")] == [True]
        profile.allow("Damn")
        assert profile.never() == frozenset()


def test_two_profiles_side_by_side_never_mix(tmp_path, line) -> None:
    with Profile.open(tmp_path / "one") as one, Profile.open(tmp_path / "two") as two:
        one.learn([line("heron")], "a")
        two.learn([line("crane")], "a")
        two.never_offer("heron")
        assert (counts(one), counts(two)) == ({"heron": 1}, {"crane": 1, "heron": 0})
        assert one.never() == frozenset()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
@pytest.mark.parametrize("umask", [0o000, 0o277])
def test_nobody_else_can_read_it(folder, line, umask) -> None:
    before = os.umask(umask)
    try:
        with Profile.open(folder) as profile:
            profile.learn([line("heron")], "a")
            profile.add_model("en", {"step.onnx": b"x"}, {}, active=True)
            profile.scratch("en").write("state", b"x")
            paths = list(folder.rglob("*"))
            modes = {path: stat.S_IMODE(path.stat().st_mode) for path in paths}
    finally:
        os.umask(before)
    assert {modes[path] for path in paths if path.is_dir()} | {stat.S_IMODE(folder.stat().st_mode)} == {0o700}
    assert {modes[path] for path in paths if path.is_file()} == {0o600}


def test_a_second_writer_is_told_the_way_out(profile, folder, line) -> None:
    with pytest.raises(ProfileInUseError, match="in use by another app or window"):
        Profile.open(folder)
    profile.learn([line("heron")], "a")
    with Profile.open(folder, read_only=True) as reader:
        assert counts(reader) == {"heron": 1}
    profile.close()
    Profile.open(folder).close()


def test_a_reader_changes_nothing(folder, line) -> None:
    with Profile.open(folder) as profile:
        profile.learn([line("heron")], "a")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    with Profile.open(folder, read_only=True) as reader:
        with pytest.raises(ProfileError, match="read-only"):
            reader.learn([line("crane")], "a")
        with pytest.raises(ProfileError, match="read-only"):
            reader.delete()
        assert counts(reader) == {"heron": 1}
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_a_reader_makes_no_folder(folder) -> None:
    with Profile.open(folder, read_only=True) as reader:
        assert (reader.languages(), reader.words("en"), reader.sealed) == ([], [], False)
    assert not folder.exists()


def test_a_closed_profile_says_so(profile, line) -> None:
    profile.close()
    profile.close()
    with pytest.raises(ProfileError, match="was closed"):
        profile.learn([line("heron")], "a")


def test_without_a_folder_it_is_among_the_users_data(own_folders) -> None:
    with autocomplete.Profile.open() as profile:
        assert own_folders in profile.folder.parents
        assert profile.folder.name == "profile"


def test_many_threads_may_share_it(profile, line) -> None:
    def work(number: int) -> None:
        for turn in range(20):
            profile.learn([line(f"heron {'abcdefgh'[number]}x")], f"{number}")
            profile.words("en")
            if turn == 10:
                profile.forget_word("crane")

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts(profile)["heron"] == 160


def test_of_very_much_text_the_newest_words_are_in_memory(folder, line, monkeypatch):
    monkeypatch.setattr(in_memory, "_MOST_WORDS", 4)
    with Profile.open(folder) as profile:
        profile.learn([line("an oldest line"), line("a newer line"), line("the newest")], "diary")
    with Profile.open(folder) as profile:
        assert {word for word, *_ in profile.written("en").words()} == {"a", "newer", "line", "the", "newest"}
        assert len(profile.lines("en")) == 3
