"""Before and after are compared line by line, and what changed is shown."""

import math

import pytest

from autocomplete.evaluation.typist import Typing
from autocomplete.finetuning.measuring import Measured, examples, gain, measure, new_words, open_language
from autocomplete.model.bundle import Bundle
from autocomplete.text.line import Line

LINES = ["They would like to read the whole book.", "We had to wait."]


def _measured(*keys: int) -> Measured:
    return Measured([Typing(words=2, characters=10, keystrokes=count) for count in keys], bits=40.0)


def test_measures_are_those_of_the_evaluation(english):
    from autocomplete import load
    from autocomplete.evaluation.measure import Measurement

    wanted = Measurement()
    for line in LINES:
        wanted.add_line(load(english), line)
    found = measure(open_language(Bundle.open(english), [], lambda: None), LINES, lambda: None)
    summary = wanted.summary()
    assert found.summary().ksr == pytest.approx(summary.ksr)
    assert (found.summary().hit1, found.summary().hit3) == (summary.hit1, summary.hit3)
    assert found.summary().bpc == pytest.approx(summary.bpc)


def test_measuring_can_be_broken_off_at_every_key(english):
    calls: list[int] = []
    language = open_language(Bundle.open(english), [], lambda: None)
    measure(language, LINES, lambda: calls.append(1))
    assert len(calls) > 10

    def stop() -> None:
        calls.append(1)
        raise InterruptedError

    calls.clear()
    with pytest.raises(InterruptedError):
        measure(language, LINES, stop)
    assert calls == [1]


def test_what_the_lines_teach_at_once_is_there_before_the_tuning(english):
    bundle, line = Bundle.open(english), Line("Zora polishes the zither", "en", 0.0)
    bare, taught = (open_language(bundle, [line] * count, lambda: None) for count in (0, 3))
    keys = [measure(language, [line.text], lambda: None).typings[0].keystrokes for language in (bare, taught)]
    assert keys[1] < keys[0]


def test_a_gain_that_every_line_shares_is_certain():
    part, error = gain(_measured(8, 7, 9), _measured(7, 6, 8))
    assert part == pytest.approx(0.1)
    assert error == pytest.approx(0, abs=1e-9)


def test_a_gain_of_one_line_alone_is_not():
    part, error = gain(_measured(8, 8, 8, 8), _measured(4, 8, 8, 8))
    assert part == pytest.approx(0.1)
    assert error == pytest.approx(0.1)


def test_of_one_line_or_none_nothing_is_certain():
    assert gain(_measured(8), _measured(4)) == (0.4, math.inf)
    assert gain(_measured(), _measured()) == (0.0, math.inf)


def test_new_words_are_those_offered_that_the_language_does_not_know(english):
    ngram = open_language(Bundle.open(english), [], lambda: None).ngram
    after = Measured()
    after.offered.update(["the", "The", "zither", "Zora", "Zora"])
    assert new_words(after, ngram) == ("Zora", "zither")


def test_examples_show_both_what_got_better_and_what_got_worse():
    line = "Zora polishes the zither"
    before = Measured(begun={(0, 0): ("I",), (0, 5): ("polishes",), (0, 14): ("the",), (0, 18): ("end",)})
    after = Measured(begun={(0, 0): ("Zora", "I"), (0, 5): ("is",), (0, 14): ("a", "the"), (0, 18): ("zither",)})
    found = examples([line], before, after)
    assert [(one.text, one.word, one.better) for one in found] == [
        ("", "Zora", True),
        ("Zora polishes the ", "zither", True),
        ("Zora ", "polishes", False),
    ]
    assert (found[0].before, found[0].after) == (("I",), ("Zora", "I"))


def test_of_many_examples_twenty_are_chosen_from_all_over_the_lines():
    lines = ["word " * 5] * 40
    everywhere, here = [(line, 0) for line in range(40)], [(line, 5) for line in range(10)]
    before = Measured(begun=dict.fromkeys(everywhere, ("other",)) | dict.fromkeys(here, ("word",)))
    after = Measured(begun=dict.fromkeys(everywhere, ("word",)) | dict.fromkeys(here, ("other",)))
    found = examples(lines, before, after)
    assert [one.better for one in found] == [True] * 16 + [False] * 4
