"""The comparison's own logic: typing into a peer, case and prefix, what is trained on, the table. No peer is needed."""

import lzma
from pathlib import Path

import pytest

from autocomplete.evaluation.typist import Typing
from autocomplete.predict.place import find_place
from benchmarks.peers import corpus, kenlm_text
from benchmarks.peers.kenlm_model import Successors, save_successors
from benchmarks.peers.measure import Result, ksr, measure, type_into
from benchmarks.peers.peer import PEERS, Setting
from benchmarks.peers.report import as_markdown, as_values, written_into
from benchmarks.peers.vocabulary import Vocabulary, shown


class Fake:
    """Shows the same words everywhere."""

    disk, pid, note = 0, 0, ""

    def __init__(self, *words: str) -> None:
        self.words, self.begun = list(words), 0

    def begin(self) -> None:
        self.begun += 1

    def suggest(self, before: str, k: int) -> list[str]:
        return self.words[:k]


def setting(tmp_path: Path, language: str = "en", *texts: Path) -> Setting:
    return Setting(language, language, texts, tmp_path, tmp_path)


def result(keystrokes: int, **more: object) -> Result:
    return Result([Typing(words=2, characters=10, keystrokes=keystrokes, first=1, shown=2)], [1.0, 3.0], **more)


def test_each_line_begins_a_new_text_and_each_look_is_timed() -> None:
    peer = Fake("the", "sky")
    typing, times = type_into(peer, "the sky")
    assert (peer.begun, typing.keystrokes, typing.first, len(times)) == (1, 2, 1, 2)
    assert ksr(typing) == pytest.approx(1 - 2 / 7)


def test_a_peer_that_lacks_something_is_skipped_with_the_reason(tmp_path: Path) -> None:
    lines_done: list[int] = []
    skipped = measure("symspellpy's word list", setting(tmp_path, "xx"), [["the"]], lambda: lines_done.append(1))
    assert "'xx'" in skipped.skipped
    assert not lines_done


def test_every_peer_names_a_class_of_a_module_in_the_package() -> None:
    folder = Path(corpus.__file__).parent
    for where in PEERS.values():
        module, name = where.split(":")
        assert f"class {name}" in (folder / f"{module}.py").read_text("utf-8")


def test_words_are_found_whatever_case_and_accents_were_typed() -> None:
    vocabulary = Vocabulary({"über": 3, "Uhr": 2, "und": 9, "da": 1})
    low, high = vocabulary.slice("U")
    assert vocabulary.words[low:high] == ["über", "Uhr", "und"]
    assert vocabulary.slice("") == (0, 4)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", ["The", "Berlin"]),
        ("It is ", ["the", "Berlin", "The"]),
        ("It is T", ["The", "Berlin"]),
        ("It is THE", ["BERLIN"]),
        ("It is the", ["Berlin", "The"]),
    ],
)
def test_words_are_shown_in_the_case_that_the_place_asks_for(before: str, expected: list[str]) -> None:
    place = find_place(before)
    assert place is not None
    vocabulary = Vocabulary({"the": 9, "The": 1, "Berlin": 5})
    assert shown({"the": 0.5, "The": 0.1, "Berlin": 0.3}, place, 3, vocabulary.usual_case) == expected


def test_an_accent_typed_is_respected() -> None:
    place = find_place("ü")
    assert place is not None
    assert shown({"uber": 0.9, "über": 0.1}, place, 3, str) == ["über"]


def test_a_sample_takes_lines_from_all_over_the_files(tmp_path: Path) -> None:
    plain, packed = tmp_path / "a.txt", tmp_path / "b.txt.xz"
    plain.write_text("one.\n\ntwo.\n", "utf-8")
    with lzma.open(packed, "wt", encoding="utf-8") as file:
        file.write("six.\nten.\n")
    assert list(corpus.lines([plain, packed])) == ["one.", "two.", "six.", "ten."]
    assert list(corpus.sample([plain, packed], 8)) == ["one.", "six."]


def test_sentences_begin_with_the_usual_case_of_their_first_word(tmp_path: Path) -> None:
    path = tmp_path / "sentences.txt"
    counts = kenlm_text.write(["The sky. Is the sky 3 km high?", "In the sky Bob is."], path)
    assert path.read_text("utf-8").splitlines() == [
        "the sky .", "is the sky <number> km high ?", "In the sky Bob is .",
    ]  # fmt: skip
    assert (counts["the"], counts["is"], counts["Bob"], counts["."], counts["<number>"]) == (3, 2, 1, 0, 0)


def test_successors_are_those_of_the_arpa_file_that_are_words(tmp_path: Path) -> None:
    arpa, path = tmp_path / "model.arpa", tmp_path / "successors.npz"
    arpa.write_text(
        "\\data\\\nngram 1=4\n\n\\1-grams:\n-1\tsky\t0\n\n\\2-grams:\n-0.5\tthe sky\t0\n-0.25\tthe blue\t0\n"
        "-0.1\tthe .\t0\n\n\\3-grams:\n-0.125\tin the sky\n\n\\end\\\n",
        "utf-8",
    )
    vocabulary = Vocabulary({"sky": 3, "blue": 2, "in": 1})
    save_successors(arpa, vocabulary, path)
    successors = Successors(path)

    def behind(*context: str, typed: str = "") -> dict[str, float]:
        words, logs = successors.behind(context, *vocabulary.slice(typed))
        return {vocabulary.words[word]: float(log) for word, log in zip(words, logs, strict=True)}

    assert behind("the") == {"sky": -0.5, "blue": -0.25}
    assert behind("the", typed="s") == {"sky": -0.5}
    assert behind("in", "the") == {"sky": -0.125}
    assert behind("green") == {}


def test_values_are_shares_of_characters_and_words() -> None:
    values = as_values(result(6, memory=12.0), ["a.txt"])
    assert (values["ksr"], values["hit1"], values["hit3"], values["memory_mb"]) == (0.4, 0.5, 1.0, 12.0)
    assert values["ksr_of_files"] == {"a.txt": 0.4}


def test_the_table_says_what_was_left_out_and_why() -> None:
    table = as_markdown({"one": result(6, note="small"), "two": Result([], skipped="not there")}, ["a.txt"], "Title")
    assert "| one | 40.0 % | 50.0 % | 100.0 % |" in table
    assert "- one: small." in table
    assert "- two: left out, not there." in table
    assert "| two" not in table


def test_a_table_written_again_takes_the_place_of_the_last_one_of_its_language() -> None:
    page = written_into("# Peers\n", "en", "first")
    page = written_into(page, "de", "other")
    page = written_into(page, "en", "second")
    assert "first" not in page
    assert page.index("# Peers") < page.index("second") < page.index("other")
