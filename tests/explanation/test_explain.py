"""`explain`: what it says of a text, and that it leaves everything as it was."""

import json
import math
import subprocess
import sys
from shutil import copytree

import pytest

import autocomplete
from autocomplete import StoppedError
from autocomplete.explanation.explainer import EXPLAINED, explain
from autocomplete.explanation.explanation import label
from autocomplete.model.bundle import Bundle
from autocomplete.model.runtime import Runtime
from autocomplete.predict.language import Language
from autocomplete.text.tokenizer import Tokenizer

TEXT = "They would like to read the whole "
ODD = [
    "👋",
    "👋🏽 ",
    "\0",
    "a\0b ",
    "\ud83d ",
    "e\u0301 u\u0308 ",
    "שלום ",
    "3",
    "\t\n ",
    "q" * 3000,
    ". " * 900,
    "it's '",
]


def explain_text(completer, text, count=3):
    stream = completer.stream()
    stream.update(text)
    return explain(stream, count)


def words(explanation):
    return [part.text for part in explanation.parts]


def test_what_was_read_is_told_in_order_without_the_word_being_typed(en):
    explanation = explain_text(en, "They would, I th")
    assert words(explanation) == ["They", "would", ",", "I"]
    assert [part.is_word for part in explanation.parts] == [True, True, False, True]
    assert explanation.typed == "th"


@pytest.mark.parametrize("text", [TEXT, "They wou", "", "I would l"])
def test_the_candidates_are_those_that_a_stream_suggests(en, text):
    stream = en.stream()
    stream.update(text)
    candidates = explain_text(en, text, 4).candidates
    assert [c.text for c in candidates] == [s.text for s in stream.suggest(4)]


def test_the_letters_typed_make_a_candidate_more_probable(en):
    before, within = explain_text(en, "They ", 100).candidates, explain_text(en, "They wou", 4).candidates
    assert within[0].text == "would"
    assert within[0].probability > 0.9
    assert within[0].probability > next(c.probability for c in before if c.text == "would")
    assert sum(c.probability for c in within) <= 1.0001


def check_ranges(explanation):
    for part in explanation.parts:
        assert all(0 <= kept <= 1.0001 for kept in part.kept)
        assert all(0 <= share <= 1 for share in part.shares)
        assert len(part.gains) == len(part.shares) == len(explanation.candidates)
        assert part.label.isprintable()
        assert len(part.piece_labels) == len(part.pieces)
        for piece in part.pieces:
            for gates in piece.layers:
                for gate in (gates.forget, gates.input, gates.output):
                    assert 0 <= gate.low <= gate.high <= 1
                    values = [unit.value for unit in gate.units]
                    assert values == sorted(values, reverse=True)
                    assert gate.mean <= values[0] <= 1
    for candidate in explanation.candidates:
        assert 0 <= candidate.spelled <= 1
        assert 0 <= candidate.probability <= 1
    for number in range(len(explanation.candidates)):
        total = sum(part.shares[number] for part in explanation.parts)
        assert total == pytest.approx(1) or (total == 0 and all(part.gains[number] <= 0 for part in explanation.parts))


def test_shares_sum_to_one_and_gates_are_within_their_range(en):
    check_ranges(explain_text(en, TEXT))


def test_nothing_of_the_last_piece_is_forgotten_yet(en):
    *before, last = explain_text(en, "They would like to ").parts
    assert len(last.pieces) == 1
    assert last.kept == (pytest.approx(1),)
    assert max(part.kept[0] for part in before) < 1


def test_a_gain_is_what_the_model_loses_without_the_word(en, english):
    explanation = explain_text(en, TEXT)
    bundle = Bundle.open(english)
    runtime, tokenizer = Runtime.load(bundle), Tokenizer.load(bundle.path("tokenizer.model"))

    def bits(before: str, word: str) -> float:
        projected, states = runtime.read([tokenizer.bos, *tokenizer.encode(before)], runtime.initial_state())
        total = 0.0
        for token in tokenizer.encode(" " + word, line_start=False):
            total += float(runtime.log_probabilities(projected[None])[0, token]) / math.log(2)
            projected, states = runtime.read([token], states)
        return total

    whole = TEXT.rstrip()
    for number, candidate in enumerate(explanation.candidates):
        assert candidate.spelled == pytest.approx(2 ** bits(whole, candidate.text), rel=1e-3)
        for part in explanation.parts:
            without = f" {whole} ".replace(f" {part.text} ", " ").strip()
            gain = bits(whole, candidate.text) - bits(without, candidate.text)
            assert part.gains[number] == pytest.approx(gain, abs=1e-3)


def test_characters_and_several_layers_are_explained_too(two_layers):
    explanation = explain_text(autocomplete.load(two_layers), "Die Wolken am ")
    assert words(explanation) == ["Die", "Wolken", "am"]
    wolken = explanation.parts[1]
    assert len(wolken.pieces) >= 6
    assert {len(piece.layers) for piece in wolken.pieces} == {2}
    assert len(wolken.kept) == 2
    check_ranges(explanation)


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_explained(both, text):
    check_ranges(explain_text(both, text))


@pytest.mark.parametrize("text", ["", "   ", "They"])
def test_without_a_complete_word_no_word_is_explained(en, text):
    explanation = explain_text(en, text)
    assert not any(part.is_word for part in explanation.parts)
    assert len(explanation.candidates) == (3 if text != "They" else len(explanation.candidates))


def test_of_a_long_text_the_last_parts_are_explained(en):
    explanation = explain_text(en, "They would like to read. " * 2000)
    assert len(explanation.parts) == EXPLAINED
    assert words(explanation)[-1] == "."


def test_of_two_languages_the_one_believed_is_explained(both):
    english = explain_text(both, "They would like to read ")
    german = explain_text(both, "Die Wolken sind am ")
    assert (english.language, german.language) == ("en", "de")
    assert 0.5 < english.belief <= 1
    assert 0.5 < german.belief <= 1


def test_an_explanation_changes_no_stream(en, monkeypatch):
    steps = []
    step = Runtime.step
    monkeypatch.setattr(Runtime, "step", lambda self, *args: steps.append(1) or step(self, *args))

    def write(explaining: bool):
        stream, seen = en.stream(), []
        for text in (TEXT, TEXT + "b", TEXT + "book ", TEXT, TEXT + "bo"):
            stream.update(text)
            before = len(steps)
            if explaining:
                explain(stream)
            del steps[before:]
            seen.append((stream.suggest(5), stream.continuation(), stream.anchor))
        stepped = len(steps)
        steps.clear()
        return seen, stepped

    assert write(explaining=True) == write(explaining=False)


def test_a_stream_that_was_edited_explains_like_a_fresh_one(both):
    stream = both.stream()
    for text in ("They would, I th", "They woul", "Die Wolken sind am Him", "Die Wolken am ", "Die Wolken sind am "):
        stream.update(text)
        told, fresh = explain(stream), explain_text(both, text)
        assert (told.language, words(told), told.candidates) == (fresh.language, words(fresh), fresh.candidates)
        for part, other in zip(told.parts, fresh.parts, strict=True):
            assert part.gains == pytest.approx(other.gains, abs=1e-3)
            assert part.kept == pytest.approx(other.kept, abs=1e-3)


def test_an_explanation_is_the_same_each_time(en):
    assert explain_text(en, TEXT) == explain_text(en, TEXT)


def test_an_explanation_that_is_no_longer_wanted_is_given_up(en):
    asked = []

    def wanted() -> bool:
        asked.append(1)
        return len(asked) < 3

    stream = en.stream()
    stream.update(TEXT)
    with pytest.raises(StoppedError):
        explain(stream, 3, wanted)
    assert len(asked) == 3


def test_an_explanation_is_json(en):
    told = json.loads(json.dumps(explain_text(en, "They would ").as_dict()))
    assert told["parts"][0]["text"] == "They"
    assert set(told["parts"][0]["pieces"][0]["layers"][0]) == {"forget", "input", "output"}


@pytest.mark.parametrize(
    ("text", "shown"), [("\n", "⏎"), (" ", "␣"), ("\0", "U+0000"), ("\ud83d", "U+D83D"), ("é", "é")]
)
def test_what_cannot_be_seen_is_named(text, shown):
    assert label(text) == shown


def test_weights_damaged_since_loading_are_named(english, tmp_path):
    from autocomplete.predict.completer import Completer

    copytree(english, tmp_path / "en")
    completer = Completer([Language.load(Bundle.open(tmp_path / "en"))])
    (tmp_path / "en" / "weights.safetensors").write_bytes(b"changed later")
    with pytest.raises(autocomplete.ModelError, match="weights"):
        explain_text(completer, TEXT)


def test_explaining_needs_no_torch(english):
    program = (
        "import sys, autocomplete\n"
        f"stream = autocomplete.load({str(english)!r}).stream()\n"
        "stream.update('They would ')\n"
        "from autocomplete.explanation.explainer import explain\n"
        "explain(stream)\n"
        "heavy = [m for m in ('torch', 'onnx', 'PySide6', 'rich') if m in sys.modules]\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=100)
    assert done.returncode == 0, done.stderr
